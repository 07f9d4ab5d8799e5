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
	Area string `help:"Study area: a GeoJSON file of polygons, a CSV file with a column cell, or the ID of a stored area. Without it, the hull of the data's cells." placeholder:"FILE|ID"`
	asked
	Output string `short:"o" default:"-" help:"File to write; - is standard output." placeholder:"FILE|-"`
	Format string `default:"" enum:",geojson,csv" help:"geojson or csv; without it, what the output's name ends in, else geojson." placeholder:"FORMAT"`
}

// Run makes one layer and writes it.
func (c *hotspotsCommand) Run(ctx context.Context, p *program) error {
	zone, err := location("timezone", c.zone())
	if err != nil {
		return err
	}
	q, err := c.query(zone)
	if err != nil {
		return err
	}
	if err := refuseOverwrite("output", c.Output, append([]string{c.DB, c.Area}, c.Files...)...); err != nil {
		return err
	}
	if err := c.readDenominator(&q); err != nil {
		return err
	}
	if len(c.Files) == 0 {
		l, err := c.fromDatabase(ctx, p, q)
		if err != nil {
			return err
		}
		return c.write(p, l)
	}
	l, rejected, err := c.fromFiles(ctx, p, q, zone)
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

// asked holds the parameters of a layer as they stand on the command line; a
// flag each, of the parameter's name.
type asked struct {
	Method       string   `help:"Statistic: count, rate, density, gistar, gi, moran, change, emerging, shift or nearrepeat (default: gistar)." placeholder:"METHOD"`
	Res          string   `help:"H3 resolution, 5 to 11 (default: 9)." placeholder:"N"`
	Bbox         string   `help:"Study area: a box in degrees." placeholder:"W,S,E,N"`
	Ring         string   `help:"Steps around the study area whose cells lend their incidents to the cells at its edge." placeholder:"N"`
	Datetime     string   `help:"Interval, the end excluded: 2025-01/2026-01." placeholder:"A/B"`
	Category     []string `help:"Categories, by code." placeholder:"CODE"`
	Origin       string   `help:"Origins to count: reported, unknown, police_initiated (default: the first two)." placeholder:"ORIGIN,…"`
	Fallback     string   `help:"Incidents at fallback points, where sources put what they cannot place: include or exclude (default: include)." placeholder:"WORD"`
	Hours        string   `help:"Local hours: 18-23,0-4." placeholder:"H-H"`
	Dow          string   `help:"Local days of the week, 1 is Monday: 5-7." placeholder:"D-D"`
	Adjust       string   `help:"How p is adjusted: fdr, by, holm, bonferroni or none (default: fdr)." placeholder:"WORD" group:"gistar, gi, moran"`
	Permutations string   `help:"Draws of a permutation test that gives the p." placeholder:"N" group:"gistar, gi, moran"`
	Seed         string   `help:"Seed of the draws (default: 0)." placeholder:"N" group:"gistar, gi, moran"`
	Previous     string   `help:"The time before (default: as long, right before)." placeholder:"A/B" group:"change"`
	Past         string   `help:"How many periods of the same length, right before, are the time before (default: 1)." placeholder:"N" group:"change"`
	Step         string   `help:"Length of the periods: day, week, month or quarter (default: month)." placeholder:"STEP" group:"emerging"`
	Window       string   `help:"What a cell in a period is compared with: cube, neighbourhood or slice (default: cube)." placeholder:"WORD" group:"emerging"`
	Wording      string   `help:"Edition of the categories: current or legacy (default: current)." placeholder:"WORD" group:"emerging"`
	Alpha        string   `help:"Largest p of a hot period and of a trend (default: 0.05)." placeholder:"P" group:"emerging"`
	StepsBy      string   `help:"Periods are hot by p after control of the false discovery rate, fdr, or by p itself, raw (default: fdr)." placeholder:"WORD" group:"emerging"`
	Lag          string   `help:"Days that reports take to come in (default: 0)." placeholder:"DAYS" group:"emerging"`
	Kernel       string   `help:"Shape in which an incident is spread: quartic or gaussian (default: quartic)." placeholder:"WORD" group:"density"`
	BandwidthM   string   `name:"bandwidth-m" help:"How far it is spread, metres (default: 2.5 cell widths)." placeholder:"METRES" group:"density"`
	Denominator  string   `help:"What incidents are held against: a CSV or GeoJSON file of points or polygons with a value, or the ID of a stored denominator." placeholder:"FILE|ID" group:"rate"`
	Minimum      string   `help:"Least denominator of a cell that a rate is told of (default: 100)." placeholder:"N" group:"rate"`
	DistanceM    string   `name:"distance-m" help:"How far an incident puts cells at risk, metres (default: 200)." placeholder:"METRES" group:"nearrepeat"`
	WithinDays   string   `help:"How many days (default: 14)." placeholder:"N" group:"nearrepeat"`
	Now          string   `help:"The moment that the risk is of (default: the end of datetime, or of the data)." placeholder:"T" group:"nearrepeat"`
	Shift        string   `help:"Code of a stored shift; else hours and dow say the shift." placeholder:"CODE" group:"shift"`
}

// values returns what stands on the command line by the names of parameters.
func (a asked) values() map[string]string {
	return map[string]string{
		"method": a.Method, "res": a.Res, "bbox": a.Bbox, "ring": a.Ring, "datetime": a.Datetime,
		"category": strings.Join(a.Category, ","), "origin": a.Origin, "fallback": a.Fallback, "hours": a.Hours, "dow": a.Dow,
		"adjust": a.Adjust, "permutations": a.Permutations, "seed": a.Seed,
		"previous": a.Previous, "past": a.Past,
		"step": a.Step, "window": a.Window, "wording": a.Wording, "alpha": a.Alpha, "steps_by": a.StepsBy, "lag": a.Lag,
		"kernel": a.Kernel, "bandwidth_m": a.BandwidthM, "denominator": a.Denominator, "minimum": a.Minimum, "shift": a.Shift,
		"distance_m": a.DistanceM, "within_days": a.WithinDays, "now": a.Now,
	}
}

// query reads the parameters. Every bad one is named.
func (a asked) query(zone *time.Location) (layer.Query, error) {
	var q layer.Query
	var errs []error
	values := a.values()
	for _, p := range layer.Parameters() {
		text := values[p.Name]
		if text == "" {
			continue
		}
		if err := p.Read(&q, text, zone); err != nil {
			errs = append(errs, fmt.Errorf("--%s %q: %w (allowed: %s)", strings.ReplaceAll(p.Name, "_", "-"), text, err, p.Allowed))
		}
	}
	return q, errors.Join(errs...)
}

// readDenominator puts the denominator of a file into the query, where the
// flag names a file and not a stored one.
func (c *hotspotsCommand) readDenominator(q *layer.Query) error {
	name := q.Rate.Denominator
	if _, err := os.Stat(name); name == "" || err != nil {
		return nil //nolint:nilerr // what is no file is the ID of a stored one
	}
	file, err := readFile(name, func(f *os.File) (ingest.DenominatorFile, error) {
		return ingest.ReadDenominator(f, ingest.DenominatorOptions{})
	})
	if err != nil {
		return err
	}
	q.Rate.Denominator = ""
	q.Rate.Exposure = layer.NewExposure(stem(name), file.Column, file.Parts)
	return nil
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

// needsNoDatabase refuses what only a database knows.
func (c *hotspotsCommand) needsNoDatabase(q layer.Query) error {
	switch {
	case q.Shift.Code != "":
		return fmt.Errorf("--shift %s: a stored shift needs the database instead of files; --hours and --dow say one without it", q.Shift.Code)
	case q.Rate.Denominator != "":
		return fmt.Errorf("--denominator %s: no such file; a stored denominator needs the database instead of files", q.Rate.Denominator)
	}
	return nil
}

// fromFiles makes the layer without a database, an incident at a time.
func (c *hotspotsCommand) fromFiles(ctx context.Context, p *program, q layer.Query, zone *time.Location) (l *layer.Layer, rejected int, err error) {
	if c.Area != "" {
		if q.Study, err = readStudy(c.Area); err != nil {
			return nil, 0, err
		}
	}
	if err := c.needsNoDatabase(q); err != nil {
		return nil, 0, err
	}
	b, err := layer.NewBuilder(q, layer.Facts{Home: zone, Zone: func(string) *time.Location { return zone }})
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

func (c *hotspotsCommand) readFile(ctx context.Context, p *program, name string, each func(store.Incident) error) (store.Report, error) {
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
