package rejects

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"atalaya/handlers/messages"
	"atalaya/store"
)

// Column is a column of the file that the rows come from.
type Column struct {
	Name  string
	Shown bool // it does not look like data on a person, or somebody let it through
}

// Columns returns the columns of a file that was imported.
func Columns(r store.Report) []Column {
	columns := make([]Column, 0, len(r.Columns))
	hidden := map[string]bool{}
	for _, p := range r.Personal {
		hidden[p.Column] = !p.Allowed
	}
	for _, name := range r.Columns {
		columns = append(columns, Column{Name: name, Shown: !hidden[name]})
	}
	return columns
}

// ProposedColumns returns the columns of a file that is about to be.
func ProposedColumns(p store.Proposal) []Column {
	columns := make([]Column, 0, len(p.Columns))
	for _, c := range p.Columns {
		columns = append(columns, Column{Name: c.Name, Shown: c.LooksLike == "" || c.Allowed})
	}
	return columns
}

// Writer writes rejected rows. It is not safe for concurrent use.
type Writer struct {
	csv     *csv.Writer
	say     *messages.Catalogue
	columns int   // of the file
	shown   []int // of them
	cells   []string
}

// NewWriter returns a writer that has written the header. Sentences are in
// lang, es or en.
func NewWriter(w io.Writer, lang string, columns []Column) *Writer {
	out := &Writer{csv: csv.NewWriter(w), say: messages.For(lang), columns: len(columns)}
	header := []string{"row", "reason", "field", "value", "message", "detail"}
	for i, c := range columns {
		if c.Shown {
			out.shown = append(out.shown, i)
			header = append(header, inert(c.Name))
		}
	}
	_ = out.csv.Write(header) // an error stays in the writer, for Close
	return out
}

// Write writes one row.
func (w *Writer) Write(r store.Reject) error {
	value, detail := r.Value, r.Message
	if len(r.Record) > w.columns { // no column of the file for them
		value = strings.Join(r.Record[w.columns:], ", ")
	}
	if !r.Said.IsZero() {
		detail = w.say.Say(r.Said)
	}
	w.cells = append(w.cells[:0], inert(store.RowName(r.Sheet, r.Row)), r.Reason, inert(r.Field), inert(value),
		w.say.Text("reject."+r.Reason), inert(detail))
	for _, i := range w.shown {
		cell := ""
		if i < len(r.Record) {
			cell = inert(r.Record[i])
		}
		w.cells = append(w.cells, cell)
	}
	if err := w.csv.Write(w.cells); err != nil {
		return fmt.Errorf("write rejected row %s: %w", store.RowName(r.Sheet, r.Row), err)
	}
	return nil
}

// Close writes what is still held back. It does not close what is written to.
func (w *Writer) Close() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	return nil
}

// inert puts an apostrophe before a text that a spreadsheet would run as a
// formula. Numbers stay, also those with a decimal comma: a negative one runs
// nothing.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n", rune(s[0])) || isNumber(s) {
		return s
	}
	return "'" + s
}

func isNumber(s string) bool {
	digits := strings.TrimLeft(s[:1], "+-") + s[1:]
	return digits != "" && strings.Trim(digits, "0123456789.,") == ""
}
