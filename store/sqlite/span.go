package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/paulmach/orb"
)

// span is where and when the incidents are: the extent in gpkg_contents and
// the earliest start and latest end in state. Without incidents the bound is
// nil; without timed ones the times are empty.
type span struct {
	bound    *orb.Bound
	earliest string
	latest   string
	stale    bool // a row that stood at an edge went: the rest must be looked through
}

// add widens the span to hold one incident more.
func (s *span) add(r content) {
	if s.bound == nil {
		s.bound = &orb.Bound{Min: r.point, Max: r.point}
	} else {
		*s.bound = s.bound.Extend(r.point)
	}
	if r.from == "" {
		return
	}
	if s.earliest == "" || r.from < s.earliest {
		s.earliest = r.from
	}
	if r.to > s.latest {
		s.latest = r.to
	}
}

// remove notes that an incident of the span went.
func (s *span) remove(r content) {
	inside := s.bound != nil &&
		r.point[0] > s.bound.Min[0] && r.point[0] < s.bound.Max[0] &&
		r.point[1] > s.bound.Min[1] && r.point[1] < s.bound.Max[1] &&
		(r.from == "" || r.from > s.earliest && r.to < s.latest)
	if !inside {
		s.stale = true
	}
}

// loadSpan reads the span as the store has it, once a change.
func (c *change) loadSpan() error {
	if c.span != nil {
		return nil
	}
	s, err := readSpan(c.ctx, c.tx)
	c.span = s
	return err
}

// readSpan reads the span as it was last written.
func readSpan(ctx context.Context, tx *sql.Tx) (*span, error) {
	var s span
	var earliest, latest sql.NullString
	var west, south, east, north sql.NullFloat64
	const query = `SELECT +earliest, +latest, min_x, min_y, max_x, max_y
		FROM state, gpkg_contents WHERE table_name = 'incident'`
	if err := tx.QueryRowContext(ctx, query).Scan(&earliest, &latest, &west, &south, &east, &north); err != nil {
		return nil, err
	}
	s.earliest, s.latest = earliest.String, latest.String
	if west.Valid {
		s.bound = &orb.Bound{
			Min: orb.Point{west.Float64, south.Float64},
			Max: orb.Point{east.Float64, north.Float64},
		}
	}
	return &s, nil
}

// writeSpan writes the span, after a look through all incidents where it is
// stale.
func (c *change) writeSpan() error {
	if c.span.stale {
		fresh, err := c.measure()
		if err != nil {
			return err
		}
		c.span = fresh
	}
	if err := c.writeExtent("incident", c.span.bound); err != nil {
		return err
	}
	_, err := c.exec(`UPDATE state SET earliest = ?, latest = ?`, orNull(c.span.earliest), orNull(c.span.latest))
	return err
}

// measure looks through all incidents.
func (c *change) measure() (*span, error) {
	var s span
	err := each(c.ctx, c.tx, func(rows *sql.Rows) error {
		var geom sql.RawBytes
		var from, to sql.NullString
		if err := rows.Scan(&geom, &from, &to); err != nil {
			return err
		}
		point, err := decodePoint(geom)
		if err != nil {
			return err
		}
		s.add(content{point: point, from: from.String, to: to.String})
		return nil
	}, `SELECT geom, +occurred_from, +occurred_to FROM incident`)
	return &s, err
}

// writeLayerExtent looks through all geometries of a layer, which are few, and
// writes its extent.
func (c *change) writeLayerExtent(table string) error {
	var bound *orb.Bound
	err := each(c.ctx, c.tx, func(rows *sql.Rows) error {
		var geom sql.RawBytes
		if err := rows.Scan(&geom); err != nil {
			return err
		}
		g, err := decodeGeometry(geom)
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		b := g.Bound()
		if bound != nil {
			b = b.Union(*bound)
		}
		bound = &b
		return nil
	}, `SELECT geom FROM `+table)
	if err != nil {
		return err
	}
	return c.writeExtent(table, bound)
}

// writeExtent writes the extent of a layer into gpkg_contents.
func (c *change) writeExtent(table string, bound *orb.Bound) error {
	var west, south, east, north any
	if bound != nil {
		west, south, east, north = bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]
	}
	_, err := c.exec(`UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`,
		west, south, east, north, table)
	return err
}

// orNull returns NULL for an empty text.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
