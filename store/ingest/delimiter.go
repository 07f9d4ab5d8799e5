package ingest

import (
	"bufio"
	"bytes"
)

// delimiterRecords is how many records each delimiter is tried on.
const delimiterRecords = 200

// sniffDelimiter returns which of , ; tab | makes the most regular table of a
// file's first bytes, quotes respected. Text without any of them is one
// column, for which a comma stands.
//
// A delimiter scores the columns it makes, weighed by how many records agree
// on their number and have no text behind a closing quote; the cells of a
// record that it makes readable count as one more column each, and those of
// the header as two, so that decimal commas do not outvote semicolons.
func sniffDelimiter(head []byte) byte {
	best, bestScore := byte(','), 0.0
	for _, delimiter := range []byte(",;\t|") {
		if score := delimiterScore(head, delimiter); score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

func delimiterScore(head []byte, delimiter byte) float64 {
	if bytes.IndexByte(head, delimiter) < 0 {
		return 0
	}
	lines := newDelimited(bufio.NewReader(bytes.NewReader(head)), delimiter, newlineOf(head))
	widths := map[int]int{}
	records, named, values := 0, 0, 0
	for records < delimiterRecords {
		rec, err := lines.next()
		if err != nil { // the end, or a record that the window cuts
			break
		}
		records++
		values += valueCells(rec.cells)
		if !lines.isTorn {
			widths[len(rec.cells)]++
		}
		if records <= maxPreamble {
			named = max(named, namedCells(rec.cells))
		}
	}
	if records == 0 {
		return 0
	}
	usual, agreeing := 0, 0
	for width, n := range widths {
		if n > agreeing || n == agreeing && width > usual {
			usual, agreeing = width, n
		}
	}
	return (float64((usual-1)*agreeing)+float64(values))/float64(records) + 2*float64(named)
}
