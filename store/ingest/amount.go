package ingest

import "strings"

// amounts are the numbers of a column, as texts in which marks part thousands
// or decimals.
type amounts struct {
	decimal, groups [2]bool // marks that the numbers show to be so
	open            [2]bool // marks that could be either: 1.234
	example         string  // the last number that has a mark
}

const amountMarks = ".,"

// look notes what a number tells of the marks of its column.
func (a *amounts) look(number string) {
	number = strings.TrimLeft(strings.TrimSpace(number), "+-−")
	if strings.ContainsAny(number, "eE") {
		return
	}
	last := strings.LastIndexAny(number, amountMarks)
	if last < 0 {
		return
	}
	a.example = number
	mark := strings.IndexByte(amountMarks, number[last])
	other := amountMarks[1-mark : 2-mark]
	switch {
	case strings.Contains(number, other):
		a.decimal[mark], a.groups[1-mark] = true, true
	case strings.Count(number, amountMarks[mark:mark+1]) > 1:
		a.groups[mark] = true
	case len(number)-last == 4 && last >= 1 && last <= 3 && number[0] != '0':
		a.open[mark] = true
	default:
		a.decimal[mark] = true
	}
}

// grouping returns the mark that parts thousands, 0 where neither is seen to;
// ok is false where a number could be one or a thousand times as much.
func (a *amounts) grouping() (mark byte, ok bool) {
	for i := range amountMarks {
		isGroup, isDecimal := a.groups[i] || a.decimal[1-i], a.decimal[i] || a.groups[1-i]
		switch {
		case isGroup && isDecimal, a.open[i] && !isGroup && !isDecimal:
			return 0, false
		case isGroup:
			mark = amountMarks[i]
		}
	}
	return mark, true
}

// parseAmount reads a number without a unit, thousands being parted by the
// mark groups.
func parseAmount(text string, groups byte) (float64, bool) {
	isStrange := func(r rune) bool { return !strings.ContainsRune("0123456789.,'’ \u00a0\u202f\u2009+-−eE", r) }
	if strings.ContainsFunc(text, isStrange) {
		return 0, false
	}
	return parseNumber(text, groups)
}
