package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"atalaya/store"
)

// sequence reads objects one after another: one a line, or behind record
// separators. A line that is no whole object is a record with a flaw, unless
// the next lines complete it.
type sequence struct {
	*objects
	r         *bufio.Reader
	separator byte
	row       int
	kept      []byte
}

func newSequence(r *bufio.Reader, separator byte, all *objects) *sequence {
	return &sequence{objects: all, r: r, separator: separator}
}

func (s *sequence) next() (record, error) {
	for {
		value, isLast, err := s.value()
		if err != nil {
			return record{}, err
		}
		value = bytes.Trim(value, " \t\r\n\x1e")
		if len(value) == 0 {
			if isLast {
				return record{}, io.EOF
			}
			continue
		}
		s.row++
		if value[0] == '{' && json.Valid(value) {
			return s.record(s.row, value)
		}
		return record{row: s.row, flaw: jsonFlaw(value, isLast)}, nil
	}
}

// value returns what stands up to the next separator, or, where an object goes
// on behind it, up to the one that it ends at.
func (s *sequence) value() (value []byte, isLast bool, err error) {
	s.kept = s.kept[:0]
	for {
		part, err := s.r.ReadSlice(s.separator)
		s.kept = append(s.kept, part...)
		if len(s.kept) > MaxRecordBytes {
			return nil, false, store.Errorf(store.TooLarge, "record %d is over %d bytes", s.row+1, MaxRecordBytes)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case atEnd(err):
			return s.kept, true, nil
		case err != nil:
			return nil, false, err
		case !s.goesOn():
			return s.kept, false, nil
		}
	}
}

// goesOn reports whether an object is open that the next line does not begin
// anew.
func (s *sequence) goesOn() bool {
	value := bytes.Trim(s.kept, " \t\r\n\x1e")
	if len(value) == 0 || value[0] != '{' || s.separator != '\n' || valueEnd(value) >= 0 {
		return false
	}
	next, err := s.r.Peek(1)
	return err == nil && next[0] != '{'
}

// jsonFlaw is the flaw of a record that is no object.
func jsonFlaw(value []byte, isLast bool) *store.Reject {
	if isLast && value[0] == '{' && valueEnd(value) < 0 {
		return cutShort(say("an object does not end"))
	}
	return flawed(BrokenRecord, "", "", say("the record is no JSON object; allowed: an object or a Feature"))
}
