package ingest

// spread keeps values that lie evenly over a file: every one, then every
// second, every fourth of them.
type spread[T any] struct {
	kept         []T
	seen, stride int
}

// takes counts a value and reports whether it is to be added to those kept, of
// which there are never more than most.
func (s *spread[T]) takes(most int) bool {
	s.stride = max(s.stride, 1)
	if s.seen%s.stride == 0 && len(s.kept) == most {
		for i := range most / 2 {
			s.kept[i] = s.kept[2*i]
		}
		s.kept = s.kept[:most/2]
		s.stride *= 2
	}
	s.seen++
	return (s.seen-1)%s.stride == 0
}
