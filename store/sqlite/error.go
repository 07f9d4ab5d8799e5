package sqlite

import (
	"context"
	"errors"
	"fmt"

	"atalaya/store"

	"github.com/mattn/go-sqlite3"
)

// failed turns what went wrong while doing something into a *store.Error. One
// that is a *store.Error already stays as it is; nil stays nil.
func failed(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if _, known := errors.AsType[*store.Error](err); known {
		return err
	}
	// A cancelled statement reports an interrupt, a dead transaction or the
	// context's error, whichever comes first: the context is the reason.
	if ctx.Err() != nil {
		return &store.Error{Kind: store.Unavailable, Message: doing + ": cancelled", Err: context.Cause(ctx)}
	}
	kind, message := fault(err)
	return &store.Error{Kind: kind, Message: fmt.Sprintf("%s: %s", message, doing), Err: err}
}

// fault tells what a failure of SQLite means.
func fault(err error) (kind store.Kind, message string) {
	e, ok := errors.AsType[sqlite3.Error](err)
	if !ok {
		return store.Internal, "database failed"
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return store.Unavailable, "database is busy with another writer"
	case sqlite3.ErrFull:
		return store.Unavailable, "disk is full"
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return store.Unavailable, "database cannot be written to"
	case sqlite3.ErrCantOpen:
		return store.Unavailable, "database file cannot be opened"
	case sqlite3.ErrIoErr, sqlite3.ErrNomem, sqlite3.ErrInterrupt:
		return store.Unavailable, "database cannot go on"
	case sqlite3.ErrTooBig:
		return store.TooLarge, "a value is over the 1,000,000,000 bytes that a row can hold"
	case sqlite3.ErrNotADB:
		return store.Invalid, "file is not a database"
	case sqlite3.ErrCorrupt:
		return store.Internal, "database file is damaged"
	}
	return store.Internal, "database failed"
}

// isDuplicate reports whether a statement failed because a row with the same
// key is there. The statement changed nothing then.
func isDuplicate(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && e.ExtendedCode == sqlite3.ErrConstraintUnique
}

// invalid returns an error that names every problem, or nil without any.
func invalid(doing string, problems []store.Problem) error {
	switch len(problems) {
	case 0:
		return nil
	case 1:
		return &store.Error{Kind: store.Invalid, Message: "1 value cannot be stored: " + doing, Problems: problems}
	}
	message := fmt.Sprintf("%d values cannot be stored: %s", len(problems), doing)
	return &store.Error{Kind: store.Invalid, Message: message, Problems: problems}
}

// numberedProblems returns what is wrong with each of several, Row being its
// 1-based place.
func numberedProblems[T interface{ Problems() []store.Problem }](all []T) []store.Problem {
	var problems []store.Problem
	for i, one := range all {
		for _, p := range one.Problems() {
			p.Row = i + 1
			problems = append(problems, p)
		}
	}
	return problems
}
