package layer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atalaya/store"
)

// StatisticTime is how long a Maker works on one statistic at most.
const StatisticTime = 45 * time.Second

// keptStatistics is how many statistics a Maker keeps: a few kB each.
const keptStatistics = 64

// Statistic returns numbers of a whole layer over the present data. Invalid
// names every bad parameter, as Layer does; context.DeadlineExceeded comes
// after StatisticTime.
//
// Cost: a walk over the incidents in the asked time, and what the kind says,
// when the numbers are not kept; one row of the store when they are.
func (m *Maker) Statistic(ctx context.Context, q StatisticQuery) (*Statistic, error) {
	q = q.Filled()
	version, err := m.store.Version(ctx)
	if err != nil {
		return nil, fmt.Errorf("make statistic: %w", err)
	}
	key := q.fingerprint(version)
	if s := m.keptStatistic(key); s != nil {
		return s, nil
	}
	// The first to ask may hang up; what it started goes on for the others.
	shared := context.WithoutCancel(ctx)
	flight := m.flights.DoChan("statistic "+key, func() (any, error) {
		timed, cancel := context.WithTimeout(shared, StatisticTime)
		defer cancel()
		return m.computeStatistic(timed, q)
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-flight:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*Statistic), nil
	}
}

// StatisticProblems returns everything that is wrong with a query, over the
// present categories and areas; none where it can be made.
func (m *Maker) StatisticProblems(ctx context.Context, q StatisticQuery) ([]store.Problem, error) {
	q = q.Filled()
	problems, err := m.Problems(ctx, q.Layer)
	return append(problems, q.own()...), err
}

func (m *Maker) computeStatistic(ctx context.Context, q StatisticQuery) (*Statistic, error) {
	problems, err := m.StatisticProblems(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, statisticError(problems...)
	}
	var s *Statistic
	err = m.steadily(ctx, func(version store.DataVersion) error {
		l, err := m.build(ctx, q.Layer, version, func(b *Builder) (err error) {
			s, err = b.Observe(ctx, q)
			return err
		})
		if err != nil {
			return err
		}
		s.Layer, s.Fingerprint = l, q.fingerprint(version)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if m.kept(s.Layer.Fingerprint) == nil {
		m.keep(s.Layer)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.statistics = append(m.statistics, s)
	if n := len(m.statistics) - keptStatistics; n > 0 {
		m.statistics = slices.Delete(m.statistics, 0, n)
	}
	return s, nil
}

func (m *Maker) keptStatistic(key string) *Statistic {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.statistics, func(s *Statistic) bool { return s.Fingerprint == key })
	if i < 0 {
		return nil
	}
	s := m.statistics[i]
	m.statistics = append(slices.Delete(m.statistics, i, i+1), s)
	return s
}
