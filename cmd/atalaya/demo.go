package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"atalaya/fixtures"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/paulmach/orb"
)

type demoCommand struct {
	DB string `name:"db" default:"atalaya-demo.gpkg" help:"Database file of the demo; made when it is not there (default: ${default})." placeholder:"FILE"`
	listening
}

// Run makes the synthetic city unless it is there, and serves it.
func (c *demoCommand) Run(ctx context.Context, p *program) (err error) {
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	db, err := database{DB: c.DB}.open(ctx, p)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer closing(db, &err)
	if err := p.settle(ctx, db); err != nil {
		return errors.Join(err, listener.Close())
	}
	return c.serve(ctx, p, db, c.DB, listener)
}

// settle fills a store with the synthetic city, once.
func (p *program) settle(ctx context.Context, st store.Store) error {
	sources, err := st.Sources(ctx)
	if err != nil {
		return err
	}
	for _, s := range sources {
		switch {
		case s.Code != fixtures.SourceCode:
			return fmt.Errorf("the database holds incidents of %s: the demo does not mix with real data; name another file with --db", s.Code)
		case s.Incidents > 0:
			p.say("The synthetic city is there already: %d incidents.", s.Incidents)
			return nil
		}
	}
	city := fixtures.Demo(p.clock())
	p.say("Making a synthetic city: made-up incidents, no real place or event is described.")
	if err := describe(ctx, st, city); err != nil {
		return err
	}
	file, out := io.Pipe()
	go func() { _ = out.CloseWithError(city.WriteCSV(out)) }() // never fails
	defer func() { _ = file.Close() }()                        // ends the writer when the import stops early
	report, err := ingest.Import(ctx, st, file, ingest.Options{
		File: "demo.csv", Source: fixtures.SourceCode, TimeZone: fixtures.TimeZone, Clock: p.clock,
	})
	if err != nil {
		return fmt.Errorf("import the synthetic city: %w", err)
	}
	p.say("%s", summary(report))
	return nil
}

// describe stores what the city's incidents refer to, and what its layers go
// by.
func describe(ctx context.Context, st store.Store, city fixtures.City) error {
	source := store.Source{Code: fixtures.SourceCode, Name: fixtures.SourceNameES + " / " + fixtures.SourceNameEN, TimeZone: fixtures.TimeZone, Synthetic: true}
	if err := st.PutSource(ctx, source); err != nil {
		return err
	}
	for _, c := range city.Categories() {
		category := store.Category{Code: c.Code, NameES: c.NameES, NameEN: c.NameEN, Group: c.Group, Origin: store.Origin(c.Origin), Sensitive: c.Sensitive, Harm: c.Harm}
		if err := st.PutCategory(ctx, category); err != nil {
			return err
		}
		if _, err := st.MapCategory(ctx, source.Code, c.Raw, c.Code); err != nil {
			return err
		}
	}
	var areas []store.Area
	for _, a := range city.Areas() {
		areas = append(areas, store.Area{ID: a.ID, Name: a.Name, Kind: store.AreaKind(a.Kind), Geometry: orb.MultiPolygon{a.Polygon}, Synthetic: true})
	}
	if err := st.PutAreas(ctx, areas...); err != nil {
		return err
	}
	for _, s := range city.Shifts() {
		if err := st.PutShift(ctx, store.Shift{Code: s.Code, NameES: s.NameES, NameEN: s.NameEN, Start: s.Start, End: s.End}); err != nil {
			return err
		}
	}
	var places []store.Place
	for _, p := range city.Places() {
		places = append(places, store.Place{ID: p.ID, Name: p.Name, Point: p.Point, Kind: p.Kind, Synthetic: true})
	}
	return st.PutPlaces(ctx, places...)
}
