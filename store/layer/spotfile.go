package layer

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Reasons says in a sentence why a place is a hotspot, in Spanish and in
// English.
type Reasons func(s Spot) (es, en string)

// Told is hotspots with the sentences that go with them.
type Told struct {
	*Spots

	Say Reasons
}

// field is one value of a hotspot: nil, a string, bool, int, float64 that is
// null where it is NaN, or a list of strings.
type field struct {
	name  string
	value any
}

// fields returns the values of a hotspot in their order. What could tell of too
// few sensitive incidents is nil.
func (s Spot) fields(l *Layer, say Reasons) []field {
	es, en := say(s)
	shown := func(v any) any {
		if s.Hidden {
			return nil
		}
		return v
	}
	out := []field{
		{"id", s.ID().String()}, {"name", s.Name},
		{"place", orNil(s.Place)}, {"place_distance_m", round(s.PlaceM, 1)}, {"sector", orNil(s.Sector)}, {"areas", nonNil(s.Areas)},
		{"cells", len(s.Cells)}, {"area_km2", s.KM2},
		{"count", shown(s.Count)}, {"weight", shown(s.Weight)}, {"expected", s.Expected}, {"excess", shown(s.Excess())},
		{"rank", s.Rank}, {"class", string(s.Top().Class)},
	}
	best := s.Best
	out = append(out, []field{{"best_from", nil}, {"best_to", nil}, {"best_share", best.Share}, {"best_share_if_flat", best.Flat},
		{"best_days", orNil(best.Days.String())}, {"best_of", shown(best.Known)}, {"best_why_null", orNil(best.Why)}}...)
	if best.Why == "" {
		from := len(out) - 7
		out[from].value, out[from+1].value = best.From, best.To
	}
	course := s.Course
	out = append(out, field{"trend_months", shown(len(course.Months))}, field{"trend_z", course.Trend.Z}, field{"trend_p", course.Trend.P}, field{"trend_per_month", course.PerMonth})
	year := []field{{"month", nil}, {"this_month", nil}, {"year_ago", nil}, {"change", nil}, {"change_p", nil}, {"change_ratio", nil}, {"change_ratio_low", nil}, {"change_ratio_high", nil}}
	if y := course.Year; y != nil {
		for i, v := range []any{y.Month.Format("2006-01"), y.Now, y.Before, string(y.Turn), y.P, y.Ratio.Value, y.Ratio.Low, y.Ratio.High} {
			year[i].value = v
		}
	}
	out = append(out, year...)
	if l.Query.Method == Emerging {
		emerging := []field{{"emerging", nil}, {"hot_periods", nil}, {"periods", nil}, {"hot_since", nil}}
		if e := s.Emerging; e != nil {
			emerging[0].value, emerging[1].value, emerging[2].value = string(e.Category), e.Hot, e.Periods
			if !e.Since.IsZero() {
				emerging[3].value = e.Since.UTC().Format(time.RFC3339)
			}
		}
		out = append(out, emerging...)
	}
	return append(out, field{"reason_es", es}, field{"reason_en", en})
}

// orNil returns nothing for an empty text.
func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// WriteGeoJSON writes the hotspots as an RFC 7946 FeatureCollection by rank,
// their merged outlines as geometry, with the members of Layer.WriteGeoJSON.
func (s Told) WriteGeoJSON(w io.Writer) error {
	return s.Layer.writeCollection(w, len(s.All), func(b []byte, i int) ([]byte, error) {
		spot := s.All[i]
		b = append(b, `{"type":"Feature","id":"`+spot.ID().String()+`","bbox":`...)
		b = append(b, bboxOf(spot.Outline)...)
		b = append(b, `,"geometry":`...)
		b = appendGeometry(b, spot.Outline)
		b = append(b, `,"properties":`...)
		for k, f := range spot.fields(s.Layer, s.Say) {
			value := f.value
			if v, ok := value.(float64); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
				value = nil
			}
			text, err := json.Marshal(value)
			if err != nil {
				return nil, fmt.Errorf("hotspot %s: %s: %w", spot.ID(), f.name, err)
			}
			b = append(b, "{,"[min(k, 1)])
			b = strconv.AppendQuote(b, f.name)
			b = append(append(b, ':'), text...)
		}
		return append(b, "}}"...), nil
	})
}

// WriteCSV writes the hotspots by rank under a header, the columns named as the
// properties of a feature, undefined values empty, lists separated by blanks.
func (s Told) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	row := s.names()
	_ = out.Write(row) // an error stays in out
	for _, spot := range s.All {
		for i, f := range spot.fields(s.Layer, s.Say) {
			row[i] = f.text()
		}
		_ = out.Write(row)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write hotspots: %w", err)
	}
	return nil
}

// names returns the names of the fields, in their order.
func (s *Spots) names() []string {
	blank := Spot{Hotspot: Hotspot{Cells: []Cell{{}}}}
	var out []string
	for _, f := range blank.fields(s.Layer, func(Spot) (es, en string) { return "", "" }) {
		out = append(out, f.name)
	}
	return out
}

// text is a field as CSV has it.
func (f field) text() string {
	switch v := f.value.(type) {
	case string:
		return v
	case float64:
		return number(v)
	case int:
		return strconv.Itoa(v)
	case []string:
		return strings.Join(v, " ")
	}
	return ""
}

// bboxOf returns the box of polygons as RFC 7946 has it: west is greater than
// east where they cross the antimeridian.
func bboxOf(polygons orb.MultiPolygon) string {
	b := polygons.Bound()
	west, east := b.Min.Lon(), b.Max.Lon()
	if east-west > 180 {
		west, east = 180, -180
		for _, p := range polygons {
			if p.Bound().Min.Lon() > 0 {
				west = min(west, p.Bound().Min.Lon())
			} else {
				east = max(east, p.Bound().Max.Lon())
			}
		}
	}
	return fmt.Sprintf("[%s,%s,%s,%s]", number(west), number(b.Min.Lat()), number(east), number(b.Max.Lat()))
}

// round returns a number to so many units.
func round(v, unit float64) float64 { return math.Round(v/unit) * unit }
