package store_test

import (
	"strings"
	"testing"

	"atalaya/store"

	"pgregory.net/rapid"
)

func TestACategoryCodeIsTheSlugOfItsText(t *testing.T) {
	for raw, want := range map[string]string{
		"Robo a Peatón": "robo_a_peaton", "  ARMED -- robbery ": "armed_robbery", "": "unknown", " \t": "unknown",
		"Niñez & juventud": "ninez_juventud", "911": "911", "robbery_street": "robbery_street",
	} {
		if got := store.CategoryCode(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func TestLongAndForeignTextsStayApart(t *testing.T) {
	long := strings.Repeat("delito ", 12)
	codes := map[string]bool{}
	for _, raw := range []string{long + "a", long + "b", "强盗", "盗窃", "!!!"} {
		codes[store.CategoryCode(raw)] = true
	}
	if len(codes) != 5 {
		t.Errorf("5 texts became %v", codes)
	}
}

func TestEveryTextHasAValidCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.String().Draw(t, "text")
		code := store.CategoryCode(raw)
		if !store.IsCode(code, "_") {
			t.Fatalf("%q became %q", raw, code)
		}
		if again := store.CategoryCode(code); again != code {
			t.Fatalf("the code %q became %q", code, again)
		}
		if folded := store.Fold(raw); store.Fold(folded) != folded && strings.TrimSpace(folded) == folded {
			t.Fatalf("%q folds to %q and then to %q", raw, folded, store.Fold(folded))
		}
	})
}

func TestSlugsTakeTheAskedMark(t *testing.T) {
	if got := store.Slug("  Petén, zona 1 ", '-'); got != "peten-zona-1" {
		t.Errorf("%q", got)
	}
	if got := store.Slug("…", '-'); got != "" {
		t.Errorf("%q", got)
	}
}
