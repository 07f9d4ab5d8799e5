package ingest_test

import (
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// The workbook holds other rows of the same system than the text file, with
// the same columns, numbers instead of texts and serials instead of dates.
func TestARealSystemIsReadAlikeFromTextAndFromAWorkbook(t *testing.T) {
	city := orb.Bound{Min: orb.Point{-118.7, 33.6}, Max: orb.Point{-118.1, 34.4}}
	read := func(file string) store.Report {
		report, err := ingest.Read(t.Context(), openShared(t, file), ingest.Options{File: file, TimeZone: "America/Los_Angeles", Clock: later},
			func(i store.Incident) error {
				if !city.Contains(i.Point) {
					t.Errorf("%s: incident %s lies at %v", file, i.SourceID, i.Point)
				}
				return nil
			})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	text, book := read("lapd/Crime_Data_from_2020_to_Present.csv"), read("lapd/Crime_Data_from_2020_to_Present.xlsx")
	if diff := cmp.Diff(text.Mapping, book.Mapping); diff != "" {
		t.Error(diff)
	}
	if text.CRS != book.CRS || book.Rows != 1000 || book.Taken < 990 {
		t.Errorf("%s and %s; %d of %d rows taken", text.CRS, book.CRS, book.Taken, book.Rows)
	}
}
