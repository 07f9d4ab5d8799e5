package ingest

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// text is a file's text as UTF-8.
type text struct {
	*bufio.Reader
	encoding string  // of the file, as its head shows it
	lenient  *mended // set where the head is UTF-8: it may meet other bytes later
}

// decode recognises the encoding of r by its byte order mark or else its
// bytes, and returns its text. UTF-16 without a mark is known by its zero
// bytes; what is neither UTF-16 nor UTF-8 is read as Windows-1252.
func decode(r *bufio.Reader) (*text, error) {
	head, err := peek(r, sniffBytes)
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return decodeWith(r, "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return decodeWith(r, "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	case zeroShare(head, 1) > 0.4 && zeroShare(head, 0) < 0.05:
		return decodeWith(r, "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()), nil
	case zeroShare(head, 0) > 0.4 && zeroShare(head, 1) < 0.05:
		return decodeWith(r, "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()), nil
	}
	if err := refuseBinary(head); err != nil {
		return nil, err
	}
	if mark := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, mark) {
		if _, err := r.Discard(len(mark)); err != nil {
			return nil, err
		}
		head = head[len(mark):]
	}
	if !utf8.Valid(head[:wholeRunes(head)]) {
		return decodeWith(r, "windows-1252", charmap.Windows1252.NewDecoder()), nil
	}
	lenient := &mended{}
	t := decodeWith(r, "utf-8", lenient)
	t.lenient = lenient
	return t, nil
}

// name returns the encoding that the file turned out to have so far.
func (t *text) name() string {
	if t.lenient != nil && t.lenient.strays > 0 && !t.lenient.wide {
		return "windows-1252"
	}
	return t.encoding
}

// strays returns how many bytes of a file in UTF-8 were not UTF-8.
func (t *text) strays() int {
	if t.lenient == nil || !t.lenient.wide {
		return 0
	}
	return t.lenient.strays
}

func decodeWith(r io.Reader, name string, t transform.Transformer) *text {
	return &text{Reader: bufio.NewReaderSize(transform.NewReader(r, t), sniffBytes), encoding: name}
}

// mended passes UTF-8 through and reads every byte that is not UTF-8 as
// Windows-1252: a file whose head is plain ASCII shows its encoding late.
type mended struct {
	transform.NopResetter
	strays int
	wide   bool // some character of more than one byte was UTF-8
}

// Transform implements transform.Transformer.
func (m *mended) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	whole := src[:wholeRunes(src[:min(len(dst), len(src))])]
	if utf8.Valid(whole) {
		m.wide = m.wide || utf8.RuneCount(whole) < len(whole)
		nDst, nSrc = copy(dst, whole), len(whole)
	}
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size <= 1 {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r = charmap.Windows1252.DecodeByte(src[nSrc])
			if nDst+utf8.RuneLen(r) <= len(dst) {
				m.strays++
			}
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		m.wide = m.wide || size > 1
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// wholeRunes returns the length of b without a character that its end cuts.
func wholeRunes(b []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(b); back++ {
		if start := len(b) - back; utf8.RuneStart(b[start]) {
			if !utf8.FullRune(b[start:]) {
				return start
			}
			break
		}
	}
	return len(b)
}

// zeroShare returns which share of the bytes at even (0) or odd (1) places is
// zero.
func zeroShare(b []byte, parity int) float64 {
	zeros, n := 0, 0
	for i := parity; i < len(b); i += 2 {
		n++
		if b[i] == 0 {
			zeros++
		}
	}
	if n < 4 {
		return 0
	}
	return float64(zeros) / float64(n)
}
