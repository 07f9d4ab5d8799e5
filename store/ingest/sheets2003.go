package ingest

import (
	"io"
	"strconv"
	"strings"

	"atalaya/store"
)

// openSheets2003 opens the XML that Excel 2003 wrote for workbooks and that
// report servers still write.
func openSheets2003(begin func() (*text, error), named string) (*table, error) {
	names, err := sheetNames2003(begin)
	if err != nil {
		return nil, err
	}
	var parts []part
	for i, name := range names {
		parts = append(parts, part{name: name, open: func() (*table, error) {
			return newListing("xml", func() (rowReader, error) {
				text, err := begin()
				if err != nil {
					return nil, err
				}
				return &rows2003{xml: newXMLReader(text.Reader), sheet: i}, nil
			})
		}})
	}
	return chooseSheets(named, parts)
}

func sheetNames2003(begin func() (*text, error)) ([]string, error) {
	text, err := begin()
	if err != nil {
		return nil, err
	}
	var names []string
	for x := newXMLReader(text.Reader); ; {
		kind, _, err := x.next()
		switch {
		case atEnd(err) || err == io.ErrUnexpectedEOF: //nolint:errorlint // returned bare
			return names, nil
		case err != nil:
			return nil, err
		case kind == xmlStart && x.is("Worksheet"):
			if names = append(names, x.attribute("Name")); len(names) > maxCandidates {
				return nil, store.Errorf(store.TooLarge, "the workbook has over %d sheets", maxCandidates)
			}
		}
	}
}

// rows2003 reads the rows of one sheet.
type rows2003 struct {
	xml   *xmlReader
	sheet int // number of the one to read, from 0
	at    int // sheets begun so far
	row   int
	cells []string
}

func (s *rows2003) next() (record, error) {
	for {
		kind, _, err := s.xml.next()
		if err == io.ErrUnexpectedEOF { //nolint:errorlint // returned bare
			err = io.EOF
		}
		if err != nil {
			return record{}, err
		}
		switch {
		case kind == xmlStart && s.xml.is("Worksheet"):
			s.at++
		case s.at != s.sheet+1:
		case kind == xmlEnd && s.xml.is("Worksheet"):
			return record{}, io.EOF
		case kind == xmlStart && s.xml.is("Row"):
			s.row++
			if index, err := strconv.Atoi(s.xml.attribute("Index")); err == nil && index > s.row {
				s.row = index
			}
			isWhole, err := s.readRow()
			if err != nil {
				return record{}, err
			}
			if !isWhole {
				s.at = -1
				return record{row: s.row, cells: s.cells, flaw: cutShort(say("the workbook does not end"))}, nil
			}
			if !allBlank(s.cells) {
				return record{row: s.row, cells: s.cells}, nil
			}
		}
	}
}

// readRow reads the cells of a row up to its end, and reports whether the file
// has it.
func (s *rows2003) readRow() (isWhole bool, err error) {
	s.cells = s.cells[:0]
	column, kind, inData := 0, "", false
	var value strings.Builder
	for {
		token, text, err := s.xml.next()
		switch {
		case atEnd(err) || err == io.ErrUnexpectedEOF: //nolint:errorlint // returned bare
			return false, nil
		case err != nil:
			return false, err
		case token == xmlText && inData:
			value.WriteString(unescaped(text))
		case token == xmlText:
		case token == xmlEnd && s.xml.is("Row"):
			return true, nil
		case token == xmlStart && s.xml.is("Cell"):
			if index, err := strconv.Atoi(s.xml.attribute("Index")); err == nil && index > column {
				column = index - 1
			}
			value.Reset()
		case s.xml.is("Data"):
			inData = token == xmlStart
			if inData {
				kind = s.xml.attribute("Type")
			}
		case token == xmlEnd && s.xml.is("Cell"):
			if column >= MaxColumns {
				return false, store.Errorf(store.TooLarge, "row %d has a cell in column %d; allowed: up to %d", s.row, column+1, MaxColumns)
			}
			for len(s.cells) <= column {
				s.cells = append(s.cells, "")
			}
			s.cells[column] = cell2003(kind, value.String())
			column++
			kind = ""
		}
		if value.Len() > MaxRecordBytes {
			return false, store.Errorf(store.TooLarge, "row %d has a cell over %d bytes", s.row, MaxRecordBytes)
		}
	}
}

// cell2003 writes the value of a cell as text. A date without a clock has
// midnight in the file.
func cell2003(kind, value string) string {
	switch kind {
	case "DateTime":
		value = strings.TrimSuffix(value, ".000")
		if clock, ok := strings.CutPrefix(value, "1899-12-31T"); ok {
			return clock
		}
		return value
	case "Error":
		return ""
	case "Number":
		if strings.ContainsAny(value, "eE") {
			if number, err := strconv.ParseFloat(value, 64); err == nil {
				return strconv.FormatFloat(number, 'f', -1, 64)
			}
		}
	}
	return value
}
