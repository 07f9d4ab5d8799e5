package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"
)

type hotspotsCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Incident files; - is standard input. Without files the database is asked."`
	database
	reading
	Area     string   `help:"Study area: a GeoJSON file of polygons, a CSV file with a column cell, or the ID of a stored area. Without it, the hull of the data's cells." placeholder:"FILE|ID"`
	Res      int      `default:"9" help:"H3 resolution, 5 to 11 (default: ${default})."`
	Datetime string   `help:"Interval, the end excluded: 2025-01/2026-01." placeholder:"A/B"`
	Category []string `help:"Categories, by code." placeholder:"CODE"`
	Origin   string   `help:"Origins to count: reported, unknown, police_initiated (default: the first two)." placeholder:"ORIGIN,…"`
	Fallback string   `default:"include" enum:"include,exclude" help:"Incidents at fallback points, where sources put what they cannot place: include or exclude."`
	Hours    string   `help:"Local hours: 18-23,0-4." placeholder:"H-H"`
	Dow      string   `help:"Local days of the week, 1 is Monday: 5-7." placeholder:"D-D"`
	Method   string   `default:"gistar" enum:"gistar,count" help:"Statistic: gistar or count (default: ${default})."`
	Output   string   `short:"o" default:"-" help:"File to write; - is standard output." placeholder:"FILE|-"`
	Format   string   `default:"" enum:",geojson,csv" help:"geojson or csv; without it, what the output's name ends in, else geojson." placeholder:"FORMAT"`
}

// Run makes one layer and writes it.
func (c *hotspotsCommand) Run(ctx context.Context, p *program) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	if err := refuseOverwrite("output", c.Output, append([]string{c.DB, c.Area}, c.Files...)...); err != nil {
		return err
	}
	if len(c.Files) == 0 {
		l, err := c.fromDatabase(ctx, p, q)
		if err != nil {
			return err
		}
		return c.write(p, l)
	}
	l, rejected, err := c.fromFiles(ctx, p, q)
	if err != nil {
		return err
	}
	if err := c.write(p, l); err != nil {
		return err
	}
	if rejected > 0 {
		return errRejected
	}
	return nil
}

// query reads the flags that a layer has; the study area is added by what
// knows where areas are.
func (c *hotspotsCommand) query() (layer.Query, error) {
	q := layer.Query{Res: c.Res, Method: layer.Method(c.Method), Categories: c.Category, NoFallback: c.Fallback == "exclude"}
	zone, err := location("timezone", c.zone())
	if err != nil {
		return q, err
	}
	var errs []error
	flag := func(name, value, allowed string, parse func() error) {
		if value == "" {
			return
		}
		if err := parse(); err != nil {
			errs = append(errs, fmt.Errorf("--%s %q: %w (allowed: %s)", name, value, err, allowed))
		}
	}
	flag("datetime", c.Datetime, layer.DatetimeAllowed, func() (err error) {
		q.From, q.To, err = layer.ParseDatetime(c.Datetime, zone)
		return err
	})
	flag("hours", c.Hours, layer.HoursAllowed, func() (err error) {
		q.Hours, err = layer.ParseHours(c.Hours)
		return err
	})
	flag("dow", c.Dow, layer.DaysAllowed, func() (err error) {
		q.Days, err = layer.ParseDays(c.Dow)
		return err
	})
	flag("origin", c.Origin, layer.OriginsAllowed(), func() (err error) {
		q.Origins, err = layer.ParseOrigins(c.Origin)
		return err
	})
	return q, errors.Join(errs...)
}

// zone returns the zone of dates on the command line and, without a database,
// of the files.
func (c *hotspotsCommand) zone() string {
	if c.Timezone == "" {
		return ingest.DefaultTimeZone
	}
	return c.Timezone
}

func (c *hotspotsCommand) fromDatabase(ctx context.Context, p *program, q layer.Query) (l *layer.Layer, err error) {
	db, err := c.openExisting(ctx, p)
	if err != nil {
		return nil, err
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
		return nil, err
	}
	return layer.NewMaker(db).Layer(ctx, q)
}

// fromFiles makes the layer without a database, an incident at a time.
func (c *hotspotsCommand) fromFiles(ctx context.Context, p *program, q layer.Query) (l *layer.Layer, rejected int, err error) {
	if c.Area != "" {
		if q.Study, err = readStudy(c.Area); err != nil {
			return nil, 0, err
		}
	}
	zone, err := location("timezone", c.zone())
	if err != nil {
		return nil, 0, err
	}
	b, err := layer.NewBuilder(q, func(string) *time.Location { return zone })
	if err != nil {
		return nil, 0, err
	}
	seen := map[string]bool{}
	count := func(i store.Incident) error {
		seen[i.Category] = true
		if len(q.Categories) > 0 && !slices.Contains(q.Categories, i.Category) {
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
	}
	for _, code := range q.Categories {
		if !seen[code] {
			return nil, 0, fmt.Errorf("--category %q is not in the files (allowed: %s)", code, strings.Join(sortedKeys(seen), ", "))
		}
	}
	l, err = b.Finish(store.DataVersion{})
	return l, rejected, err
}

func (c *hotspotsCommand) readFile(ctx context.Context, p *program, name string, each func(store.Incident) error) (store.Report, error) {
	in, err := openInput(p, name)
	if err != nil {
		return store.Report{}, err
	}
	defer func() { _ = in.Close() }() // read only: nothing to lose
	opts := c.options(p, in)
	opts.TimeZone = c.zone()
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

// write writes the layer: to a file, whole or not at all.
func (c *hotspotsCommand) write(p *program, l *layer.Layer) error {
	for _, w := range l.Beware {
		p.say("beware: %s", w.Message)
	}
	encode := l.WriteGeoJSON
	if c.Format == "csv" || c.Format == "" && strings.EqualFold(filepath.Ext(c.Output), ".csv") {
		encode = l.WriteCSV
	}
	if c.Output == "-" {
		return encode(p.stdout)
	}
	return writeFile(c.Output, encode)
}
