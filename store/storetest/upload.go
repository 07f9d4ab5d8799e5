package storetest

import (
	"testing"

	"atalaya/store"
)

func uploadClaims() []claim {
	return []claim{
		{"an upload is importing until it is done, and keeps its report", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id, err := st.CreateUpload(t.Context(), store.Upload{ID: 99, Status: store.Done, Bytes: 5, Report: store.Report{File: "a.csv", Source: "pnc"}})
			must(t, err)
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			if u.CreatedAt.IsZero() || !u.FinishedAt.IsZero() {
				t.Errorf("created at %v, finished at %v", u.CreatedAt, u.FinishedAt)
			}
			same(t, "upload", u, store.Upload{
				ID: id, Status: store.Importing, Bytes: 5, CreatedAt: u.CreatedAt, Report: store.Report{File: "a.csv", Source: "pnc"},
			})

			start, end := noon(), noon().AddDate(0, 1, 0)
			report := store.Report{
				File: "a.csv", Source: "pnc", Rows: 15, Taken: 4, Known: 3, Updated: 1, Merged: 5, Rejected: 2,
				Reasons: map[string]int{"no_point": 1, "bad_time": 1}, Mapping: map[string]string{"point": "lat"},
				KeptOut: []string{"Nombre"}, BBox: []float64{-90, 14, -89, 15}, From: &start, To: &end, Seconds: 0.25,
				FirstRejects: []store.Reject{{Row: 7, Reason: "no_point"}},
				Personal:     []store.PersonalColumn{{Column: "Nombre", LooksLike: "name", By: "name", Values: 9}},
				Quality:      store.Quality{Rows: 15, Precision: map[store.TimePrecision]int{store.Day: 8}, OutsideAreas: new(int)},
			}
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				return l.FinishUpload(store.Upload{ID: id, SHA256: "abc", Bytes: 77, Report: report})
			}))
			done, err := st.Upload(t.Context(), id)
			must(t, err)
			if done.FinishedAt.Before(done.CreatedAt) {
				t.Errorf("finished at %v, created at %v", done.FinishedAt, done.CreatedAt)
			}
			same(t, "upload when done", done, store.Upload{
				ID: id, Status: store.Done, SHA256: "abc", Bytes: 77, CreatedAt: u.CreatedAt, FinishedAt: done.FinishedAt, Report: report,
			})
		}},
		{"an upload fails with its reason", func(t *testing.T, st store.Store) {
			wantKind(t, st.FailUpload(t.Context(), 1, "no"), store.NotFound)
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			must(t, st.FailUpload(t.Context(), id, "no column holds coordinates"))
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "upload", []any{u.Status, u.Error}, []any{store.Failed, "no column holds coordinates"})
			wantKind(t, st.FailUpload(t.Context(), id, "again"), store.Conflict)
		}},
		{"uploads are listed newest first", func(t *testing.T, st store.Store) {
			var want []int64
			for range 3 {
				id, err := st.CreateUpload(t.Context(), store.Upload{})
				must(t, err)
				want = append([]int64{id}, want...)
			}
			all, err := st.Uploads(t.Context())
			must(t, err)
			got := make([]int64, 0, len(all))
			for _, u := range all {
				got = append(got, u.ID)
			}
			same(t, "order", got, want)
			_, err = st.Upload(t.Context(), 99)
			wantKind(t, err, store.NotFound)
		}},
		{"an upload is finished once, if it is there, and adds up", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			finish := func(u store.Upload) error {
				return st.Load(t.Context(), func(l store.Loader) error { return l.FinishUpload(u) })
			}
			wantKind(t, finish(store.Upload{ID: 99}), store.NotFound)
			wantProblems(t, finish(store.Upload{ID: id, Report: store.Report{Rows: 3, Taken: 2}}), problem{0, "rows"})
			wantProblems(t, finish(store.Upload{ID: id, Report: store.Report{Rows: 2, Taken: 2, Merged: 1}}), problem{0, "rows"})
			wantProblems(t, finish(store.Upload{ID: id, Report: store.Report{Rows: 1, Rejected: 1}}), problem{0, "rejected"})
			must(t, finish(store.Upload{ID: id}))
			wantKind(t, finish(store.Upload{ID: id}), store.Conflict)
			wantKind(t, st.FailUpload(t.Context(), id, "late"), store.Conflict)
		}},
		{"rejects are walked by sheet and row, and gone after an undo", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			other, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			nine := store.Reject{Row: 9, Reason: "no_point", Field: "lat", Value: "n/a", Message: "latitude \"n/a\" is not a number",
				Said: store.Saying{Form: "latitude {1} is not a number", Values: []store.Saying{{Text: `"n/a"`}}}, Record: []string{"ROBO", "", "n/a"}}
			two := store.Reject{Sheet: "Enero", Row: 2, Reason: "bad_time", Field: "fecha", Value: "31/02/2024\x00ñ", Message: "no such day"}
			three := store.Reject{Row: 3, Reason: "no_point"}
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				must(t, l.Reject(id, []store.Reject{nine}))
				must(t, l.Reject(id, []store.Reject{two, three}))
				must(t, l.Reject(id, nil))
				must(t, l.Reject(other, []store.Reject{{Row: 5}}))
				return l.FinishUpload(store.Upload{ID: id, Report: store.Report{FirstRejects: []store.Reject{nine}, Rows: 3, Rejected: 3, Reasons: map[string]int{"no_point": 2, "bad_time": 1}}})
			}))
			same(t, "rejects", rejects(t, st, id), []store.Reject{three, nine, two})
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "rejects after the undo", len(rejects(t, st, id)), 0)
			same(t, "rejects of another upload", len(rejects(t, st, other)), 1)
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "first rejects after the undo", u.Report.FirstRejects, []store.Reject{})
			same(t, "how many there were", u.Report.Rejected, 3)
		}},
		{"rejects of an upload that is not there are refused", func(t *testing.T, st store.Store) {
			err := st.Load(t.Context(), func(l store.Loader) error { return l.Reject(99, []store.Reject{{Row: 1}}) })
			wantKind(t, err, store.NotFound)
			n := 0
			for _, err := range st.Rejects(t.Context(), 99) {
				n++
				wantKind(t, err, store.NotFound)
			}
			same(t, "steps", n, 1)
		}},
		{"rejects of a load that fails are gone with it", func(t *testing.T, st store.Store) {
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			_ = st.Load(t.Context(), func(l store.Loader) error {
				must(t, l.Reject(id, []store.Reject{{Row: 1, Reason: "no_point"}}))
				must(t, l.FinishUpload(store.Upload{ID: id}))
				return errRefused
			})
			same(t, "rejects", len(rejects(t, st, id)), 0)
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "status", u.Status, store.Importing)
		}},
	}
}

func rejects(t *testing.T, st store.Store, upload int64) []store.Reject {
	t.Helper()
	var all []store.Reject
	for r, err := range st.Rejects(t.Context(), upload) {
		must(t, err)
		all = append(all, r)
	}
	return all
}
