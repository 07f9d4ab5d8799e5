package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"time"

	"atalaya/store"
)

// confirmed ends the name of the file, beside that of an upload, with the
// choices that its import was confirmed with. It is there until the import has
// ended, so that a service that comes up knows what another left undone. The
// database could not be told at once: an import under way holds its only
// writer.
const confirmed = ".confirmed"

// confirm writes down how an upload is to be imported.
func (s stage) confirm(upload int64, choices store.Choices) error {
	text, err := json.Marshal(choices)
	if err != nil {
		return fmt.Errorf("confirm upload %d: %w", upload, err)
	}
	written, err := s.take(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if err := s.rename(written, s.path(upload)+confirmed); err != nil {
		return errors.Join(fmt.Errorf("confirm upload %d: %w", upload, err), s.forget(upload))
	}
	return nil
}

// confirmation returns how an upload is to be imported and when that was
// confirmed; the time is zero where nobody did.
func (s stage) confirmation(upload int64) (choices store.Choices, at time.Time, err error) {
	name := s.path(upload) + confirmed
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return choices, at, nil
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(name) //nolint:gosec // a file of our own stage
	}
	if err == nil {
		err = json.Unmarshal(text, &choices)
	}
	if err != nil {
		return choices, at, fmt.Errorf("what was confirmed cannot be read, confirm it again: %w", err)
	}
	return choices, info.ModTime(), nil
}

// forget removes what was confirmed of an upload, if it is there.
func (s stage) forget(upload int64) error {
	if err := os.Remove(s.path(upload) + confirmed); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget what was confirmed of upload %d: %w", upload, err)
	}
	return nil
}

// unfinished is an upload whose import an earlier run of the service did not
// end.
type unfinished struct {
	store.Upload
	choices store.Choices
	at      time.Time // when it was confirmed
}

// resume takes up the uploads of an earlier run of the service and returns the
// imports that go on: of those that were confirmed, in that order. The others
// wait as before. Those whose file is gone fail, and files without an upload go.
func (a *API) resume(ctx context.Context) ([]*importJob, error) {
	uploads, err := a.store.Uploads(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for staged uploads: %w", err)
	}
	kept := map[string]bool{}
	var begun []unfinished
	for _, u := range uploads {
		name := fmt.Sprint(u.ID)
		switch u.Status {
		case store.Importing: // by another process
			kept[name], kept[name+confirmed] = true, true
		case store.Staged, store.Failed:
			kept[name] = true
			choices, at, err := a.stage.confirmation(u.ID)
			if !a.stage.holds(u.ID) {
				err = errFileGone
			}
			if err == nil && !at.IsZero() {
				kept[name+confirmed] = true
				begun = append(begun, unfinished{u, choices, at})
			}
			if err == nil || u.Status == store.Failed {
				continue
			}
			if err := a.store.FailUpload(ctx, u.ID, err.Error()); err != nil && store.KindOf(err) != store.Conflict {
				return nil, err
			}
		}
	}
	if err := a.stage.sweep(kept); err != nil {
		return nil, err
	}
	slices.SortFunc(begun, func(u, v unfinished) int { return u.at.Compare(v.at) })
	jobs := make([]*importJob, 0, len(begun))
	for _, u := range begun {
		a.logger.LogAttrs(ctx, slog.LevelWarn, "a confirmed import goes on after a restart",
			slog.Int64("upload", u.ID), slog.String("file", u.Report.File), slog.Time("confirmed", u.at))
		job := a.job(u.Upload, u.choices)
		job.sha256 = u.SHA256
		jobs = append(jobs, job)
	}
	return jobs, nil
}
