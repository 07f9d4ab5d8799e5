package layer_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// disk is a study area of 37 cells of resolution 8 about the middle of
// Guatemala City.
func disk(t rapid.TB, steps int) *layer.Study {
	t.Helper()
	centre, err := grid.CellAt(downtown, 8)
	if err != nil {
		t.Fatal(err)
	}
	return &layer.Study{Name: "disk", Cells: centre.Disk(steps)}
}

// year2025 is the time that layers of these tests ask for, in the zone of
// Guatemala, six hours behind UTC.
var (
	from2025 = time.Date(2025, 1, 1, 6, 0, 0, 0, time.UTC)
	to2025   = time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)
)

// askedFor returns a query of every method over a study area of resolution 8.
func askedFor(study *layer.Study) []layer.Query {
	base := layer.Query{Res: 8, Study: study, From: from2025, To: to2025}
	var out []layer.Query
	for _, m := range layer.Methods() {
		q := base
		q.Method = m
		switch m {
		case layer.Shift:
			q.Hours = 0b1111 << 18
		case layer.Change:
			q.Change.Past = 2
		case layer.Rate:
			q.Rate.Exposure = &layer.Exposure{Name: "people", Unit: "people"}
		}
		out = append(out, q)
	}
	drawn := base
	drawn.Inference.Permutations = 99
	ring := base
	ring.Ring = 1
	return append(out, drawn, ring)
}

// someIncidents draws incidents in and around the middle of the city, in the
// years 2023 to 2025, some of them without a time, over days, at fallback
// points or police-initiated.
func someIncidents(t *rapid.T, most int) []store.Incident {
	n := rapid.IntRange(0, most).Draw(t, "incidents")
	out := make([]store.Incident, n)
	for k := range out {
		i := store.Incident{
			Source: "s", SourceID: strconv.Itoa(k), Category: "theft",
			Origin: rapid.SampledFrom([]store.Origin{store.Reported, store.Reported, store.UnknownOrigin, store.PoliceInitiated}).Draw(t, "origin"),
			Point:  orb.Point{downtown.Lon() + rapid.Float64Range(-0.035, 0.035).Draw(t, "lng"), downtown.Lat() + rapid.Float64Range(-0.035, 0.035).Draw(t, "lat")},
		}
		if rapid.IntRange(0, 9).Draw(t, "fallback") == 0 {
			i.LocationPrecision = store.FallbackLocation
		}
		if rapid.IntRange(0, 9).Draw(t, "timed") > 0 {
			i.From = from2025.Add(time.Duration(rapid.IntRange(-2*365*24*60, 365*24*60).Draw(t, "minute")) * time.Minute)
			i.To = i.From.Add(time.Duration(rapid.SampledFrom([]int{1, 1, 1, 60, 300, 24 * 60, 20 * 24 * 60}).Draw(t, "minutes")) * time.Minute)
		}
		out[k] = i
	}
	return out
}

// layerFrom makes a layer; incidents of the category secret are sensitive.
func layerFrom(t rapid.TB, q layer.Query, incidents []store.Incident) *layer.Layer {
	t.Helper()
	zone := time.FixedZone("Guatemala", -6*60*60)
	b, err := layer.NewBuilder(q, layer.Facts{
		Home: zone, Zone: func(string) *time.Location { return zone }, Sensitive: func(c string) bool { return c == "secret" },
	})
	if err != nil {
		t.Fatal(err)
	}
	return finished(t, b, incidents...)
}

func TestTheOrderOfIncidentsDoesNotMatterToAnyMethod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 60)
		shuffled := rapid.Permutation(incidents).Draw(t, "shuffled")
		for _, q := range askedFor(disk(t, 3)) {
			if a, b := written(t, layerFrom(t, q, incidents)), written(t, layerFrom(t, q, shuffled)); a != b {
				t.Fatalf("method %s depends on the order of the incidents", q.Method)
			}
		}
	})
}

func TestTheTallyOfEveryMethodAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 60)
		for _, q := range askedFor(disk(t, 3)) {
			if rapid.Bool().Draw(t, "hours") && q.Method != layer.Shift {
				q.Hours = layer.Hours(rapid.Uint32Range(1, 1<<24-1).Draw(t, "hours"))
			}
			if rapid.Bool().Draw(t, "days") {
				q.Days = layer.Days(rapid.Uint8Range(1, 1<<7-1).Draw(t, "days"))
			}
			q.NoFallback = rapid.Bool().Draw(t, "no fallback")
			if rapid.Bool().Draw(t, "open") && q.Method != layer.Change {
				q.From, q.To = time.Time{}, time.Time{}
			}
			l := layerFrom(t, q, incidents)
			tally, sum, ring := l.Incidents, 0, 0
			for _, c := range l.Cells {
				sum += c.Count
			}
			if sum != tally.Used {
				t.Fatalf("%s: counts make %d, used %d", q.Method, sum, tally.Used)
			}
			for _, i := range incidents {
				if possible(q, i) {
					ring++
				}
			}
			if tally.Matched() != ring {
				t.Fatalf("%s: %d matched of %d that may be of the time: %+v", q.Method, tally.Matched(), ring, tally)
			}
			if min(tally.Used, tally.Outside, tally.Lent, tally.WithoutTime, tally.Incomplete, tally.Earlier, tally.Outside-tally.Lent) < 0 {
				t.Fatalf("%s: %+v", q.Method, tally)
			}
		}
	})
}

// possible tells, minute by minute, whether an incident may be of the time of a
// query and passes its filters.
func possible(q layer.Query, i store.Incident) bool {
	if i.Origin == store.PoliceInitiated || q.NoFallback && i.LocationPrecision == store.FallbackLocation {
		return false
	}
	if !i.HasTime() {
		return true
	}
	for at := i.From; at.Before(i.To); at = at.Add(time.Minute) {
		local := at.In(time.FixedZone("Guatemala", -6*60*60))
		in := (q.From.IsZero() || !at.Before(q.From)) && (q.To.IsZero() || at.Before(q.To))
		byClock := q.Hours.Has(local.Hour()) && q.Days.Has((int(local.Weekday())+6)%7)
		switch {
		case q.Method == layer.Shift: // its hours and days are the shift: time and shift are judged apart
			if i.From.Before(q.To) && i.To.After(q.From) || q.From.IsZero() {
				if byClock {
					return true
				}
			}
		case byClock && (in || i.From.Before(q.To) && i.To.After(q.From)):
			return true
		}
	}
	return false
}

func TestTheWeightsOfShiftsThatShareOutTheWeekAddUpToTheIncidents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 60)
		first, second := rapid.IntRange(1, 700).Draw(t, "first"), rapid.IntRange(701, 1439).Draw(t, "second")
		sums, weeks := map[grid.Cell]float64{}, map[grid.Cell]float64{}
		all := []aoristic.Window{{Start: first, End: second}, {Start: second, End: first}}
		ask := func(into map[grid.Cell]float64, windows ...aoristic.Window) {
			q := layer.Query{Method: layer.Shift, Res: 8, Study: disk(t, 3), From: from2025, To: to2025, Shift: layer.ShiftQuery{Windows: windows}}
			l := layerFrom(t, q, incidents)
			weights := numbersOf(t, l, "shift_weight")
			for n, c := range l.Cells {
				into[c.Cell] += weights[n]
			}
		}
		ask(sums, all[0])
		ask(sums, all[1])
		ask(weeks, aoristic.Window{})
		timed := slices.DeleteFunc(slices.Clone(incidents), func(i store.Incident) bool { return !i.HasTime() })
		whole := layerFrom(t, layer.Query{Method: layer.Count, Res: 8, Study: disk(t, 3), From: from2025, To: to2025}, timed)
		for _, c := range whole.Cells {
			if math.Abs(sums[c.Cell]-float64(c.Count)) > 1e-9 || weeks[c.Cell] != float64(c.Count) {
				t.Fatalf("cell %s: shifts make %v, the week %v, of %d incidents", c.Cell, sums[c.Cell], weeks[c.Cell], c.Count)
			}
		}
	})
}

