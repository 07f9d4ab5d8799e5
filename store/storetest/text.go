package storetest

import (
	"strings"
	"testing"

	"atalaya/store"
)

// meaning asks a loader what a text of source "pnc" means.
func meaning(t *testing.T, st store.Store, raw string) string {
	t.Helper()
	var code string
	must(t, st.Load(t.Context(), func(l store.Loader) (err error) {
		code, _, err = l.Category("pnc", raw)
		return err
	}))
	return code
}

func textClaims() []claim {
	return []claim{
		{"a text that nothing is known of becomes a category of its own", func(t *testing.T, st store.Store) {
			furnish(t, st)
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				code, created, err := l.Category("pnc", "Robo a PEATÓN (vía pública)")
				must(t, err)
				same(t, "code", code, "robo_a_peaton_via_publica")
				same(t, "created", created, true)
				code, created, err = l.Category("pnc", "Robo a PEATÓN (vía pública)")
				must(t, err)
				same(t, "code again", code, "robo_a_peaton_via_publica")
				same(t, "created again", created, false)
				return nil
			}))
			c, err := st.Category(t.Context(), "robo_a_peaton_via_publica")
			must(t, err)
			same(t, "category", c, store.Category{
				Code: "robo_a_peaton_via_publica", NameES: "Robo a PEATÓN (vía pública)", NameEN: "Robo a PEATÓN (vía pública)",
				Origin: store.UnknownOrigin,
			})
		}},
		{"texts find their category by code or name", func(t *testing.T, st store.Store) {
			furnish(t, st)
			must(t, st.PutCategory(t.Context(), store.Category{Code: "homicide", NameES: "Asesinató", NameEN: "Killing of a person", Origin: store.Reported}))
			cases := map[string]string{
				"homicide":               "homicide",
				"HOMICIDE":               "homicide",
				"asesinato":              "homicide", // Spanish name without case and accent
				" killing OF a Person ":  "homicide",
				"es theft":               "theft",
				"Robo.":                  "robo", // a slug
				"ROBO":                   "robo", // the same slug
				"  robo  ":               "robo",
				"":                       "unknown",
				"   ":                    "unknown",
				"!!!":                    meaning(t, st, "!!!"),
				strings.Repeat("a", 60):  strings.Repeat("a", 60),
				"MOTOR VEHICLE THEFT 2°": "motor_vehicle_theft_2",
			}
			for raw, want := range cases {
				same(t, raw, meaning(t, st, raw), want)
			}
		}},
		{"texts that no code can hold stay apart", func(t *testing.T, st store.Store) {
			furnish(t, st)
			long := strings.Repeat("very long ", 10)
			codes := map[string]bool{}
			texts := []string{long + "a", long + "b", "!!!", "???", "盗窃"}
			for _, raw := range texts {
				code := meaning(t, st, raw)
				if len(code) == 0 || len(code) > 60 {
					t.Errorf("code %q of %q has %d bytes, want 1 to 60", code, raw, len(code))
				}
				codes[code] = true
			}
			same(t, "codes", len(codes), len(texts))
		}},
		{"no text is a category of two names", func(t *testing.T, st store.Store) {
			furnish(t, st)
			meaning(t, st, "")
			c, err := st.Category(t.Context(), "unknown")
			must(t, err)
			same(t, "names", []string{c.NameES, c.NameEN}, []string{"Sin categoría", "No category"})
		}},
		{"a text of a source that is not there is refused", func(t *testing.T, st store.Store) {
			err := st.Load(t.Context(), func(l store.Loader) error {
				_, _, err := l.Category("nobody", "ROBO")
				return err
			})
			wantKind(t, err, store.NotFound)
		}},
		{"a mapped text means its category from then on, for its source only", func(t *testing.T, st store.Store) {
			furnish(t, st)
			_, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			same(t, "pnc", meaning(t, st, "ROBO"), "theft")
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				code, created, err := l.Category("mp", "ROBO")
				same(t, "mp", code, "robo")
				same(t, "created", created, true)
				return err
			}))
		}},
		{"mapping moves the incidents that came as the text, and tells how many", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st,
				incident("1", cameAs("ROBO")), incident("2", cameAs("ROBO")), incident("3", cameAs("ROBO"), of("theft")),
				incident("4", cameAs("HURTO")), incident("5"), incident("6", cameAs("ROBO"), from("mp")))
			moved, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			same(t, "moved", moved, 2) // 1 and 2; 3 is there already
			same(t, "now theft", ids(walk(t, st, store.IncidentFilter{Categories: []string{"theft"}})), []string{"1", "2", "3"})
			same(t, "counts", categoryCounts(t, st), map[string]int{"robbery": 3, "theft": 3, "stop": 0})
			same(t, "as the file has it now", post(t, st, incident("1", cameAs("ROBO"), of("theft"))), []store.Outcome{store.Known})
			moved, err = st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			same(t, "moved again", moved, 0)
		}},
		{"mapping to what was a further offence leaves it named once", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", cameAs("ROBO"), with("stop", "theft")), incident("2", cameAs("ROBO"), with("theft")))
			_, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			for n, want := range [][]string{{"stop"}, nil} {
				got := walk(t, st, store.IncidentFilter{})[n]
				same(t, "category", got.Category, "theft")
				same(t, "offences", got.Offences, want)
			}
		}},
		{"mapping moves further offences that can only have come as the text", func(t *testing.T, st store.Store) {
			furnish(t, st)
			_, err := st.MapCategory(t.Context(), "pnc", "PARADA", "stop")
			must(t, err)
			post(t, st,
				incident("1", with("stop", "theft")), incident("2", of("theft"), with("stop")), incident("3", with("theft")),
				incident("4", with("stop"), from("mp")))
			offences := func() (all [][]string) {
				for _, i := range walk(t, st, store.IncidentFilter{}) {
					all = append(all, i.Offences)
				}
				return all
			}
			id := upload(t, st, incident("1"))
			_, err = st.MapCategory(t.Context(), "pnc", "PARADA", "theft")
			must(t, err)
			must(t, st.UndoUpload(t.Context(), id))
			same(t, "moved", offences(), [][]string{{"theft"}, nil, {"theft"}, {"stop"}})
			for _, raw := range []string{"HURTO", "PARADA"} { // two texts mean theft
				_, err = st.MapCategory(t.Context(), "pnc", raw, "theft")
				must(t, err)
			}
			_, err = st.MapCategory(t.Context(), "pnc", "HURTO", "stop")
			must(t, err)
			same(t, "nobody knows whose", offences()[0], []string{"theft"})
		}},
		{"mapping refuses what is not there", func(t *testing.T, st store.Store) {
			furnish(t, st)
			_, err := st.MapCategory(t.Context(), "nobody", "ROBO", "theft")
			wantKind(t, err, store.NotFound)
			_, err = st.MapCategory(t.Context(), "pnc", "ROBO", "nothing")
			wantKind(t, err, store.NotFound)
			_, err = st.MapCategory(t.Context(), "pnc", "", "theft")
			wantProblems(t, err, problem{0, "raw"})
		}},
	}
}
