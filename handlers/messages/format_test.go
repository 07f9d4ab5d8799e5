package messages_test

import (
	"testing"
	"time"

	"atalaya/handlers/messages"
)

// The separators are those that CLDR gives for es-GT, which writes numbers as
// English does and not as Spain does.
func TestNumbersFollowTheCustomOfGuatemala(t *testing.T) {
	es, en := messages.For("es"), messages.For("en")
	for _, tt := range []struct{ name, got, want string }{
		{"thousands in Spanish", es.Number(1234567), "1,234,567"},
		{"thousands in English", en.Number(1234567), "1,234,567"},
		{"four digits have a separator, too", es.Number(1234), "1,234"},
		{"decimals are kept", es.Decimal(0.1, 2), "0.10"},
		{"small numbers have one decimal", es.Rough(5.84), "5.8"},
		{"no needless decimal", es.Rough(3.02), "3"},
		{"numbers from ten on are whole", es.Rough(58.4), "58"},
		{"what rounds to ten is whole", es.Rough(9.96), "10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}

func TestDatesReadAsPeopleWriteThem(t *testing.T) {
	es, en := messages.For("es"), messages.For("en")
	day := time.Date(2025, time.November, 1, 18, 5, 0, 0, time.UTC)
	for _, tt := range []struct{ name, got, want string }{
		{"day in Spanish", es.Date(day), "1 nov 2025"},
		{"day in English", en.Date(day), "Nov 1, 2025"},
		{"time of 24 hours", es.DateTime(day), "1 nov 2025, 18:05"},
		{"period", es.Dates(day, day.AddDate(1, 0, -1)), "1 nov 2025 – 31 oct 2026"},
		{"period of one day", en.Dates(day, day), "Nov 1, 2025"},
		{"month in Spanish", es.Month(day), "noviembre de 2025"},
		{"month in English", en.Month(day), "November 2025"},
		{"the week begins on Monday", es.Day(0), "lunes"},
		{"and ends on Sunday", en.ShortDay(6), "Sun"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}
