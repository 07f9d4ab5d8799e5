package ingest

import (
	"strings"
	"time"

	"atalaya/store"
)

// witness is a column that tells the month or the day of the week of the date
// beside it, and so the order of its numbers.
type witness struct {
	column    int
	isWeekday bool
}

// witnesses finds the columns beside the time that may tell, by their names.
func witnesses(m *mapping) []witness {
	var found []witness
	for i, name := range m.columns {
		words := wordsOf(name)
		if m.uses(i) || isPaperwork(words) {
			continue
		}
		w := witness{column: i}
		isMonth := false
		for _, word := range words {
			switch word {
			case "month", "mes", "mois":
				isMonth = true
			case "weekday", "dow", "week", "semana", "semaine", "dia", "day", "jour":
				w.isWeekday = true
			}
		}
		if isMonth != w.isWeekday {
			found = append(found, w)
		}
	}
	return found
}

// hear counts with which reading of an open date the witness agrees, where it
// agrees with one of them only.
func (v *orderVotes) hear(w witness, cell string, c scanner, year int) {
	if c.first > 12 || c.second > 12 || c.first == c.second {
		return
	}
	var isDayFirst, isMonthFirst bool
	if w.isWeekday {
		day := weekdayOf(store.Fold(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(cell)), "-feira")))
		isDayFirst = day == weekday(year, c.second, c.first)
		isMonthFirst = day == weekday(year, c.first, c.second)
	} else {
		month, ok := monthOfCell(cell)
		isDayFirst, isMonthFirst = ok && month == c.second, ok && month == c.first
	}
	switch {
	case isDayFirst == isMonthFirst:
	case isDayFirst:
		v.agrees[0]++
	default:
		v.agrees[1]++
	}
}

// monthOfCell reads the month of "3", "marzo" or "2024-03".
func monthOfCell(cell string) (month int, ok bool) {
	if month, ok = parseMonth(cell); ok {
		return month, true
	}
	s, fault := parseStamp(cell, anyOrder)
	return s.month, fault == "" && s.precision == store.Month
}

func weekday(year, month, day int) int {
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday())
}
