package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// workbook packs sheets, given by their rows as XML, as Excel does.
func workbook(t testing.TB, sheets ...member) string {
	t.Helper()
	list, relations := "", ""
	var files []member
	for i, s := range sheets {
		list += fmt.Sprintf(`<sheet name="%s" r:id="r%d"/>`, s.name, i)
		relations += fmt.Sprintf(`<Relationship Id="r%d" Type="x/worksheet" Target="/xl/worksheets/%d.xml"/>`, i, i)
		files = append(files, member{fmt.Sprintf("xl/worksheets/%d.xml", i), "<worksheet><sheetData>" + s.text + "</sheetData></worksheet>"})
	}
	return zipped(t, append([]member{
		{"[Content_Types].xml", "<Types/>"},
		{"_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", "<x:workbook><x:sheets>" + strings.ReplaceAll(list, "<sheet", "<x:sheet") + "</x:sheets></x:workbook>"},
		{"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"},
	}, files...)...)
}

// rowsXML writes text as the rows of a sheet.
func rowsXML(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("<row>")
		for cell := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			b.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
		}
		b.WriteString("</row>")
	}
	return b.String()
}

func TestTheSheetWithTheIncidentsIsReadUnlessAnotherIsNamed(t *testing.T) {
	text := workbook(t, member{"Cover", rowsXML("Report\n")}, member{"2023", rowsXML(small)},
		member{"2024", rowsXML(strings.ReplaceAll(small, "theft", "robbery") + "3,2024-01-07,robbery,35.150,-89.943\n")})
	all, report, err := readText(t, text, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].RawCategory != "robbery" || report.Container != "xlsx" {
		t.Errorf("%d incidents of %s: %+v", len(all), report.Container, all)
	}
	if note := report.Notes[0]; note != `sheet "2024" is read; not read: Cover, 2023` {
		t.Errorf("note %q", note)
	}
	// Both sheets have the ids 1 and 2, so that they are read together only when asked for.
	all, report, err = readText(t, text, ingest.Options{Sheet: "*"})
	if err != nil || len(all) != 3 || report.Rows != 5 || report.Merged != 2 {
		t.Errorf("%d incidents of %d rows, %d merged, %v", len(all), report.Rows, report.Merged, err)
	}
	all, _, err = readText(t, text, ingest.Options{Sheet: "2023"})
	if err != nil || len(all) != 2 {
		t.Errorf("%d incidents, %v", len(all), err)
	}
	_, _, err = readText(t, text, ingest.Options{Sheet: "2022"})
	wantError(t, err, store.Invalid, `no sheet "2022"; allowed: Cover, 2023, 2024`)
}

func TestWorkbooksAreRefusedWithTheReason(t *testing.T) {
	const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><row><c><v>&b;</v></c></row>`
	compound := make([]byte, 4096)
	copy(compound, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	compound[30] = 9 // sectors of 512 bytes, the first of them the directory
	xls := string(compound)
	copy(compound[512:], "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	for _, c := range []struct {
		name, text string
		kind       store.Kind
		want       string
	}{
		{"entities", workbook(t, member{"a", bomb}), store.Invalid, "document type declaration"},
		{"a column beyond the limit", workbook(t, member{"a", rowsXML(small) + `<row><c r="XFD9"><v>1</v></c></row>`}), store.TooLarge, "column 16384; allowed: up to 4096"},
		{"a cell beyond the limit", workbook(t, member{"a", `<row><c><v>` + strings.Repeat("x", 1<<20+9) + `</v></c></row>`}), store.TooLarge, "over 1048576 bytes"},
		{"no rows", workbook(t, member{"a", ""}), store.Invalid, "nothing but blank rows"},
		{"no sheets", workbook(t), store.Invalid, "the file has no sheet"},
		{"a tag that does not end", workbook(t, member{"a", `<row><c r="A1`}), store.Invalid, "damaged"},
		{"a text that is not there", workbook(t, member{"a", `<row><c t="s"><v>7</v></c></row>`}), store.Invalid, `text "7"`},
		{"a document", zipped(t, member{"[Content_Types].xml", ""}, member{"_rels/.rels", `<Relationship Type="x/officeDocument" Target="word/document.xml"/>`}), store.Invalid, "Office file without sheets"},
		{"an old workbook", xls, store.Invalid, "save it as xlsx or CSV"},
		{"an encrypted workbook", string(compound), store.Invalid, "encrypted with a password"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.text, ingest.Options{})
			wantError(t, err, c.kind, c.want)
		})
	}
}
