package ingest

import "strings"

// maxPreamble is how many lines above a header are looked through: titles,
// print dates, a "sep=;" line.
const maxPreamble = 20

// headerFloor is the least name score by which a cell counts as a name: what
// is enough to choose among columns is too little to tell names from text.
const headerFloor = 6

// findHeader returns which record of the sample is the header, and whether
// there is one; without one the first incident is record 0.
//
// A header names fields and holds no values. Lines above it are passed over
// only where they are less than half as full, and where the header names two
// fields or more: no incident is lost for looking like a title.
func findHeader(sample []record) (start int, headed bool) {
	for i := 0; i < len(sample) && i < maxPreamble; i++ {
		cells := sample[i].cells
		if namedCells(cells) < 2 || valueCells(cells) > 0 {
			continue
		}
		for _, above := range sample[:i] {
			if 2*fullCells(above.cells) >= fullCells(cells) {
				return 0, isHeader(sample[0].cells)
			}
		}
		return i, true
	}
	return 0, isHeader(sample[0].cells)
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
