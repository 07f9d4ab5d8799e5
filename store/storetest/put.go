package storetest

import (
	"math"
	"strings"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

func putClaims() []claim {
	return []claim{
		{"an incident reads as it was put", readsAsPut},
		{"outcomes tell what became of each incident, in order", func(t *testing.T, st store.Store) {
			furnish(t, st)
			same(t, "first", post(t, st, incident("1"), incident("2")), []store.Outcome{store.Taken, store.Taken})
			same(t, "second", post(t, st, incident("3"), incident("2", of("theft")), incident("1")),
				[]store.Outcome{store.Taken, store.Updated, store.Known})
			same(t, "third", post(t, st, incident("2", of("theft"))), []store.Outcome{store.Known})
			same(t, "none", len(post(t, st)), 0)
		}},
		{"the second of two in one call is known or updated", func(t *testing.T, st store.Store) {
			furnish(t, st)
			same(t, "outcomes", post(t, st, incident("1"), incident("1"), incident("2"), incident("1", of("theft")), incident("1")),
				[]store.Outcome{store.Taken, store.Known, store.Taken, store.Updated, store.Updated})
			same(t, "count", len(walk(t, st, store.IncidentFilter{})), 2)
		}},
		{"a call of any size gives the same outcomes", func(t *testing.T, st store.Store) {
			furnish(t, st)
			// 1,500 new ones; then 1,500 of which the first 750 are known.
			for round, known := range []int{0, 750} {
				for i, o := range post(t, st, numbered(750*round, 1500)...) {
					if want := map[bool]store.Outcome{true: store.Known, false: store.Taken}[i < known]; o != want {
						t.Fatalf("round %d: incident %d is %s, want %s", round, i, o, want)
					}
				}
			}
			same(t, "count", len(walk(t, st, store.IncidentFilter{})), 2250)
		}},
		{"a load of many thousands that meets old ones keeps them apart", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("11999", of("theft")))
			got := store.Report{}
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				for first := 0; first < 12_000; first += 500 {
					outcomes, err := l.Put(numbered(first, 500))
					if err != nil {
						return err
					}
					r := tally(outcomes)
					got.Taken, got.Updated, got.Known = got.Taken+r.Taken, got.Updated+r.Updated, got.Known+r.Known
				}
				return nil
			}))
			same(t, "tally", []int{got.Taken, got.Updated, got.Known}, []int{11_999, 1, 0})
			cell := walk(t, st, store.IncidentFilter{})[0].Cell
			same(t, "found by cell", len(walk(t, st, store.IncidentFilter{Within: []grid.Cell{cell}})), 12_000)
		}},
		{"every part of the content makes an update", func(t *testing.T, st store.Store) {
			furnish(t, st)
			changes := map[string]func(*store.Incident){
				"category":           of("theft"),
				"raw category":       cameAs("ROBO"),
				"start":              func(i *store.Incident) { i.From = i.From.Add(-time.Millisecond) },
				"end":                func(i *store.Incident) { i.To = i.To.Add(time.Millisecond) },
				"time":               withoutTime,
				"time precision":     func(i *store.Incident) { i.TimePrecision = store.Second },
				"point":              func(i *store.Incident) { i.Point[0] = math.Nextafter(i.Point[0], 0) },
				"location precision": func(i *store.Incident) { i.LocationPrecision = store.BlockLocation },
				"origin":             func(i *store.Incident) { i.Origin = store.Reported },
				"offences":           with("theft"),
			}
			for part, change := range changes {
				post(t, st, incident(part))
				same(t, part, post(t, st, incident(part, change)), []store.Outcome{store.Updated})
				same(t, part+" again", post(t, st, incident(part, change)), []store.Outcome{store.Known})
			}
		}},
		{"of a file, a location precision that tells less changes nothing where the point stays", func(t *testing.T, st store.Store) {
			furnish(t, st)
			precise := func(p store.LocationPrecision) func(*store.Incident) {
				return func(i *store.Incident) { i.LocationPrecision = p }
			}
			now := func() store.LocationPrecision { return walk(t, st, store.IncidentFilter{})[0].LocationPrecision }
			upload(t, st, incident("1", precise(store.UnknownLocation)))
			for _, p := range []store.LocationPrecision{store.ExactLocation, store.BlockLocation, store.FallbackLocation} {
				upload(t, st, incident("1", precise(p)))
				same(t, "tells more", now(), p)
			}
			id := upload(t, st, incident("1", precise(store.ExactLocation)))
			same(t, "tells less", now(), store.FallbackLocation)
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "known", u.Report.Known, 1)
			upload(t, st, incident("1", precise(store.ExactLocation), at(-91, 15)))
			same(t, "another point", now(), store.ExactLocation)
			post(t, st, incident("1", precise(store.UnknownLocation), at(-91, 15)))
			same(t, "a post", now(), store.UnknownLocation)
		}},
		{"the upload is no part of the content, and the first one stays", func(t *testing.T, st store.Store) {
			furnish(t, st)
			first := upload(t, st, incident("1"))
			upload(t, st, incident("1"))
			upload(t, st, incident("1", of("theft")))
			same(t, "upload", walk(t, st, store.IncidentFilter{})[0].Upload, first)
		}},
		{"identity is source and id, to the letter", func(t *testing.T, st store.Store) {
			furnish(t, st)
			outcomes := post(t, st, incident("1"), incident("01"), incident("1", from("mp")), incident("a"), incident("A"), incident(" 1"), incident("ñ\x00'"))
			for i, o := range outcomes {
				if o != store.Taken {
					t.Errorf("incident %d is %s, want taken", i+1, o)
				}
			}
		}},
		{"ids of the store ascend in the order of putting", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("z"), incident("a"))
			post(t, st, incident("m"))
			same(t, "order", ids(walk(t, st, store.IncidentFilter{})), []string{"z", "a", "m"})
		}},
		{"an update keeps the id of the store", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"), incident("2"))
			before := walk(t, st, store.IncidentFilter{})[0].ID
			post(t, st, incident("1", of("theft")))
			same(t, "id", walk(t, st, store.IncidentFilter{})[0].ID, before)
		}},
		{"counts of categories and sources follow", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"), incident("2"), incident("3", from("mp")), incident("2", of("theft")))
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 2, "theft": 1, "stop": 0})
			same(t, "sources", sourceCounts(t, st), map[string]int{"pnc": 2, "mp": 1})
		}},
		{"every bad incident is named, and none is stored", func(t *testing.T, st store.Store) {
			furnish(t, st)
			err := st.Load(t.Context(), func(l store.Loader) error {
				_, err := l.Put([]store.Incident{
					incident("1"),
					incident("", at(200, 14)),
					incident("3"),
					incident("4", of("nothing"), from("nobody")),
				})
				return err
			})
			wantProblems(t, err, problem{2, "source_id"}, problem{2, "point"}, problem{4, "source"}, problem{4, "category"})
			same(t, "count", len(walk(t, st, store.IncidentFilter{})), 0)
		}},
		{"what can never be stored is refused by its field", refusesFields},
	}
}

