package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
)

// The values of Options.Rows: what several rows with one id are.
const (
	OffencesPerIncident = "offences"  // offences of one incident, where they agree on place and time
	IncidentPerRow      = "incidents" // an incident each, with the ids ID, ID#2, …
)

// identify gives the incident of a record its id, and returns the id that the
// source gave it; empty where it gave none.
//
// A record without an id of its own gets a content key. The second of two
// equal records gets "#2" behind its key: they are two incidents, now and when
// the file comes again.
func (k *maker) identify(rec record, columns []string, incident *store.Incident) (own string, reject *store.Reject) {
	own = k.ownID(rec.cells)
	if own == "" {
		content := k.repeats.content.of(rec.cells, columns)
		incident.SourceID = numbered(contentKey(content), k.repeats.countContent(content))
		return "", nil
	}
	if len(own) > maxIDBytes {
		return own, k.rejected(BadID, ID, rec.cells, say("has %d bytes; allowed: up to %d", len(own), maxIDBytes))
	}
	id := own
	if k.idIsFloat {
		id = strings.TrimSuffix(id, ".0")
	}
	incident.SourceID = strings.Clone(id) // lets the rest of the record go
	return own, nil
}

// numbered returns the id of the nth record with it.
func numbered(id string, n int) string {
	if n > 1 {
		return fmt.Sprintf("%s#%d", id, n)
	}
	return id
}

// contents makes keys of records that have no id: the hash of their cells
// under the names of their columns, sorted, so that neither the order of the
// columns nor a new empty one changes it. Columns of data on a person are left
// out, for a hash can be guessed backwards; those too that somebody allowed,
// for a key must outlive such a decision.
type contents struct {
	mapping *mapping
	order   []int // columns by name, personal ones left out
	columns int   // that order was made for
	text    []byte
}

// of returns what a record holds, until the next call.
func (c *contents) of(cells, columns []string) []byte {
	if len(columns) != c.columns || c.order == nil {
		c.order, c.columns = c.order[:0], len(columns)
		for i, name := range columns {
			if c.mapping.lookAt(i, name).kind == "" {
				c.order = append(c.order, i)
			}
		}
		slices.SortStableFunc(c.order, func(a, b int) int { return strings.Compare(columns[a], columns[b]) })
	}
	c.text = c.text[:0]
	id := c.mapping.index(ID)
	for _, i := range c.order {
		cell := strings.TrimSpace(cellAt(cells, i))
		if cell == "" || i == id && c.mapping.hidesID(cell) {
			continue
		}
		c.text = append(c.text, columns[i]...)
		c.text = append(c.text, 0)
		c.text = append(c.text, cell...)
		c.text = append(c.text, 0)
	}
	return c.text
}

// contentKey returns the key of a content.
func contentKey(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
