package ingest

import (
	"cmp"
	"hash/maphash"
	"math"
	"os"
	"slices"
	"strings"
)

// repeats knows the ids that come back in a file after others have come
// between, and the contents without id that come back at all. The survey finds
// them; while the incidents are taken, all others are known to stand alone, or
// in adjoining rows, and need no memory.
//
// Cost: the tags, until the survey is over, and an entry of the log for each
// row whose id came before, adjoining rows apart; then one of the ledger for
// each such id and for each of its rows that says something new. Both move to
// temporary files where they are many, so that memory stays bounded; a row
// whose id comes back takes some microseconds then.
type repeats struct {
	seed       maphash.Seed
	seen       *tags
	log        *log
	ledger     *ledger           // of groups and offences
	categories map[string]uint32 // raw text → number, as in raws
	raws       []string
	agreeing   []int // columns in which rows of one incident agree
	category   int   // column; -1 without
	content    contents

	own      string   // id of the row before
	comesYet bool     // and the id had come before its run of adjoining rows
	before   []string // cells of that row, until adjoin

	adjoin bool // adjoining rows of one incident differ in the category alone, if they are taken
}

// The ledger has two kinds of entry. Their keys are hashes, of which the last
// two bits tell the kind.
//
// A group is an id or a content that comes back: value is the row that was
// taken first, 0 before, and agreement what that row has in common with others
// of its incident; n counts the rows that were taken; next is the slot of the
// first of its offences, counted from 1, 0 without.
//
// An offence is what rows further on say: agreement and value, the number of
// the category; n is 1 while one of them is to name an offence that its
// incident has from it; next is as in a group.
const (
	groupKey   = 1
	offenceKey = 2
)

// contentValue is the value of a log's entry that is a content, not an offence.
const contentValue = math.MaxUint32

func newRepeats(m *mapping, temp func() (*os.File, error)) *repeats {
	r := &repeats{
		seed: maphash.MakeSeed(), seen: new(tags), log: &log{temp: temp}, categories: map[string]uint32{},
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
		r.log.add(entry{key: keyOfGroup(hash), value: contentValue})
	}
}

// surveyID looks at a record with an id.
func (r *repeats) surveyID(own string, cells []string) {
	if !r.adjoin && r.category >= 0 {
		r.adjoin = r.follows(own, cells)
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
	r.log.add(entry{key: keyOfGroup(hash), agreement: r.agreement(cells), value: category})
}

func keyOfGroup(hash uint64) uint64 { return hash&^3 | groupKey }

// keyOfOffence returns the key of what rows of a group say.
func (r *repeats) keyOfOffence(group uint64, agreement, category uint32) uint64 {
	said := entry{key: group, agreement: agreement, value: category}
	return maphash.Comparable(r.seed, said)&^3 | offenceKey
}

// settle makes the ledger of the log, once all rows are surveyed.
func (r *repeats) settle() error {
	r.seen = nil // has done its work, and weighs the most
	r.ledger = newLedger(2*r.log.n, r.log.temp)
	err := r.log.each(func(e entry) {
		at, group, ok := r.ledger.find(e.key)
		if !ok {
			group = entry{key: e.key}
			r.ledger.set(at, group)
		}
		if e.value == contentValue {
			return
		}
		key := r.keyOfOffence(e.key, e.agreement, e.value)
		if slot, _, ok := r.ledger.find(key); !ok {
			r.ledger.set(slot, entry{key: key, agreement: e.agreement, value: e.value, next: group.next})
			group.next = slot + 1
			r.ledger.set(at, group)
		}
	})
	r.log.memory = nil
	return cmp.Or(err, r.failed())
}

// failed returns the first failure of the temporary files.
func (r *repeats) failed() error { return r.ledger.failed }

// raw returns the category of a row as its text has it.
func (r *repeats) raw(cells []string) string { return strings.TrimSpace(cellAt(cells, r.category)) }

// follows reports whether a row is of the same incident as the row before it
// and differs from it in the category alone.
func (r *repeats) follows(own string, cells []string) bool {
	follows := own == r.own && r.raw(r.before) != r.raw(cells) && r.agreement(r.before) == r.agreement(cells)
	r.before = append(r.before[:0], cells...)
	return follows
}

// mostCompared is with how many rows further on one is compared: an id that
// many different rows share is none.
const mostCompared = 100

// differs reports whether a row is of the same incident as one further on and
// differs from it in the category alone, and whether its id comes back at all.
func (r *repeats) differs(own string, cells []string) (differs, comesBack bool) {
	_, group, comesBack := r.groupOf(own)
	if !comesBack {
		return false, false
	}
	agreement, raw := r.agreement(cells), r.raw(cells)
	next := group.next
	for range mostCompared {
		if next == 0 {
			break
		}
		said := r.ledger.at(next - 1)
		if said.agreement == agreement && r.raws[said.value] != raw {
			return true, true
		}
		next = said.next
	}
	return false, true
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

// groupOf returns the group of an id and its slot, where it has one.
func (r *repeats) groupOf(own string) (slot uint32, group entry, comesBack bool) {
	return r.group(maphash.String(r.seed, own))
}

func (r *repeats) group(hash uint64) (slot uint32, group entry, comesBack bool) {
	if r.log.n == 0 {
		return 0, entry{}, false
	}
	return r.ledger.find(keyOfGroup(hash))
}

// sight returns the row in which an id was first taken, 0 where this is it,
// and what a row is that comes after it: one that says the same again, names a
// further offence, or does not agree. The first row's content is kept.
func (r *repeats) sight(own string, row int, cells []string, raw string) (earlier int, is sighting) {
	slot, group, comesBack := r.groupOf(own)
	if !comesBack {
		return 0, firstRow
	}
	agreement := r.agreement(cells)
	switch {
	case group.value == 0:
		group.value, group.agreement = uint32(row), agreement
		r.ledger.set(slot, group)
		return 0, firstRow
	case group.agreement != agreement:
		return int(group.value), conflictingRow
	}
	category, ok := r.categories[raw]
	if !ok {
		return int(group.value), againRow
	}
	slot, said, ok := r.ledger.find(r.keyOfOffence(group.key, agreement, category))
	if !ok || said.n == 0 {
		return int(group.value), againRow
	}
	said.n = 0 // only once
	r.ledger.set(slot, said)
	return int(group.value), addingRow
}

// complete adds to the raw categories of an incident those that rows further
// on name.
func (r *repeats) complete(own string, raws []string) []string {
	_, group, comesBack := r.groupOf(own)
	if !comesBack {
		return raws
	}
	for next := group.next; next != 0; {
		slot := next - 1
		said := r.ledger.at(slot)
		if raw := r.raws[said.value]; said.agreement == group.agreement && raw != "" && !slices.Contains(raws, raw) {
			said.n = 1
			r.ledger.set(slot, said)
			raws = append(raws, raw)
		}
		next = said.next
	}
	return raws
}

// countContent returns how many records of this content were taken, this one
// included; 0 where it does not come back.
func (r *repeats) countContent(content []byte) int { return r.count(maphash.Bytes(r.seed, content)) }

// countID does the same for records with an id.
func (r *repeats) countID(own string) int { return r.count(maphash.String(r.seed, own)) }

func (r *repeats) count(hash uint64) int {
	slot, group, comesBack := r.group(hash)
	if !comesBack {
		return 0
	}
	group.n++
	r.ledger.set(slot, group)
	return int(group.n)
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
