package ingest

import (
	"io"
	"strconv"
	"strings"

	"atalaya/store"
)

// sheet reads the rows of a worksheet, as a spreadsheet numbers them. Blank
// ones are passed over.
type sheet struct {
	workbook *workbook
	xml      *xmlReader
	row      int
	cells    []string
	value    strings.Builder
}

func (s *sheet) next() (record, error) {
	for {
		kind, _, err := s.xml.next()
		if err != nil {
			return record{}, s.fault(err)
		}
		switch {
		case kind == xmlStart && s.xml.is("row"):
			s.row++
			if r, err := strconv.Atoi(s.xml.attribute("r")); err == nil && r > s.row {
				s.row = r
			}
			if err := s.readRow(); err != nil {
				return record{}, s.fault(err)
			}
			if !allBlank(s.cells) {
				return record{row: s.row, cells: s.cells}, nil
			}
		case kind == xmlEnd && s.xml.is("sheetData"):
			return record{}, io.EOF
		}
	}
}

func (s *sheet) fault(err error) error {
	if atEnd(err) {
		return err
	}
	return s.workbook.fault("row "+strconv.Itoa(s.row)+" of a sheet", err)
}

// readRow reads the cells of a row, up to its end.
func (s *sheet) readRow() error {
	s.cells = s.cells[:0]
	column := 0
	for {
		kind, _, err := s.xml.next()
		switch {
		case err != nil:
			return unexpected(err)
		case kind == xmlEnd && s.xml.is("row"):
			return nil
		case kind != xmlStart || !s.xml.is("c"):
			continue
		}
		if at := columnOf(s.xml.attribute("r")); at > 0 {
			column = at - 1
		}
		cell, err := s.readCell()
		if err != nil {
			return unexpected(err)
		}
		if cell != "" {
			if column >= MaxColumns {
				return store.Errorf(store.TooLarge, "row %d has a cell in column %d; allowed: up to %d", s.row, column+1, MaxColumns)
			}
			for len(s.cells) <= column {
				s.cells = append(s.cells, "")
			}
			s.cells[column] = cell
		}
		column++
	}
}

// readCell reads the text of a cell, up to its end.
func (s *sheet) readCell() (string, error) {
	kind, style := s.xml.attribute("t"), s.xml.attribute("s")
	s.value.Reset()
	inValue, inPhonetic := false, false
	for {
		token, text, err := s.xml.next()
		switch {
		case err != nil:
			return "", err
		case token == xmlText && inValue && !inPhonetic:
			if s.value.WriteString(unescaped(text)); s.value.Len() > MaxRecordBytes {
				return "", store.Errorf(store.TooLarge, "a cell is over %d bytes", MaxRecordBytes)
			}
		case token == xmlText:
		case s.xml.is("v") || s.xml.is("t"):
			inValue = token == xmlStart
		case s.xml.is("rPh"):
			inPhonetic = token == xmlStart
		case token == xmlEnd && s.xml.is("c"):
			return s.workbook.cell(kind, style, s.value.String())
		}
	}
}

// cell writes the value of a cell as text: what people see, dates as ISO.
func (w *workbook) cell(kind, style, value string) (string, error) {
	switch kind {
	case "s":
		return w.texts.at(value)
	case "b":
		return map[string]string{"1": "true", "0": "false"}[value], nil
	case "str", "inlineStr", "d":
		return unescapedOffice(value), nil
	case "e": // #N/A, #REF! and the like are no values
		return "", nil
	}
	if value == "" {
		return "", nil
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value, nil //nolint:nilerr // kept as it stands
	}
	if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(w.styles) && w.styles[n] != 0 {
		if text, ok := serialDate(number, w.styles[n], w.is1904); ok {
			return text, nil
		}
	}
	if len(value) > 15 || strings.ContainsAny(value, "eE") {
		return strconv.FormatFloat(number, 'f', -1, 64), nil
	}
	return value, nil
}

// columnOf returns the column of a reference such as AB12, 0 where it names
// none.
func columnOf(reference string) int {
	column := 0
	for _, c := range []byte(reference) {
		if c < 'A' || c > 'Z' || column > MaxColumns {
			break
		}
		column = 26*column + int(c-'A') + 1
	}
	return column
}

// unescapedOffice reads the _x000D_ escapes that workbooks write control
// characters with.
func unescapedOffice(text string) string {
	if !strings.Contains(text, "_x00") {
		return text
	}
	return strings.NewReplacer("_x000D_", "\r", "_x000d_", "\r", "_x000A_", "\n", "_x000a_", "\n", "_x0009_", "\t", "_x005F_", "_").Replace(text)
}
