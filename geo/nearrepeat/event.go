package nearrepeat

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/internal/near"

	"github.com/paulmach/orb"
)

// Event is a place and a day.
type Event struct {
	At  orb.Point // longitude and latitude, or x and y in metres, as the Metric has it
	Day int       // days since any day, by the local calendar; within ±1,000,000,000
}

const maxDay = 1_000_000_000

// DayOf returns the number of the day that the calendar of the location shows.
func DayOf(at time.Time, loc *time.Location) int {
	_, offset := at.In(loc).Zone()
	const day = 24 * 60 * 60
	return int(math.Floor(float64(at.Unix()+int64(offset)) / day))
}

// Metric is how the distance of two places is measured. The zero value is
// GreatCircle.
type Metric int

// The metrics. Manhattan and Euclidean take points on a plane, in metres.
const (
	GreatCircle Metric = iota // as grid.DistanceM
	Manhattan                 // |Δx| + |Δy|, close to the way through a grid of streets
	Euclidean                 // √(Δx² + Δy²)
)

func (m Metric) position(p orb.Point) near.Position {
	if m == GreatCircle {
		return near.OnSphere(p)
	}
	return near.OnPlane(p)
}

// size returns a number that grows with the distance, and sizeOf that of a
// distance in metres: the square, but for Manhattan the distance itself.
func (m Metric) size(a, b near.Position) float64 {
	switch m {
	case Manhattan:
		return math.Abs(a[0]-b[0]) + math.Abs(a[1]-b[1])
	case Euclidean:
		return a.Chord2(b)
	}
	return near.Arc2(a.Chord2(b))
}

func (m Metric) sizeOf(distanceM float64) float64 {
	if m == Manhattan {
		return distanceM
	}
	return distanceM * distanceM
}

func checkEvents(events []Event, m Metric) error {
	var errs []error
	for i, e := range events {
		if e.Day < -maxDay || e.Day > maxDay {
			errs = append(errs, fmt.Errorf("event %d: day %d outside ±%d", i+1, e.Day, maxDay))
		}
		if m == GreatCircle {
			if err := grid.CheckPoint(e.At); err != nil {
				errs = append(errs, fmt.Errorf("event %d: %w", i+1, err))
			}
		} else if sum := math.Abs(e.At.X()) + math.Abs(e.At.Y()); math.IsNaN(sum) || math.IsInf(sum, 0) {
			errs = append(errs, fmt.Errorf("event %d: place %v is not finite", i+1, e.At))
		}
	}
	return errors.Join(errs...)
}

// eachPair calls visit once for every pair of events, i < j, closer than
// reachM, with the size of its distance.
func eachPair(ctx context.Context, events []Event, m Metric, reachM float64, visit func(i, j int32, size float64) error) error {
	positions := make([]near.Position, len(events))
	for i, e := range events {
		positions[i] = m.position(e.At)
	}
	reach := m.sizeOf(reachM)
	for own, around := range near.Groups(positions, positions, reachM) {
		for _, i := range own {
			if err := ctx.Err(); err != nil {
				return err
			}
			for _, j := range around {
				if j <= i {
					continue
				}
				if size := m.size(positions[i], positions[j]); size < reach {
					if err := visit(i, j, size); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
