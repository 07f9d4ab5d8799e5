package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"

	"atalaya/store"
)

// xmlKind is what an xmlReader has come to.
type xmlKind int

const (
	xmlStart xmlKind = iota + 1
	xmlEnd
	xmlText
)

// xmlReader reads the tags and texts of XML in UTF-8, some ten times as fast
// as encoding/xml, which matters where a sheet has a gigabyte of them. Names
// come without their prefixes. It knows no document types, so that no entity
// can grow; comments and instructions are passed over.
type xmlReader struct {
	r       *bufio.Reader
	buffer  []byte // holds the tag
	tag     []byte // between the angle brackets
	kept    []byte
	isOpen  bool // the bracket that opens the next tag is read
	isEmpty bool // the start tag at hand is its own end
}

func newXMLReader(r io.Reader) *xmlReader {
	return &xmlReader{r: bufio.NewReaderSize(r, 64<<10)}
}

// next reads on to the next tag or text; text is valid until then. io.EOF is
// the end of the document.
func (x *xmlReader) next() (kind xmlKind, text []byte, err error) {
	if x.isEmpty {
		x.isEmpty = false
		return xmlEnd, nil, nil
	}
	for {
		if !x.isOpen {
			text, err := x.until('<')
			if err != nil {
				return 0, nil, err
			}
			x.isOpen = true
			if len(text) > 1 {
				return xmlText, text[:len(text)-1], nil
			}
		}
		x.isOpen = false
		next, err := x.r.Peek(8)
		if len(next) == 0 {
			return 0, nil, unexpected(err)
		}
		switch {
		case bytes.HasPrefix(next, []byte("!--")):
			err = x.past("-->")
		case bytes.HasPrefix(next, []byte("![CDATA[")):
			text, err := x.cdata()
			return xmlText, text, unexpected(err)
		case next[0] == '!':
			return 0, nil, store.Errorf(store.Invalid, "the XML has a document type declaration; allowed: none, as its entities can grow without bound")
		case next[0] == '?':
			err = x.past("?>")
		default:
			return x.element()
		}
		if err != nil {
			return 0, nil, unexpected(err)
		}
	}
}

// until returns what stands up to the next end, which is included.
func (x *xmlReader) until(end byte) ([]byte, error) {
	part, err := x.r.ReadSlice(end)
	if !errors.Is(err, bufio.ErrBufferFull) {
		return part, err
	}
	x.kept = append(x.kept[:0], part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = x.r.ReadSlice(end)
		if x.kept = append(x.kept, part...); len(x.kept) > MaxRecordBytes {
			return nil, store.Errorf(store.TooLarge, "a text of the XML is over %d bytes", MaxRecordBytes)
		}
	}
	return x.kept, err
}

// past reads on behind an end.
func (x *xmlReader) past(end string) error {
	var last []byte
	for {
		part, err := x.until(end[len(end)-1])
		if err != nil {
			return err
		}
		last = append(last, part...)
		if bytes.HasSuffix(last, []byte(end)) {
			return nil
		}
		last = bytes.Clone(last[max(0, len(last)-len(end)):])
	}
}

// cdata returns the text between "![CDATA[" and "]]>".
func (x *xmlReader) cdata() ([]byte, error) {
	if _, err := x.r.Discard(len("![CDATA[")); err != nil {
		return nil, err
	}
	var text []byte
	for !bytes.HasSuffix(text, []byte("]]>")) {
		part, err := x.until('>')
		if err != nil {
			return nil, err
		}
		if text = append(text, part...); len(text) > MaxRecordBytes {
			return nil, store.Errorf(store.TooLarge, "a text of the XML is over %d bytes", MaxRecordBytes)
		}
	}
	return text[:len(text)-len("]]>")], nil
}

// element reads a tag. A '>' within quotes is part of it.
func (x *xmlReader) element() (xmlKind, []byte, error) {
	x.buffer = x.buffer[:0]
	for {
		part, err := x.until('>')
		if err != nil {
			return 0, nil, unexpected(err)
		}
		if x.buffer = append(x.buffer, part...); len(x.buffer) > MaxRecordBytes {
			return 0, nil, store.Errorf(store.TooLarge, "a tag of the XML is over %d bytes", MaxRecordBytes)
		}
		if bytes.Count(x.buffer, []byte{'"'})%2 == 0 {
			break
		}
	}
	x.tag = bytes.TrimSpace(x.buffer[:len(x.buffer)-1])
	if len(x.tag) > 0 && x.tag[0] == '/' {
		x.tag = x.tag[1:]
		return xmlEnd, nil, nil
	}
	if n := len(x.tag); n > 0 && x.tag[n-1] == '/' {
		x.tag, x.isEmpty = x.tag[:n-1], true
	}
	return xmlStart, nil, nil
}

// is reports whether the tag at hand has the name.
func (x *xmlReader) is(name string) bool {
	end := 0
	for end < len(x.tag) && !isXMLSpace(x.tag[end]) {
		end++
	}
	tag := x.tag[:end]
	return string(tag[bytes.IndexByte(tag, ':')+1:]) == name
}

// attribute returns an attribute of the tag at hand, nothing where it has
// none of that name.
func (x *xmlReader) attribute(name string) string {
	rest := x.tag
	for {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return ""
		}
		end := equals
		for end > 0 && isXMLSpace(rest[end-1]) {
			end--
		}
		start := end
		for start > 0 && !isXMLSpace(rest[start-1]) && rest[start-1] != ':' {
			start--
		}
		key := rest[start:end]
		rest = rest[equals+1:]
		for len(rest) > 0 && isXMLSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		closing := bytes.IndexByte(rest[1:], rest[0])
		if closing < 0 {
			return ""
		}
		if string(key) == name {
			return unescaped(rest[1 : closing+1])
		}
		rest = rest[closing+2:]
	}
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// unescaped returns a text with its character references read.
func unescaped(text []byte) string {
	if bytes.IndexByte(text, '&') < 0 {
		return string(text)
	}
	return html.UnescapeString(string(text))
}
