package ingest

import (
	"fmt"
	"io"
	"strings"

	"atalaya/store"
)

// DenominatorOptions says how the file of a denominator is read. The zero
// value leaves all to the file.
type DenominatorOptions struct {
	Value   string // column or property of the values; empty = the one called value, population, residents, premises or so in Spanish
	Decimal string // "," or ".": the decimal mark of numbers that are texts; empty = as they show it
}

// Check refuses options that cannot be, whatever the file.
func (o DenominatorOptions) Check() error {
	if o.Decimal == "" || o.Decimal == "." || o.Decimal == "," {
		return nil
	}
	return &store.Error{Kind: store.Invalid, Message: "the file cannot be read as asked", Problems: []store.Problem{
		{Field: "decimal", Value: o.Decimal, Message: "is no decimal mark", Allowed: `"." or ","`},
	}}
}

// DenominatorFile is what the file of a denominator holds.
type DenominatorFile struct {
	Column string // that the values are from
	Parts  []store.DenominatorPart
}

// ReadDenominator reads how much of a denominator is where: CSV of any
// delimiter, encoding and decimal mark with longitude and latitude or WKT, or
// GeoJSON of points and polygons, in degrees of WGS 84. It takes all rows or
// none. Invalid names the first MaxProblems of what is wrong with them, and
// refuses a column of which it cannot be told whether 1.234 is more than a
// thousand; TooLarge is over MaxDefinitionBytes.
func ReadDenominator(r io.Reader, opts DenominatorOptions) (DenominatorFile, error) {
	if err := opts.Check(); err != nil {
		return DenominatorFile{}, err
	}
	d, err := openDefinition(r)
	if err != nil {
		return DenominatorFile{}, err
	}
	column, err := d.column("value", opts.Value, "value", "valor", "population", "poblacion", "residents", "residentes", "habitantes", "premises")
	if err != nil {
		return DenominatorFile{}, err
	}
	if column == "" {
		return DenominatorFile{}, d.refuse("value", "", "is missing: no column is called value, population, residents or premises")
	}
	file := DenominatorFile{Column: column}
	var bad badRows
	texts, numbers, err := file.take(d, &bad)
	if err != nil {
		return DenominatorFile{}, err
	}
	groups, err := numbers.decide(opts.Decimal, column)
	if err != nil {
		return DenominatorFile{}, err
	}
	for _, t := range texts {
		v, ok := parseAmount(t.text, groups)
		if !ok || !store.IsAmount(v) {
			bad.add(t.row, amountProblem(column, t.text))
			continue
		}
		file.Parts[t.part].Value = v
	}
	if err := bad.err(); err != nil {
		return DenominatorFile{}, err
	}
	return file, nil
}

// textAmount is a value that is read when the marks of its column are known.
type textAmount struct {
	row, part int
	text      string
}

// take appends the part of each record, its value left at 0 where it is text.
func (f *DenominatorFile) take(d *definition, bad *badRows) (texts []textAmount, numbers amounts, err error) {
	err = d.each(func(e defined) {
		if e.flaw != nil {
			bad.add(e.row, *e.flaw)
			return
		}
		part := store.DenominatorPart{Geometry: e.geometry}
		number, isNumber := e.value(f.Column).(float64)
		if isNumber {
			part.Value = number
		}
		problems := part.Problems()
		for i, p := range problems {
			if p.Field == "value" {
				problems[i] = amountProblem(f.Column, p.Value)
			}
		}
		if placeless(part.Geometry) {
			problems = append(problems, store.Problem{Field: "geometry", Value: fmt.Sprint(part.Geometry), Message: "stands for no place", Allowed: "where the value belongs"})
		}
		if bad.add(e.row, problems...) {
			return
		}
		if !isNumber {
			text := e.text(f.Column)
			numbers.look(text)
			texts = append(texts, textAmount{e.row, len(f.Parts), strings.Clone(text)}) // lets the rest of the row go
		}
		f.Parts = append(f.Parts, part)
	})
	return texts, numbers, err
}

// decide returns the mark between thousands.
func (a *amounts) decide(decimal, column string) (groups byte, err error) {
	switch decimal {
	case ",":
		return '.', nil
	case ".":
		return ',', nil
	}
	groups, ok := a.grouping()
	if !ok {
		return 0, &store.Error{Kind: store.Invalid, Message: "the values can be read in two ways", Problems: []store.Problem{
			{Field: column, Value: a.example, Message: "has a mark that may part thousands or decimals", Allowed: `numbers that show it, or decimal "." or ","`},
		}}
	}
	return groups, nil
}

func amountProblem(column, value string) store.Problem {
	return store.Problem{Field: column, Value: value, Message: "is no amount", Allowed: store.AmountAllowed}
}