func readsAsPut(t *testing.T, st store.Store) {
	furnish(t, st)
	cases := map[string]struct {
		put  store.Incident
		read func(*store.Incident) // how it reads otherwise than put
	}{
		"plain":              {incident("1"), func(i *store.Incident) { i.Origin = store.Reported }},
		"origin of its kind": {incident("2", of("stop")), func(i *store.Incident) { i.Origin = store.PoliceInitiated }},
		"origin of its own":  {incident("3", of("stop"), func(i *store.Incident) { i.Origin = store.Reported }), nil},
		"without a time":     {incident("4", withoutTime), func(i *store.Incident) { i.Origin = store.Reported }},
		"with its text":      {incident("5", cameAs("ROBO a peatón")), func(i *store.Incident) { i.Origin = store.Reported }},
		"place not so exact": {incident("6", func(i *store.Incident) { i.LocationPrecision = "" }), func(i *store.Incident) {
			i.Origin, i.LocationPrecision = store.Reported, store.UnknownLocation
		}},
		"long ago, to the millisecond": {
			incident("7", during(time.Date(1, 2, 3, 4, 5, 6, 7e6, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC))),
			func(i *store.Incident) { i.Origin = store.Reported },
		},
		"in another zone": {incident("8", func(i *store.Incident) { i.From = i.From.In(time.FixedZone("", -6*3600)) }), func(i *store.Incident) {
			i.Origin, i.From = store.Reported, noon()
		}},
		"at the edge of the world": {incident("9", at(180, -90)), func(i *store.Incident) { i.Origin = store.Reported }},
		"at the origin":            {incident("10", at(math.Copysign(0, -1), 0)), func(i *store.Incident) { i.Origin, i.Point = store.Reported, orb.Point{0, 0} }},
		"with further offences":    {incident("11", with("theft", "stop")), func(i *store.Incident) { i.Origin = store.Reported }},
		"longest id":               {incident(strings.Repeat("é", 100)), func(i *store.Incident) { i.Origin = store.Reported }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			post(t, st, c.put)
			want := c.put
			if c.read != nil {
				c.read(&want)
			}
			cell, err := grid.CellAt(want.Point, store.CellRes)
			must(t, err)
			want.Cell = cell
			for _, got := range walk(t, st, store.IncidentFilter{}) {
				if got.SourceID == want.SourceID {
					want.ID = got.ID
					same(t, "incident", got, want)
					return
				}
			}
			t.Error("it is not there")
		})
	}
}

