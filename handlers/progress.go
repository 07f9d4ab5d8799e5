package handlers

import (
	"sync"
	"time"

	"atalaya/store/ingest"
)

// progress tells how far an import is. Nothing in it but the pace and the time
// that is left goes back.
type progress struct {
	Phase            ingest.Phase `json:"phase"`
	Rows             int          `json:"rows"`       // read in all passes over the file
	TotalRows        int          `json:"total_rows"` // that they will come to; 0 until the first pass is over
	Bytes            int64        `json:"bytes"`      // of Total, all phases together
	Total            int64        `json:"total"`      // of the file as it came
	RowsPerSecond    float64      `json:"rows_per_second"`
	RemainingSeconds *float64     `json:"remaining_seconds"` // at the pace so far; null until there is one
}

// waiting is the phase of an import whose turn has not come, or that another
// process does.
const waiting ingest.Phase = "wait"

// meter measures the pace of an import. It is safe for concurrent use.
type meter struct {
	clock func() time.Time

	mu    sync.Mutex
	begun time.Time // the import
	since time.Time // the phase at hand
	base  ingest.Progress
	at    ingest.Progress
}

// note takes what the import says.
func (m *meter) note(p ingest.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.begun.IsZero() {
		m.begun = m.clock()
	}
	if p.Phase != m.at.Phase {
		m.since, m.base = m.clock(), m.at
	}
	m.at = p
}

// progress returns how far the import is: rows at the pace of the phase at
// hand, the time that is left at that too, once it has one.
func (m *meter) progress() progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := progress{Phase: m.at.Phase, Rows: m.at.Rows, TotalRows: m.at.TotalRows, Bytes: m.at.Bytes, Total: m.at.Total}
	if m.begun.IsZero() {
		p.Phase = waiting
		return p
	}
	now := m.clock()
	p.RowsPerSecond = pace(float64(m.at.Rows-m.base.Rows), now.Sub(m.since))
	bytes := pace(float64(m.at.Bytes-m.base.Bytes), now.Sub(m.since))
	if bytes == 0 {
		bytes = pace(float64(m.at.Bytes), now.Sub(m.begun))
	}
	if bytes > 0 && m.at.Total > 0 {
		remaining := float64(m.at.Total-m.at.Bytes) / bytes
		p.RemainingSeconds = &remaining
	}
	return p
}

// pace returns how much there is in a second; 0 before time has passed.
func pace(n float64, in time.Duration) float64 {
	if in <= 0 {
		return 0
	}
	return n / in.Seconds()
}
