package handlers

import (
	"testing"
	"time"

	"atalaya/store/ingest"
)

func TestTheMeterTellsThePaceOfThePassAtHand(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	m := &meter{clock: func() time.Time { return now }}
	expect := func(when string, rows int, rate, remaining float64) {
		t.Helper()
		p := m.progress()
		left := -1.0
		if p.RemainingSeconds != nil {
			left = *p.RemainingSeconds
		}
		if p.Rows != rows || p.RowsPerSecond != rate || left != remaining {
			t.Errorf("%s: %d rows, %g a second, %g s left; want %d, %g, %g", when, p.Rows, p.RowsPerSecond, left, rows, rate, remaining)
		}
	}
	expect("before it began", 0, 0, -1)
	m.note(ingest.Progress{Bytes: 0, Total: 1000, Rows: 0})
	expect("at its first moment", 0, 0, -1)
	now = now.Add(2 * time.Second)
	m.note(ingest.Progress{Bytes: 400, Total: 1000, Rows: 80})
	// 80 rows and 400 bytes in 2 s; 600 bytes at 200 a second are 3 s.
	expect("in the first pass", 80, 40, 3)
	now = now.Add(time.Second)
	m.note(ingest.Progress{Bytes: 500, Total: 1000, Rows: 0})
	now = now.Add(4 * time.Second)
	m.note(ingest.Progress{Bytes: 700, Total: 1000, Rows: 40})
	// The second pass began at 400 bytes, as far as was known: 300 bytes and 40
	// rows in 4 s; 300 bytes at 75 a second are 4 s.
	expect("in the second pass", 40, 10, 4)
}
