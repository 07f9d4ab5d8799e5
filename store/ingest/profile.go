package ingest

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// profile is what the sample of one column holds.
type profile struct {
	column  int    // that it is of
	values  int    // cells that are not blank
	example string // the first of them that is no placeholder, if one is

	numbers    int // numbers
	lons, lats int // numbers other than placeholders in [-180, 180] and [-90, 90]
	holders    int // 0 and -1, which stand for "no place"
	fine       int // numbers with three decimals or more
	beyond     int // numbers beyond [-180, 180]; counted for columns called like coordinates
	median     float64
	points     int // pairs, WKT points and positions

	timeProfile

	worded   int // values with two letters in a row
	origins  int // values that say who brought it to light
	distinct int
}

// profileOf looks at the cells of one column.
func profileOf(sample []record, column int) profile {
	p := profile{column: column}
	var numbers []float64
	seen := map[string]bool{}
	for _, rec := range sample {
		cell := cellAt(rec.cells, column)
		if isBlank(cell) {
			continue
		}
		p.values++
		if p.example == "" || p.holders == p.values-1 {
			p.example = cell
		}
		seen[cell] = true
		if v, ok := parseDegrees(cell); ok {
			p.addNumber(v, cell)
			if v != 0 && v != -1 {
				numbers = append(numbers, v)
			}
		}
		if _, ok := parsePoint(cell); ok {
			p.points++
		}
		p.addTime(cell)
		if hasWord(cell) {
			p.worded++
		}
		if _, ok := originOf(cell); ok {
			p.origins++
		}
	}
	p.distinct = len(seen)
	if len(numbers) > 0 {
		slices.Sort(numbers)
		p.median = numbers[len(numbers)/2]
	}
	return p
}

func (p *profile) addNumber(v float64, cell string) {
	p.numbers++
	if v == 0 || v == -1 {
		p.holders++
		return
	}
	if math.Abs(v) <= 180 {
		p.lons++
	}
	if math.Abs(v) <= 90 {
		p.lats++
	}
	if at := strings.LastIndexAny(cell, ".,"); at >= 0 && len(strings.TrimSpace(cell))-at > 3 {
		p.fine++
	}
}

// placed returns how many values could be coordinates: placeholders apart.
func (p profile) placed() int { return p.values - p.holders }

// isAtLeast reports whether part is at least that share of whole; of nothing
// every share is there.
func isAtLeast(part, whole int, share float64) bool {
	return float64(part) >= share*float64(whole)
}

func hasWord(cell string) bool {
	letters := 0
	for _, r := range cell {
		if !unicode.IsLetter(r) {
			letters = 0
			continue
		}
		if letters++; letters == 2 {
			return true
		}
	}
	return false
}

// cellAt returns a cell of a record; beyond its end cells are blank.
func cellAt(cells []string, column int) string {
	if column < 0 || column >= len(cells) {
		return ""
	}
	return cells[column]
}
