package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// MaxDefinitionBytes is the most bytes that a file of places or of a
// denominator may have. It is read into memory.
const MaxDefinitionBytes = 64 << 20

// MaxProblems is the most problems that the refusal of such a file names; its
// message has the count of all rows that have one.
const MaxProblems = 100

const (
	definitionAllowed = "allowed: CSV or GeoJSON"
	placeColumns      = "columns lon and lat (or lng, longitud, x, …), or a column wkt or geometry of WKT, in degrees of WGS 84"
)

// definition is a file that describes the ground rather than incidents, one
// geometry a record, with values under names.
type definition struct {
	columns []string
	each    func(visit func(defined)) error // walks all records
}

// defined is one record of a file of definitions.
type defined struct {
	row      int // as a spreadsheet counts; of GeoJSON the number of the feature
	geometry orb.Geometry
	flaw     *store.Problem          // why it has no geometry, or is no record; nil where it is one
	value    func(column string) any // text, float64, bool or nil; something else is an array or object
}

// text returns a value as text without outer blanks, empty where there is none.
func (e defined) text(column string) string {
	if column == "" {
		return ""
	}
	switch v := e.value(column).(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return strings.TrimSpace(fmt.Sprint(v))
	}
}

// openDefinition recognises a file by its bytes and reads what its columns are.
func openDefinition(r io.Reader) (*definition, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxDefinitionBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxDefinitionBytes {
		return nil, store.Errorf(store.TooLarge, "the file is over %d bytes", MaxDefinitionBytes)
	}
	text, err := decode(bufio.NewReaderSize(bytes.NewReader(data), sniffBytes))
	if err != nil {
		return nil, store.Errorf(store.Invalid, "the file is no text; %s", definitionAllowed)
	}
	head, err := peek(text.Reader, sniffBytes)
	if err != nil {
		return nil, err
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return nil, store.Errorf(store.Invalid, "the file is empty; %s", definitionAllowed)
	case startsLikeJSON(head):
		return openFeatures(text)
	}
	return openRows(text, head)
}

// column returns the column that is called one of the names, lower-case and
// without accents, or the one that was asked for; empty where there is none. It
// refuses what leaves a choice, and an asked one that is not there.
func (d *definition) column(what, asked string, names ...string) (string, error) {
	var found []string
	for _, column := range d.columns {
		if asked != "" && column == asked {
			return column, nil
		}
		for _, name := range names {
			if store.Fold(column) == name {
				found = append(found, column)
			}
		}
	}
	switch {
	case asked != "":
		return "", d.refuse(what, asked, "is no column of the file")
	case len(found) > 1:
		return "", d.refuse(what, listed(found), "could be either: say which")
	case len(found) == 0:
		return "", nil
	}
	return found[0], nil
}

func (d *definition) refuse(what, value, message string) error {
	return &store.Error{Kind: store.Invalid, Message: "the file cannot be read as it is", Problems: []store.Problem{
		{Field: what, Value: value, Message: message, Allowed: "one of " + listed(d.columns)},
	}}
}

// badRows collects what is wrong with the rows of a file, of which nothing is
// taken where there is any.
type badRows struct {
	problems []store.Problem // up to MaxProblems
	rows     int             // that have one
}

// add notes all that is wrong with a row, and reports whether there is any.
func (b *badRows) add(row int, problems ...store.Problem) bool {
	if len(problems) == 0 {
		return false
	}
	b.rows++
	for _, p := range problems[:min(len(problems), MaxProblems-len(b.problems))] {
		p.Row, p.Value = row, cut(p.Value)
		b.problems = append(b.problems, p)
	}
	return true
}

func (b *badRows) err() error {
	if b.rows == 0 {
		return nil
	}
	slices.SortStableFunc(b.problems, func(p, q store.Problem) int { return cmp.Compare(p.Row, q.Row) })
	message := fmt.Sprintf("%d rows are wrong, and so nothing of the file is taken", b.rows)
	if b.rows > 1 && len(b.problems) == MaxProblems {
		message += fmt.Sprintf("; %d problems are named", MaxProblems)
	}
	return &store.Error{Kind: store.Invalid, Message: message, Problems: b.problems}
}

// placeless reports whether a geometry stands for no place: 0, 0 and the like.
func placeless(g orb.Geometry) bool {
	p, isPoint := g.(orb.Point)
	return isPoint && isNowhere(p[0], p[1])
}
