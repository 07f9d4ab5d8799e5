package main

import (
	"context"
	"encoding/json"
	"fmt"

	"atalaya/store"
)

// listing is the flags of a command that lists what a database holds.
type listing struct {
	database
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

// list prints a line for each thing that all returns: as a JSON object, or in
// columns for people.
func list[T any](ctx context.Context, p *program, l listing, all func(store.Store, context.Context) ([]T, error), tell func(T) (object any, columns string)) (err error) {
	db, err := l.openExisting(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	things, err := all(db, ctx)
	if err != nil {
		return err
	}
	for _, thing := range things {
		object, line := tell(thing)
		if l.JSON {
			text, err := json.Marshal(object)
			if err != nil {
				return fmt.Errorf("write answer: %w", err)
			}
			line = string(text)
		}
		if err := p.print("%s", line); err != nil {
			return err
		}
	}
	return nil
}

// removal is the arguments of a command that removes one thing from a
// database.
type removal struct {
	ID string `arg:"" name:"id" help:"ID or code, as list shows it."`
	database
}

// remove removes the thing.
func (r removal) remove(ctx context.Context, p *program, from func(store.Store, context.Context, string) error) (err error) {
	db, err := r.openExisting(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	return from(db, ctx, r.ID)
}
