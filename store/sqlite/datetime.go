package sqlite

import (
	"fmt"
	"time"
)

// timeLayout is how GeoPackage writes a DATETIME. All are of one length, so
// their order as text is their order in time.
const timeLayout = "2006-01-02T15:04:05.000Z"

// timeText writes a time of the years 0 to 9999, cut off to the millisecond.
func timeText(t time.Time) string {
	return t.UTC().Format(timeLayout)
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
