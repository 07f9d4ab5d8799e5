// Package openapi holds the contract of Atalaya's HTTP API as an OpenAPI
// document, which the service also serves at /api/v1/openapi.yaml.
//
//	document := openapi.Document()
//
// Assumptions: the document and the routes of package handlers are equal, and
// every answer is as the document says; tests of package handlers hold both.
// Pages for people are not part of it.
//
// Source: OpenAPI Specification 3.0.3, spec.openapis.org/oas/v3.0.3.
package openapi

import (
	"bytes"
	_ "embed"
)

//go:embed openapi.yaml
var document []byte

// Document returns the contract as YAML, a copy of its own for each caller.
func Document() []byte { return bytes.Clone(document) }
