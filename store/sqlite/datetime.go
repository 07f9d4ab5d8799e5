package sqlite

import (
	"fmt"
	"time"
)

// timeLayout is how GeoPackage writes a DATETIME. All are of one length, so
// their order as text is their order in time.
const timeLayout = "2006-01-02T15:04:05.000Z"

// timeText writes a time of the years 0 to 9999, cut off to the millisecond, as
// timeLayout says, in a third of the time that its Format takes.
func timeText(t time.Time) string {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	b := []byte(timeLayout)
	digits(b[0:4], year)
	digits(b[5:7], int(month))
	digits(b[8:10], day)
	digits(b[11:13], hour)
	digits(b[14:16], minute)
	digits(b[17:19], second)
	digits(b[20:23], t.Nanosecond()/1e6)
	return string(b)
}

// digits fills a field with a number.
func digits(field []byte, n int) {
	for i := len(field) - 1; i >= 0; i-- {
		field[i] = byte('0' + n%10)
		n /= 10
	}
}

// parseTime reads what timeText wrote, and the zero time from an empty text.
// Another program may have written other forms of RFC 3339 into the file.
func parseTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("time %q is not like %s", text, timeLayout)
	}
	return t.UTC(), nil
}

// ceilText writes a time as timeText does, but rounded up to the millisecond:
// a stored time is before t exactly when its text is before ceilText(t).
func ceilText(t time.Time) string {
	if t.Truncate(time.Millisecond).Before(t) {
		t = t.Add(time.Millisecond)
	}
	return timeText(t)
}
