package ingest

import (
	"math"
	"time"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// firstRejects is how many rejects a report shows.
const firstRejects = 10

// counts keeps the numbers of a report. What put counts and what else is counted
// are different numbers, so that incidents may be put while the file is read.
type counts struct {
	report     *store.Report
	bound      *orb.Bound
	outOfRange *store.Reject // the first row whose coordinates are no degrees
	measure    *store.Measure
	duplicates int // rows that say what an earlier row says
}

// put counts an incident that was taken, known or updated.
func (c *counts) put(i store.Incident, outcome store.Outcome) {
	switch outcome {
	case store.Taken:
		c.report.Taken++
	case store.Known:
		c.report.Known++
	case store.Updated:
		c.report.Updated++
	}
	c.measure.Add(i)
	if outcome == store.Taken {
		c.measure.AddPlace(i.Point)
	}
	if c.bound == nil {
		c.bound = &orb.Bound{Min: i.Point, Max: i.Point}
	} else {
		*c.bound = c.bound.Extend(i.Point)
	}
	if !i.HasTime() {
		c.report.WithoutTime++
		return
	}
	c.report.From = extreme(c.report.From, i.From, time.Time.Before)
	c.report.To = extreme(c.report.To, i.To, time.Time.After)
}

// reject counts a row that was not taken.
func (c *counts) reject(r store.Reject) {
	c.report.Rejected++
	c.report.Reasons[r.Reason]++
	if r.Reason == CoordinatesOutOfRange && c.outOfRange == nil {
		c.outOfRange = &r
	}
	if len(c.report.FirstRejects) < firstRejects {
		c.report.FirstRejects = append(c.report.FirstRejects, r)
	}
}

// close completes the report and checks that its sums add up; where they do
// not, the fault is this package's.
func (c *counts) close() error {
	r := c.report
	if c.bound != nil {
		r.BBox = []float64{round6(c.bound.Min[0]), round6(c.bound.Min[1]), round6(c.bound.Max[0]), round6(c.bound.Max[1])}
	}
	r.Known += c.duplicates
	reasons := 0
	for _, n := range r.Reasons {
		reasons += n
	}
	if r.Rows != r.Taken+r.Known+r.Updated+r.Merged+r.Rejected || r.Rejected != reasons {
		return store.Errorf(store.Internal, "the report does not add up: %d rows, %d taken, %d known, %d updated, %d merged, %d rejected for %d reasons",
			r.Rows, r.Taken, r.Known, r.Updated, r.Merged, r.Rejected, reasons)
	}
	c.tellQuality()
	return nil
}

func extreme(so *time.Time, t time.Time, goesBefore func(t, u time.Time) bool) *time.Time {
	if so == nil || goesBefore(t, *so) {
		return &t
	}
	return so
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
