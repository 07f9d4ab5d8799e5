package density

import "math"

// Kernel is the shape in which one incident is spread over the ground. Each
// has a volume of one over the whole plane. The zero value is Quartic.
type Kernel int

// The kernels, for the distance d and the bandwidth h.
const (
	Quartic  Kernel = iota // 3/(πh²)·(1 − d²/h²)² for d < h, and 0 beyond
	Gaussian               // exp(−d²/2h²)/(2πh²)
)

// String returns the name of the kernel, "quartic" or "gaussian".
func (k Kernel) String() string {
	if k == Gaussian {
		return "gaussian"
	}
	return "quartic"
}

// PerM2 returns the density per square metre that one incident adds at a
// distance, both in metres. The bandwidth is above zero.
func (k Kernel) PerM2(distanceM, bandwidthM float64) float64 {
	return k.at(distanceM*distanceM, bandwidthM)
}

// at is PerM2 for the square of the distance.
func (k Kernel) at(d2, h float64) float64 {
	if k == Gaussian {
		return math.Exp(-d2/(2*h*h)) / (2 * math.Pi * h * h)
	}
	if d2 >= h*h {
		return 0
	}
	u := 1 - d2/(h*h)
	return 3 / (math.Pi * h * h) * u * u
}

// gaussianReach is how many bandwidths OnCells follows a Gaussian. Beyond it
// lies exp(−4²/2) = 0.034 % of each incident, and that is left out.
const gaussianReach = 4

// reachM returns the distance in metres from which on OnCells counts nothing.
func (k Kernel) reachM(bandwidthM float64) float64 {
	if k == Gaussian {
		return gaussianReach * bandwidthM
	}
	return bandwidthM
}
