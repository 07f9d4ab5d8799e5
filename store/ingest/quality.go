package ingest

import "atalaya/store"

// tellQuality writes the quality of the data into the report.
func (c *counts) tellQuality() {
	r := c.report
	q := store.Quality{Rows: r.Rows, Incidents: r.Taken + r.Known + r.Updated - c.duplicates, Duplicates: c.duplicates, Merged: r.Merged}
	for reason, n := range r.Reasons {
		switch reason {
		case NoCoordinates, BadCoordinates, CoordinatesOutOfRange, NullIsland, NotAPoint, SwappedCoordinates, FarAway:
			q.WithoutPlace += n
		case BadTime, TimeOutOfRange:
			q.WithoutReadableTime += n
		default:
			q.OtherwiseRejected += n
		}
	}
	c.measure.Tell(&q)
	r.Quality = q
}
