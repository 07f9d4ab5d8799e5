package ingest

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"atalaya/store"
)

// workbook is an xlsx file (ECMA-376), Excel's and every other program's.
type workbook struct {
	archive *archive
	sheets  []sheetRef
	is1904  bool
	styles  []dateStyle // by the number of a cell's style
	texts   *sharedTexts
}

// sheetRef is a worksheet as the workbook lists it.
type sheetRef struct {
	name, id, target string
	isHidden         bool
}

// openWorkbook opens the sheet of a workbook that incidents are in.
func (o *opener) openWorkbook(a *archive) (*table, error) {
	w := &workbook{archive: a}
	if err := w.open(); err != nil {
		return nil, err
	}
	var parts []part
	for _, s := range w.sheets {
		f := a.byName[strings.ToLower(s.target)]
		if f == nil {
			continue // a chart, or a sheet that is kept elsewhere
		}
		parts = append(parts, part{name: s.name, size: int64(f.UncompressedSize64), isHidden: s.isHidden, open: func() (*table, error) {
			t, err := newListing("xlsx", func() (rowReader, error) {
				if err := o.spool.ctx.Err(); err != nil {
					return nil, err
				}
				in, err := a.open(f)
				return &sheet{workbook: w, xml: newXMLReader(in)}, err
			})
			if known := (*store.Error)(nil); errors.As(err, &known) && known != errBlankRows {
				return nil, store.Errorf(known.Kind, "sheet %q: %s", s.name, known.Message)
			}
			return t, err
		}})
	}
	return chooseSheets(o.part, parts)
}

// open reads everything of a workbook but its sheets.
func (w *workbook) open() error {
	main := "xl/workbook.xml"
	err := w.each("_rels/.rels", func(x *xmlReader) {
		if x.is("Relationship") && strings.HasSuffix(x.attribute("Type"), "/officeDocument") {
			main = strings.TrimPrefix(x.attribute("Target"), "/")
		}
	})
	if err != nil {
		return err
	}
	if !strings.HasSuffix(main, "workbook.xml") {
		return store.Errorf(store.Invalid, "the file is an Office file without sheets (%s); %s", cut(main), readable)
	}
	err = w.each(main, func(x *xmlReader) {
		switch {
		case x.is("workbookPr"):
			w.is1904 = x.attribute("date1904") == "1" || x.attribute("date1904") == "true"
		case x.is("sheet"):
			w.sheets = append(w.sheets, sheetRef{name: x.attribute("name"), id: x.attribute("id"), isHidden: strings.Contains(x.attribute("state"), "idden")})
		}
	})
	if err != nil {
		return err
	}
	folder, file := path.Split(main)
	styles, texts := "", ""
	err = w.each(folder+"_rels/"+file+".rels", func(x *xmlReader) {
		if !x.is("Relationship") {
			return
		}
		target := x.attribute("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		target = strings.TrimPrefix(target, "/")
		switch kind := path.Base(x.attribute("Type")); kind {
		case "styles":
			styles = target
		case "sharedStrings":
			texts = target
		}
		for i := range w.sheets {
			if w.sheets[i].id == x.attribute("Id") {
				w.sheets[i].target = target
			}
		}
	})
	if err != nil {
		return err
	}
	if err := w.readStyles(styles); err != nil {
		return err
	}
	return w.readTexts(texts)
}

// each calls do at every start tag of a member; a member that is not there
// has none.
func (w *workbook) each(member string, do func(x *xmlReader)) (err error) {
	x, end, err := w.xml(member)
	if err != nil || x == nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	for {
		kind, _, err := x.next()
		if atEnd(err) {
			return nil
		}
		if err != nil {
			return w.fault(member, err)
		}
		if kind == xmlStart {
			do(x)
		}
	}
}

// xml opens a member as XML, nil where it is not there.
func (w *workbook) xml(member string) (x *xmlReader, end func() error, err error) {
	f := w.archive.byName[strings.ToLower(member)]
	if f == nil {
		return nil, nil, nil
	}
	in, err := w.archive.open(f)
	if err != nil {
		return nil, nil, err
	}
	return newXMLReader(in), in.Close, nil
}

func (w *workbook) fault(member string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return store.Errorf(store.Invalid, "%s of the workbook is damaged: it ends within a tag", member)
	}
	if known := (*store.Error)(nil); errors.As(err, &known) {
		return store.Errorf(known.Kind, "%s of the workbook: %s", member, known.Message)
	}
	return fmt.Errorf("%s of the workbook: %w", member, err)
}