func numbersOf(t rapid.TB, l *layer.Layer, name string) []float64 {
	t.Helper()
	i := slices.IndexFunc(l.Columns, func(c layer.Column) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("method %s has no column %s", l.Query.Method, name)
	}
	return l.Columns[i].Numbers
}

func wordsOf(t rapid.TB, l *layer.Layer, name string) []string {
	t.Helper()
	i := slices.IndexFunc(l.Columns, func(c layer.Column) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("method %s has no column %s", l.Query.Method, name)
	}
	return l.Columns[i].Words
}

func TestDensityKeepsTheIncidentsAwayFromTheEdge(t *testing.T) {
	// All points lie in the middle cell; at resolution 9 with a bandwidth of
	// five cell widths the kernel reaches six cells, and the area eight. The sum
	// over cell centres is a quadrature of the kernel's volume, 1 an incident.
	rapid.Check(t, func(t *rapid.T) {
		centre, err := grid.CellAt(downtown, 9)
		if err != nil {
			t.Fatal(err)
		}
		var incidents []store.Incident
		for k := range rapid.IntRange(1, 20).Draw(t, "incidents") {
			at := centre.Center()
			at[0] += rapid.Float64Range(-0.0005, 0.0005).Draw(t, "lng")
			incidents = append(incidents, store.Incident{Source: "s", SourceID: strconv.Itoa(k), Origin: store.Reported, Point: at})
		}
		q := layer.Query{Method: layer.Density, Res: 9, Study: &layer.Study{Cells: centre.Disk(8)}}
		q.Density.BandwidthM = 1750
		l := layerFrom(t, q, incidents)
		if sum := l.Details.(layer.DensityDetails).Sum; math.Abs(sum-float64(l.Incidents.Used)) > 0.005*float64(l.Incidents.Used) {
			t.Fatalf("%v incidents on cells of %d", sum, l.Incidents.Used)
		}
	})
}

func TestTheEmergingCategoriesAddUpToTheCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := layer.Query{Method: layer.Emerging, Res: 8, Study: disk(t, 3)}
		q.Emerging.Unadjust = rapid.Bool().Draw(t, "raw")
		l := layerFrom(t, q, someIncidents(t, 60))
		details := l.Details.(layer.EmergingDetails)
		cells, incidents := 0, 0
		for _, c := range details.Categories {
			cells += c.Cells
		}
		for _, p := range details.Periods {
			incidents += p.Count
		}
		if cells != len(l.Cells) || incidents != l.Incidents.Used {
			t.Fatalf("%d cells in categories of %d, %d incidents in periods of %d", cells, len(l.Cells), incidents, l.Incidents.Used)
		}
	})
}

func TestNowAndBeforeExchangedTurnAChangeAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 80)
		cut := from2025.AddDate(0, 5, 3)
		early := layer.Query{Method: layer.Change, Res: 8, Study: disk(t, 2), From: from2025, To: cut, Change: layer.ChangeQuery{From: cut, To: to2025}}
		late := early
		late.From, late.To, late.Change.From, late.Change.To = cut, to2025, from2025, cut
		a, b := layerFrom(t, early, incidents), layerFrom(t, late, incidents)
		za, zb, pa, pb := numbersOf(t, a, "change_z"), numbersOf(t, b, "change_z"), numbersOf(t, a, "change_p"), numbersOf(t, b, "change_p")
		previous := numbersOf(t, b, "previous")
		for n := range a.Cells {
			if !same(za[n], -zb[n]) || !same(pa[n], pb[n]) || float64(a.Cells[n].Count) != previous[n] {
				t.Fatalf("cell %s: z %v and %v, p %v and %v, %d incidents and previous %v", a.Cells[n].Cell, za[n], zb[n], pa[n], pb[n], a.Cells[n].Count, previous[n])
			}
		}
		if a.Incidents.Earlier != b.Incidents.Used || a.Incidents.Used != b.Incidents.Earlier {
			t.Fatalf("%+v against %+v", a.Incidents, b.Incidents)
		}
	})
}

