# Two commands do all set-up on a fresh Debian machine with Go, Node, gcc and
# make: "make run" and "make test".
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: help run test lint bench fuzz soak web clean tools build check-go check-web e2e

BIN := bin/atalaya
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
LINT_VERSION := v2.15.0
LINT := .tools/golangci-lint-$(LINT_VERSION)
LISTEN ?= 127.0.0.1:8080
FUZZTIME ?= 30s
GO_FILES := $(shell find cmd geo handlers store fixtures web -name '*.go' -o -name '*.sql' -o -name '*.html' -o -name '*.css' -o -name '*.json' -o -name '*.yaml' | grep -v node_modules)
WEB_FILES := $(shell find web/src handlers/messages -type f) web/package-lock.json web/vite.config.ts web/tsconfig.json
MANIFEST := web/dist/manifest.json

help: ## Say what the targets do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## Make the demo city, import it, serve it and print the address
	$(BIN) demo --listen $(LISTEN)

build: $(BIN) ## Build the program with its web part

$(BIN): $(GO_FILES) go.mod go.sum $(MANIFEST)
	go build -trimpath -ldflags "-X main.version=$(VERSION)" -o $@ ./cmd/atalaya

web: $(MANIFEST) ## Build the web part

$(MANIFEST): $(WEB_FILES) web/node_modules/.installed
	cd web && npm run build

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

test: tools check-go check-web e2e ## Run every test, in Go and in a browser, and install what they need

check-go: $(MANIFEST)
	go vet ./...
	go test -race -shuffle=on -timeout 12m ./...

check-web: web/node_modules/.installed
	cd web && npm run check

e2e: $(BIN) tools
	cd web && ATALAYA_BIN=$(CURDIR)/$(BIN) npm test

# What the tests run and Debian has. Nothing is fetched when all is there.
tools:
	@missing=""; \
	for pair in chromium:chromium ogrinfo:gdal-bin cs2cs:proj-bin sqlite3:sqlite3; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair##*:}"; \
	done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q --no-install-recommends $$missing; \
	fi

lint: $(LINT) ## Run the linters, among them the rule on who may import whom
	$(LINT) run ./...

$(LINT):
	GOBIN=$(CURDIR)/.tools/new go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .tools/new/golangci-lint $@

bench: ## Run the benchmarks, each beside its baseline
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## Run every fuzz target for FUZZTIME
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
	  done; \
	done

soak: ## Kill imports at many moments, much oftener than the tests do
	ATALAYA_SOAK=100 go test -run 'Kill' -count=1 -timeout 60m ./cmd/atalaya

clean: ## Remove what was built
	rm -rf bin .tools web/node_modules
	find web/dist -mindepth 1 -not -name .keep -delete
