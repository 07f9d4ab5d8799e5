package ingest

import (
	"fmt"
	"strings"
)

// maxPreamble is how many lines above a header are looked through: titles,
// print dates, a "sep=;" line.
const maxPreamble = 20

// headerFloor is the least name score by which a cell counts as a name: what
// is enough to choose among columns is too little to tell names from text.
const headerFloor = 6

// findHeader returns which record of the sample is the header and how many
// records it is deep: 2 where a second one goes on with the names, 0 where
// there is no header, and the first incident is record 0.
//
// A header names fields and holds no values. Lines above it are passed over
// only where they are less than half as full, and where the header names two
// fields or more: no incident is lost for looking like a title.
func findHeader(sample []record) (start, depth int) {
	for i := 0; i < len(sample) && i < maxPreamble; i++ {
		cells := sample[i].cells
		depth := 1
		if isSecondHeader(sample, i) {
			depth = 2
		}
		if namedCells(sample[i+depth-1].cells) < 2 || valueCells(cells) > 0 {
			continue
		}
		full := max(fullCells(cells), fullCells(sample[i+depth-1].cells))
		for _, above := range sample[:i] {
			if 2*fullCells(above.cells) >= full {
				return firstOrNone(sample)
			}
		}
		return i, depth
	}
	return firstOrNone(sample)
}

func firstOrNone(sample []record) (start, depth int) {
	if isHeader(sample[0].cells) {
		return 0, 1
	}
	return 0, 0
}

// isSecondHeader reports whether the record after i goes on with a header
// that i begins, as spreadsheets write merged cells: it names columns that i
// leaves blank, and incidents come after it.
func isSecondHeader(sample []record, i int) bool {
	if i+2 >= len(sample) {
		return false
	}
	upper, lower := sample[i].cells, sample[i+1].cells
	if fullCells(upper) < 2 || namedCells(lower) < 2 || valueCells(lower) > 0 || valueCells(sample[i+2].cells) == 0 {
		return false
	}
	for column, cell := range lower {
		if strings.TrimSpace(cell) != "" && strings.TrimSpace(cellAt(upper, column)) == "" {
			return true
		}
	}
	return false
}

// headerNames returns the names of the columns under a header. Where it is two
// records deep, the lower names go before the upper ones, which stand for the
// blank cells to their right too and are put before lower names that repeat.
func headerNames(header []record) []string {
	upper := header[0].cells
	if len(header) == 1 {
		return uniqueNames(upper)
	}
	lower := header[1].cells
	times := map[string]int{}
	for _, cell := range lower {
		times[strings.TrimSpace(cell)]++
	}
	names := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range names {
		if above := strings.TrimSpace(cellAt(upper, i)); above != "" {
			group = above
		}
		below := strings.TrimSpace(cellAt(lower, i))
		switch {
		case below == "":
			names[i] = strings.TrimSpace(cellAt(upper, i))
		case times[below] > 1 && group != "":
			names[i] = group + " " + below
		default:
			names[i] = below
		}
	}
	return uniqueNames(names)
}

func isHeader(cells []string) bool {
	named, values := namedCells(cells), valueCells(cells)
	if named > 0 {
		return named >= values
	}
	return values == 0 && 2*fullCells(cells) >= len(cells)
}

// namedCells counts the cells that name a field or data on a person.
func namedCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if len(cell) > maxNameBytes || isValue(cell) {
			continue
		}
		words := wordsOf(cell)
		if isPersonal(words) {
			n++
			continue
		}
		for _, f := range allFields() {
			if nameScore(f, words) >= max(f.nameFloor(), headerFloor) {
				n++
				break
			}
		}
	}
	return n
}

// valueCells counts the cells that hold a number, a time or a point.
func valueCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if isValue(cell) {
			n++
		}
	}
	return n
}

func isValue(cell string) bool {
	if isBlank(cell) {
		return false
	}
	if _, ok := parseDegrees(cell); ok {
		return true
	}
	if _, err := parseStamp(cell, anyOrder); err == "" {
		return true
	}
	_, ok := parsePoint(cell)
	return ok
}

func fullCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// uniqueNames returns the names of columns as a header gives them, trimmed;
// a blank one becomes column_N, and a repeated one gets its number behind.
func uniqueNames(header []string) []string {
	seen := make(map[string]bool, len(header))
	names := make([]string, len(header))
	for i, cell := range header {
		name := strings.Join(strings.Fields(cell), " ")
		if name == "" {
			name = fmt.Sprintf("column_%d", i+1)
		}
		base := name
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		seen[name] = true
		names[i] = name
	}
	return names
}
