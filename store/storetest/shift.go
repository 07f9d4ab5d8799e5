package storetest

import (
	"strings"
	"testing"

	"atalaya/store"
)

// night is a shift from 22:00 to 06:00 that starts on Fridays and Saturdays.
func night() store.Shift {
	return store.Shift{Code: "night", NameES: "Noche", NameEN: "Night", Start: 22 * 60, End: 6 * 60, Days: 1<<4 | 1<<5}
}

func shiftClaims() []claim {
	return []claim{
		{"a shift reads as it was put, and is replaced whole", func(t *testing.T, st store.Store) {
			whole := store.Shift{Code: "night", NameES: "Todo el día", NameEN: "All day", Start: 1439, End: 1439}
			for _, s := range []store.Shift{night(), whole} {
				must(t, st.PutShift(t.Context(), s))
				got, err := st.Shift(t.Context(), s.Code)
				must(t, err)
				same(t, "shift", got, s)
			}
		}},
		{"shifts are sorted by code", func(t *testing.T, st store.Store) {
			early := store.Shift{Code: "early", NameES: "Mañana", NameEN: "Morning", Start: 6 * 60, End: 14 * 60, Days: 1<<7 - 1}
			must(t, st.PutShift(t.Context(), night()))
			must(t, st.PutShift(t.Context(), early))
			all, err := st.Shifts(t.Context())
			must(t, err)
			same(t, "shifts", all, []store.Shift{early, night()})
		}},
		{"every bad field of a shift is named", func(t *testing.T, st store.Store) {
			err := st.PutShift(t.Context(), store.Shift{Code: "Noche", NameES: " ", NameEN: strings.Repeat("x", 201), Start: -1, End: 1440, Days: 128})
			wantProblems(t, err, problem{0, "code"}, problem{0, "name_es"}, problem{0, "name_en"}, problem{0, "start"}, problem{0, "end"}, problem{0, "days"})
			all, err := st.Shifts(t.Context())
			must(t, err)
			same(t, "shifts", len(all), 0)
		}},
		{"a shift is deleted", func(t *testing.T, st store.Store) {
			must(t, st.PutShift(t.Context(), night()))
			must(t, st.DeleteShift(t.Context(), "night"))
			wantKind(t, st.DeleteShift(t.Context(), "night"), store.NotFound)
			_, err := st.Shift(t.Context(), "night")
			wantKind(t, err, store.NotFound)
		}},
	}
}
