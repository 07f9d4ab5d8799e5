package grid

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"
)

// The resolutions of H3: 0 has 122 cells, 15 has cells of about one square metre.
const (
	MinRes = 0
	MaxRes = 15
)

// The index layout: a cell is mode 1 in bits 59–62, its resolution in bits
// 52–55, its base cell in bits 45–51 and fifteen 3-bit digits below, the
// unused ones 7.
const (
	resShift  = 52
	resMask   = uint64(15) << resShift
	digitBits = 3
)

// Cell is an H3 cell index. The zero value is no cell. Ascending order is H3
// order, which keeps the descendants of a cell together.
type Cell uint64

// CellAt returns the cell of the resolution that holds the point. It fails on
// a coordinate that is NaN, infinite or out of range, and on a resolution
// outside [0, 15].
func CellAt(p orb.Point, res int) (Cell, error) {
	if err := CheckPoint(p); err != nil {
		return 0, err
	}
	if err := CheckRes(res); err != nil {
		return 0, err
	}
	c, err := h3.LatLngToCell(h3.LatLng{Lat: p.Lat(), Lng: p.Lon()}, res)
	if err != nil {
		return 0, fmt.Errorf("cell at %v, resolution %d: %w", p, res, err)
	}
	return Cell(c), nil
}

// CheckPoint tells why a point is no place on Earth, and nil where it is one:
// longitude in [-180, 180] and latitude in [-90, 90], both finite.
func CheckPoint(p orb.Point) error {
	if math.IsNaN(p.Lon()) || p.Lon() < -180 || p.Lon() > 180 {
		return fmt.Errorf("longitude %v outside [-180, 180]", p.Lon())
	}
	if math.IsNaN(p.Lat()) || p.Lat() < -90 || p.Lat() > 90 {
		return fmt.Errorf("latitude %v outside [-90, 90]", p.Lat())
	}
	return nil
}

// CheckRes tells why a resolution is none, and nil where it is one.
func CheckRes(res int) error {
	if res < MinRes || res > MaxRes {
		return fmt.Errorf("resolution %d outside [%d, %d]", res, MinRes, MaxRes)
	}
	return nil
}

// ParseCell reads the usual form of a cell, 15 or 16 hexadecimal digits, and
// fails on what is not a valid cell.
func ParseCell(s string) (Cell, error) {
	if len(s) < 15 || len(s) > 16 {
		return 0, fmt.Errorf("cell %q is not 15 hexadecimal digits", s)
	}
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil {
		return 0, fmt.Errorf("cell %q is not 15 hexadecimal digits", s)
	}
	c := Cell(n)
	if !c.Valid() {
		return 0, fmt.Errorf("cell %q is not a valid H3 cell", s)
	}
	return c, nil
}

// String returns the 15 hexadecimal digits of the cell.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// MarshalText writes the cell as String does: an index exceeds 2^53, so it is
// a string in JSON, always.
func (c Cell) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what ParseCell reads.
func (c *Cell) UnmarshalText(text []byte) error {
	parsed, err := ParseCell(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// Valid reports whether the index is a cell of H3.
func (c Cell) Valid() bool { return c.h3().IsValid() }

// Res returns the resolution of the cell, 0 to 15.
func (c Cell) Res() int { return int((uint64(c) & resMask) >> resShift) }

// Parent returns the ancestor at a resolution no finer than the cell's own, by
// setting the finer digits to 7. It fails on a finer or impossible resolution.
//
// The ancestor of the cell of a point is not always the cell of that point at
// the coarser resolution: hexagons nest only roughly.
func (c Cell) Parent(res int) (Cell, error) {
	if res < MinRes || res > c.Res() {
		return 0, fmt.Errorf("parent resolution %d outside [%d, %d]", res, MinRes, c.Res())
	}
	unused := uint64(1)<<(digitBits*(MaxRes-res)) - 1
	return Cell(uint64(c)&^resMask | uint64(res)<<resShift | unused), nil
}

// Descendants returns the first and the last index that a descendant of the
// cell at a resolution can have: c holds d exactly when first ≤ d ≤ last, for
// cells d of that resolution. It fails on a coarser or impossible resolution.
func (c Cell) Descendants(res int) (first, last Cell, err error) {
	if res < c.Res() || res > MaxRes {
		return 0, 0, fmt.Errorf("descendant resolution %d outside [%d, %d]", res, c.Res(), MaxRes)
	}
	finer := uint64(1)<<(digitBits*(MaxRes-c.Res())) - 1
	unused := uint64(1)<<(digitBits*(MaxRes-res)) - 1
	base := uint64(c)&^resMask&^finer | uint64(res)<<resShift
	return Cell(base | unused), Cell(base | finer), nil
}

// Center returns the centre of the cell.
func (c Cell) Center() orb.Point {
	ll, err := c.h3().LatLng()
	if err != nil {
		panic(fmt.Sprintf("grid: center of %s: %v", c, err)) // only for an invalid Cell
	}
	return orb.Point{ll.Lng, ll.Lat}
}

// AreaKM2 returns the cell's own area in square kilometres on the sphere of
// radius EarthRadiusM: within one resolution it varies by a third over the
// Earth.
func (c Cell) AreaKM2() float64 {
	a, err := h3.CellAreaKm2(c.h3())
	if err != nil {
		panic(fmt.Sprintf("grid: area of %s: %v", c, err)) // only for an invalid Cell
	}
	return a
}

// Degree returns how many neighbours the cell has on the whole Earth: 6, and
// 5 for the twelve pentagons of each resolution.
func (c Cell) Degree() int {
	if c.h3().IsPentagon() {
		return 5
	}
	return 6
}

// Disk returns the cells within k steps of the cell, itself among them, in
// ascending order. k is at least 0.
func (c Cell) Disk(k int) []Cell {
	disk, err := c.h3().GridDisk(k)
	if err != nil {
		panic(fmt.Sprintf("grid: disk %d of %s: %v", k, c, err)) // only for an invalid Cell or k
	}
	return fromH3(disk)
}

// Neighbours returns the cells that share an edge with the cell, ascending:
// six, or five around a pentagon.
func (c Cell) Neighbours() []Cell {
	disk := c.Disk(1)
	out := disk[:0]
	for _, d := range disk {
		if d != c {
			out = append(out, d)
		}
	}
	return out
}

// AvgAreaKM2 returns the mean area in square kilometres of the cells of a
// resolution in [0, 15].
func AvgAreaKM2(res int) float64 {
	sphere := 4 * math.Pi * EarthRadiusM * EarthRadiusM / 1e6
	return sphere / float64(h3.NumCells(res))
}

func (c Cell) h3() h3.Cell { return h3.Cell(c) }
