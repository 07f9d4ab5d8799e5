package ingest

import (
	"bufio"
	"fmt"
	"strings"
	"testing"
)

// benchmarkRows is how many records each turn reads.
const benchmarkRows = 10_000

func readEveryRow(b *testing.B, rows rowReader) {
	b.Helper()
	n := 0
	for {
		_, err := rows.next()
		if atEnd(err) {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != benchmarkRows {
		b.Fatalf("%d rows", n)
	}
}

func BenchmarkDelimited(b *testing.B) {
	text := strings.Repeat("0000001,2024-01-05 13:45,Robo a peatón,14.634900,-90.506900,\"1, avenida 2-3\"\n", benchmarkRows)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		readEveryRow(b, newDelimited(bufio.NewReaderSize(strings.NewReader(text), sniffBytes), ',', '\n'))
	}
}

func BenchmarkSheet(b *testing.B) {
	var rows strings.Builder
	for i := range benchmarkRows {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>0</v></c><c r="B%d" s="1"><v>45296.57291666667</v></c><c r="C%d"><v>14.634900000000001</v></c></row>`, i+1, i+1, i+1, i+1)
	}
	text := "<sheetData>" + rows.String() + "</sheetData>"
	w := &workbook{styles: []dateStyle{0, showsDay | showsClock}, texts: &sharedTexts{all: "Robo", ends: []uint32{4}}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		readEveryRow(b, &sheet{workbook: w, xml: newXMLReader(strings.NewReader(text))})
	}
}

func BenchmarkJSON(b *testing.B) {
	text := `{"features":[` + strings.Repeat(`{"type":"Feature","properties":{"id":"0001","when":"2024-01-05T13:45:00Z","type":"Robo"},"geometry":{"type":"Point","coordinates":[-90.5069,14.6349]}},`, benchmarkRows-1) +
		`{"type":"Feature","properties":null,"geometry":null}]}`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		readEveryRow(b, newDocument(strings.NewReader(text), newObjects()))
	}
}
