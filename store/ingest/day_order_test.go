package ingest

import (
	"math"
	"testing"
	"time"

	"atalaya/store"

	"pgregory.net/rapid"
)

// votesOf hears dates as pairs of numbers of the year 2024.
func votesOf(today int, pairs ...[2]int) orderVotes {
	v := orderVotes{today: today}
	for _, pair := range pairs {
		v.add(pair[0], pair[1], 2024)
	}
	return v
}

func TestTheOrderIsDecidedByTheStrongestArgument(t *testing.T) {
	june := dayNumber(2024, 6, 1)
	for _, c := range []struct {
		name  string
		today int
		dates [][2]int
		want  dateOrder
	}{
		{"nothing", june, nil, anyOrder},
		{"a number over 12 first", june, [][2]int{{1, 2}, {13, 2}}, dayFirst},
		{"a number over 12 second", june, [][2]int{{1, 2}, {2, 13}}, monthFirst},
		{"more numbers over 12 first than second", june, [][2]int{{13, 2}, {14, 2}, {2, 13}}, dayFirst},
		{"as many of either", june, [][2]int{{13, 2}, {2, 13}}, anyOrder},
		{"the same day either way", june, [][2]int{{5, 5}, {3, 3}}, anyOrder},
		{"two dates that could be either", june, [][2]int{{1, 2}, {3, 2}}, anyOrder},
		{"a second number that never changes", june, [][2]int{{1, 2}, {4, 2}, {3, 2}, {5, 2}}, dayFirst},
		{"a first number that never changes", math.MaxInt, [][2]int{{2, 1}, {2, 4}, {2, 3}, {2, 9}}, monthFirst},
		// 2 July and 2 August would lie ahead of 1 June.
		{"two dates in the future otherwise", june, [][2]int{{7, 2}, {8, 2}, {1, 3}}, dayFirst},
		{"one date in the future otherwise", june, [][2]int{{7, 2}, {1, 3}}, anyOrder},
		// Rising day first; month first it falls with every new month.
		{"rows in order", math.MaxInt, [][2]int{{1, 2}, {5, 2}, {9, 2}, {1, 3}, {5, 3}, {9, 3}, {1, 4}, {5, 4}, {9, 4}, {2, 5}}, dayFirst},
		{"rows in the reverse order", math.MaxInt, [][2]int{{5, 2}, {4, 9}, {4, 5}, {4, 1}, {3, 9}, {3, 5}, {3, 1}, {2, 9}, {2, 5}, {2, 1}}, monthFirst},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := votesOf(c.today, c.dates...)
			if got := v.decide(); got.order != c.want || (got.order != anyOrder) != (!got.why.IsZero()) {
				t.Errorf("%+v, want %v", got, c.want)
			}
		})
	}
}

// A few dates do not outweigh a country and the many that could be either: one
// never, of three and more those that are under one in five.
func TestFewDatesAgainstTheHabitAreADoubt(t *testing.T) {
	for _, c := range []struct {
		days, months, open int
		want               store.DoubtCode
	}{
		{1, 0, 0, ""}, {1, 0, 1, store.DoubtOrder}, {2, 0, 1, store.DoubtOrder}, {3, 0, 12, ""}, {3, 0, 13, store.DoubtOrder},
		{0, 1, 500, ""}, {300, 0, 200, ""}, {300, 1, 200, store.DoubtOrder}, {300, 7, 200, store.DoubtDates}, {0, 0, 9, ""},
	} {
		v := orderVotes{days: c.days, months: c.months, open: c.open}
		by, habit := decision{dayFirst, say("by the numbers over 12")}, decision{monthFirst, say("as is usual there")}
		if c.months > c.days {
			by.order = monthFirst
		}
		if code, why := v.contest(by, habit); code != c.want || why.IsZero() != (code == "") {
			t.Errorf("%+v: %s, %q", c, code, why)
		}
	}
}

// 2 January 2024 was a Tuesday; 1 February a Thursday.
func TestAnotherColumnCanTellTheOrder(t *testing.T) {
	for _, c := range []struct {
		cell      string
		isWeekday bool
		want      [2]int // agrees with day first, with month first
	}{
		{"Tuesday", true, [2]int{1, 0}}, // of 02/01/2024
		{"martes", true, [2]int{1, 0}},
		{"terça-feira", true, [2]int{1, 0}},
		{"jeudi", true, [2]int{0, 1}},
		{"Monday", true, [2]int{0, 0}},
		{"2", true, [2]int{0, 0}}, // nobody knows which day is the first
		{"enero", false, [2]int{1, 0}},
		{"1", false, [2]int{1, 0}},
		{"2024-02", false, [2]int{0, 1}},
		{"March", false, [2]int{0, 0}},
		{"", false, [2]int{0, 0}},
	} {
		var v orderVotes
		v.hear(witness{isWeekday: c.isWeekday}, c.cell, scanner{first: 2, second: 1}, 2024)
		if v.agrees != c.want {
			t.Errorf("%q: %v, want %v", c.cell, v.agrees, c.want)
		}
	}
}

// Whatever the dates are, swapping the two numbers of each swaps the decision.
func TestTheDecisionIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOf(rapid.IntRange(0, 500)).Draw(t, "days")
		v, swapped := orderVotes{today: dayNumber(2024, 6, 1)}, orderVotes{today: dayNumber(2024, 6, 1)}
		for _, day := range days {
			at := time.Date(2023, 1, 1+day, 0, 0, 0, 0, time.UTC)
			v.add(at.Day(), int(at.Month()), at.Year())
			swapped.add(int(at.Month()), at.Day(), at.Year())
		}
		opposite := map[dateOrder]dateOrder{anyOrder: anyOrder, dayFirst: monthFirst, monthFirst: dayFirst}
		if a, b := v.decide().order, swapped.decide().order; opposite[a] != b {
			t.Fatalf("%v, swapped %v", a, b)
		}
	})
}
