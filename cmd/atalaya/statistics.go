package main

import (
	"context"
	"errors"

	"atalaya/store"
	"atalaya/store/layer"
)

// statisticsCommand holds a command for each kind of numbers of a whole layer.
type statisticsCommand struct {
	Global        globalCommand        `cmd:"" help:"Whether incidents lie together at all: Moran's I, Geary's C, general G."`
	Hours         hoursCommand         `cmd:"" help:"When incidents happen, by hour of the week and shift."`
	Nearrepeat    nearRepeatCommand    `cmd:"" help:"Whether an incident is soon followed by another nearby, and chains of such."`
	Concentration concentrationCommand `cmd:"" help:"How few of the cells hold how many of the incidents."`
}

// statisticFlags are what the commands share.
type statisticFlags struct {
	layerSource
	narrowed
	Output string `short:"o" default:"-" help:"File to write; - is standard output." placeholder:"FILE|-"`
	Format string `default:"" enum:",json,csv" help:"json or csv; without it, what the output's name ends in, else json." placeholder:"FORMAT"`
}

type globalCommand struct{ statisticFlags }

// Run makes the numbers and writes them.
func (c *globalCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, layer.GlobalKind, nil)
}

type hoursCommand struct {
	statisticFlags
	Cell    string `help:"Only the incidents of this cell." placeholder:"CELL"`
	Hotspot string `help:"Only the incidents of the hotspot that holds this cell." placeholder:"CELL"`
}

// Run makes the numbers and writes them.
func (c *hoursCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, layer.HoursKind, map[string]string{"cell": c.Cell, "hotspot": c.Hotspot})
}

type nearRepeatCommand struct {
	statisticFlags
	SpaceM       string `name:"space-m" help:"Upper edges of the bands in space, metres (default: 0.001,100,200,300,400,500)." placeholder:"M,M"`
	Days         string `help:"Upper edges of the bands in time, days: 1 is the same day (default: 1,7,14,28)." placeholder:"N,N"`
	Permutations string `help:"How often the days are dealt out anew for p; 0 is no p (default: 999)." placeholder:"N"`
	Seed         string `help:"Seed of the permutations (default: 0)." placeholder:"N"`
	DistanceM    string `name:"distance-m" help:"Incidents closer than this make a chain, metres (default: 200)." placeholder:"METRES"`
	WithinDays   string `help:"If they are also fewer days apart than this (default: 14)." placeholder:"N"`
}

// Run makes the numbers and writes them.
func (c *nearRepeatCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, layer.NearRepeatKind, map[string]string{
		"space_m": c.SpaceM, "days": c.Days, "permutations": c.Permutations, "seed": c.Seed, "distance_m": c.DistanceM, "within_days": c.WithinDays,
	})
}

type concentrationCommand struct {
	statisticFlags
	By   string `help:"Parts that have a row each: category or period." placeholder:"WORD"`
	Step string `help:"Length of the periods: week, month, quarter or year (default: year)." placeholder:"STEP"`
}

// Run makes the numbers and writes them.
func (c *concentrationCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, layer.ConcentrationKind, map[string]string{"by": c.By, "step": c.Step})
}

// run makes numbers of a kind, whose own parameters are given by their names,
// and writes them.
func (c *statisticFlags) run(ctx context.Context, p *program, kind layer.StatisticKind, own map[string]string) error {
	zone, err := location("timezone", c.zone())
	if err != nil {
		return err
	}
	q := layer.StatisticQuery{Kind: kind}
	common := c.values()
	var errs []error
	for _, parameter := range layer.StatisticParameters(kind) {
		text := common[parameter.Name] + own[parameter.Name] // no name is in both
		if text == "" {
			continue
		}
		if err := parameter.Read(&q, text, zone); err != nil {
			errs = append(errs, flagError(parameter.Name, text, parameter.Allowed, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if err := refuseOverwrite("output", c.Output, append([]string{c.DB, c.Area}, c.Files...)...); err != nil {
		return err
	}
	var s *layer.Statistic
	rejected := 0
	if len(c.Files) == 0 {
		err = c.fromDatabase(ctx, p, &q.Layer, func(m *layer.Maker, _ store.Store) (err error) {
			s, err = m.Statistic(ctx, q)
			return err
		})
	} else {
		_, rejected, err = c.fromFiles(ctx, p, q.Filled().Layer, zone, func(b *layer.Builder) (err error) {
			s, err = b.Observe(ctx, q)
			return err
		})
	}
	if err != nil {
		return err
	}
	for _, w := range s.Layer.Beware {
		p.say("beware: %s", w.Message)
	}
	if err := writeAs(p, c.Output, c.Format, s.WriteJSON, s.WriteCSV); err != nil {
		return err
	}
	if rejected > 0 {
		return errRejected
	}
	return nil
}
