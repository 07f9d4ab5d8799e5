package ingest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateStyle is what of a date a number format shows; 0 is no date.
type dateStyle int

const (
	showsDay dateStyle = 1 << iota
	showsClock
	showsSeconds
)

// readStyles finds out which styles of cells show dates.
func (w *workbook) readStyles(member string) error {
	custom := map[string]string{} // number formats by their id
	inCells := false
	x, end, err := w.xml(member)
	if err != nil || x == nil {
		return err
	}
	defer func() { _ = end() }() // read only: nothing to lose
	for {
		kind, _, err := x.next()
		switch {
		case atEnd(err):
			return nil
		case err != nil:
			return w.fault(member, err)
		case kind == xmlText:
		case x.is("cellXfs"):
			inCells = kind == xmlStart
		case kind != xmlStart:
		case x.is("numFmt"):
			custom[x.attribute("numFmtId")] = x.attribute("formatCode")
		case x.is("xf") && inCells:
			id := x.attribute("numFmtId")
			style := builtInStyle(id)
			if code, ok := custom[id]; ok {
				style = styleOf(code)
			}
			w.styles = append(w.styles, style)
		}
	}
}

// builtInStyle returns what the number formats show that have no code in the
// file (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are East Asian dates.
func builtInStyle(id string) dateStyle {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return 0
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return showsDay
	case n == 18, n == 20, n == 32, n == 34:
		return showsClock
	case n == 19, n == 21, n == 33, n == 35, n >= 45 && n <= 47:
		return showsClock | showsSeconds
	case n == 22:
		return showsDay | showsClock
	}
	return 0
}

// styleOf returns what a number format shows by its code: letters outside
// quotes and brackets of its first section.
func styleOf(code string) dateStyle {
	var letters strings.Builder
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return 0
			}
			if inner := strings.ToLower(code[i+1 : i+end]); strings.Trim(inner, "hms") == "" {
				letters.WriteString(inner) // [h]:mm counts hours
			}
			i += end
		default:
			letters.WriteByte(code[i] | 0x20)
		}
	}
	shown := strings.NewReplacer("am/pm", "", "a/p", "", "general", "").Replace(letters.String())
	var style dateStyle
	if strings.Contains(shown, "s") {
		style |= showsClock | showsSeconds
	}
	if strings.Contains(shown, "h") {
		style |= showsClock
	}
	if strings.ContainsAny(shown, "yd") || style == 0 && strings.Contains(shown, "m") {
		style |= showsDay
	}
	return style
}

// The days of 9999-12-31, the last date of a spreadsheet, and of 1904-01-01,
// the first one of the other date system.
const (
	lastSheetDay = 2958465
	days1904     = 1462
)

// serialDate writes a spreadsheet's number of days as ISO text: with a clock
// where the style shows one or the number has one. It reports whether the
// number is a date.
func serialDate(serial float64, style dateStyle, is1904 bool) (string, bool) {
	isClock := style&showsDay == 0 && serial < 2 // counts from no day
	if is1904 && !isClock {
		serial += days1904
	}
	if !(serial >= 0 && serial <= lastSheetDay+1) {
		return "", false
	}
	if serial < 60 { // 1900 is taken for a leap year; day 60 is not one
		serial++
	}
	day, clock := math.Modf(serial)
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).
		Add(time.Duration(math.Round(clock*86_400_000)) * time.Millisecond)
	layout := "15:04"
	if at.Second() != 0 || at.Nanosecond() != 0 || style&showsSeconds != 0 {
		layout = "15:04:05.999"
	}
	if isClock {
		return at.Format(layout), true
	}
	isMidnight := at.Equal(at.Truncate(24 * time.Hour))
	if style&showsClock == 0 && isMidnight {
		return at.Format(time.DateOnly), true
	}
	return at.Format(time.DateOnly + " " + layout), true
}
