package messages

import (
	"math"

	"golang.org/x/text/number"
)

// Number writes a whole number with the language's separators: 12,345.
func (c *Catalogue) Number(n int) string { return c.printer.Sprint(number.Decimal(n)) }

// Decimal writes a number with exactly so many decimals: 0.11.
func (c *Catalogue) Decimal(v float64, decimals int) string {
	return c.printer.Sprint(number.Decimal(v, number.Scale(decimals)))
}

// Rough writes a number as exactly as people need it: one decimal below ten,
// none above.
func (c *Catalogue) Rough(v float64) string {
	if math.Abs(v) < 9.95 {
		return c.printer.Sprint(number.Decimal(v, number.MaxFractionDigits(1)))
	}
	return c.printer.Sprint(number.Decimal(v, number.MaxFractionDigits(0)))
}
