package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"atalaya/handlers/sentence"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// unit is what the features or rows of an answer are.
type unit string

const (
	byCell    unit = "cell"
	byHotspot unit = "hotspot"
)

func parseUnit(s string) (unit, error) {
	if u := unit(s); u == byCell || u == byHotspot {
		return u, nil
	}
	return "", errors.New("is no unit of layers")
}

// hotspots answers a layer as GeoJSON or CSV, by cells or by hotspots.
func (a *API) hotspots(c *gin.Context) error {
	p := readParams(c)
	q := layerQuery(p, a.timeZone)
	f := readFormat(p, layerOffers())
	by := byCell
	parse(p, "unit", "cell, hotspot", &by, parseUnit)
	if by == byHotspot && !q.HasHotspots() {
		p.refuse("method", string(q.Method), layer.HotspotMethodsAllowed(), "gives no hotspots: its cells have no classes")
	}
	if err := a.queryError(c.Request.Context(), p, q); err != nil {
		return err
	}
	if f == "" {
		var err error
		if f, err = accepted(c.GetHeader("Accept"), layerOffers()); err != nil {
			return err
		}
	}
	l, w, err := a.make(c.Request.Context(), q, by)
	if err != nil || a.unchanged(c, l.Fingerprint, string(by)+"-"+string(f)) {
		return err
	}
	if f == csvText {
		c.Header("Content-Type", typeCSV)
		c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", layerFile(l, by)))
		return writeBody(c, w.WriteCSV)
	}
	c.Header("Content-Type", typeGeoJSON)
	return writeBody(c, w.WriteGeoJSON)
}

// written is what can be written as a layer is.
type written interface {
	WriteGeoJSON(w io.Writer) error
	WriteCSV(w io.Writer) error
}

// make makes the layer that a query asks for, and what of it is to be written.
func (a *API) make(ctx context.Context, q layer.Query, by unit) (*layer.Layer, written, error) {
	if by == byCell {
		l, err := a.maker.Layer(ctx, q)
		return l, l, err
	}
	spots, err := a.maker.Hotspots(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	categories, err := a.store.Categories(ctx)
	return spots.Layer, sentence.Told(spots, categories, a.timeZone), err
}

// queryError returns all that is wrong with a query: what its text shows, and
// where that is bad already, what the layer would find. A query that reads
// well is left to the layer.
func (a *API) queryError(ctx context.Context, p *params, q layer.Query) error {
	if p.err() == nil {
		return nil
	}
	more, err := a.maker.Problems(ctx, q)
	if err != nil {
		return err
	}
	return invalid("the query", append(p.problems, more...))
}

// writeBody writes a body as it is made where the client takes it compressed,
// which nearly all do. For the others it is made first and has a length and
// ranges: GDAL's /vsicurl/ reads nothing without them.
func writeBody(c *gin.Context, write func(io.Writer) error) error {
	if quality(c.GetHeader("Accept-Encoding"), []string{"gzip", "*"}) > 0 {
		return write(c.Writer)
	}
	var body bytes.Buffer
	if err := write(&body); err != nil {
		return err
	}
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(body.Bytes()))
	return nil
}

// layerFile names a download so that it is told from others in a folder:
// atalaya-hotspots-gt-capital-gistar-res9-20250101-20260101-1f0c2a77.csv; of
// hotspots, atalaya-hotspots-by-hotspot-….
func layerFile(l *layer.Layer, by unit) string {
	parts := []string{"atalaya-hotspots"}
	if by == byHotspot {
		parts = append(parts, "by-hotspot")
	}
	parts = append(parts, l.Query.Areas...)
	parts = append(parts, string(l.Query.Method), fmt.Sprintf("res%d", l.Query.Res))
	if !l.Query.From.IsZero() {
		parts = append(parts, l.Query.From.Format("20060102"))
	}
	if !l.Query.To.IsZero() {
		parts = append(parts, l.Query.To.Format("20060102"))
	}
	const most = 120 // of the 255 bytes that file systems allow
	name := strings.Join(parts, "-")
	return name[:min(len(name), most)] + "-" + l.Fingerprint[:8] + ".csv"
}