// same compares within rounding; NaN is NaN.
func same(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9
}

func TestCellsAtTheEdgeOfARingScoreAsInTheBiggerArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 80)
		width := rapid.IntRange(1, layer.MaxRing).Draw(t, "ring")
		q := layer.Query{Res: 8, Study: disk(t, 2), Ring: width}
		with := layerFrom(t, q, incidents)
		if len(with.Cells) != 19 {
			t.Fatalf("%d cells are shown, want the 19 of the area", len(with.Cells))
		}
		bigger := layerFrom(t, layer.Query{Res: 8, Study: disk(t, 2+width)}, incidents)
		if bigger.Incidents.Used != with.Incidents.Used+with.Incidents.Lent || bigger.Mean != with.Mean {
			t.Fatalf("%+v with a ring, %+v on the bigger area", with.Incidents, bigger.Incidents)
		}
		edges := 0
		var p []float64
		for _, c := range with.Cells {
			other, _ := bigger.Cell(c.Cell)
			if !same(c.Z, other.Z) || c.Sum != other.Sum || c.Neighbours != 6 {
				t.Fatalf("cell %s: z %v with a ring, %v on the bigger area", c.Cell, c.Z, other.Z)
			}
			if c.Edge {
				edges++
			}
			p = append(p, c.P)
		}
		if edges != 12 {
			t.Fatalf("%d cells at the edge of a disk of two steps, want 12", edges)
		}
		for n, fdr := range hotspot.AdjustFDR(p) { // the family is the cells that are shown
			if !same(fdr, with.Cells[n].PFDR) {
				t.Fatalf("adjusted p %v, want %v", with.Cells[n].PFDR, fdr)
			}
		}
	})
}

func TestANullAlwaysHasAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := someIncidents(t, 40)
		for _, q := range askedFor(disk(t, rapid.IntRange(0, 3).Draw(t, "steps"))) {
			holdReasons(t, layerFrom(t, q, incidents))
		}
	})
}

// holdReasons fails where a cell without a class has no reason.
func holdReasons(t rapid.TB, l *layer.Layer) {
	t.Helper()
	for n, c := range l.Cells {
		if c.Why != "" {
			continue
		}
		if c.Class == hotspot.Undefined || l.Query.Method != layer.Rate && l.Query.Method != layer.Count && l.Query.Method != layer.Density && math.IsNaN(c.Z) {
			t.Fatalf("method %s, cell %s: class %s, z %v and no reason", l.Query.Method, c.Cell, c.Class, c.Z)
		}
		for _, column := range l.Columns {
			mayLack := map[string]bool{"at_risk_until": true, "ratio": true, "ratio_low": true, "ratio_high": true, "change_test": true}[column.Name]
			if isNull := column.Words == nil && math.IsNaN(column.Numbers[n]) || column.Words != nil && column.Words[n] == ""; isNull && !mayLack {
				t.Fatalf("method %s, cell %s: %s is null for no reason", l.Query.Method, c.Cell, column.Name)
			}
		}
	}
}

// written returns a layer as both formats write it, and fails on what is no
// JSON or no number.
func written(t rapid.TB, l *layer.Layer) string {
	t.Helper()
	text, err := texts(l)
	if err != nil {
		t.Fatal(fmt.Errorf("method %s: %w", l.Query.Method, err))
	}
	return text
}
