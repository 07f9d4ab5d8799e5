package grid

import "math"

// WidthM returns the width in metres, from side to opposite side, of a regular
// hexagon of an area in square kilometres: √(2A/√3). Cells are nearly regular.
func WidthM(areaKM2 float64) float64 { return math.Sqrt(2 * areaKM2 * 1e6 / math.Sqrt(3)) }
