package ingest_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// proposalOf proposes how to read one of the fixtures.
func proposalOf(t *testing.T, name string, opts ingest.Options) store.Proposal {
	t.Helper()
	st := openStore(t)
	f, err := os.Open(fixtures + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	opts.File, opts.Source, opts.TimeZone, opts.Clock = name, "src", "America/Guatemala", noon
	p, err := ingest.Propose(context.Background(), st, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sheetDoubts returns what is doubted about the sheets.
func sheetDoubts(p store.Proposal) []string {
	var all []string
	for _, d := range p.Doubts {
		if d.Code == store.DoubtSheet {
			all = append(all, d.Message)
		}
	}
	return all
}

func TestSheetsOfMonthsAreReadTogetherAndTheirRowsNameTheSheet(t *testing.T) {
	p := proposalOf(t, "sheets_by_month.xlsx", ingest.Options{})
	if len(sheetDoubts(p)) > 0 || p.RowsRead != 6 || p.RowsTaken != 3 {
		t.Errorf("%d of %d rows, %v", p.RowsTaken, p.RowsRead, p.Doubts)
	}
	var rows []string
	for _, r := range p.Rejects {
		rows = append(rows, store.RowName(r.Sheet, r.Row))
	}
	for _, i := range p.Incidents {
		rows = append(rows, store.RowName(i.Sheet, i.Row))
	}
	if want := []string{"Enero!4", "Febrero!4", "Febrero!5", "Enero!2", "Enero!3", "Febrero!3"}; !slices.Equal(rows, want) {
		t.Errorf("rows %v, want %v", rows, want)
	}
}

func TestASheetOfAllMonthsIsNotReadTogetherWithThem(t *testing.T) {
	p := proposalOf(t, "sheets_with_all.xlsx", ingest.Options{})
	want := `sheets "Todos", "Enero", "Febrero" have the same columns, but ids or rows in common: only "Todos" is read; say sheet=* to have all of them, or name one`
	if got := sheetDoubts(p); !slices.Equal(got, []string{want}) || p.RowsRead != 3 {
		t.Errorf("%d rows, %q, want %q", p.RowsRead, got, want)
	}
	for sheet, rows := range map[string]int{"*": 6, "Enero": 2} {
		if p := proposalOf(t, "sheets_with_all.xlsx", ingest.Options{Sheet: sheet}); p.RowsRead != rows || len(sheetDoubts(p)) > 0 {
			t.Errorf("%s: %d rows, want %d; %v", sheet, p.RowsRead, rows, p.Doubts)
		}
	}
}

func TestSheetsThatMayHoldIncidentsAndAreNotReadAreDoubted(t *testing.T) {
	p := proposalOf(t, "sheets_refused.xlsx", ingest.Options{})
	want := []string{
		`sheet "Febrero" is not read and may hold incidents: sheet "Febrero": `,
		`sheet "Otros" is not read, but has places under other columns: name it as the sheet if they are incidents`,
		`sheet "Archivo" is hidden and not read, but has places: name it as the sheet if they are incidents`,
	}
	got := sheetDoubts(p)
	if len(got) != len(want) || p.Confident || !strings.Contains(got[0], "document type declaration") {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}

func TestTheRefusalOfAWorkbookNamesTheSheetsThatWereRefused(t *testing.T) {
	p := proposalOf(t, "sheets_bomb_and_info.xlsx", ingest.Options{})
	for _, d := range p.Doubts {
		if d.Code == store.DoubtRefused && strings.Contains(d.Message, `sheet "BO_2023"`) && strings.Contains(d.Message, "document type declaration") {
			return
		}
	}
	t.Errorf("doubts %v", p.Doubts)
}

// The ids begin at 1 in each sheet, so that those of one are not those of the
// other: only the larger one is read.
func TestSheetsThatCountTheirIdsAnewAreNotReadTogether(t *testing.T) {
	text := workbook(t, member{"2024", rowsXML(small)}, member{"2022", rowsXML(strings.ReplaceAll(small, "2024", "2022") + "3,2022-01-07,robbery,35.150,-89.943\n")})
	_, report, err := readText(t, text, ingest.Options{})
	if err != nil || report.Rows != 3 || report.Rejected != 0 || len(report.Sheets) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
