package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"atalaya/store"
)

// proposed tells in tables how a file would be read.
func proposed(file string, p store.Proposal) string {
	var b strings.Builder
	state := "sure"
	if !p.Confident {
		state = "in doubt"
	}
	fmt.Fprintf(&b, "%s would be read so (%s):\n  %s", file, state, p.Container)
	for _, detail := range []struct{ name, value string }{
		{"encoding", p.Encoding}, {"delimiter", fmt.Sprintf("%q", p.Delimiter)}, {"coordinates", p.CRS}, {"time zone", p.TimeZone}, {"source", p.Source},
	} {
		if detail.value != "" && detail.value != `""` {
			fmt.Fprintf(&b, ", %s %s", detail.name, detail.value)
		}
	}
	if p.CRSEvidence != "" {
		fmt.Fprintf(&b, "\n  %s: %s", p.CRS, p.CRSEvidence)
	}
	for _, doubt := range p.Doubts {
		fmt.Fprintf(&b, "\n  doubt (%s): %s", doubt.Code, doubt.Message)
		if what := remedy(doubt.Code); what != "" {
			fmt.Fprintf(&b, "\n    %s", what)
		}
	}
	b.WriteString(table(func(row func(...string)) {
		row("field", "column", "confidence", "evidence")
		for _, f := range p.Mapping {
			row(f.Field, f.Column, string(f.Confidence), f.Evidence)
		}
	}))
	b.WriteString(table(func(row func(...string)) {
		row("column", "fate", "samples")
		for _, c := range p.Columns {
			row(c.Name, fate(c), strings.Join(c.Samples, " | "))
		}
	}))
	b.WriteString(table(func(row func(...string)) {
		row("row", "id", "from", "to", "precision", "longitude", "latitude", "category")
		for _, i := range p.Incidents {
			row(fmt.Sprint(i.Row), i.SourceID, moment(i.From), moment(i.To), string(i.TimePrecision),
				fmt.Sprintf("%.6f", i.Lon), fmt.Sprintf("%.6f", i.Lat), i.Category)
		}
	}))
	fmt.Fprintf(&b, "\n  of the first %d rows %d would be taken", p.RowsRead, p.RowsTaken)
	return b.String()
}

// fate says what becomes of a column.
func fate(c store.ProposedColumn) string {
	switch {
	case len(c.Fields) > 0:
		return strings.Join(c.Fields, ", ")
	case c.LooksLike != "" && !c.Allowed:
		return "kept out: looks like " + c.LooksLike
	}
	return "not stored"
}

func moment(t *time.Time) string {
	if t == nil {
		return "unknown"
	}
	return t.UTC().Format(time.RFC3339)
}

// table lays rows out in columns.
func table(fill func(row func(...string))) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fill(func(cells ...string) {
		for i, cell := range cells {
			cells[i] = strings.Map(oneLine, cell)
		}
		_, _ = fmt.Fprintf(w, "    %s\n", strings.Join(cells, "\t")) // a Builder takes everything
	})
	_ = w.Flush() // a Builder takes everything
	return "\n" + trimLines(b.String())
}

// oneLine keeps what a file holds from breaking a table or a terminal.
func oneLine(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}
