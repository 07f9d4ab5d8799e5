package ingest

import (
	"strings"
	"testing"
	"time"

	"atalaya/store"

	"pgregory.net/rapid"
)

func TestTimesAreReadInEveryFormThatExportsUse(t *testing.T) {
	day := stamp{year: 2024, month: 2, day: 10, precision: store.Day}
	minute := stamp{year: 2024, month: 2, day: 10, hour: 13, minute: 5, precision: store.Minute}
	hour := stamp{year: 2024, month: 2, day: 10, hour: 13, precision: store.Hour}
	second := stamp{year: 2024, month: 2, day: 10, hour: 13, minute: 5, second: 9, precision: store.Second}
	at := func(s stamp, offset int) stamp { s.zoned, s.offset = true, offset; return s }
	month := stamp{year: 2024, month: 2, day: 1, precision: store.Month}
	for _, c := range []struct {
		text  string
		order dateOrder
		want  stamp
	}{
		{"2024-02-10", anyOrder, day},
		{"2024/02/10", anyOrder, day},
		{"2024.2.10", anyOrder, day},
		{"20240210", anyOrder, day},
		{"2024-Feb-10", anyOrder, day},
		{"10/02/2024", dayFirst, day},
		{"02/10/2024", monthFirst, day},
		{"2/10/24", monthFirst, day},
		{"10.02.2024", dayFirst, day},
		{"10-feb-2024", monthFirst, day},
		{"10-Feb-24", anyOrder, day},
		{"10 de febrero de 2024", anyOrder, day},
		{"10 Febrero del 2024", anyOrder, day},
		{"Feb 10, 2024", anyOrder, day},
		{"February 10 2024", anyOrder, day},
		{"2024-02", anyOrder, month},
		{"02/2024", dayFirst, month},
		{"2024-02-10 13:05", anyOrder, minute},
		{"2024-02-10T13:05", anyOrder, minute},
		{"10/02/2024 13:05", dayFirst, minute},
		{"02/10/2024 01:05 PM", monthFirst, minute},
		{"10/02/2024, 1:05 p. m.", dayFirst, minute},
		{"10/02/2024 1:05\u00a0p.\u00a0m.", dayFirst, minute},
		{"10/02/2024 - 13h05", dayFirst, minute},
		{"2024-02-10T13:05:09", anyOrder, second},
		{"2024-02-10 13:05:09.123456", anyOrder, second},
		{"2024-02-10 13:05:09,5", anyOrder, second},
		{"20240210130509", anyOrder, second},
		{"02/10/2024 01:05:09 PM", monthFirst, second},
		{"2024-02-10T13:05:09Z", anyOrder, at(second, 0)},
		{"2024-02-10 13:05:09+00", anyOrder, at(second, 0)},
		{"2024-02-10 13:05:09 UTC", anyOrder, at(second, 0)},
		{"2024-02-10T13:05:09.000-06:00", anyOrder, at(second, -6*3600)},
		{"2024-02-10 13:05:09 +0530", anyOrder, at(second, 5*3600+1800)},
		{"2024-02-10 13:05 GMT-6", anyOrder, at(minute, -6*3600)},
		{"10022024", dayFirst, day},
		{"02102024", monthFirst, day},
		{"10FEB2024", anyOrder, day},
		{"1st February 2024", anyOrder, stamp{year: 2024, month: 2, day: 1, precision: store.Day}},
		{"Feb 10th, 2024", anyOrder, day},
		{"1er février 2024", anyOrder, stamp{year: 2024, month: 2, day: 1, precision: store.Day}},
		{"10 févr. 2024", anyOrder, day},
		{"10 février 2024", anyOrder, day}, // decomposed
		{"10/fev/2024", anyOrder, day},
		{"10 de fevereiro de 2024", anyOrder, day},
		{"05-ene-24", anyOrder, stamp{year: 2024, month: 1, day: 5, precision: store.Day}},
		{"sábado, 10 de febrero de 2024", anyOrder, day},
		{"Sat, 10 Feb 2024", anyOrder, day},
		{"sex., 10/02/2024", dayFirst, day},
		{"terça-feira, 10/02/2024", dayFirst, day},
		{"mar. 10/02/2024", dayFirst, day}, // a Tuesday
		{"mar 10 fév 2024", anyOrder, day},
		{"Mar 10, 2024", anyOrder, stamp{year: 2024, month: 3, day: 10, precision: store.Day}},
		{"ene-24", anyOrder, stamp{year: 2024, month: 1, day: 1, precision: store.Month}},
		{"Feb-24", anyOrder, month},
		{"febrero de 2024", anyOrder, month},
		{"Février 2024", anyOrder, month},
		{"Fév 2024", anyOrder, month},
		{"févr. 2024", anyOrder, month},
		{"fev/2024", anyOrder, month},
		{"set/2023", anyOrder, stamp{year: 2023, month: 9, day: 1, precision: store.Month}},
		{"2024 febrero", anyOrder, month},
		{"2024-feb", anyOrder, month},
		{"202402", anyOrder, month},
		{"2024-02-10T13", anyOrder, hour},
		{"2024-02-10 13", anyOrder, hour},
		{"10/02/2024 1 PM", dayFirst, hour},
		{"10/02/2024 13h", dayFirst, hour},
		{"2024-02-10T1305", anyOrder, minute},
		{"20240210 1305", anyOrder, minute},
		{"202402101305", anyOrder, minute},
		{"10/02/2024 1305 hrs", dayFirst, minute},
		{"10/02/2024 13:05 horas", dayFirst, minute},
		{"10/02/2024 13.05", dayFirst, minute},
		{"10/02/2024 a las 13:05", dayFirst, minute},
		{"10/02/2024 13:05 PM", dayFirst, minute},
		{"Feb 10 2024  1:05PM", anyOrder, minute},
		{"10/2/2024, 1:05 p. m.", dayFirst, minute},
		{"10FEB2024:13:05:09", anyOrder, second},
		{"10-FEB-24 01.05.09.000000000 PM", anyOrder, second},
		{"2024-02-10-13.05.09.000000", anyOrder, second},
		{"2024-02-10 13:05:09:123", anyOrder, second},
		{"20240210T130509Z", anyOrder, at(second, 0)},
		{"2024-02-10T130509Z", anyOrder, at(second, 0)},
		{"2024-02-10T13:05:09+01:00[Europe/Paris]", anyOrder, at(second, 3600)},
		{"Sat, 10 Feb 2024 13:05:09 GMT", anyOrder, at(second, 0)},
		{"2024-02-10 13:05:09.0000000 -06:00", anyOrder, at(second, -6*3600)},
		{"12/31/2024 12:44:00 AM", monthFirst, stamp{year: 2024, month: 12, day: 31, minute: 44, precision: store.Second}},
		{"12/31/2024 12:44:00 PM", monthFirst, stamp{year: 2024, month: 12, day: 31, hour: 12, minute: 44, precision: store.Second}},
		{"2024-02-29 24:00:00", anyOrder, stamp{year: 2024, month: 2, day: 29, hour: 24, precision: store.Second}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, fault := parseStamp(c.text, c.order)
			if fault != "" || got != c.want {
				t.Errorf("got %+v, fault %q; want %+v", got, fault, c.want)
			}
		})
	}
}

func TestWhatIsNoTimeIsRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		text  string
		order dateOrder
		want  timeFault
	}{
		{"yesterday", anyOrder, faultForm},
		{"2024", anyOrder, faultForm},
		{"15213800", anyOrder, faultForm}, // eight digits, but the year 1521
		{"12.1999", anyOrder, faultForm},  // a coordinate
		{"41.809125265", anyOrder, faultForm},
		{"2024-02-10 5", anyOrder, faultForm},
		{"2024-W06-6", anyOrder, faultWeek},
		{"2024-041", anyOrder, faultForm}, // a day of the year
		{"Feb 10", anyOrder, faultForm},   // no year
		{"100224", anyOrder, faultForm},   // any order at all
		{"1175.10", anyOrder, faultForm},
		{"202413", anyOrder, faultMonth},
		{"20242", anyOrder, faultForm},
		{"31022024", dayFirst, faultDay},
		{"2024-02-10 13:5", anyOrder, faultForm},
		{"2024-02-10 13:05:09 cst", anyOrder, faultForm},
		{"2024-02-10 13:05:09 ABCDEF", anyOrder, faultForm},
		{"2024-02-10x", anyOrder, faultForm},
		{"30/02/2024", dayFirst, faultDay},
		{"2023-02-29", anyOrder, faultDay},
		{"2024-13-01", anyOrder, faultMonth},
		{"13/25/2024", anyOrder, faultMonth},
		{"02/13/2024", dayFirst, faultDMY},
		{"13/02/2024", monthFirst, faultMDY},
		{"2024-02-10 25:00", anyOrder, faultClock},
		{"2024-02-10 24:00:01", anyOrder, faultClock},
		{"2024-02-10 13:60", anyOrder, faultClock},
		{"2024-02-10 13:05 AM", anyOrder, faultClock},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got, fault := parseStamp(c.text, c.order); fault != c.want {
				t.Errorf("got %+v, fault %q; want %q", got, fault, c.want)
			}
		})
	}
}

