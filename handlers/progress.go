package handlers

import (
	"sync"
	"time"

	"atalaya/store/ingest"
)

// progress tells how far an import is.
type progress struct {
	Rows             int      `json:"rows"`  // of the pass at hand: a file is read twice
	Bytes            int64    `json:"bytes"` // of Total, both passes together
	Total            int64    `json:"total"`
	RowsPerSecond    float64  `json:"rows_per_second"`
	RemainingSeconds *float64 `json:"remaining_seconds"` // at the pace of the pass at hand; null until there is one
}

// meter measures the pace of an import. It is safe for concurrent use.
type meter struct {
	clock func() time.Time

	mu    sync.Mutex
	begun time.Time       // the pass at hand
	base  ingest.Progress // when it did
	at    ingest.Progress
}

// note takes what the import says. Fewer rows than before are those of a new
// pass.
func (m *meter) note(p ingest.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.begun.IsZero() || p.Rows < m.at.Rows {
		m.begun, m.base = m.clock(), ingest.Progress{Bytes: m.at.Bytes}
	}
	m.at = p
}

// progress returns how far the import is.
func (m *meter) progress() progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := progress{Rows: m.at.Rows, Bytes: m.at.Bytes, Total: m.at.Total}
	seconds := m.clock().Sub(m.begun).Seconds()
	if m.begun.IsZero() || seconds <= 0 {
		return p
	}
	p.RowsPerSecond = float64(m.at.Rows) / seconds
	if pace := float64(m.at.Bytes-m.base.Bytes) / seconds; pace > 0 && m.at.Total > 0 {
		remaining := float64(m.at.Total-m.at.Bytes) / pace
		p.RemainingSeconds = &remaining
	}
	return p
}
