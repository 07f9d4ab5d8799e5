package store

import (
	"context"
	"slices"
	"time"
)

// Quality tells how good the data of one upload or one source are, in numbers
// that add up:
//
//	Rows     = Incidents + Duplicates + Merged + WithoutPlace + WithoutReadableTime + OtherwiseRejected
//	Measured = sum of Precision
//
// Of an upload, Measured is Incidents. Of a source, the rows are those of all
// its uploads that stand, and Measured is how many incidents it has now: two
// downloads that overlap read an incident twice.
type Quality struct {
	Rows                int `json:"rows"`                  // records read
	Incidents           int `json:"incidents"`             // of them taken, known or updated, duplicates apart
	Duplicates          int `json:"duplicates"`            // of them rows that say what an earlier row of their file says
	Merged              int `json:"merged"`                // of them further offences of an incident
	WithoutPlace        int `json:"without_place"`         // of them rejected for their place
	WithoutReadableTime int `json:"without_readable_time"` // of them rejected for their time; a blank time is no reason
	OtherwiseRejected   int `json:"otherwise_rejected"`

	Measured   int                   `json:"measured"` // incidents that the numbers below are of
	Precision  map[TimePrecision]int `json:"precision"`
	Fallback   int                   `json:"fallback"`    // at points that stand for "somewhere here"
	FirstMonth string                `json:"first_month"` // 2024-01, in the source's time zone; empty without times
	LastMonth  string                `json:"last_month"`
	// MissingMonths are those between the first and the last in which no
	// incident begins; those of incidents known by the year only do not count.
	MissingMonths      []string `json:"missing_months"`
	UnmappedCategories int      `json:"unmapped_categories"` // categories of unknown origin, which nobody has looked at
	Unmapped           int      `json:"unmapped"`            // incidents of them
	// OutsideAreas counts the incidents in none of the areas of the store, of
	// an upload those taken; nil where the store has no areas.
	OutsideAreas *int `json:"outside_areas"`
}

// QualityOf measures the quality of a source. NotFound. Cost: a walk over its
// incidents.
func QualityOf(ctx context.Context, st Store, source string) (Quality, error) {
	var q Quality
	s, err := st.Source(ctx, source)
	if err != nil {
		return q, err
	}
	uploads, err := st.Uploads(ctx)
	if err != nil {
		return q, err
	}
	for _, u := range uploads {
		if u.Status == Done && u.Report.Source == source {
			q.addRows(u.Report.Quality)
		}
	}
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return q, Errorf(Internal, "time zone %q of source %q is not there", s.TimeZone, source)
	}
	m, err := NewMeasure(ctx, st, zone)
	if err != nil {
		return q, err
	}
	for i, err := range st.Incidents(ctx, IncidentFilter{Sources: []string{source}}) {
		if err != nil {
			return q, err
		}
		m.Add(i)
		m.AddPlace(i.Point)
	}
	m.Tell(&q)
	return q, nil
}

// addRows adds the rows of an upload.
func (q *Quality) addRows(u Quality) {
	q.Rows += u.Rows
	q.Incidents += u.Incidents
	q.Merged += u.Merged
	q.WithoutPlace += u.WithoutPlace
	q.WithoutReadableTime += u.WithoutReadableTime
	q.OtherwiseRejected += u.OtherwiseRejected
	q.Duplicates += u.Duplicates
}

// monthsBetween lists the months from first to last that are not among those
// seen.
func monthsBetween(first, last month, seen map[month]int) []string {
	missing := []string{}
	for m := first; m <= last; m++ {
		if seen[m] == 0 {
			missing = append(missing, m.String())
		}
	}
	return missing
}

// sortedMonths returns the months in their order.
func sortedMonths(seen map[month]int) []month {
	months := make([]month, 0, len(seen))
	for m := range seen {
		months = append(months, m)
	}
	slices.Sort(months)
	return months
}
