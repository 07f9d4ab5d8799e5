package ingest

import (
	"math/bits"
	"strings"

	"atalaya/store"
)

// String returns the order as a note shows it.
func (o dateOrder) String() string { return o.say().String() }

func (o dateOrder) say() store.Saying {
	switch o {
	case dayFirst:
		return say("day first")
	case monthFirst:
		return say("month first")
	}
	return say("in any order")
}

// decision is an order and why it was taken.
type decision struct {
	order dateOrder // anyOrder where nothing decides
	why   store.Saying
}

// or returns the decision, or the other where it is none.
func (d decision) or(other decision) decision {
	if d.order == anyOrder {
		return other
	}
	return d
}

// orderVotes is what the dates of a column say about the order of day and
// month. Strongest are numbers over 12, which can be no month.
type orderVotes struct {
	days, months, open int // dates that can only be day first, only month first, or either

	firsts, seconds uint32 // the numbers of open dates, as sets of bits
	agrees          [2]int // other columns that agree with the reading day first, month first
	today           int    // as dayNumber counts
	ahead           [2]int // open dates that would be after today
	steps           [2]trend
	shown           [2]shown // the first dates that can only be day first, only month first
}

// shown is a date that shows an order, and the row that it stands in.
type shown struct {
	row  string // its name
	date string
}

// dayNumber counts days in a way that keeps their order.
func dayNumber(year, month, day int) int { return year*400 + month*32 + day }

// trend counts how often the dates of successive rows rise and fall.
type trend struct{ last, up, down int }

// add counts one date by its two numbers; 0 where the order is no question.
func (v *orderVotes) add(first, second, year int) {
	switch {
	case first < 1 || second < 1:
		return
	case first > 12:
		v.days++
		return
	case second > 12:
		v.months++
		return
	case first != second:
		v.open++
	}
	v.firsts |= 1 << first
	v.seconds |= 1 << second
	for i, day := range [2]int{dayNumber(year, second, first), dayNumber(year, first, second)} {
		v.steps[i].add(day)
		if day > v.today {
			v.ahead[i]++
		}
	}
}

// note keeps the first date that shows each order, with the name of its row.
func (v *orderVotes) note(c scanner, cell string, row int, name func(int) string) {
	i := 0
	switch {
	case c.first > 12:
	case c.second > 12:
		i = 1
	default:
		return
	}
	if v.shown[i].row == "" {
		v.shown[i] = shown{name(row), strings.Clone(strings.TrimSpace(cell))}
	}
}

func (t *trend) add(day int) {
	switch {
	case t.last == 0:
	case day > t.last:
		t.up++
	case day < t.last:
		t.down++
	}
	t.last = day
}

// isSorted reports whether the rows are in the order of their dates, one step
// in fifty apart; isMixed that they are clearly not.
func (t *trend) isSorted() bool { return 50*min(t.up, t.down) <= t.up+t.down }
func (t *trend) isMixed() bool  { return 10*min(t.up, t.down) >= t.up+t.down }

// fewSteps is how many dates a weak argument has to rest on.
const fewSteps = 8

// decide weighs the votes: numbers over 12, then other columns of the same
// row, then what lies in the future, then a number that never changes as the
// other does, then the order of the rows.
func (v *orderVotes) decide() decision {
	n := v.steps[0].up + v.steps[0].down
	days, months := v.agrees[0], v.agrees[1]
	switch {
	case v.days > v.months:
		return decision{dayFirst, say("by the numbers over 12")}
	case v.months > v.days:
		return decision{monthFirst, say("by the numbers over 12")}
	case v.open == 0:
		return decision{}
	case days >= 3 && days > 4*months:
		return decision{dayFirst, say("as the month or the day of the week in another column has it in %d rows", days)}
	case months >= 3 && months > 4*days:
		return decision{monthFirst, say("as the month or the day of the week in another column has it in %d rows", months)}
	case v.ahead[0] == 0 && v.ahead[1] > 1:
		return decision{dayFirst, say("as %d of them would be in the future otherwise", v.ahead[1])}
	case v.ahead[1] == 0 && v.ahead[0] > 1:
		return decision{monthFirst, say("as %d of them would be in the future otherwise", v.ahead[0])}
	case bits.OnesCount32(v.seconds) == 1 && bits.OnesCount32(v.firsts) > 3:
		return decision{dayFirst, say("as the second number never changes")}
	case bits.OnesCount32(v.firsts) == 1 && bits.OnesCount32(v.seconds) > 3:
		return decision{monthFirst, say("as the first number never changes")}
	case n >= fewSteps && v.steps[0].isSorted() && v.steps[1].isMixed():
		return decision{dayFirst, say("as the rows are in that order")}
	case n >= fewSteps && v.steps[1].isSorted() && v.steps[0].isMixed():
		return decision{monthFirst, say("as the rows are in that order")}
	}
	return decision{}
}

// contest tells why the order is in doubt although some dates can be read one
// way only: others can only be read the other way, or they are few and stand
// against the habit of the source. No doubt where many stand against none. One
// against fifty is a slip of the pen, and rejected: two ways of writing dates
// would be more.
//
// Of dates spread over whole months three in five have a day over 12: where
// under one in five have, most were written in the other order, or none but
// the first days of a month are there.
func (v *orderVotes) contest(by, habit decision) (store.DoubtCode, store.Saying) {
	const few, slips = 3, 50
	n := v.days + v.months
	switch {
	case v.days > 0 && v.months > 0:
		code := store.DoubtDates
		if slips*min(v.days, v.months) <= max(v.days, v.months) {
			code = store.DoubtOrder
		}
		return code, say("%s, %s, %d either; they are read %s, %s, and those that contradict are rejected", v.only(0), v.only(1), v.open, by.order.say(), by.why)
	case n == 0 || v.open == 0 || by.order == habit.order || n >= few && 4*n >= v.open:
		return "", store.Saying{}
	}
	side := 0
	if v.months > 0 {
		side = 1
	}
	return store.DoubtOrder, say("%s, %d either; they are read %s, but %s would be expected, %s", v.only(side), v.open, by.order.say(), habit.order.say(), habit.why)
}

// only counts the dates that can be read one way only, 0 day first and 1 month
// first, with the first of them.
func (v *orderVotes) only(i int) store.Saying {
	n, order := v.days, dayFirst
	if i == 1 {
		n, order = v.months, monthFirst
	}
	return say("%d of its dates can only be %s (the first is %q in row %s)", n, order.say(), v.shown[i].date, v.shown[i].row)
}
