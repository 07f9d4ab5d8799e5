package pages

import (
	"errors"
	"html/template"
	"sync/atomic"
	"time"

	"atalaya/store"
	"atalaya/store/layer"
)

// Options is what pages are made from.
type Options struct {
	Store    store.Store
	Maker    *layer.Maker
	Assets   Assets
	Clock    func() time.Time
	TimeZone *time.Location // local dates are read and shown in it
	Version  string         // of the program, for the footer; may be empty
}

// Assets is the built bundle of the map page.
type Assets struct {
	Script, Style string // URLs on this origin
	Built         bool   // false: the map page says how to build it
}

// Pages answers for every page. Safe for concurrent use.
type Pages struct {
	opts      Options
	templates map[string]*template.Template // language → its templates
	static    map[string]file               // name under /static/ → file
	style     string                        // URLs of our own files
	icon      string
	holdings  atomic.Pointer[holdings]
}

// New returns Pages. It fails when an option that it needs is missing.
func New(opts Options) (*Pages, error) {
	if opts.Store == nil || opts.Maker == nil || opts.Clock == nil || opts.TimeZone == nil {
		return nil, errors.New("pages need Store, Maker, Clock and TimeZone")
	}
	p := &Pages{opts: opts, static: map[string]file{}}
	var err error
	if p.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	if err = p.addStatic(); err != nil {
		return nil, err
	}
	return p, nil
}
