package handlers

import (
	"testing"
	"time"

	"atalaya/store/ingest"
)

func TestTheMeterTellsThePaceOfThePhaseAtHand(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	m := &meter{clock: func() time.Time { return now }}
	expect := func(phase ingest.Phase, rows int, rate, remaining float64) {
		t.Helper()
		p := m.progress()
		left := -1.0
		if p.RemainingSeconds != nil {
			left = *p.RemainingSeconds
		}
		if p.Phase != phase || p.Rows != rows || p.RowsPerSecond != rate || left != remaining {
			t.Errorf("%s: %d rows, %g a second, %g s left; want %s, %d, %g, %g", p.Phase, p.Rows, p.RowsPerSecond, left, phase, rows, rate, remaining)
		}
	}
	expect(waiting, 0, 0, -1)
	m.note(ingest.Progress{Phase: ingest.Surveying, Total: 1000})
	expect(ingest.Surveying, 0, 0, -1)
	now = now.Add(2 * time.Second)
	m.note(ingest.Progress{Phase: ingest.Surveying, Bytes: 400, Total: 1000, Rows: 80})
	// 80 rows and 400 bytes in 2 s; 600 bytes at 200 a second are 3 s.
	expect(ingest.Surveying, 80, 40, 3)
	now = now.Add(2 * time.Second)
	m.note(ingest.Progress{Phase: ingest.Taking, Bytes: 400, Total: 1000, Rows: 80})
	// The new phase has no pace yet: 600 bytes at 400 in 4 s are 6 s.
	expect(ingest.Taking, 80, 0, 6)
	now = now.Add(4 * time.Second)
	m.note(ingest.Progress{Phase: ingest.Taking, Bytes: 700, Total: 1000, Rows: 120})
	// 300 bytes and 40 rows in 4 s; 300 bytes at 75 a second are 4 s.
	expect(ingest.Taking, 120, 10, 4)
}
