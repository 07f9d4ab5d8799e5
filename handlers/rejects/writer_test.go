package rejects_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"atalaya/handlers/rejects"
	"atalaya/store"
	"atalaya/store/ingest"
)

// written reads back what rows become in a language.
func written(t *testing.T, lang string, columns []rejects.Column, rows ...store.Reject) [][]string {
	t.Helper()
	var b bytes.Buffer
	w := rejects.NewWriter(&b, lang, columns)
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func TestARejectedRowComesWithItsOwnCellsButForThoseOfPersons(t *testing.T) {
	report := store.Report{
		Columns:  []string{"FECHA", "Nombre", "Edad del caso", "LAT"},
		Personal: []store.PersonalColumn{{Column: "Nombre"}, {Column: "Edad del caso", Allowed: true}},
	}
	got := written(t, "en", rejects.Columns(report),
		store.Reject{Row: 7, Reason: ingest.BadTime, Field: "FECHA", Value: "pronto", Message: "is no date", Record: []string{"pronto", "", "3 años", "14,6"}},
		store.Reject{Row: 9, Reason: ingest.SurplusCells, Message: "the row has 6 cells", Record: []string{"2", "", "", "14.6", "=1", "-90.5"}},
	)
	want := [][]string{
		{"row", "reason", "field", "value", "message", "detail", "FECHA", "Edad del caso", "LAT"},
		{"7", "bad_time", "FECHA", "pronto", "The date or the time cannot be read. Write it as the other rows do.", "is no date", "pronto", "3 años", "14,6"},
		{"9", "surplus_cells", "", "'=1, -90.5", "The row has more cells than the header. Check separators and quotes.", "the row has 6 cells", "2", "", "14.6"},
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("line %d\ngot  %q\nwant %q", i+1, got[i], want[i])
		}
	}
}

func TestEveryReasonHasASentenceInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, lang := range []string{"es", "en"} {
		for _, reason := range ingest.Reasons() {
			sentence := written(t, lang, nil, store.Reject{Row: 2, Reason: reason})[1][4]
			if strings.HasPrefix(sentence, "[") || seen[sentence] {
				t.Errorf("%s, %s: %q", lang, reason, sentence)
			}
			seen[sentence] = true
		}
	}
}

func TestNoTextStartsAsAFormulaDoes(t *testing.T) {
	for value, want := range map[string]string{
		"=1+1":                   "'=1+1",
		"@SUM(A1)":               "'@SUM(A1)",
		"-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
		"+502 5555":              "'+502 5555",
		"\tx":                    "'\tx",
		"-":                      "'-",
		"14.6-":                  "14.6-",
		"-90.5":                  "-90.5",
		"-90,506900":             "-90,506900",
		"+14.6":                  "+14.6",
		"plain = text":           "plain = text",
		"":                       "",
	} {
		columns := []rejects.Column{{Name: value, Shown: true}}
		got := written(t, "en", columns, store.Reject{Field: value, Value: value, Message: value, Record: []string{value}})
		if got[0][6] != want || got[1][2] != want || got[1][3] != want || got[1][5] != want || got[1][6] != want {
			t.Errorf("%q becomes %q, want %q everywhere", value, got, want)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAWriteThatFailsIsToldAtTheEnd(t *testing.T) {
	w := rejects.NewWriter(full{}, "en", nil)
	if err := w.Write(store.Reject{}); err != nil {
		t.Errorf("before the buffer is full: %v", err)
	}
	if err := w.Close(); err == nil {
		t.Error("no error")
	}
}
