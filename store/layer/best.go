package layer

import (
	"fmt"
	"math"

	"atalaya/geo/aoristic"

	"gonum.org/v1/gonum/mathext"
)

// The limits of what Best tells.
const (
	bestHours  = 4    // most hours of the window
	fewMoments = 10   // incidents below which nothing is told
	bestAlpha  = 0.01 // largest p of days that are clearly uneven
	bestExcess = 1.1  // least share of a best day, in even shares
	leastDays  = 28   // shortest asked time whose days of the week are compared
)

// Best is when the incidents of a hotspot happen most.
type Best struct {
	From, To int     // local hours of the window, 0 to 23 and 1 to 24; it crosses midnight where To ≤ From
	Share    float64 // of the incidents, by their aoristic weights, (0, 1]; NaN where Why is set
	Flat     float64 // the share that the window would have if no hour differed from another
	Days     Days    // those well above their even share; zero where the days are not clearly uneven
	Known    int     // incidents that are known better than the day: all of this is of them
	Why      string  // why there is no window; empty where there is one
}

// bestOf finds the window of at most four hours of the day, over all days, that
// holds the greatest share of the incidents, the earliest of equals. open tells
// which part of each hour of the week the layer asks for.
func bestOf(m *moments, open aoristic.Week, longEnough bool) Best {
	b := Best{Share: math.NaN(), Flat: math.NaN(), Known: m.known}
	if m.known < fewMoments {
		b.Why = fmt.Sprintf("fewer than %d incidents are known better than the day", fewMoments)
		return b
	}
	var hours, openHours [24]float64
	var days, openDays [7]float64
	total, openTotal := 0.0, 0.0
	for at, part := range open {
		if part == 0 {
			continue
		}
		v := m.week[at]
		hours[at%24] += v
		days[at/24] += v
		openHours[at%24] += part
		openDays[at/24] += part
		total += v
		openTotal += part
	}
	if total == 0 {
		b.Why = "no incident is known to have happened in the asked hours"
		return b
	}
	most := 0.0
	for from := range 24 {
		if sum := window(hours, from, bestHours); sum > most*(1+1e-9) {
			b.From, most = from, sum
		}
	}
	length := bestHours
	for hours[b.From] == 0 {
		b.From, length = (b.From+1)%24, length-1
	}
	for hours[(b.From+length-1)%24] == 0 {
		length--
	}
	b.To = (b.From+length-1)%24 + 1
	b.Share, b.Flat = most/total, window(openHours, b.From, length)/openTotal
	if longEnough {
		b.Days = bestDays(days, openDays)
	}
	return b
}

// window sums so many hours of the day from one on.
func window(hours [24]float64, from, length int) float64 {
	sum := 0.0
	for k := range length {
		sum += hours[(from+k)%24]
	}
	return sum
}

// bestDays returns the days well above their even share, where Pearson's
// chi-squared test says that the days differ.
func bestDays(days, open [7]float64) Days {
	total, openTotal, count := 0.0, 0.0, 0
	for d, part := range open {
		if part > 0 {
			total += days[d]
			openTotal += part
			count++
		}
	}
	chi2 := 0.0
	var best Days
	for d, part := range open {
		if part == 0 {
			continue
		}
		even := total * part / openTotal
		chi2 += (days[d] - even) * (days[d] - even) / even
		if days[d] >= bestExcess*even {
			best |= 1 << d
		}
	}
	if count < 2 || mathext.GammaIncRegComp(float64(count-1)/2, chi2/2) > bestAlpha {
		return 0
	}
	return best
}

// openHours tells which part of each hour of the week the Builder asks for.
func (b *Builder) openHours() aoristic.Week {
	var open aoristic.Week
	monday := referenceMonday()
	for at := range open {
		switch hour := monday.Add(hours(at)); {
		case b.query.Method == Shift:
			open[at] = b.shift.Share(hour, hour.Add(hours(1)), monday.Location())
		case b.query.Hours.Has(at%24) && b.query.Days.Has(at/24):
			open[at] = 1
		}
	}
	return open
}
