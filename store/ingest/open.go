package ingest

import (
	"bufio"
	"bytes"
	"context"

	"atalaya/store"
)

// maxDepth is how many containers may stand in one another: text in a gzip
// file in a zip file stands in two.
const maxDepth = 3

// opener recognises what files are by their bytes and opens them as tables.
type opener struct {
	ctx   context.Context //nolint:containedctx // it ends with the run that it belongs to
	spool *spool
	part  string // the sheet, layer or packed file that the caller named
	depth int    // of containers around the file at hand
}

// open opens a file by its first bytes.
func (o *opener) open(b *body) (*table, error) {
	t, err := o.recognise(b)
	if err == nil && t.body == nil {
		t.body = b
	}
	return t, err
}

func (o *opener) recognise(b *body) (*table, error) {
	if o.depth > maxDepth {
		return nil, store.Errorf(store.Invalid, "over %d containers stand in one another; unpack the file first", maxDepth)
	}
	head, err := b.head(o.ctx)
	if err != nil {
		return nil, err
	}
	starts := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case len(head) == 0:
		return nil, store.Errorf(store.Invalid, "the file is empty; %s", readable)
	case starts(gzipMagic) && b.unzipped == nil:
		return o.openGzip(b)
	case starts(zipMagic):
		return o.whole(b, o.openZip)
	case starts(sqliteMagic):
		return o.whole(b, o.openGeoPackage)
	case starts(parquetMagic):
		return o.whole(b, o.openParquet)
	case starts(officeMagic):
		return nil, refuseOffice(b)
	}
	if err := refuseSignature(head); err != nil {
		return nil, err
	}
	return o.openText(b)
}

// whole opens a file that is not read from its first byte to its last, once
// all of it is there.
func (o *opener) whole(b *body, open func(*body) (*table, error)) (*table, error) {
	if err := b.whole(o.spool.told); err != nil {
		return nil, err
	}
	return open(b)
}

// openText opens a file that is text.
func (o *opener) openText(b *body) (*table, error) {
	var at *text // of the pass at hand
	begin := func() (*text, error) {
		var err error
		at, err = decode(bufio.NewReaderSize(b.reader(o.ctx), sniffBytes))
		return at, err
	}
	first, err := begin()
	if err != nil {
		return nil, err
	}
	head, err := peek(first.Reader, sniffBytes)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, store.Errorf(store.Invalid, "the file has nothing but blank space; %s", readable)
	}
	var t *table
	switch {
	case isMarkup(head):
		t, err = openMarkup(begin, head, o.part)
	case startsLikeJSON(head):
		t, err = openJSON(begin, head)
	default:
		t, err = openDelimited(b, begin, head)
	}
	if err != nil {
		return nil, err
	}
	t.text = func() *text { return at }
	return t, nil
}
