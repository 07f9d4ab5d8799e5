package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is a part of an incident that a column of a file can give.
type Field string

// The fields. A place is Lon and Lat, or Point. A time is Time alone, or a day
// and a time of day: Date, or Year, Month and Day, of which the last may be
// missing, and Clock, or Hour and Minute. TimeTo and ClockTo end the interval
// that it begins.
const (
	Lon      Field = "lon"      // degrees, or easting
	Lat      Field = "lat"      // degrees, or northing
	Point    Field = "point"    // "(lat, lon)", WKT, WKB or a GeoJSON position
	ID       Field = "id"       // the source's id, kept as text
	Time     Field = "time"     // date, date and time, or month
	TimeTo   Field = "time_to"  // end of the interval
	Date     Field = "date"     // its time of day stands in Clock
	Clock    Field = "clock"    // hh:mm or hhmm
	ClockTo  Field = "clock_to" // time of day of TimeTo, or of the day that the interval begins
	Year     Field = "year"     // 2024 or 24
	Month    Field = "month"    // 1 to 12, or a name; it has its year in Year
	Day      Field = "day"      // of the month
	Hour     Field = "hour"     // of the day
	Minute   Field = "minute"   // of Hour, or of a Clock that says the hour alone
	Category Field = "category" // the source's text
	Origin   Field = "origin"   // who brought it to light
	UTMZone  Field = "utm_zone" // of the row, whose Lon and Lat are easting and northing in it

	RivalLon   Field = "rival_lon"   // longitude that stands in where the place is blank or impossible
	RivalLat   Field = "rival_lat"   // latitude that does
	RivalPoint Field = "rival_point" // point that does
)

// allFields returns the fields in the order in which people are told of them.
func allFields() []Field {
	return []Field{Lon, Lat, Point, ID, Time, TimeTo, Date, Clock, ClockTo, Year, Month, Day, Hour, Minute, Category, Origin,
		UTMZone, RivalLon, RivalLat, RivalPoint}
}

// Fields returns the names of all fields, as Options.Map takes them.
func Fields() []string {
	var names []string
	for _, f := range allFields() {
		names = append(names, string(f))
	}
	return names
}

// maxNameBytes is the longest cell that is looked at as a column's name.
const maxNameBytes = 100

// nameFloor returns the least name score that makes a column a candidate.
// Names of times may score low: where a file has no better one, the date of
// the report is what there is, and the evidence says which column it was.
func (f Field) nameFloor() int {
	switch f {
	case ID, Category:
		return 6
	case Origin:
		return 10
	case Time, Date:
		return 1
	default:
		return 8
	}
}

// nameScore tells how well the words of a column's name fit a field: the sum
// of the weights of the words, one less for each unknown word.
func nameScore(f Field, words []string) int {
	isTime := f.isOfTime()
	if isTime {
		words = splitTimeWords(words)
	}
	score, isEnd := 0, false
	for _, word := range words {
		weight, isKnown := weigh(f, word)
		if !isKnown && isTime {
			weight, isKnown = occasionWord(word)
		}
		switch {
		case isKnown:
			score += weight
		case isTime && isEndWord(word):
			isEnd = true
			score += 8
		default:
			score--
		}
	}
	if isTime && isEnd != (f == TimeTo || f == ClockTo) {
		return score - 30
	}
	return score
}

// wordsOf returns the words of a column's name, lower-case and without
// accents: "FechaDelHecho" and "FECHA_DEL_HECHO" are both fecha, del, hecho.
func wordsOf(name string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	lower := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if unicode.IsUpper(r) && lower {
				flush()
			}
			lower = unicode.IsLower(r)
			word.WriteRune(unicode.ToLower(r))
		default:
			lower = false
			flush()
		}
	}
	flush()
	return words
}

// isStoredAsText reports whether the values of the field are stored as they
// stand.
func (f Field) isStoredAsText() bool { return f == ID || f == Category }
