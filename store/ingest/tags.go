package ingest

// tags remembers which hashes it has been given, in 5 to 6¼ bytes a hash: of
// 5 million, 29 MiB, and while it grows no more than that and a thousandth.
// (A map[uint64]struct{} of as many takes 84 MiB.)
//
// It keeps 42 bits of each: the shelf, and a tag of 32 bits on it. Of n
// different hashes about n²/2⁴³ are taken for one that came before: 3 of 5
// million. So it is for asking what may be there twice, and no more.
//
// A shelf is a table with open addressing; the tag itself says where in it a
// tag belongs, so that a shelf can grow without the hashes.
type tags struct {
	shelves [1 << shelfBits]shelf
}

const shelfBits = 10

type shelf struct {
	slots []uint32 // 0 is free
	used  int
}

// add remembers a hash, and reports whether it may have come before.
func (t *tags) add(hash uint64) (before bool) {
	s := &t.shelves[hash>>(64-shelfBits)]
	if 5*(s.used+1) > 4*len(s.slots) {
		s.grow()
	}
	return s.add(max(uint32(hash&(1<<32-1)), 1))
}

func (s *shelf) add(tag uint32) (before bool) {
	at := int(uint64(tag) * uint64(len(s.slots)) >> 32)
	for s.slots[at] != 0 {
		if s.slots[at] == tag {
			return true
		}
		if at++; at == len(s.slots) {
			at = 0
		}
	}
	s.slots[at] = tag
	s.used++
	return false
}

// grow makes the shelf a quarter larger.
func (s *shelf) grow() {
	old := s.slots
	s.slots, s.used = make([]uint32, max(16, len(old)*5/4)), 0
	for _, tag := range old {
		if tag != 0 {
			s.add(tag)
		}
	}
}
