package ingest

import (
	"hash/maphash"
	"slices"
	"strings"
)

// repeats knows the ids that come back in a file after others have come
// between, and the contents without id that come back at all. The survey finds
// them; while the incidents are taken, all others are known to stand alone, or
// in adjoining rows, and need no memory.
//
// Cost: the tags, until the survey is over, and about 60 bytes for each row
// whose id came before, adjoining rows apart. Measured: 5 million rows with
// ids of their own take 28 MiB; of 1.5 million rows, three with each id, the
// process grows by nothing where they adjoin, by 140 MB where they are shuffled.
type repeats struct {
	seed       maphash.Seed
	seen       *tags
	groups     map[uint64]group
	further    []further         // of all groups; each links to the next of its own
	categories map[string]uint32 // raw text → number, as in raws
	raws       []string
	agreeing   []int // columns in which rows of one incident agree
	category   int   // column; -1 without
	content    contents

	own      string   // id of the row before
	comesYet bool     // and the id had come before its run of adjoining rows
	before   []string // cells of that row, until isOffences

	isOffences bool // adjoining rows of one incident differ in the category alone
}

// group is what is known of one id or content that comes back.
type group struct {
	first, last uint32 // in further, counted from 1; 0 without
	row         uint32 // of the first that was taken; 0 before
	agreement   uint32 // of that row
	n           uint32 // rows with it that were taken
}

// further is a row whose id came before.
type further struct {
	agreement uint32
	category  uint32
	next      uint32 // in further, counted from 1; 0 at the end
	adds      bool   // it names an offence that its incident has from it
}

func newRepeats(m *mapping) *repeats {
	r := &repeats{
		seed: maphash.MakeSeed(), seen: new(tags), groups: map[uint64]group{}, categories: map[string]uint32{},
		category: m.index(Category), content: contents{mapping: m},
	}
	for f, i := range m.column {
		if f != ID && f != Category {
			r.agreeing = append(r.agreeing, i)
		}
	}
	slices.Sort(r.agreeing)
	return r
}

// surveyContent looks at a record without id.
func (r *repeats) surveyContent(content []byte) {
	r.own = ""
	if hash := maphash.Bytes(r.seed, content); r.seen.add(hash) {
		r.groups[hash] = group{}
	}
}

// surveyID looks at a record with an id.
func (r *repeats) surveyID(own string, cells []string) {
	if !r.isOffences && r.category >= 0 {
		r.compare(own, cells)
	}
	hash := maphash.String(r.seed, own)
	if own != r.own {
		r.own, r.comesYet = own, r.seen.add(hash)
	}
	if !r.comesYet {
		return
	}
	raw := r.raw(cells)
	category, ok := r.categories[raw]
	if !ok {
		raw = strings.Clone(raw)
		category = uint32(len(r.raws))
		r.categories[raw] = category
		r.raws = append(r.raws, raw)
	}
	r.further = append(r.further, further{agreement: r.agreement(cells), category: category})
	at := uint32(len(r.further))
	g := r.groups[hash]
	if g.first == 0 {
		g.first = at
	} else {
		r.further[g.last-1].next = at
	}
	g.last = at
	r.groups[hash] = g
}

// raw returns the category of a row as its text has it.
func (r *repeats) raw(cells []string) string { return strings.TrimSpace(cellAt(cells, r.category)) }

// compare looks whether a row is of the same incident as the row before it and
// differs in the category alone.
func (r *repeats) compare(own string, cells []string) {
	if own == r.own && r.raw(r.before) != r.raw(cells) {
		r.isOffences = r.agreement(r.before) == r.agreement(cells)
	}
	r.before = append(r.before[:0], cells...)
}

// differs reports whether a row is of the same incident as one further on, and
// differs from it in the category alone.
func (r *repeats) differs(own string, cells []string) bool {
	_, g, comesBack := r.groupOf(own)
	if !comesBack {
		return false
	}
	agreement, raw := r.agreement(cells), r.raw(cells)
	for at := g.first; at != 0; at = r.further[at-1].next {
		if f := &r.further[at-1]; f.agreement == agreement && r.raws[f.category] != raw {
			return true
		}
	}
	return false
}

// agreement is a hash of what rows of one incident have in common: place,
// time and whatever else is mapped, but the category.
func (r *repeats) agreement(cells []string) uint32 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, i := range r.agreeing {
		_, _ = h.WriteString(strings.TrimSpace(cellAt(cells, i))) // never fails
		_ = h.WriteByte(0)                                        // never fails
	}
	return uint32(h.Sum64())
}

// groupOf returns the group of an id, where it has one.
func (r *repeats) groupOf(own string) (hash uint64, g group, comesBack bool) {
	if len(r.groups) == 0 {
		return 0, group{}, false
	}
	hash = maphash.String(r.seed, own)
	g, comesBack = r.groups[hash]
	return hash, g, comesBack
}

// sight returns the row in which an id was first taken, 0 where this is it,
// and what a row is that comes after it: one that says the same again, names a
// further offence, or does not agree. The first row's content is kept.
func (r *repeats) sight(own string, row int, cells []string, raw string) (earlier int, is sighting) {
	hash, g, comesBack := r.groupOf(own)
	if !comesBack {
		return 0, firstRow
	}
	agreement := r.agreement(cells)
	switch {
	case g.row == 0:
		g.row, g.agreement = uint32(row), agreement
		r.groups[hash] = g
		return 0, firstRow
	case g.agreement != agreement:
		return int(g.row), conflictingRow
	}
	for at := g.first; at != 0; at = r.further[at-1].next {
		f := &r.further[at-1]
		if f.adds && r.raws[f.category] == raw {
			f.adds = false // only once
			return int(g.row), addingRow
		}
	}
	return int(g.row), againRow
}

// complete adds to the raw categories of an incident those that rows further
// on name.
func (r *repeats) complete(own string, raws []string) []string {
	_, g, comesBack := r.groupOf(own)
	if !comesBack {
		return raws
	}
	for at := g.first; at != 0; at = r.further[at-1].next {
		f := &r.further[at-1]
		if raw := r.raws[f.category]; f.agreement == g.agreement && raw != "" && !slices.Contains(raws, raw) {
			f.adds = true
			raws = append(raws, raw)
		}
	}
	return raws
}

// countContent returns how many records of this content were taken, this one
// included.
func (r *repeats) countContent(content []byte) int { return r.count(maphash.Bytes(r.seed, content)) }

func (r *repeats) count(hash uint64) int {
	g, comesBack := r.groups[hash]
	if !comesBack {
		return 1
	}
	g.n++
	r.groups[hash] = g
	return int(g.n)
}

// sighting is what a row is to the rows before it.
type sighting int

// The sightings.
const (
	firstRow       sighting = iota // of its id
	againRow                       // says what an earlier row said
	addingRow                      // names a further offence of an earlier row's incident
	conflictingRow                 // has the id of an earlier row, but another place or time
)