func refusesFields(t *testing.T, st store.Store) {
	furnish(t, st)
	done := upload(t, st, incident("done"))
	cases := []struct {
		name  string
		edit  func(*store.Incident)
		field string
	}{
		{"latitude over 90", at(-90, 90.5), "point"},
		{"longitude that is no number", at(math.NaN(), 14), "point"},
		{"infinite latitude", at(-90, math.Inf(-1)), "point"},
		{"end before start", during(noon(), noon().Add(-time.Second)), "to"},
		{"end at start", during(noon(), noon()), "to"},
		{"less than a millisecond", during(noon(), noon().Add(time.Microsecond)), "to"},
		{"start without end", func(i *store.Incident) { i.To = time.Time{} }, "to"},
		{"end without start", func(i *store.Incident) { i.From = time.Time{} }, "from"},
		{"year of five digits", during(noon(), noon().AddDate(8000, 0, 0)), "to"},
		{"time precision that is none", func(i *store.Incident) { i.TimePrecision = "week" }, "time_precision"},
		{"no time precision", func(i *store.Incident) { i.TimePrecision = "" }, "time_precision"},
		{"time of unknown precision", func(i *store.Incident) { i.TimePrecision = store.UnknownTime }, "time_precision"},
		{"precision of no time", func(i *store.Incident) { withoutTime(i); i.TimePrecision = store.Day }, "time_precision"},
		{"location precision that is none", func(i *store.Incident) { i.LocationPrecision = "roughly" }, "location_precision"},
		{"origin that is none", func(i *store.Incident) { i.Origin = "rumour" }, "origin"},
		{"source that is not there", from("nobody"), "source"},
		{"category that is not there", of("nothing"), "category"},
		{"no category", of(""), "category"},
		{"offence that is not there", with("nothing"), "offences"},
		{"offence that is the category", with("robbery"), "offences"},
		{"offence named twice", with("theft", "theft"), "offences"},
		{"101 offences", with(make([]string, 101)...), "offences"},
		{"no id", func(i *store.Incident) { i.SourceID = "" }, "source_id"},
		{"id of 201 bytes", func(i *store.Incident) { i.SourceID = strings.Repeat("9", 201) }, "source_id"},
		{"upload that is not there", func(i *store.Incident) { i.Upload = 99 }, "upload"},
		{"upload that is done", func(i *store.Incident) { i.Upload = done }, "upload"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := st.Load(t.Context(), func(l store.Loader) error {
				_, err := l.Put([]store.Incident{incident("bad", c.edit)})
				return err
			})
			wantProblems(t, err, problem{1, c.field})
		})
	}
}
