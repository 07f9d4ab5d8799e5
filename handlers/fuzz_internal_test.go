package handlers

import (
	"encoding/json"
	"testing"

	"atalaya/geo/grid"
)

func FuzzDraft(f *testing.F) {
	for _, seed := range []string{
		`{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[-90.5,14.6]},"properties":{"source":"s","category":"robbery","occurred_at":"2025-03-01T22:15:00-06:00"}}`,
		`{"type":"Feature","id":7,"geometry":null,"properties":{"occurred_from":"2025-03-01T22:15:00Z","occurred_to":"2025-03-01T22:15:00Z"}}`,
		`{"id":"a","id":"b"}`, `[]`, `null`, `{"geometry":{"type":"Point","coordinates":[1e999,"x"]},"properties":[]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !json.Valid(b) { // the body was taken apart before
			return
		}
		if d := readDraft(b); len(d.problems) == 0 && (d.source == "" || d.id == "" || grid.CheckPoint(d.point) != nil) {
			t.Errorf("%s is taken as %+v", b, d)
		}
	})
}

func FuzzArea(f *testing.F) {
	for _, seed := range []string{
		`{"type":"Feature","properties":{"kind":"sector","name":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}`,
		`{"type":"Feature","properties":{"kind":"sector","cells":["8928308280fffff"]},"geometry":null}`,
		`{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0]]]]}}`, `{}`, `[[`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if area, err := readArea("a", b); err == nil && (area.Kind == "" || area.Geometry.Bound().IsEmpty()) {
			t.Errorf("%s is taken as %+v", b, area)
		}
	})
}
