package storetest

import (
	"context"
	"testing"

	"atalaya/store"
)

// proposal returns one that says little, but says it at every depth.
func proposal() *store.Proposal {
	start := noon()
	return &store.Proposal{
		Source: "pnc", Choices: store.Choices{Mapping: map[string]string{"id": ""}}, Doubts: []store.Doubt{{Code: store.DoubtPlace, Message: "no column is called like one"}},
		Columns:   []store.ProposedColumn{{Name: "Nombre", LooksLike: "name"}, {Name: "lat", Samples: []string{"14.6"}, Fields: []string{"lat"}}},
		Mapping:   []store.ProposedField{{Field: "lat", Column: "lat", Evidence: "named", Confidence: store.Low}},
		Incidents: []store.ProposedIncident{{Row: 2, From: &start, To: &start}},
	}
}

// staged returns the number of an upload that waits to be confirmed.
func staged(t *testing.T, st store.Store) int64 {
	t.Helper()
	id, err := st.CreateUpload(t.Context(), store.Upload{Status: store.Staged, SHA256: "abc", Bytes: 7, Proposal: proposal()})
	must(t, err)
	return id
}

func statusClaims() []claim {
	return []claim{
		{"a staged upload keeps its proposal until it is done", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id := staged(t, st)
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "upload", u, store.Upload{ID: id, Status: store.Staged, SHA256: "abc", Bytes: 7, CreatedAt: u.CreatedAt, Proposal: proposal()})
			all, err := st.Uploads(t.Context())
			must(t, err)
			same(t, "proposal in the list", all[0].Proposal, (*store.Proposal)(nil))

			must(t, st.ConfirmUpload(t.Context(), id))
			u, err = st.Upload(t.Context(), id)
			must(t, err)
			same(t, "while importing", []any{u.Status, u.Proposal}, []any{store.Importing, proposal()})
			must(t, st.Load(t.Context(), func(l store.Loader) error { return l.FinishUpload(store.Upload{ID: id}) }))
			u, err = st.Upload(t.Context(), id)
			must(t, err)
			same(t, "when done", []any{u.Status, u.Proposal}, []any{store.Done, (*store.Proposal)(nil)})
		}},
		{"a failed upload is confirmed again without its error", func(t *testing.T, st store.Store) {
			id := staged(t, st)
			must(t, st.ConfirmUpload(t.Context(), id))
			must(t, st.FailUpload(t.Context(), id, "no places"))
			must(t, st.ConfirmUpload(t.Context(), id))
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "upload", u, store.Upload{ID: id, Status: store.Importing, SHA256: "abc", Bytes: 7, CreatedAt: u.CreatedAt, Proposal: proposal()})
		}},
		{"only what was staged is staged again", func(t *testing.T, st store.Store) {
			id, err := st.CreateUpload(t.Context(), store.Upload{})
			must(t, err)
			wantKind(t, st.RestageUpload(t.Context(), id), store.Conflict)
			id = staged(t, st)
			must(t, st.ConfirmUpload(t.Context(), id))
			must(t, st.FailUpload(t.Context(), id, "stopped"))
			must(t, st.RestageUpload(t.Context(), id))
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "upload", []any{u.Status, u.Error, u.FinishedAt.IsZero()}, []any{store.Staged, "", true})
		}},
		{"a discarded upload forgets its proposal", func(t *testing.T, st store.Store) {
			id := staged(t, st)
			must(t, st.DiscardUpload(t.Context(), id))
			u, err := st.Upload(t.Context(), id)
			must(t, err)
			same(t, "upload", []any{u.Status, u.Proposal, u.FinishedAt.IsZero()}, []any{store.Discarded, (*store.Proposal)(nil), false})
		}},
		{"a status changes only as the statuses say", func(t *testing.T, st store.Store) {
			furnish(t, st)
			moves := map[store.UploadStatus]func(context.Context, int64) error{
				store.Importing: st.ConfirmUpload,
				store.Staged:    st.RestageUpload,
				store.Failed:    func(ctx context.Context, id int64) error { return st.FailUpload(ctx, id, "test") },
				store.Discarded: st.DiscardUpload,
				store.Undone:    st.UndoUpload,
				store.Done: func(ctx context.Context, id int64) error {
					return st.Load(ctx, func(l store.Loader) error { return l.FinishUpload(store.Upload{ID: id}) })
				},
			}
			paths := map[store.UploadStatus][]store.UploadStatus{ // status → how an upload gets there from Staged
				store.Staged:    {},
				store.Importing: {store.Importing},
				store.Failed:    {store.Failed},
				store.Discarded: {store.Discarded},
				store.Done:      {store.Importing, store.Done},
				store.Undone:    {store.Importing, store.Done, store.Undone},
			}
			allowed := map[store.UploadStatus][]store.UploadStatus{
				store.Staged:    {store.Importing, store.Failed, store.Discarded},
				store.Importing: {store.Staged, store.Failed, store.Discarded, store.Done},
				store.Failed:    {store.Staged, store.Importing, store.Discarded},
				store.Done:      {store.Undone},
			}
			for from, path := range paths {
				for to, move := range moves {
					id := staged(t, st)
					for _, step := range path {
						must(t, moves[step](t.Context(), id))
					}
					err := move(t.Context(), id)
					is := err == nil
					want := false
					for _, status := range allowed[from] {
						want = want || status == to
					}
					if is != want || !is && store.KindOf(err) != store.Conflict {
						t.Errorf("%s to %s: error %v, want it allowed: %t", from, to, err, want)
					}
				}
			}
			for to, move := range moves {
				if err := move(t.Context(), 999); store.KindOf(err) != store.NotFound {
					t.Errorf("an upload that is not there becomes %s: %v", to, err)
				}
			}
		}},
	}
}