// Whatever time.Format writes in a layout of the list is read as time.Parse
// reads it.
func TestWrittenTimesAreReadBack(t *testing.T) {
	layouts := []struct {
		layout string
		order  dateOrder
	}{
		{time.RFC3339, anyOrder}, {time.RFC3339Nano, anyOrder}, {time.RFC1123, anyOrder}, {time.RFC1123Z, anyOrder},
		{"2006-01-02", anyOrder}, {"2006-1-2", anyOrder}, {"2006.01.02", anyOrder}, {"2006-Jan-02", anyOrder},
		{"2006-01-02 15:04", anyOrder}, {"2006-01-02T15:04", anyOrder}, {"2006-01-02T15:04:05.000", anyOrder},
		{"2006-01-02 15:04:05-07", anyOrder}, {"2006-01-02 15:04:05 -07:00", anyOrder}, {"2006-01-02 15:04:05Z0700", anyOrder},
		{"2006/01/02 15:04:05", anyOrder}, {"2006-01-02T150405Z0700", anyOrder},
		{"01/02/2006", monthFirst}, {"1/2/2006", monthFirst}, {"01/02/2006 03:04:05 PM", monthFirst}, {"1/2/2006 3:04 PM", monthFirst},
		{"01-02-2006 15:04", monthFirst}, {"01022006", monthFirst},
		{"02/01/2006", dayFirst}, {"2/1/2006 15:04:05", dayFirst}, {"02.01.2006 15.04", dayFirst}, {"02-01-2006 03:04pm", dayFirst},
		{"02012006", dayFirst}, {"2/1/2006, 3:04:05 PM", dayFirst},
		{"2 January 2006 15:04:05", anyOrder}, {"02-Jan-2006", anyOrder}, {"2 Jan 2006 3:04 PM", anyOrder}, {"02Jan2006", anyOrder},
		{"Jan 2, 2006 3:04:05 PM", anyOrder}, {"January 2 2006", anyOrder}, {"Monday, January 2, 2006", anyOrder},
		{"20060102", anyOrder}, {"200601021504", anyOrder}, {"20060102150405", anyOrder}, {"20060102 150405", anyOrder},
		{"20060102T150405Z0700", anyOrder},
		{"2006-01", anyOrder}, {"01/2006", anyOrder}, {"200601", anyOrder}, {"Jan 2006", anyOrder}, {"January 2006", anyOrder},
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(layouts).Draw(t, "layout")
		offset := rapid.IntRange(-12*60, 14*60).Draw(t, "offset in minutes")
		if !strings.Contains(c.layout, ":00") && !strings.Contains(c.layout, "07:00") && !strings.Contains(c.layout, "0700") {
			offset = 0
		}
		at := time.Unix(rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "unix"), 0) // 1906 to 2096
		text := at.In(time.FixedZone("", offset*60)).Format(c.layout)
		if strings.HasSuffix(c.layout, "MST") {
			text = at.UTC().Format(strings.Replace(c.layout, "MST", "GMT", 1))
		}
		want, err := time.Parse(c.layout, text)
		if err != nil {
			t.Fatal(err)
		}
		got, fault := parseStamp(text, c.order)
		if fault != "" || got.wall()-int64(got.offset) != want.Unix() {
			t.Fatalf("%s read as %+v, fault %q; want %v", text, got, fault, want)
		}
	})
}

// The names of months that time.Format does not know, short and long, each
// with the month that it means.
func TestMonthsAreReadInFourLanguages(t *testing.T) {
	for month, names := range [][]string{
		{"enero", "ene", "janeiro", "jan", "janvier", "janv"},
		{"febrero", "feb", "fevereiro", "fev", "février", "févr", "Fév", "FÉVRIER"},
		{"marzo", "mar", "março", "mars"},
		{"abril", "abr", "avril", "avr"},
		{"mayo", "may", "maio", "mai"},
		{"junio", "jun", "junho", "juin"},
		{"julio", "jul", "julho", "juillet", "juil"},
		{"agosto", "ago", "août", "aout"},
		{"septiembre", "sep", "sept", "setiembre", "set", "setembro", "septembre"},
		{"octubre", "oct", "outubro", "out", "octobre"},
		{"noviembre", "nov", "novembro", "novembre"},
		{"diciembre", "dic", "dezembro", "dez", "décembre", "déc"},
	} {
		for _, name := range names {
			for _, text := range []string{"15 " + name + " 2024", "15-" + name + "-24", "15/" + name + ".2024", "15 de " + name + " de 2024", name + " 2024", name + ". 2024", name + "-24", name + " de 2024"} {
				if got, fault := parseStamp(text, anyOrder); fault != "" || got.year != 2024 || got.month != month+1 {
					t.Errorf("%q read as %+v, fault %q", text, got, fault)
				}
			}
		}
	}
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2024-02-10T13:05:09Z", "02/10/2024 01:05 PM", "10 de febrero de 2024", "2024-02", "20240210", "", "\x00", "−"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []dateOrder{anyOrder, dayFirst, monthFirst} {
			s, fault := readTime(text, timeForm{order: order, pivot: 2025})
			if fault != "" {
				continue
			}
			if s.month < 1 || s.month > 12 || s.day < 1 || s.day > 31 || !s.isTimeOfDay() {
				t.Errorf("%q read as %+v", text, s)
			}
			if s.end() <= s.wall() {
				t.Errorf("%q ends at %d, before it starts at %d", text, s.end(), s.wall())
			}
		}
	})
}

func BenchmarkTime(b *testing.B) {
	for _, text := range []string{"2022-06-08 04:00:00+00", "02/10/2024 12:44:00 AM", "05-ene-24", "2024-02-10T13:05:09.123Z"} {
		b.Run(text, func(b *testing.B) {
			form := timeForm{order: monthFirst, pivot: 2025}
			for b.Loop() {
				if _, fault := readTime(text, form); fault != "" {
					b.Fatal(fault)
				}
			}
		})
	}
}
