package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"atalaya/store"
)

// DefaultKeepStaged is how long the file of an upload waits for somebody to
// confirm it where Options say nothing.
const DefaultKeepStaged = 30 * 24 * time.Hour

// lookAgain is how often the service looks for files that have waited too long.
const lookAgain = time.Hour

// expireNowAndThen lets files go that have waited too long, until the service
// stops.
func (a *API) expireNowAndThen() {
	ticker := time.NewTicker(lookAgain)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			ctx, cancel := context.WithTimeout(context.Background(), slow)
			if err := a.expire(ctx); err != nil {
				a.logger.LogAttrs(ctx, slog.LevelError, "uploads that nobody confirmed are kept on", slog.Any("error", err))
			}
			cancel()
		case <-a.stopping:
			return
		}
	}
}

// expire discards staged uploads that nobody confirmed in time since they came,
// and removes the files of failed ones that nobody confirmed again.
func (a *API) expire(ctx context.Context) error {
	if a.keepStaged < 0 {
		return nil
	}
	uploads, err := a.store.Uploads(ctx)
	if err != nil {
		return fmt.Errorf("look for uploads that nobody confirmed: %w", err)
	}
	before := a.clock().Add(-a.keepStaged)
	var all error
	for _, u := range uploads {
		isWaiting := u.Status == store.Staged || u.Status == store.Failed && a.stage.holds(u.ID)
		if !isWaiting || !u.CreatedAt.Before(before) || a.imports.find(u.ID) != nil {
			continue
		}
		if u.Status == store.Staged {
			err := a.store.DiscardUpload(ctx, u.ID)
			if store.KindOf(err) == store.Conflict { // somebody has confirmed it just now
				continue
			}
			if err != nil {
				all = errors.Join(all, err)
				continue
			}
		}
		all = errors.Join(all, a.stage.remove(u.ID))
		a.logger.LogAttrs(ctx, slog.LevelWarn, "the file of an upload that nobody confirmed is removed",
			slog.Int64("upload", u.ID), slog.String("file", u.Report.File), slog.Time("since", u.CreatedAt), slog.String("status", string(u.Status)))
	}
	return all
}
