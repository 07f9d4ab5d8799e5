package density

import "atalaya/geo/grid"

// The default bandwidths in cell widths. A quartic of h varies by h²/8 along
// each axis and a Gaussian by h², so these two smooth about equally: by 0.88
// and 1 cell widths.
const (
	quarticWidths  = 2.5
	gaussianWidths = 1
)

// CellWidthM returns the width in metres, from side to opposite side, of the
// average cell of a resolution in [0, 15], as grid.WidthM has it.
func CellWidthM(res int) float64 { return grid.WidthM(grid.AvgAreaKM2(res)) }

// DefaultBandwidthM returns a bandwidth in metres suited to patrols over cells
// of a resolution: of a quartic 2.5 cell widths, which reaches the two rings of
// cells around a cell, a walk; of a Gaussian one cell width, about as smooth.
//
// The usual rule of reference, 4·1.06·min(sd, IQR/1.34)·n^(−1/5), supposes one
// normal cloud of points as wide as the city (Silverman 1986, section 3.4.2).
// It gives 5.6 km for the robberies of Memphis, which blurs every corner that a
// patrol could be sent to.
func DefaultBandwidthM(k Kernel, res int) float64 {
	if k == Gaussian {
		return gaussianWidths * CellWidthM(res)
	}
	return quarticWidths * CellWidthM(res)
}

// Narrow reports whether a bandwidth in metres is below the width of the cells
// of a resolution: the density then shows where the centres of cells lie, not
// where incidents do.
func Narrow(bandwidthM float64, res int) bool { return bandwidthM < CellWidthM(res) }
