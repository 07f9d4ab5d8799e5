package handlers

import (
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

func FuzzConfirmation(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, ``, `{"mapping": {"lat": "LATITUD", "id": ""}, "allow": ["EDAD"]}`,
		`{"source": "a", "time_zone": "UTC", "crs": "EPSG:32615", "rows": "incidents"}`, `{"mapping": {"lat": "EDAD"}}`, `{"mapping": null, "x": 1}`,
	} {
		f.Add([]byte(seed))
	}
	p := store.Proposal{Source: "s", TimeZone: "UTC", Columns: []store.ProposedColumn{{Name: "LATITUD"}, {Name: "EDAD", LooksLike: "age"}}}
	f.Fuzz(func(t *testing.T, body []byte) {
		corrections, found := readCorrections(body)
		choices, err := settle(found, p, corrections)
		if err != nil {
			if store.KindOf(err) != store.Invalid {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		if choices.Mapping["lat"] == "EDAD" && len(choices.Allow) == 0 {
			t.Errorf("%q stores what looks like data on a person", body)
		}
		if err := (ingest.Options{}).Choose(choices).Check(); err != nil {
			t.Errorf("%q is taken, but its options are not: %v", body, err)
		}
	})
}

func TestWhatIsConfirmedGoesBeforeWhatWasProposed(t *testing.T) {
	p := store.Proposal{
		Source: "f", TimeZone: "America/Guatemala", CRS: "EPSG:32615", Doubts: []store.Doubt{{Code: store.DoubtCRS}},
		Choices: store.Choices{Mapping: map[string]string{"id": "A", "lat": "B"}, Allow: []string{"EDAD"}, Sheet: "2024"},
	}
	got := confirmedChoices(p, store.Choices{Mapping: map[string]string{"lat": "C"}, Allow: []string{"SEXO"}, Rows: ingest.IncidentPerRow})
	if got.Source != "f" || got.TimeZone != "America/Guatemala" || got.Sheet != "2024" || got.Rows != ingest.IncidentPerRow ||
		got.Mapping["id"] != "A" || got.Mapping["lat"] != "C" || len(got.Allow) != 2 {
		t.Errorf("%+v", got)
	}
	if got.CRS != "EPSG:32615" {
		t.Errorf("system %q: who confirms a guess makes it a choice", got.CRS)
	}
	if p.Choices.Mapping["lat"] != "B" {
		t.Error("the proposal was altered")
	}
}
