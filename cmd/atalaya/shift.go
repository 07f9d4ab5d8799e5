package main

import (
	"cmp"
	"context"
	"fmt"

	"atalaya/store"
	"atalaya/store/layer"
)

type shiftCommand struct {
	List   shiftListCommand   `cmd:"" help:"List the shifts."`
	Add    shiftAddCommand    `cmd:"" help:"Add or replace a shift."`
	Remove shiftRemoveCommand `cmd:"" help:"Remove a shift."`
}

type shiftListCommand struct{ listing }

// Run lists the shifts.
func (c *shiftListCommand) Run(ctx context.Context, p *program) error {
	return list(ctx, p, c.listing, store.Store.Shifts, func(s store.Shift) (any, string) {
		days := cmp.Or(layer.Days(s.Days).String(), "every day")
		return s, fmt.Sprintf("%-20s %s to %s  %-14s %s / %s", s.Code, store.ClockText(s.Start), store.ClockText(s.End), days, s.NameES, s.NameEN)
	})
}

type shiftAddCommand struct {
	Code string `arg:"" help:"Code: lower-case letters, digits, underscores."`
	database
	NameES string `name:"name-es" required:"" help:"Spanish name." placeholder:"NAME"`
	NameEN string `name:"name-en" required:"" help:"English name." placeholder:"NAME"`
	Start  string `required:"" help:"Local time at which it starts." placeholder:"HH:MM"`
	End    string `required:"" help:"Local time at which it ends; on the next day unless it comes after the start." placeholder:"HH:MM"`
	Days   string `help:"Local days on which it starts, 1 is Monday: 5-7; every day without it." placeholder:"D-D"`
}

// Run adds a shift.
func (c *shiftAddCommand) Run(ctx context.Context, p *program) (err error) {
	shift, err := c.shift()
	if err != nil {
		return err
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	return db.PutShift(ctx, shift)
}

func (c *shiftAddCommand) shift() (store.Shift, error) {
	s := store.Shift{Code: c.Code, NameES: c.NameES, NameEN: c.NameEN}
	bad := &store.Error{Kind: store.Invalid, Message: "the shift cannot be read"}
	refuse := func(flag, value, allowed string, err error) {
		if err != nil {
			bad.Problems = append(bad.Problems, store.Problem{Field: flag, Value: value, Message: "cannot be read", Allowed: allowed})
		}
	}
	var err error
	s.Start, err = store.ParseClock(c.Start)
	refuse("--start", c.Start, store.ClockAllowed, err)
	s.End, err = store.ParseClock(c.End)
	refuse("--end", c.End, store.ClockAllowed, err)
	if c.Days != "" {
		days, err := layer.ParseDays(c.Days)
		refuse("--days", c.Days, layer.DaysAllowed, err)
		s.Days = uint8(days)
	}
	if len(bad.Problems) > 0 {
		return s, bad
	}
	return s, nil
}

type shiftRemoveCommand struct{ removal }

// Run removes a shift.
func (c *shiftRemoveCommand) Run(ctx context.Context, p *program) error {
	return c.remove(ctx, p, store.Store.DeleteShift)
}
