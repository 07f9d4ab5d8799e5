package layer_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/geo/trend"
	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"

	"github.com/paulmach/orb/planar"
)

// theEnd is the day on which the demo city of these tests is made.
var theEnd = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// demo is the demonstration city and its incidents as its file gives them.
type demo struct {
	fixtures.City
	zone      *time.Location
	incidents []store.Incident
}

func readDemo(t *testing.T) demo {
	t.Helper()
	d := demo{City: fixtures.Demo(theEnd)}
	var file bytes.Buffer
	if err := d.WriteCSV(&file); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.zone, err = time.LoadLocation(fixtures.TimeZone); err != nil {
		t.Fatal(err)
	}
	opts := ingest.Options{File: "demo.csv", Source: fixtures.SourceCode, TimeZone: fixtures.TimeZone, Clock: func() time.Time { return theEnd }}
	_, err = ingest.Read(context.Background(), &file, opts, func(i store.Incident) error {
		i.Origin = originOf(t, d.City, i.RawCategory)
		d.incidents = append(d.incidents, i)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func originOf(t *testing.T, city fixtures.City, raw string) store.Origin {
	t.Helper()
	categories := city.Categories()
	i := slices.IndexFunc(categories, func(c fixtures.Category) bool { return c.Raw == raw })
	if i < 0 {
		t.Fatalf("category text %q is none of the city's", raw)
	}
	return store.Origin(categories[i].Origin)
}

// months returns a time of the city's months first ≤ m < end.
func (d demo) months(first, end int) (from, to time.Time) {
	return d.From.AddDate(0, first, 0).UTC(), d.From.AddDate(0, end, 0).UTC()
}

func (d demo) layer(t *testing.T, q layer.Query) *layer.Layer {
	t.Helper()
	q.Study = &layer.Study{Name: "demo", Geometry: d.Areas()[0].Polygon}
	b, err := layer.NewBuilder(q, layer.Facts{Home: d.zone, Zone: func(string) *time.Location { return d.zone }})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range d.incidents {
		if err := b.Add(i); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Finish(store.DataVersion{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// planted returns the places in a layer of the cells whose centres lie in a
// hotspot.
func planted(l *layer.Layer, h fixtures.Hotspot) []int {
	var out []int
	for n, c := range l.Cells {
		if grid.DistanceM(c.Cell.Center(), h.Center) <= h.RadiusM {
			out = append(out, n)
		}
	}
	return out
}

func TestThePlantedPatternsOfTheDemoAreNamedFromItsFile(t *testing.T) {
	d := readDemo(t)
	t.Run("stable ones are hot", d.stableOnesAreHot)
	t.Run("each kind has its emerging categories", d.eachKindHasItsCategories)
	t.Run("new ones rise and fading ones fall", d.newOnesRiseAndFadingOnesFall)
	t.Run("shift-bound ones are hot in their shift only", d.shiftBoundOnesAreHotInTheirShiftOnly)
	t.Run("the patrol route is hot only with what police find", d.thePatrolRouteIsHotOnlyWithWhatPoliceFind)
}

// share fails where fewer than 95 in 100 of the planted cells of a kind are as
// they should be.
func (d demo) share(t *testing.T, l *layer.Layer, kind fixtures.Kind, right func(n int) bool) {
	t.Helper()
	found, all := 0, 0
	for _, h := range d.Truth().Hotspots {
		if h.Kind != kind {
			continue
		}
		for _, n := range planted(l, h) {
			all++
			if right(n) {
				found++
			}
		}
	}
	t.Logf("%s by %s: %d of %d planted cells", kind, l.Query.Method, found, all)
	if all == 0 || found*100 < all*95 {
		t.Errorf("%s by %s: %d of %d planted cells, at least 95 in 100 are meant", kind, l.Query.Method, found, all)
	}
}

func (d demo) stableOnesAreHot(t *testing.T) {
	for _, first := range []int{0, 12} {
		var q layer.Query
		q.From, q.To = d.months(first, 24)
		l := d.layer(t, q)
		d.share(t, l, fixtures.KindStable, func(n int) bool { return l.Cells[n].Class.Hot() })
	}
}

// At resolution 9 a bin of the cube holds about one incident, and the
// neighbourhoods of 14 bins are enough. Of the 24 months a stable site is hot in
// at least nine in ten: persistent, or by a chance of one in twenty
// intensifying or diminishing. A new one is hot in the last four, consecutively;
// in its first month half of its neighbourhood is of the month before, so that
// one cell in ten is found a month late. A fading one, hot in the first half, is
// no pattern in the current wording, which asks for a hot last step or for nine
// in ten; its scores fall, the legacy wording calls it sporadic, and it is
// historical while it was hot in nine steps of ten, its last step being hot
// still where the month before made it so.
func (d demo) eachKindHasItsCategories(t *testing.T) {
	always := []string{"persistent_hot", "intensifying_hot", "diminishing_hot"}
	for _, c := range []struct {
		kind    fixtures.Kind
		end     int // month
		wording trend.Wording
		want    []string
	}{
		{fixtures.KindStable, 24, trend.CurrentWording, always},
		{fixtures.KindNew, 24, trend.CurrentWording, []string{"consecutive_hot"}},
		{fixtures.KindNew, 22, trend.CurrentWording, []string{"consecutive_hot", "new_hot"}},
		{fixtures.KindFading, 12, trend.CurrentWording, always},
		{fixtures.KindFading, 13, trend.CurrentWording, append([]string{"historical_hot"}, always...)},
		{fixtures.KindFading, 24, trend.CurrentWording, []string{"no_pattern"}},
		{fixtures.KindFading, 24, trend.LegacyWording, []string{"sporadic_hot"}},
	} {
		q := layer.Query{Method: layer.Emerging, Emerging: layer.EmergingQuery{Wording: c.wording}}
		q.From, q.To = d.months(0, c.end)
		l := d.layer(t, q)
		if got := l.Details.(layer.EmergingDetails); len(got.Periods) != c.end || got.LeftOut != 0 {
			t.Fatalf("%d periods, %d left out; want %d, 0", len(got.Periods), got.LeftOut, c.end)
		}
		categories, z, p := wordsOf(t, l, "emerging"), numbersOf(t, l, "trend_z"), numbersOf(t, l, "trend_p")
		t.Logf("%d months, %s wording: %v", c.end, c.wording, c.want)
		d.share(t, l, c.kind, func(n int) bool {
			fades := c.kind != fixtures.KindFading || c.end < 24 || z[n] < 0 && p[n] <= 0.05
			return slices.Contains(c.want, categories[n]) && fades
		})
	}
}

// A cell of resolution 9 holds some 4 incidents in four months: against the
// four months before, even six times as many are few for a test of 2,700 cells
// at once. Against five such times they are not.
func (d demo) newOnesRiseAndFadingOnesFall(t *testing.T) {
	for _, c := range []struct {
		kind fixtures.Kind
		from int // month
		past int
		want []string
	}{
		{fixtures.KindNew, 20, 5, []string{"new", "rising"}},
		{fixtures.KindFading, 12, 1, []string{"falling", "gone"}},
	} {
		q := layer.Query{Method: layer.Change, Change: layer.ChangeQuery{Past: c.past}}
		q.From, q.To = d.months(c.from, 24)
		l := d.layer(t, q)
		directions := wordsOf(t, l, "change")
		d.share(t, l, c.kind, func(n int) bool { return slices.Contains(c.want, directions[n]) })
		stray := 0
		for n, cell := range l.Cells {
			near := slices.ContainsFunc(d.Truth().Hotspots, func(h fixtures.Hotspot) bool {
				return grid.DistanceM(cell.Cell.Center(), h.Center) <= h.RadiusM*1.05+350
			})
			if directions[n] != "unclear" && !near {
				stray++
			}
		}
		t.Logf("%d cells change away from every planted hotspot", stray)
		if stray > 5 {
			t.Errorf("%d cells change away from every planted hotspot, at most 5 are meant", stray)
		}
	}
}

func (d demo) shiftBoundOnesAreHotInTheirShiftOnly(t *testing.T) {
	for _, h := range d.Truth().Hotspots {
		if h.Kind != fixtures.KindShift {
			continue
		}
		t.Run(h.Name, func(t *testing.T) {
			window := aoristic.Window{Start: 60 * h.Hours[0], End: 60 * (h.Hours[len(h.Hours)-1] + 1)}
			for _, day := range h.Days {
				window.Days |= 1 << day
			}
			others := []aoristic.Window{{Start: window.End % 1440, End: window.Start, Days: window.Days}}
			if window.Days != 0 {
				others = append(others, aoristic.Window{Days: 127 &^ window.Days})
			}
			during := d.layer(t, layer.Query{Method: layer.Shift, Shift: layer.ShiftQuery{Windows: []aoristic.Window{window}}})
			otherwise := d.layer(t, layer.Query{Method: layer.Shift, Shift: layer.ShiftQuery{Windows: others}})
			cells, hot := planted(during, h), 0
			for _, n := range cells {
				if during.Cells[n].Class.Hot() {
					hot++
				}
				if otherwise.Cells[n].Class.Hot() {
					t.Errorf("cell %s is hot outside the shift", otherwise.Cells[n].Cell)
				}
			}
			t.Logf("%d of %d planted cells are hot in the shift", hot, len(cells))
			if len(cells) == 0 || hot < len(cells) {
				t.Errorf("%d of %d planted cells are hot in the shift", hot, len(cells))
			}
		})
	}
}

func (d demo) thePatrolRouteIsHotOnlyWithWhatPoliceFind(t *testing.T) {
	without := d.layer(t, layer.Query{})
	with := d.layer(t, layer.Query{Origins: []store.Origin{store.PoliceInitiated}})
	all := d.layer(t, layer.Query{Origins: []store.Origin{store.PoliceInitiated, store.Reported, store.UnknownOrigin}})
	cells, found, among := 0, 0, 0
	for n, c := range without.Cells {
		if planar.DistanceFrom(d.Truth().Patrol.Route, c.Cell.Center()) > 150.0/111_195 {
			continue
		}
		cells++
		if c.Class.Hot() {
			t.Errorf("cell %s of the route is hot without police-initiated incidents", c.Cell)
		}
		if with.Cells[n].Class.Hot() {
			found++
		}
		if all.Cells[n].Class.Hot() {
			among++
		}
	}
	t.Logf("%d of %d cells of the route are hot by what police find, %d among all incidents", found, cells, among)
	if cells < 10 || found*100 < cells*95 {
		t.Errorf("%d of %d cells of the route are hot, 95 in 100 are meant", found, cells)
	}
}
