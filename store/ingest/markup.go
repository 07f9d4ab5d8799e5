package ingest

import (
	"bytes"

	"atalaya/store"
)

// isMarkup reports whether text is XML or HTML.
func isMarkup(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) > 1 && head[0] == '<' && (head[1] == '!' || head[1] == '?' || head[1]|0x20 >= 'a' && head[1]|0x20 <= 'z')
}

// openMarkup opens what report servers write and call .xls: an HTML page with
// a table, or the XML that Excel 2003 wrote for workbooks.
func openMarkup(begin func() (*text, error), head []byte, named string) (*table, error) {
	switch lower := bytes.ToLower(head); {
	case bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return openSheets2003(begin, named)
	case bytes.Contains(lower, []byte("<table")):
		return openHTML(begin)
	}
	return nil, store.Errorf(store.Invalid, "the file is XML or HTML without a table; %s", readable)
}
