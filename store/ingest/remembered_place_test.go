package ingest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// rowsOf writes ten rows, each with what place makes of its number.
func rowsOf(columns, day string, place func(i int) string) string {
	text := "id,fecha,delito," + columns + "\n"
	for i := range 10 {
		text += fmt.Sprintf("%s-%d,2023-%s-%02d,robo,%s\n", day, i, day, i+1, place(i))
	}
	return text
}

// importAs imports a file of source s.
func importAs(t *testing.T, st store.Store, text string) store.Report {
	t.Helper()
	report, err := ingest.Import(context.Background(), st, strings.NewReader(text), rememberedOptions())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func rememberedOptions() ingest.Options {
	return ingest.Options{File: "s.csv", Source: "s", TimeZone: "America/Guatemala", Clock: noon}
}

func proposeAs(t *testing.T, st store.Store, text string) store.Proposal {
	t.Helper()
	p, err := ingest.Propose(context.Background(), st, strings.NewReader(text), rememberedOptions())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestColumnsOfPlacesThatAreBlankNowGiveWayToThoseThatHaveThem(t *testing.T) {
	gtm := func(i int) string { return fmt.Sprintf("%d,%d", 497100+100*i, 1618900-100*i) }
	degrees := func(i int) string { return fmt.Sprintf("%.5f,%.5f", 14.64-0.001*float64(i), -90.527+0.001*float64(i)) }
	for _, c := range []struct {
		name, columns string
		crs           string
		first, second func(i int) string
	}{
		{"columns that were there", "X,Y,lat,lon", "", func(i int) string { return gtm(i) + ",," }, func(i int) string { return ",," + degrees(i) }},
		{"a system that somebody said", "X,Y,lat,lon", "GTM", func(i int) string { return gtm(i) + ",," }, func(i int) string { return ",," + degrees(i) }},
		{"a point", "X,Y,ubicacion", "GTM", func(i int) string { return gtm(i) + "," }, func(i int) string { return `,,"(` + strings.Replace(degrees(i), ",", ", ", 1) + `)"` }},
		{"degrees before", "lat,lon,X,Y", "", func(i int) string { return degrees(i) + ",," }, func(i int) string { return ",," + gtm(i) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := openStore(t)
			opts := rememberedOptions()
			opts.CRS = c.crs
			if report, err := ingest.Import(context.Background(), st, strings.NewReader(rowsOf(c.columns, "01", c.first)), opts); err != nil || report.Taken != 10 {
				t.Fatalf("%d taken: %v", report.Taken, err)
			}
			second := rowsOf(c.columns, "02", c.second)
			p := proposeAs(t, st, second)
			if p.RowsTaken != 10 || !hasDoubt(p, store.DoubtColumns, "blank") {
				t.Errorf("%d of %d rows are taken, doubts %v", p.RowsTaken, p.RowsRead, p.Doubts)
			}
			importAs(t, st, second)
			if report := importAs(t, st, rowsOf(c.columns, "03", c.second)); report.Taken != 10 {
				t.Errorf("of the next file %d taken, rejected %v", report.Taken, report.Reasons)
			}
		})
	}
}

func TestAFileWithoutPlacesKeepsTheColumnsOfTheLast(t *testing.T) {
	st := openStore(t)
	importAs(t, st, rowsOf("lat,lon", "01", func(i int) string { return fmt.Sprintf("14.6%d,-90.5%d", i, i) }))
	p := proposeAs(t, st, rowsOf("lat,lon", "02", func(int) string { return "," }))
	if p.RowsTaken != 0 || hasDoubt(p, store.DoubtColumns, "") || !hasDoubt(p, store.DoubtRejects, "") {
		t.Errorf("%d rows are taken, doubts %v", p.RowsTaken, p.Doubts)
	}
}

func TestASoundFileIsInNoDoubtAfterOneWithItsCoordinatesExchanged(t *testing.T) {
	for _, c := range []struct {
		name, columns, crs string
		of                 [2]func(i int) string
	}{
		{"degrees", "lon,lat", "", [2]func(i int) string{
			func(i int) string { return fmt.Sprintf("%.4f", -90.51+0.001*float64(i)) },
			func(i int) string { return fmt.Sprintf("%.4f", 14.61+0.001*float64(i)) }}},
		{"metres", "X,Y", "GTM", [2]func(i int) string{
			func(i int) string { return fmt.Sprint(497100 + 100*i) },
			func(i int) string { return fmt.Sprint(1618900 - 100*i) }}},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := openStore(t)
			exchanged := func(day string) string {
				return rowsOf(c.columns, day, func(i int) string { return c.of[1](i) + "," + c.of[0](i) })
			}
			sound := func(day string) string {
				return rowsOf(c.columns, day, func(i int) string { return c.of[0](i) + "," + c.of[1](i) })
			}
			opts := rememberedOptions()
			opts.CRS = c.crs
			if report, err := ingest.Import(context.Background(), st, strings.NewReader(exchanged("01")), opts); err != nil || report.Taken != 10 {
				t.Fatalf("%d taken: %v", report.Taken, err)
			}
			p := proposeAs(t, st, sound("02"))
			if len(p.Doubts) > 0 || p.RowsTaken != 10 || p.Incidents[0].Lat < 14 || p.Incidents[0].Lat > 15 {
				t.Errorf("doubts %v, first %v", p.Doubts, p.Incidents)
			}
			for _, note := range p.Notes {
				if strings.Contains(note, "swapped") {
					t.Errorf("note %q", note)
				}
			}
			importAs(t, st, sound("02"))
			if p := proposeAs(t, st, exchanged("03")); !hasDoubt(p, store.DoubtPlace, "exchanged") || p.RowsTaken != 10 {
				t.Errorf("doubts %v of a file that is exchanged again", p.Doubts)
			}
		})
	}
}

func hasDoubt(p store.Proposal, code store.DoubtCode, part string) bool {
	for _, d := range p.Doubts {
		if d.Code == code && strings.Contains(d.Message, part) {
			return true
		}
	}
	return false
}
