package ingest

import (
	"math"
	"slices"
	"strings"
)

// readCoordinates counts the values of a column anew that may be one of
// coordinates, in every way that those are written. Where it is not called so,
// 2024-01-05 is no angle.
func (p *profile) readCoordinates(sample []record, column int, isNamed bool) {
	cells := make([]string, len(sample))
	for i, rec := range sample {
		cells[i] = cellAt(rec.cells, column)
	}
	groups := groupingOf(cells)
	p.numbers, p.lons, p.lats, p.holders, p.fine, p.beyond = 0, 0, 0, 0, 0, 0
	var all []float64
	for _, cell := range cells {
		if isBlank(cell) {
			continue
		}
		v, ok := parseNumber(cell, groups)
		if !ok {
			if a, ok := parseAngle(cell); ok && (isNamed || a.marked) {
				v = a.degrees
				p.addNumber(v, "0.000") // minutes and seconds are fine enough
				all = append(all, v)
			}
			continue
		}
		p.addNumber(v, strings.TrimSpace(cell))
		if v != 0 && v != -1 {
			all = append(all, v)
			if math.Abs(v) > 180 {
				p.beyond++
			}
		}
	}
	if len(all) > 0 {
		slices.Sort(all)
		p.median = all[len(all)/2]
	}
}

// isBeyond reports whether most numbers of a column are beyond degrees.
func (p profile) isBeyond() bool {
	return p.beyond > 0 && isAtLeast(p.beyond, p.placed(), 0.5)
}
