package layer_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/layer"
)

// parameterCase is what a parameter takes, as it stands in the canonical form,
// and what it refuses.
type parameterCase struct {
	method     string
	good, want string
	bad        []string
}

func parameterCases() map[string]parameterCase {
	return map[string]parameterCase{
		"method":       {"gistar", "moran", "moran", []string{"magic", "GISTAR", " gistar"}},
		"res":          {"gistar", "8", "8", []string{"4", "12", "0", "8.5", "x", "08x"}},
		"area":         {"gistar", "b, a", "a,b", []string{"a,,b", ","}},
		"bbox":         {"gistar", "-90.6,14.5,-90.4,14.7", "-90.6,14.5,-90.4,14.7", []string{"1,2,3", "NaN,0,1,1", "0,5,1,4"}},
		"ring":         {"gistar", "2", "2", []string{"-1", "4", "x"}},
		"datetime":     {"gistar", "2025-01/2025-02", "2025-01-01T06:00:00Z/2025-02-01T06:00:00Z", []string{"2025-13", "2025-02/2025-01", "/", "yesterday"}},
		"category":     {"gistar", "theft,robbery", "robbery,theft", []string{"a,,b"}},
		"origin":       {"gistar", "unknown,reported", "reported,unknown", []string{"rumour", "reported,"}},
		"fallback":     {"gistar", "exclude", "exclude", []string{"none", ""}},
		"hours":        {"gistar", "22-1", "0,1,22,23", []string{"24", "a-b"}},
		"dow":          {"gistar", "5-7", "5,6,7", []string{"0", "8"}},
		"adjust":       {"gi", "holm", "holm", []string{"fdr2", "BH"}},
		"permutations": {"moran", "999", "999", []string{"98", "1000000", "many"}},
		"seed":         {"gistar", "18446744073709551615", "", []string{"-1", "x", "18446744073709551616"}},
		"previous":     {"change", "2024-01/2024-02", "2024-01-01T06:00:00Z/2024-02-01T06:00:00Z", []string{"x"}},
		"past":         {"change", "12", "12", []string{"0", "61", "x"}},
		"step":         {"emerging", "week", "week", []string{"year"}},
		"window":       {"emerging", "slice", "slice", []string{"pane"}},
		"wording":      {"emerging", "legacy", "legacy", []string{"old"}},
		"alpha":        {"emerging", "0.1", "0.1", []string{"0", "0.5", "NaN", "x"}},
		"steps_by":     {"emerging", "raw", "raw", []string{"p"}},
		"lag":          {"emerging", "7", "7", []string{"-1", "366"}},
		"kernel":       {"density", "gaussian", "gaussian", []string{"cone"}},
		"bandwidth_m":  {"density", "250", "250", []string{"0", "50001", "Inf", "wide"}},
		"denominator":  {"rate", "residents", "residents", nil},
		"minimum":      {"rate", "50", "50", []string{"0", "-1", "x"}},
		"shift":        {"shift", "night", "night", nil},
		"distance_m":   {"nearrepeat", "150", "150", []string{"0", "5001", "far"}},
		"within_days":  {"nearrepeat", "7", "7", []string{"0", "366", "x"}},
		"now":          {"nearrepeat", "2025-03-01", "2025-03-01T06:00:00Z", []string{"soon"}},
	}
}

func TestEveryParameterIsReadWrittenAndRefused(t *testing.T) {
	cases := parameterCases()
	for _, p := range layer.Parameters() {
		c, known := cases[p.Name]
		if !known {
			t.Errorf("parameter %s has no case", p.Name)
			continue
		}
		if p.Allowed == "" || p.Help == "" {
			t.Errorf("parameter %s does not say what it is", p.Name)
		}
		if p.Methods != nil && !slices.Contains(p.Methods, layer.Method(c.method)) {
			t.Errorf("parameter %s is none of method %s but of %v", p.Name, c.method, p.Methods)
		}
		q := layer.Query{Method: layer.Method(c.method)}
		if err := p.Read(&q, c.good, guatemala(t)); err != nil {
			t.Errorf("%s=%s: %v", p.Name, c.good, err)
		}
		if got := textOf(q, p.Name); c.want != "" && sortedText(p.Name, got) != c.want {
			t.Errorf("%s=%s became %q, want %q", p.Name, c.good, got, c.want)
		}
		for _, bad := range c.bad {
			if err := p.Read(&layer.Query{}, bad, time.UTC); err == nil {
				t.Errorf("%s=%s was taken", p.Name, bad)
			}
		}
	}
	if len(cases) != len(layer.Parameters()) {
		t.Errorf("%d cases for %d parameters", len(cases), len(layer.Parameters()))
	}
}

func textOf(q layer.Query, name string) string {
	for _, p := range q.Parameters() {
		if p[0] == name {
			return p[1]
		}
	}
	return ""
}

// sortedText puts a list in order, as a query does before it is answered.
func sortedText(name, text string) string {
	switch name {
	case "area":
		if text == "b,a" {
			return "a,b"
		}
	case "category":
		if text == "theft,robbery" {
			return "robbery,theft"
		}
	case "origin":
		if text == "unknown,reported" {
			return "reported,unknown"
		}
	}
	return text
}

func TestAParameterOfAnotherMethodIsRefused(t *testing.T) {
	for name, c := range parameterCases() {
		i := slices.IndexFunc(layer.Parameters(), func(p layer.Parameter) bool { return p.Name == name })
		if i < 0 || layer.Parameters()[i].Methods == nil {
			continue
		}
		p := layer.Parameters()[i]
		q := layer.Query{Method: layer.Count, Study: capital()}
		if err := p.Read(&q, c.good, time.UTC); err != nil {
			t.Fatal(err)
		}
		if fields := problemFields(q); !slices.Contains(fields, name) {
			t.Errorf("%s with method count: problems %v", name, fields)
		}
		// What is the default of its own method, too.
		for _, value := range []string{"quartic", "fdr", "0"} {
			q := layer.Query{Method: layer.Count, Study: capital()}
			if p.Read(&q, value, time.UTC) == nil && !slices.Contains(problemFields(q), name) {
				t.Errorf("%s=%s with method count was taken", name, value)
			}
		}
	}
}

// problemFields returns the parameters that NewBuilder refuses.
func problemFields(q layer.Query) []string {
	_, err := layer.NewBuilder(q, layer.Facts{Zone: inUTC})
	var fields []string
	for _, p := range problemsOf(err) {
		fields = append(fields, p.Field)
	}
	return fields
}

func problemsOf(err error) []store.Problem {
	var e *store.Error
	if !errors.As(err, &e) {
		return nil
	}
	return e.Problems
}
