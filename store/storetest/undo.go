package storetest

import (
	"strconv"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
)

func undoClaims() []claim {
	return []claim{
		{"an undo removes what the upload brought", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			id := upload(t, st, incident("1"), incident("2"), incident("3", of("theft")), incident("2", of("stop")))
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "incidents", ids(walk(t, st, store.IncidentFilter{})), []string{"1"})
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 1, "theft": 0, "stop": 0})
			same(t, "sources", sourceCounts(t, st), map[string]int{"pnc": 1, "mp": 0})
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "status", u.Status, store.Undone)
		}},
		{"an undo restores what the upload updated, all of it", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", cameAs("ROBO")), incident("2", withoutTime, of("stop"), with("theft")), incident("3"))
			before := walk(t, st, store.IncidentFilter{})
			id := upload(t, st,
				incident("1", of("theft"), at(-91, 15), cameAs("HURTO"), with("stop")),
				incident("2", func(i *store.Incident) { i.Origin, i.LocationPrecision = store.Reported, store.BlockLocation }),
				incident("1", of("stop")), // updated twice by one file
				incident("3"),
			)
			if cmp.Equal(before, walk(t, st, store.IncidentFilter{})) {
				t.Fatal("the upload changed nothing")
			}
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "incidents", walk(t, st, store.IncidentFilter{}), before)
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 2, "theft": 0, "stop": 1})
		}},
		{"uploads of the same incidents are undone last first", func(t *testing.T, st store.Store) {
			furnish(t, st)
			first := upload(t, st, incident("1"), incident("2"))
			second := upload(t, st, incident("1", of("theft")))
			third := upload(t, st, incident("1", of("stop")))
			wantKind(t, st.UndoUpload(t.Context(), first), store.Conflict)
			wantKind(t, st.UndoUpload(t.Context(), second), store.Conflict)
			must(t, st.UndoUpload(t.Context(), third))
			same(t, "category", walk(t, st, store.IncidentFilter{})[0].Category, "theft")
			wantKind(t, st.UndoUpload(t.Context(), first), store.Conflict)
			must(t, st.UndoUpload(t.Context(), second))
			same(t, "category", walk(t, st, store.IncidentFilter{})[0].Category, "robbery")
			must(t, st.UndoUpload(t.Context(), first))
			same(t, "incidents", len(walk(t, st, store.IncidentFilter{})), 0)
		}},
		{"an upload cannot be undone while a later post has updated its incidents", func(t *testing.T, st store.Store) {
			furnish(t, st)
			brought := upload(t, st, incident("1"))
			post(t, st, incident("1", of("theft")))
			wantKind(t, st.UndoUpload(t.Context(), brought), store.Conflict)

			post(t, st, incident("2"))
			updated := upload(t, st, incident("2", of("theft")))
			post(t, st, incident("2", of("stop")))
			wantKind(t, st.UndoUpload(t.Context(), updated), store.Conflict)
			same(t, "incidents", ids(walk(t, st, store.IncidentFilter{})), []string{"1", "2"})
			u, err := st.Upload(t.Context(), updated)
			must(t, err)
			same(t, "status", u.Status, store.Done)
		}},
		{"later uploads that changed nothing do not hinder an undo", func(t *testing.T, st store.Store) {
			furnish(t, st)
			first := upload(t, st, incident("1"))
			upload(t, st, incident("1"))
			must(t, st.UndoUpload(t.Context(), first))
			same(t, "incidents", len(walk(t, st, store.IncidentFilter{})), 0)
		}},
		{"a post updated by an upload can be updated and undone again", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			for range 2 {
				id := upload(t, st, incident("1", of("theft")))
				must(t, st.UndoUpload(t.Context(), id))
				same(t, "category", walk(t, st, store.IncidentFilter{})[0].Category, "robbery")
			}
		}},
		{"an undone file can be imported again", func(t *testing.T, st store.Store) {
			furnish(t, st)
			must(t, st.UndoUpload(t.Context(), upload(t, st, incident("1"))))
			again := upload(t, st, incident("1"))
			u, err := st.Upload(t.Context(), again)
			must(t, err)
			same(t, "taken", u.Report.Taken, 1)
		}},
		{"only an upload that is done can be undone", func(t *testing.T, st store.Store) {
			furnish(t, st)
			wantKind(t, st.UndoUpload(t.Context(), 7), store.NotFound)
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			wantKind(t, st.UndoUpload(t.Context(), id), store.Conflict)
			must(t, st.FailUpload(t.Context(), id, "test"))
			wantKind(t, st.UndoUpload(t.Context(), id), store.Conflict)
			done := upload(t, st, incident("1"))
			must(t, st.UndoUpload(t.Context(), done))
			wantKind(t, st.UndoUpload(t.Context(), done), store.Conflict)
		}},
		{"an undo brings back the category that a text means now", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", cameAs("ROBO")))
			id := upload(t, st, incident("1", of("stop")))
			_, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "category", walk(t, st, store.IncidentFilter{})[0].Category, "theft")
		}},
		{"an undo removes the categories that only the upload made", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id := importTexts(t, st, "pnc", "Robo", "Hurto", "", "ROBBERY")
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 1, "theft": 0, "stop": 0, "robo": 1, "hurto": 1, "unknown": 1})
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 0, "theft": 0, "stop": 0})
			must(t, st.DeleteCategory(t.Context(), "robbery"))
			// Its texts mean nothing any more, so that they make the categories anew.
			importTexts(t, st, "pnc", "Robo")
			same(t, "categories", categoryCounts(t, st), map[string]int{"theft": 0, "stop": 0, "robo": 1})
		}},
		{"an undo keeps the categories of the upload that somebody edited or needs", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id := importTexts(t, st, "pnc", "Name", "Origin", "Harm", "Meant", "Posted", "Offence", "Prior", "Gone")
			for code, edit := range map[string]func(*store.Category){
				"name":   func(k *store.Category) { k.NameEN = "A name" },
				"origin": func(k *store.Category) { k.Origin = store.Reported },
				"harm":   func(k *store.Category) { k.Harm = 1 },
			} {
				k, err := st.Category(t.Context(), code)
				must(t, err)
				edit(&k)
				must(t, st.PutCategory(t.Context(), k))
			}
			_, err := st.MapCategory(t.Context(), "mp", "Otro texto", "meant")
			must(t, err)
			post(t, st, incident("p", from("mp"), of("posted")), incident("o", from("mp"), with("offence")), incident("q", from("mp"), of("prior")))
			changed := upload(t, st, incident("q", from("mp")))
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "categories", categoryCounts(t, st), map[string]int{
				"robbery": 2, "theft": 0, "stop": 0, "name": 0, "origin": 0, "harm": 0, "meant": 0, "posted": 1, "offence": 0, "prior": 0,
			})
			must(t, st.UndoUpload(t.Context(), changed))
			same(t, "incidents of what was brought back", categoryCounts(t, st)["prior"], 1)
		}},
		{"a category that two uploads use goes with the last of them", func(t *testing.T, st store.Store) {
			furnish(t, st)
			first := importTexts(t, st, "pnc", "Robo")
			second := importTexts(t, st, "mp", "ROBO")
			must(t, st.UndoUpload(t.Context(), first))
			same(t, "count", categoryCounts(t, st), map[string]int{"robbery": 0, "theft": 0, "stop": 0, "robo": 1})
			must(t, st.UndoUpload(t.Context(), second))
			same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 0, "theft": 0, "stop": 0})
		}},
		{"a category that an undo would need cannot be deleted", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			id := upload(t, st, incident("1", of("theft")))
			wantKind(t, st.DeleteCategory(t.Context(), "robbery"), store.Conflict)
			must(t, st.UndoUpload(t.Context(), id))
			must(t, st.DeleteCategory(t.Context(), "theft"))
		}},
	}
}

// importTexts puts one incident of each text as one file that is done, and
// returns its number.
func importTexts(t *testing.T, st store.Store, source string, texts ...string) int64 {
	t.Helper()
	id, err := st.CreateUpload(t.Context(), store.Upload{})
	must(t, err)
	must(t, st.Load(t.Context(), func(l store.Loader) error {
		report := store.Report{Rows: len(texts), Taken: len(texts)}
		for n, text := range texts {
			code, created, err := l.Category(source, text)
			if err != nil {
				return err
			}
			if created {
				report.NewCategory = append(report.NewCategory, code)
			}
			i := incident(strconv.Itoa(n), from(source), of(code), cameAs(text))
			i.Upload = id
			if _, err := l.Put([]store.Incident{i}); err != nil {
				return err
			}
		}
		return l.FinishUpload(store.Upload{ID: id, Report: report})
	}))
	return id
}
