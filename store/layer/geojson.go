package layer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// Conduct goes with every layer, page and export.
const Conduct = "describes places, not people; not grounds by itself to stop or search anyone"

// WriteGeoJSON writes the layer as an RFC 7946 FeatureCollection: a feature a
// cell in H3 order, undefined statistics null, the member "layer" with what the
// numbers rest on, and the member "name", which GDAL takes for the layer's.
// Memory: one feature.
func (l *Layer) WriteGeoJSON(w io.Writer) error {
	var values []property
	return l.writeCollection(w, len(l.Cells), func(b []byte, i int) ([]byte, error) {
		values = l.properties(values[:0], i)
		return appendFeature(b, l.Cells[i].Cell, values), nil
	})
}

// writeCollection writes a collection of n features with the layer's members;
// feature appends one.
func (l *Layer) writeCollection(w io.Writer, n int, feature func(b []byte, i int) ([]byte, error)) error {
	info, err := json.Marshal(l.Info())
	if err != nil {
		return fmt.Errorf("write layer: %w", err)
	}
	out := bufio.NewWriterSize(w, 64<<10)
	_, _ = fmt.Fprintf(out, `{"type":"FeatureCollection","name":"hotspots","layer":%s,"features":[`, info) // an error stays in out
	var buffer []byte
	for i := range n {
		buffer = buffer[:0]
		if i > 0 {
			buffer = append(buffer, ',')
		}
		if buffer, err = feature(append(buffer, '\n'), i); err != nil {
			return fmt.Errorf("write layer: %w", err)
		}
		_, _ = out.Write(buffer)
	}
	_, _ = out.WriteString("\n]}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write layer: %w", err)
	}
	return nil
}

// Info is the member "layer" of a collection.
type Info struct {
	Method      Method            `json:"method"`
	Parameters  map[string]string `json:"parameters"`
	Area        InfoArea          `json:"area"`
	Cells       int               `json:"cells"`
	Mean        float64           `json:"mean"`
	Global      *InfoGlobal       `json:"global"`
	Details     any               `json:"details"`
	Incidents   InfoTally         `json:"incidents"`
	DataVersion int64             `json:"data_version"`
	Fingerprint string            `json:"fingerprint"`
	GeneratedAt *time.Time        `json:"generated_at"`
	Synthetic   bool              `json:"synthetic"`
	Beware      []Warning         `json:"beware"`
	Conduct     string            `json:"conduct"`
}

// InfoGlobal is Moran's I of the whole layer, null where undefined.
type InfoGlobal struct {
	I *float64 `json:"moran_i"`
	Z *float64 `json:"moran_z"`
	P *float64 `json:"moran_p"`
}

// InfoArea tells which ground the layer covers.
type InfoArea struct {
	IDs      []string `json:"ids"`
	Name     string   `json:"name"`
	Inferred bool     `json:"inferred"`
	KM2      float64  `json:"area_km2"`
}

// InfoTally tells what became of the incidents; matched = used + outside +
// without_usable_time + in_incomplete_period.
type InfoTally struct {
	Matched            int      `json:"matched"`
	Used               int      `json:"used"`
	Outside            int      `json:"outside"`
	Lent               int      `json:"lent_by_ring"`
	WithoutUsableTime  int      `json:"without_usable_time"`
	InIncompletePeriod int      `json:"in_incomplete_period"`
	WithoutPlace       int      `json:"without_place"`
	Earlier            int      `json:"earlier"`
	Fallback           int      `json:"at_fallback_points"`
	HiddenCells        int      `json:"hidden_cells"`
	SensitiveLeftOut   int      `json:"sensitive_left_out"`
	LeftOut            int      `json:"police_initiated_left_out"`
	LeftOutCategories  []string `json:"categories_left_out"`
}

func (t Tally) info() InfoTally {
	return InfoTally{
		Matched: t.Matched(), Used: t.Used, Outside: t.Outside, Lent: t.Lent,
		WithoutUsableTime: t.WithoutTime, InIncompletePeriod: t.Incomplete, WithoutPlace: t.WithoutPlace,
		Earlier: t.Earlier, Fallback: t.Fallback, HiddenCells: t.Hidden,
		SensitiveLeftOut: t.Sensitive, LeftOut: t.LeftOut, LeftOutCategories: nonNil(t.LeftOutCategories),
	}
}

// Info returns what the layer's numbers rest on.
func (l *Layer) Info() Info {
	info := Info{
		Method: l.Query.Method, Parameters: map[string]string{}, Cells: len(l.Cells), Mean: l.Mean,
		Area:      InfoArea{IDs: nonNil(l.Area.IDs), Name: l.Area.Name, Inferred: l.Area.Inferred, KM2: l.Area.KM2},
		Details:   l.Details,
		Incidents: l.Incidents.info(), DataVersion: l.Version.Number, Fingerprint: l.Fingerprint, Synthetic: l.Synthetic,
		Beware: nonNil(l.Beware), Conduct: Conduct,
	}
	if g := l.Global; g != nil {
		info.Global = &InfoGlobal{I: defined(g.I), Z: defined(g.Z), P: defined(g.P)}
	}
	for _, p := range l.Query.Parameters() {
		info.Parameters[p[0]] = p[1]
	}
	if !l.Version.At.IsZero() {
		info.GeneratedAt = &l.Version.At
	}
	return info
}

// defined returns a number for JSON, null where it is undefined.
func defined(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// nonNil keeps an empty list from becoming null in JSON.
func nonNil[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

func appendFeature(b []byte, c grid.Cell, values []property) []byte {
	b = append(b, `{"type":"Feature","id":"`...)
	b = append(b, c.String()...)
	b = append(b, `","geometry":`...)
	b = appendGeometry(b, c.Outline())
	b = append(b, `,"properties":`...)
	b = appendObject(b, values)
	return append(b, '}')
}

// AppendProperties appends the properties of the layer's cell i as a JSON
// object.
func (l *Layer) AppendProperties(b []byte, i int) []byte {
	return appendObject(b, l.properties(nil, i))
}

func appendObject(b []byte, values []property) []byte {
	for i, p := range values {
		b = append(b, "{,"[min(i, 1)], '"')
		b = append(b, p.name...)
		b = append(b, '"', ':')
		switch {
		case p.text == "":
			b = append(b, "null"...)
		case p.isWord:
			b = append(b, '"')
			b = append(b, p.text...)
			b = append(b, '"')
		default:
			b = append(b, p.text...)
		}
	}
	return append(b, '}')
}

func appendGeometry(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Polygon:
		b = append(b, `{"type":"Polygon","coordinates":`...)
		b = appendPolygon(b, g)
	case orb.MultiPolygon:
		b = append(b, `{"type":"MultiPolygon","coordinates":[`...)
		for i, polygon := range g {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendPolygon(b, polygon)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

func appendPolygon(b []byte, polygon orb.Polygon) []byte {
	b = append(b, '[')
	for i, ring := range polygon {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, p := range ring {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, '[')
			b = strconv.AppendFloat(b, p.Lon(), 'f', -1, 64)
			b = append(b, ',')
			b = strconv.AppendFloat(b, p.Lat(), 'f', -1, 64)
			b = append(b, ']')
		}
		b = append(b, ']')
	}
	return append(b, ']')
}
