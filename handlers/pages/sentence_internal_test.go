package pages

import (
	"testing"

	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

func TestAWarningThatIsNotKnownStaysEnglish(t *testing.T) {
	ask := request{say: messages.For("es"), holdings: &holdings{}}
	l := &layer.Layer{Incidents: layer.Tally{Outside: 275}}
	for _, tt := range []struct{ name, code, want string }{
		{"known", "outside_area", "No se cuentan 275 hechos: están fuera del área."},
		{"said by the banner", "synthetic", ""},
		{"unknown", "new_thing", "something new"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := remark(layer.Warning{Code: tt.code, Message: "something new"}, l, ask); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
