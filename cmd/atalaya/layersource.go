package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"
)

// layerSource says where the incidents of a layer are, and on which ground
// they are counted.
type layerSource struct {
	Files []string `arg:"" optional:"" name:"file" help:"Incident files; - is standard input. Without files the database is asked."`
	database
	reading
	Area string `help:"Study area: a GeoJSON file of polygons, a CSV file with a column cell, or the ID of a stored area. Without it, the hull of the data's cells." placeholder:"FILE|ID"`
}

// narrowed holds the parameters that every layer has but its method.
type narrowed struct {
	Res      string   `help:"H3 resolution, 5 to 11 (default: 9)." placeholder:"N"`
	Bbox     string   `help:"Study area: a box in degrees." placeholder:"W,S,E,N"`
	Ring     string   `help:"Steps around the study area whose cells lend their incidents to the cells at its edge." placeholder:"N"`
	Datetime string   `help:"Interval, the end excluded: 2025-01/2026-01." placeholder:"A/B"`
	Category []string `help:"Categories, by code." placeholder:"CODE"`
	Origin   string   `help:"Origins to count: reported, unknown, police_initiated (default: the first two)." placeholder:"ORIGIN,…"`
	Fallback string   `help:"Incidents at fallback points, where sources put what they cannot place: include or exclude (default: include)." placeholder:"WORD"`
	Hours    string   `help:"Local hours: 18-23,0-4." placeholder:"H-H"`
	Dow      string   `help:"Local days of the week, 1 is Monday: 5-7." placeholder:"D-D"`
}

func (n narrowed) values() map[string]string {
	return map[string]string{
		"res": n.Res, "bbox": n.Bbox, "ring": n.Ring, "datetime": n.Datetime,
		"category": strings.Join(n.Category, ","), "origin": n.Origin, "fallback": n.Fallback, "hours": n.Hours, "dow": n.Dow,
	}
}

// flagError tells what is wrong with a parameter as a flag.
func flagError(parameter, value, allowed string, err error) error {
	return fmt.Errorf("--%s %q: %w (allowed: %s)", strings.ReplaceAll(parameter, "_", "-"), value, err, allowed)
}

// zone returns the zone of dates on the command line and, without a database,
// of the files.
func (c *layerSource) zone() string {
	if c.Timezone == "" {
		return ingest.DefaultTimeZone
	}
	return c.Timezone
}

// fromDatabase puts the study area into the query and has a Maker over the
// database, and the database itself, asked.
func (c *layerSource) fromDatabase(ctx context.Context, p *program, q *layer.Query, ask func(*layer.Maker, store.Store) error) (err error) {
	db, err := c.openExisting(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	if c.Area != "" {
		if _, statErr := os.Stat(c.Area); statErr == nil {
			q.Study, err = readStudy(c.Area)
		} else {
			q.Areas = []string{c.Area}
		}
	}
	if err != nil {
		return err
	}
	return ask(layer.NewMaker(db), db)
}

// fromFiles makes the layer without a database, an incident at a time. What
// observe attaches to the builder, if it is not nil, sees them too.
func (c *layerSource) fromFiles(ctx context.Context, p *program, q layer.Query, zone *time.Location, observe func(*layer.Builder) error) (l *layer.Layer, rejected int, err error) {
	if c.Area != "" {
		if q.Study, err = readStudy(c.Area); err != nil {
			return nil, 0, err
		}
	}
	b, err := layer.NewBuilder(q, layer.Facts{Home: zone, Zone: func(string) *time.Location { return zone }})
	if err != nil {
		return nil, 0, err
	}
	if observe != nil {
		if err := observe(b); err != nil {
			return nil, 0, err
		}
	}
	seen := map[string]bool{}
	count := func(i store.Incident) error {
		seen[i.Category] = true
		if len(q.Categories) > 0 && !slices.Contains(q.Categories, i.Category) {
			b.See(i)
			return nil
		}
		if i.Origin == "" {
			i.Origin = store.UnknownOrigin
		}
		return b.Add(i)
	}
	for _, name := range c.Files {
		report, err := c.readFile(ctx, p, name, count)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", name, err)
		}
		rejected += report.Rejected
		b.AddWithoutPlace(report.Quality.WithoutPlace)
	}
	for _, code := range q.Categories {
		if !seen[code] {
			return nil, 0, fmt.Errorf("--category %q is not in the files (allowed: %s)", code, strings.Join(sortedKeys(seen), ", "))
		}
	}
	l, err = b.Finish(store.DataVersion{})
	return l, rejected, err
}

func (c *layerSource) readFile(ctx context.Context, p *program, name string, each func(store.Incident) error) (store.Report, error) {
	in, err := openInput(p, name)
	if err != nil {
		return store.Report{}, err
	}
	defer func() { _ = in.Close() }() // read only: nothing to lose
	opts := c.options(p, in)
	opts.TimeZone = c.zone()
	opts.OnPlan = func(proposal store.Proposal) error {
		for _, d := range proposal.Doubts {
			p.say("atalaya: %s: in doubt (%s): %s", name, d.Code, d.Message)
		}
		return nil
	}
	bar := p.newBar(in)
	opts.Progress = bar.show
	report, err := ingest.Read(ctx, in.Reader, opts, each)
	bar.finish()
	if err == nil && report.Rejected > 0 {
		p.say("%s", summary(report))
	}
	return report, err
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
