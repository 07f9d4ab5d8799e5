package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"time"

	"atalaya/handlers/sentence"
	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"
)

type hotspotsCommand struct {
	layerSource
	asked
	Unit   string `default:"cell" enum:"cell,hotspot" help:"What the features or rows are: cell, or hotspot, adjoining hot cells as one place (default: cell)." placeholder:"WORD"`
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
	if err := refuseOverwrite("output", c.Output, append([]string{c.DB, c.Area, c.Denominator}, c.Files...)...); err != nil {
		return err
	}
	if c.Unit == unitHotspot && !q.HasHotspots() {
		return fmt.Errorf("--unit hotspot: method %s gives no hotspots, for its cells have no classes (allowed: %s)", q.Method, layer.HotspotMethodsAllowed())
	}
	if err := c.readDenominator(&q); err != nil {
		return err
	}
	if len(c.Files) == 0 {
		var l *layer.Layer
		var found written
		err := c.fromDatabase(ctx, p, &q, func(m *layer.Maker, st store.Store) (err error) {
			l, found, err = c.ask(ctx, m, st, q, zone)
			return err
		})
		if err != nil {
			return err
		}
		return c.write(p, l, found)
	}
	var builder *layer.Builder
	l, rejected, err := c.fromFiles(ctx, p, q, zone, func(b *layer.Builder) error {
		builder = b
		if c.Unit == unitHotspot {
			return b.KeepMoments()
		}
		return nil
	})
	if err != nil {
		return err
	}
	var found written = l
	if c.Unit == unitHotspot {
		spots, err := builder.Spots(l)
		if err != nil {
			return err
		}
		found = sentence.Told(spots, nil, zone)
	}
	if err := c.write(p, l, found); err != nil {
		return err
	}
	if rejected > 0 {
		return errRejected
	}
	return nil
}

// unitHotspot is the unit of which hotspots are the features or rows.
const unitHotspot = "hotspot"

// written is what can be written as a layer is.
type written interface {
	WriteGeoJSON(w io.Writer) error
	WriteCSV(w io.Writer) error
}

// ask asks a database for the layer, and for what of it is to be written.
func (c *hotspotsCommand) ask(ctx context.Context, m *layer.Maker, st store.Store, q layer.Query, zone *time.Location) (*layer.Layer, written, error) {
	if c.Unit != unitHotspot {
		l, err := m.Layer(ctx, q)
		return l, l, err
	}
	spots, err := m.Hotspots(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	categories, err := st.Categories(ctx)
	return spots.Layer, sentence.Told(spots, categories, zone), err
}

// asked holds the parameters of a layer as they stand on the command line; a
// flag each, of the parameter's name.
type asked struct {
	Method string `help:"Statistic: count, rate, density, gistar, gi, moran, change, emerging, shift or nearrepeat (default: gistar)." placeholder:"METHOD"`
	narrowed
	Adjust       string `help:"How p is adjusted: fdr, by, holm, bonferroni or none (default: fdr)." placeholder:"WORD" group:"gistar, gi, moran"`
	Permutations string `help:"Draws of a permutation test that gives the p." placeholder:"N" group:"gistar, gi, moran"`
	Seed         string `help:"Seed of the draws (default: 0)." placeholder:"N" group:"gistar, gi, moran"`
	Previous     string `help:"The time before (default: as long, right before)." placeholder:"A/B" group:"change"`
	Past         string `help:"How many periods of the same length, right before, are the time before (default: 1)." placeholder:"N" group:"change"`
	Step         string `help:"Length of the periods: day, week, month or quarter (default: month)." placeholder:"STEP" group:"emerging"`
	Window       string `help:"What a cell in a period is compared with: cube, neighbourhood or slice (default: cube)." placeholder:"WORD" group:"emerging"`
	Wording      string `help:"Edition of the categories: current or legacy (default: current)." placeholder:"WORD" group:"emerging"`
	Alpha        string `help:"Largest p of a hot period and of a trend (default: 0.05)." placeholder:"P" group:"emerging"`
	StepsBy      string `help:"Periods are hot by p after control of the false discovery rate, fdr, or by p itself, raw (default: fdr)." placeholder:"WORD" group:"emerging"`
	Lag          string `help:"Days that reports take to come in (default: 0)." placeholder:"DAYS" group:"emerging"`
	Kernel       string `help:"Shape in which an incident is spread: quartic or gaussian (default: quartic)." placeholder:"WORD" group:"density"`
	BandwidthM   string `name:"bandwidth-m" help:"How far it is spread, metres (default: 2.5 cell widths)." placeholder:"METRES" group:"density"`
	Denominator  string `help:"What incidents are held against: a CSV or GeoJSON file of points or polygons with a value, or the ID of a stored denominator." placeholder:"FILE|ID" group:"rate"`
	Minimum      string `help:"Least denominator of a cell that a rate is told of (default: 100)." placeholder:"N" group:"rate"`
	DistanceM    string `name:"distance-m" help:"How far an incident puts cells at risk, metres (default: 200)." placeholder:"METRES" group:"nearrepeat"`
	WithinDays   string `help:"How many days (default: 14)." placeholder:"N" group:"nearrepeat"`
	Now          string `help:"The moment that the risk is of (default: the end of datetime, or of the data)." placeholder:"T" group:"nearrepeat"`
	Shift        string `help:"Code of a stored shift; else hours and dow say the shift." placeholder:"CODE" group:"shift"`
}

// values returns what stands on the command line by the names of parameters.
func (a asked) values() map[string]string {
	own := map[string]string{
		"method": a.Method,
		"adjust": a.Adjust, "permutations": a.Permutations, "seed": a.Seed,
		"previous": a.Previous, "past": a.Past,
		"step": a.Step, "window": a.Window, "wording": a.Wording, "alpha": a.Alpha, "steps_by": a.StepsBy, "lag": a.Lag,
		"kernel": a.Kernel, "bandwidth_m": a.BandwidthM, "denominator": a.Denominator, "minimum": a.Minimum, "shift": a.Shift,
		"distance_m": a.DistanceM, "within_days": a.WithinDays, "now": a.Now,
	}
	maps.Copy(own, a.narrowed.values())
	return own
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
			errs = append(errs, flagError(p.Name, text, p.Allowed, err))
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

// write writes the layer: to a file, whole or not at all.
func (c *hotspotsCommand) write(p *program, l *layer.Layer, found written) error {
	for _, w := range l.Beware {
		p.say("beware: %s", w.Message)
	}
	return writeAs(p, c.Output, c.Format, found.WriteGeoJSON, found.WriteCSV)
}
