package messages

import (
	"strconv"
	"time"
)

// Date writes a day: 1 nov 2025, in English Nov 1, 2025.
func (c *Catalogue) Date(t time.Time) string {
	return c.Text("date.day", "day", t.Day(), "month", c.ShortMonth(t.Month()), "year", strconv.Itoa(t.Year()))
}

// DateTime writes a day and a time of 24 hours: 1 nov 2025, 06:00.
func (c *Catalogue) DateTime(t time.Time) string {
	return c.Text("date.time", "date", c.Date(t), "time", t.Format("15:04"))
}

// Dates writes a period by its first and its last day, and one day as a day.
func (c *Catalogue) Dates(first, last time.Time) string {
	if first.Equal(last) {
		return c.Date(first)
	}
	return c.Text("date.range", "first", c.Date(first), "last", c.Date(last))
}

// Month writes a month with its year: octubre de 2025, in English October 2025.
func (c *Catalogue) Month(t time.Time) string {
	return c.Text("date.month", "month", c.text("month."+strconv.Itoa(int(t.Month()))), "year", strconv.Itoa(t.Year()))
}

// ShortMonth writes the name of a month in short: oct.
func (c *Catalogue) ShortMonth(m time.Month) string {
	return c.text("month.short." + strconv.Itoa(int(m)))
}

// Day writes the name of a day of the week, Monday 0 to Sunday 6.
func (c *Catalogue) Day(day int) string { return c.text("day." + strconv.Itoa(day+1)) }

// ShortDay writes the name of a day of the week in short, Monday 0 to Sunday 6.
func (c *Catalogue) ShortDay(day int) string { return c.text("day.short." + strconv.Itoa(day+1)) }
