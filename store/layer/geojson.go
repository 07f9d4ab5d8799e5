package layer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/paulmach/orb"
)

// Conduct goes with every layer, page and export.
const Conduct = "describes places, not people; not grounds by itself to stop or search anyone"

// WriteGeoJSON writes the layer as an RFC 7946 FeatureCollection: a feature a
// cell in H3 order, undefined statistics null, the member "layer" with what the
// numbers rest on, and the member "name", which GDAL takes for the layer's.
// Memory: one feature.
func (l *Layer) WriteGeoJSON(w io.Writer) error {
	info, err := json.Marshal(l.Info())
	if err != nil {
		return fmt.Errorf("write layer: %w", err)
	}
	out := bufio.NewWriterSize(w, 64<<10)
	_, _ = fmt.Fprintf(out, `{"type":"FeatureCollection","name":"hotspots","layer":%s,"features":[`, info) // an error stays in out
	var buffer []byte
	for i, c := range l.Cells {
		buffer = buffer[:0]
		if i > 0 {
			buffer = append(buffer, ',')
		}
		buffer = append(buffer, "\n"...)
		buffer = appendFeature(buffer, c)
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
	Incidents   InfoTally         `json:"incidents"`
	DataVersion int64             `json:"data_version"`
	Fingerprint string            `json:"fingerprint"`
	GeneratedAt *time.Time        `json:"generated_at"`
	Synthetic   bool              `json:"synthetic"`
	Beware      []Warning         `json:"beware"`
	Conduct     string            `json:"conduct"`
}

// InfoArea tells which ground the layer covers.
type InfoArea struct {
	IDs      []string `json:"ids"`
	Name     string   `json:"name"`
	Inferred bool     `json:"inferred"`
	KM2      float64  `json:"area_km2"`
}

// InfoTally tells what became of the incidents; matched = used + outside +
// without_usable_time.
type InfoTally struct {
	Matched           int      `json:"matched"`
	Used              int      `json:"used"`
	Outside           int      `json:"outside"`
	WithoutUsableTime int      `json:"without_usable_time"`
	LeftOut           int      `json:"police_initiated_left_out"`
	LeftOutCategories []string `json:"categories_left_out"`
}

// Info returns what the layer's numbers rest on.
func (l *Layer) Info() Info {
	info := Info{
		Method: l.Query.Method, Parameters: map[string]string{}, Cells: len(l.Cells), Mean: l.Mean,
		Area: InfoArea{IDs: nonNil(l.Area.IDs), Name: l.Area.Name, Inferred: l.Area.Inferred, KM2: l.Area.KM2},
		Incidents: InfoTally{
			Matched: l.Incidents.Used + l.Incidents.Outside + l.Incidents.WithoutTime,
			Used:    l.Incidents.Used, Outside: l.Incidents.Outside, WithoutUsableTime: l.Incidents.WithoutTime,
			LeftOut: l.Incidents.LeftOut, LeftOutCategories: nonNil(l.Incidents.LeftOutCategories),
		},
		DataVersion: l.Version.Number, Fingerprint: l.Fingerprint, Synthetic: l.Synthetic,
		Beware: nonNil(l.Beware), Conduct: Conduct,
	}
	for _, p := range l.Query.Parameters() {
		info.Parameters[p[0]] = p[1]
	}
	if !l.Version.At.IsZero() {
		info.GeneratedAt = &l.Version.At
	}
	return info
}

// nonNil keeps an empty list from becoming null in JSON.
func nonNil[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

func appendFeature(b []byte, c Cell) []byte {
	b = append(b, `{"type":"Feature","id":"`...)
	b = append(b, c.Cell.String()...)
	b = append(b, `","geometry":`...)
	b = appendGeometry(b, c.Cell.Outline())
	b = append(b, `,"properties":`...)
	b = AppendProperties(b, c)
	return append(b, '}')
}

// AppendProperties appends the properties of a cell's feature as a JSON
// object.
func AppendProperties(b []byte, c Cell) []byte {
	for i, p := range properties(c) {
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
