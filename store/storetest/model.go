package storetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func modelClaims() []claim {
	return []claim{
		{"after any puts and undos the store is what a plain model is", func(t *testing.T, st store.Store) {
			furnish(t, st)
			run := 0
			rapid.Check(t, func(rt *rapid.T) {
				// A source of its own keeps one run from the next.
				run++
				m := newModel(fmt.Sprint("run-", run))
				if err := st.PutSource(t.Context(), source(m.source)); err != nil {
					rt.Fatal(err)
				}
				for range rapid.IntRange(1, 12).Draw(rt, "steps") {
					if rapid.IntRange(0, 3).Draw(rt, "undo when 0") == 0 && len(m.uploads) > 0 {
						m.undo(t, rt, st)
					} else {
						m.put(t, rt, st)
					}
					m.compare(t, rt, st)
				}
			})
		}},
	}
}

// model is a store of one source, as plain as can be: the history of every
// incident, newest last.
type model struct {
	source  string
	ids     []string // in the order they were first taken
	history map[string][]entry
	uploads []int64 // done
}

// entry is what one change made of an incident; by is the upload, or 0.
type entry struct {
	by int64
	is store.Incident
}

func newModel(source string) *model { return &model{source: source, history: map[string][]entry{}} }

// put puts a few incidents as a post or as an upload.
func (m *model) put(t *testing.T, rt *rapid.T, st store.Store) {
	var upload int64
	if rapid.Bool().Draw(rt, "as upload") {
		id, err := st.CreateUpload(t.Context(), store.Upload{})
		if err != nil {
			rt.Fatal(err)
		}
		upload = id
		m.uploads = append(m.uploads, id)
	}
	unites := rapid.Bool().Draw(rt, "unites")
	incidents := rapid.SliceOfN(rapid.Custom(m.draw), 0, 6).Draw(rt, "incidents")
	want := make([]store.Outcome, 0, len(incidents))
	for i := range incidents {
		incidents[i].Upload = upload
		want = append(want, m.take(upload, incidents[i], unites))
	}
	err := st.Load(t.Context(), func(l store.Loader) error {
		put := l.Put
		if unites {
			put = l.Unite
		}
		got, err := put(incidents)
		if err != nil {
			return err
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("outcomes %v, want %v", got, want)
		}
		if upload == 0 {
			return nil
		}
		return l.FinishUpload(store.Upload{ID: upload, Report: tally(got)})
	})
	if err != nil {
		rt.Fatal(err)
	}
}

// draw draws an incident out of few, so that they meet.
func (m *model) draw(rt *rapid.T) store.Incident {
	i := incident(rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "id"), from(m.source))
	i.Category = rapid.SampledFrom([]string{"robbery", "theft", "stop"}).Draw(rt, "category")
	i.RawCategory = rapid.SampledFrom([]string{"", "ROBO"}).Draw(rt, "raw")
	if i.Category != "theft" && rapid.Bool().Draw(rt, "with theft") {
		i.Offences = []string{"theft"}
	}
	i.Point[0] += float64(rapid.IntRange(0, 1).Draw(rt, "east"))
	if rapid.Bool().Draw(rt, "without time") {
		withoutTime(&i)
	} else {
		i.To = i.To.Add(time.Duration(rapid.IntRange(0, 1).Draw(rt, "later")) * time.Hour)
	}
	return i
}

// take is what a put does to the model, or a unite.
func (m *model) take(by int64, i store.Incident, unites bool) store.Outcome {
	past := m.history[i.SourceID]
	if len(past) == 0 {
		m.ids = append(m.ids, i.SourceID)
		m.history[i.SourceID] = []entry{{by, i}}
		return store.Taken
	}
	i.Upload = past[0].is.Upload
	last := past[len(past)-1]
	if unites {
		i = united(last.is, i)
	}
	if cmp.Equal(last.is, i) {
		return store.Known
	}
	m.history[i.SourceID] = append(past, entry{by, i})
	return store.Updated
}

// united is an incident with the offences of what was there, none of which
// weighs more than another.
func united(old, i store.Incident) store.Incident {
	var codes, raws []string
	for _, one := range []store.Incident{old, i} {
		codes = append(append(codes, one.Category), one.Offences...)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for _, one := range []store.Incident{old, i} {
		if one.Category == codes[0] && one.RawCategory != "" {
			raws = append(raws, one.RawCategory)
		}
	}
	i.Category, i.RawCategory, i.Offences = codes[0], "", nil
	if len(raws) > 0 {
		i.RawCategory = slices.Min(raws)
	}
	if len(codes) > 1 {
		i.Offences = codes[1:]
	}
	return i
}

// undo undoes one of the uploads.
func (m *model) undo(t *testing.T, rt *rapid.T, st store.Store) {
	at := rapid.IntRange(0, len(m.uploads)-1).Draw(rt, "which")
	id := m.uploads[at]
	possible := true
	for _, past := range m.history {
		touched := slices.ContainsFunc(past, func(e entry) bool { return e.by == id })
		possible = possible && (!touched || past[len(past)-1].by == id)
	}
	err := st.UndoUpload(t.Context(), id)
	if possible != (err == nil) || err != nil && store.KindOf(err) != store.Conflict {
		rt.Fatalf("undo of upload %d: possible %v, but the error is %v", id, possible, err)
	}
	if !possible {
		return
	}
	m.uploads = slices.Delete(m.uploads, at, at+1)
	for sourceID, past := range m.history {
		past = slices.DeleteFunc(past, func(e entry) bool { return e.by == id })
		if len(past) > 0 {
			m.history[sourceID] = past
			continue
		}
		delete(m.history, sourceID)
		m.ids = slices.DeleteFunc(m.ids, func(s string) bool { return s == sourceID })
	}
}

// compare holds the store against the model.
func (m *model) compare(t *testing.T, rt *rapid.T, st store.Store) {
	categories, err := st.Categories(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	origins, counted := map[string]store.Origin{}, 0
	for _, c := range categories {
		origins[c.Code] = c.Origin
		counted += c.Incidents
	}
	want := make([]store.Incident, 0, len(m.ids))
	for _, id := range m.ids {
		past := m.history[id]
		i := past[len(past)-1].is
		i.Origin = origins[i.Category]
		want = append(want, i)
	}
	got := make([]store.Incident, 0, len(m.ids))
	for i, err := range st.Incidents(t.Context(), store.IncidentFilter{Sources: []string{m.source}}) {
		if err != nil {
			rt.Fatal(err)
		}
		i.ID, i.Cell = 0, 0 // the store's own
		got = append(got, i)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		rt.Fatalf("incidents differ (-model +store):\n%s", diff)
	}
	if n := sourceCounts(t, st); n[m.source] != len(want) {
		rt.Fatalf("source counts %d incidents, the model %d", n[m.source], len(want))
	}
	summary, err := st.Summary(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	sum := 0
	for n := range maps.Values(sourceCounts(t, st)) {
		sum += n
	}
	if counted != sum || summary.Incidents != sum {
		rt.Fatalf("categories count %d incidents, the summary %d, sources %d", counted, summary.Incidents, sum)
	}
}
