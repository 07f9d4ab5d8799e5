package ingest

import (
	"errors"
	"strconv"
	"strings"

	"atalaya/store"
)

// maxSharedTexts is the most bytes of texts that a workbook may share among
// its cells: they are held in memory.
const maxSharedTexts = 256 << 20

// sharedTexts are the texts that cells refer to by number, one after another.
type sharedTexts struct {
	all  string
	ends []uint32
}

// at returns the text of a number.
func (t *sharedTexts) at(number string) (string, error) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 0 || n >= len(t.ends) {
		return "", store.Errorf(store.Invalid, "a cell refers to text %q; allowed: 0 to %d", cut(number), len(t.ends)-1)
	}
	start := uint32(0)
	if n > 0 {
		start = t.ends[n-1]
	}
	return t.all[start:t.ends[n]], nil
}

// readTexts reads the shared texts from a member.
func (w *workbook) readTexts(member string) (err error) {
	w.texts = &sharedTexts{}
	x, end, err := w.xml(member)
	if err != nil || x == nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	var all strings.Builder
	inText, inPhonetic := false, false
	for {
		kind, text, err := x.next()
		switch {
		case atEnd(err):
			w.texts.all = all.String()
			return nil
		case err != nil:
			return w.fault(member, err)
		case kind == xmlText && inText && !inPhonetic:
			if all.WriteString(unescapedOffice(unescaped(text))); all.Len() > maxSharedTexts {
				return store.Errorf(store.TooLarge, "the texts of the workbook are over %d bytes; save it as CSV", maxSharedTexts)
			}
		case kind == xmlText:
		case x.is("t"):
			inText = kind == xmlStart
		case x.is("rPh"): // how a text is spoken
			inPhonetic = kind == xmlStart
		case kind == xmlEnd && x.is("si"):
			w.texts.ends = append(w.texts.ends, uint32(all.Len()))
		}
	}
}
