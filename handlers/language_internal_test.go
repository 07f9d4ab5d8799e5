package handlers

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestNoFlagIsSaidOverHTTPInAnyLanguage(t *testing.T) {
	text, err := os.ReadFile("messages/forms_es.json")
	if err != nil {
		t.Fatal(err)
	}
	var spanish map[string]string
	if err := json.Unmarshal(text, &spanish); err != nil {
		t.Fatal(err)
	}
	flags := 0
	for english, own := range spanish {
		for _, form := range []string{english, own} {
			if strings.Contains(form, "--") {
				flags++
			}
			if got := asFields(form); strings.Contains(got, "--") {
				t.Errorf("%q has a flag", got)
			}
		}
	}
	if flags == 0 {
		t.Error("no form has a flag: asFields has nothing to do")
	}
	for flags, want := range map[string]string{
		"their system, --crs EPSG:n; name the columns with --map lon=… --map lat=…": "their system, crs=EPSG:n; name the columns with mapping.lon, mapping.lat",
		"name the source (--source), or say which column is what (--map)":           "name the source (source), or say which column is what (mapping)",
		"a--b and -- stay": "a--b and -- stay",
	} {
		if got := asFields(flags); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
