package trend

import (
	"errors"
	"math"

	"atalaya/geo/hotspot"

	"gonum.org/v1/gonum/stat/distuv"
)

// Why a count cannot be held against the past.
var (
	ErrFewPeriods = errors.New("fewer than 5 past periods")
	ErrEmptyPast  = errors.New("no incident in any past period")
)

// leastPast is how many periods it takes to judge dispersion.
const leastPast = 5

// Alarm is what a test against several past periods says of the current one.
type Alarm struct {
	Mean          float64 // incidents expected in the current period: the past rate times its length
	Dispersion    float64 // index of dispersion of the past, 1 when it is Poisson
	DispersionP   float64 // chance of so high an index when the past is Poisson
	Overdispersed bool    // DispersionP ≤ 0.05, and Alpha is above 0
	Alpha         float64 // of the negative binomial variance μ + αμ²; 0 when not Overdispersed
	Z             float64 // standard normal when nothing changed
	P             float64 // two-sided, (0, 1]
}

// DispersedZ holds the current count against at least 5 past periods, and
// allows for more variation than a Poisson process has when the past shows it:
//
//	D = Σ (x_i − m_i)²/m_i,  m_i = rate·n_i,  chi-squared with k−1 degrees of freedom
//	z = (a − μ)/√(μ + αμ²)
//
// Where D is significant at 0.05, α is the method of moments' estimate
// (k/(k−1)·Σ(x_i − m_i)² − Σm_i)/Σm_i², which for equal lengths is (s² − x̄)/x̄²;
// elsewhere it is 0. μ counts as known. NaN everywhere and an error with fewer
// than 5 periods, with no incident in them and for an invalid tally.
func DispersedZ(current Tally, past []Tally) (Alarm, error) {
	nan := math.NaN()
	none := Alarm{Mean: nan, Dispersion: nan, DispersionP: nan, Alpha: nan, Z: nan, P: nan}
	err := current.valid()
	count, length := 0.0, 0.0
	for _, t := range past {
		err = errors.Join(err, t.valid())
		count += float64(t.Count)
		length += t.Length
	}
	switch {
	case err != nil:
		return none, err
	case len(past) < leastPast:
		return none, ErrFewPeriods
	case count == 0:
		return none, ErrEmptyPast
	}
	rate, k := count/length, float64(len(past))
	chi, squares, means, meansSquared := 0.0, 0.0, 0.0, 0.0
	for _, t := range past {
		m := rate * t.Length
		square := (float64(t.Count) - m) * (float64(t.Count) - m)
		chi += square / m
		squares += square
		means += m
		meansSquared += m * m
	}
	a := Alarm{Mean: rate * current.Length, Dispersion: chi / (k - 1)}
	a.DispersionP = distuv.ChiSquared{K: k - 1}.Survival(chi)
	if alpha := (k/(k-1)*squares - means) / meansSquared; a.DispersionP <= 0.05 && alpha > 0 {
		a.Overdispersed, a.Alpha = true, alpha
	}
	a.Z = (float64(current.Count) - a.Mean) / math.Sqrt(a.Mean+a.Alpha*a.Mean*a.Mean)
	a.P = hotspot.TwoSided(a.Z)
	return a, nil
}
