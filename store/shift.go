package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// dayMinutes is how many minutes a day of the clock has.
const dayMinutes = 24 * 60

// Shift is a part of the day as a force divides it among its people. Its
// times are of the local clock, so that a shift is an hour longer or shorter
// on the nights when the clock is set.
type Shift struct {
	Code           string // lower-case letters, digits, underscores: night
	NameES, NameEN string
	Start          int   // minute of the local day, 0 to 1439
	End            int   // as Start, excluded; not after Start it is of the next day: equal is 24 hours
	Days           uint8 // the local days on which it starts, bit 0 Monday to bit 6 Sunday; 0 is all
}

// Name returns the name in the language lang ("es" or "en").
func (s Shift) Name(lang string) string {
	if lang == "es" {
		return s.NameES
	}
	return s.NameEN
}

// Minutes returns how long the shift is by the clock, 1 to 1440.
func (s Shift) Minutes() int {
	if s.End <= s.Start {
		return s.End - s.Start + dayMinutes
	}
	return s.End - s.Start
}

// MarshalJSON writes the times as 22:00 and the days as a list from 1 (Monday)
// to 7 (Sunday), empty for all.
func (s Shift) MarshalJSON() ([]byte, error) {
	days := []int{}
	for day := range 7 {
		if s.Days>>day&1 == 1 {
			days = append(days, day+1)
		}
	}
	return json.Marshal(struct {
		Code   string `json:"code"`
		NameES string `json:"name_es"`
		NameEN string `json:"name_en"`
		Start  string `json:"start"`
		End    string `json:"end"`
		Days   []int  `json:"days"`
	}{s.Code, s.NameES, s.NameEN, ClockText(s.Start), ClockText(s.End), days})
}

// Problems names everything that keeps a shift from being stored; nil where
// nothing does.
func (s Shift) Problems() []Problem {
	var found problems
	if !IsCode(s.Code, "_") {
		found.add("code", s.Code, "is not a code", "1 to 60 lower-case letters, digits and underscores")
	}
	found.name("name_es", s.NameES)
	found.name("name_en", s.NameEN)
	for _, end := range []struct {
		field  string
		minute int
	}{{"start", s.Start}, {"end", s.End}} {
		if end.minute < 0 || end.minute >= dayMinutes {
			found.add(end.field, strconv.Itoa(end.minute), "is no minute of the day", "0 to 1439")
		}
	}
	if s.Days >= 1<<7 {
		found.add("days", strconv.Itoa(int(s.Days)), "has days beyond Sunday", "days of a week")
	}
	return found
}

// ClockAllowed says in a few words what ParseClock takes, for messages.
const ClockAllowed = "a time of day from 00:00 to 24:00, such as 22:00"

// ParseClock reads a time of day as a minute of it, 0 to 1439: "06:30" is 390,
// and "24:00" is 0, as the end of a shift would have it.
func ParseClock(s string) (int, error) {
	hour, minute, found := strings.Cut(s, ":")
	if !found || len(hour) < 1 || len(hour) > 2 || len(minute) != 2 {
		return 0, fmt.Errorf("%q is no time of day", s)
	}
	h, errH := strconv.ParseUint(hour, 10, 8)
	m, errM := strconv.ParseUint(minute, 10, 8)
	if errH != nil || errM != nil || h > 24 || m > 59 || h == 24 && m > 0 {
		return 0, fmt.Errorf("%q is no time of day", s)
	}
	return int(60*h+m) % dayMinutes, nil
}

// ClockText writes a minute of the day as 06:30.
func ClockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
