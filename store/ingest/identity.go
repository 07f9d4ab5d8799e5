package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"atalaya/store"
)

// identities gives every record its id and remembers those it gave, so that a
// file that lists an incident twice is known to.
//
// A record without an id of its own gets a content key: the hash of its cells
// under the names of their columns, sorted, so that neither the order of the
// columns nor a new empty one changes it. Columns of data on a person are left
// out, for a hash can be guessed backwards. The second of two equal records
// gets "#2" behind its key: they are two incidents, now and when the file
// comes again.
type identities struct {
	seed    maphash.Seed
	seen    map[uint64]sighting // id → where it stood
	keys    map[uint64]int      // content key → times it was given
	order   []int               // columns by name, personal ones left out
	columns int                 // that order was made for
	content []byte              // of the record at hand
}

// sighting is the row of an id and a hash of what it said.
type sighting struct {
	row     uint32
	content uint32
}

func newIdentities() *identities {
	return &identities{seed: maphash.MakeSeed(), seen: map[uint64]sighting{}, keys: map[uint64]int{}}
}

// contentKey returns the key of a record.
func (d *identities) contentKey(cells, columns []string) string {
	if len(columns) != d.columns || d.order == nil {
		d.order, d.columns = d.order[:0], len(columns)
		for i, name := range columns {
			if !isPersonal(wordsOf(name)) {
				d.order = append(d.order, i)
			}
		}
		slices.SortFunc(d.order, func(a, b int) int { return strings.Compare(columns[a], columns[b]) })
	}
	d.content = d.content[:0]
	for _, i := range d.order {
		cell := strings.TrimSpace(cellAt(cells, i))
		if cell == "" {
			continue
		}
		d.content = append(d.content, columns[i]...)
		d.content = append(d.content, 0)
		d.content = append(d.content, cell...)
		d.content = append(d.content, 0)
	}
	sum := sha256.Sum256(d.content)
	key := "sha256:" + hex.EncodeToString(sum[:])
	short := maphash.Bytes(d.seed, sum[:])
	d.keys[short]++
	if n := d.keys[short]; n > 1 {
		return fmt.Sprintf("%s#%d", key, n)
	}
	return key
}

// sourceID returns the id of a record as the source gave it, or its content
// key where it gave none.
func (d *identities) sourceID(own string, cells, columns []string) string {
	if isBlank(own) {
		return d.contentKey(cells, columns)
	}
	return strings.Clone(strings.TrimSpace(own)) // lets the rest of the record go
}

// sight remembers an incident by its id. Where an earlier row had the id, it
// returns that row, and whether it said the same.
func (d *identities) sight(row int, incident *store.Incident) (earlier int, same bool) {
	id := maphash.String(d.seed, incident.SourceID)
	content := uint32(maphash.Comparable(d.seed, struct {
		category, origin string
		from, to         int64
		lon, lat         float64
	}{
		incident.RawCategory, string(incident.Origin),
		incident.From.Unix(), incident.To.Unix(), incident.Point[0], incident.Point[1],
	}))
	if before, ok := d.seen[id]; ok {
		return int(before.row), before.content == content
	}
	d.seen[id] = sighting{row: uint32(row), content: content}
	return 0, false
}
