package ingest

import "strings"

// habit returns the order in which the people who made the file write dates,
// which decides where the dates themselves do not: by the language of the
// columns' names and of the months, by decimal commas, by the country of the
// time zone.
func (s *timeSurvey) habit(m *mapping) decision {
	romance := 0
	for i, name := range m.columns {
		for _, word := range splitTimeWords(wordsOf(name)) {
			switch {
			case !isRomanceWord(word):
			case i == s.begin.index || i == s.end.index:
				return decision{dayFirst, say("by the language of the header")}
			default:
				romance++
			}
		}
	}
	switch {
	case romance > 1:
		return decision{dayFirst, say("by the language of the header")}
	case s.begin.foreign+s.end.foreign > 0:
		return decision{dayFirst, say("by the language of the months")}
	case s.commas > 0:
		return decision{dayFirst, say("as decimal commas are written where the day comes first")}
	case m.timeSetting.location == nil:
		return decision{monthFirst, say("by the language of the header")}
	}
	zone := m.timeSetting.location.String()
	switch {
	case isMonthFirstZone(zone):
		return decision{monthFirst, say("as is usual in %s", zone)}
	case zone == "UTC" || strings.HasPrefix(zone, "Etc/"):
		return decision{monthFirst, say("by the language of the header")}
	}
	return decision{dayFirst, say("as is usual in %s", zone)}
}

// isMonthFirstZone reports whether a time zone, by its IANA name, is of a
// country in which the month is written before the day: the United States and
// its territories, Micronesia, Palau, the Philippines.
func isMonthFirstZone(zone string) bool {
	for _, prefix := range []string{"US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/"} {
		if strings.HasPrefix(zone, prefix) {
			return true
		}
	}
	switch zone {
	case "America/New_York", "America/Detroit", "America/Chicago", "America/Menominee", "America/Denver", "America/Boise",
		"America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Juneau", "America/Sitka",
		"America/Metlakatla", "America/Yakutat", "America/Nome", "America/Adak", "America/Puerto_Rico",
		"America/St_Thomas", "America/Virgin", "America/Louisville", "America/Indianapolis", "America/Fort_Wayne",
		"Pacific/Honolulu", "Pacific/Guam", "Pacific/Saipan", "Pacific/Pago_Pago", "Pacific/Palau", "Pacific/Chuuk",
		"Pacific/Pohnpei", "Pacific/Kosrae", "Pacific/Majuro", "Asia/Manila",
		"EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "EST", "MST", "HST":
		return true
	}
	return false
}
