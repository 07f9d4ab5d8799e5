package pages

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/handlers/messages"
)

// filterForm is the form that changes the filter: a plain GET.
type filterForm struct {
	Action                               string
	Categories, Areas, Sizes, Hours, Day []choice
	From, To                             string // 2006-01-02
	Presets                              []link
	Summary                              string // the filter in a few words
}

// choice is an option of a select.
type choice struct {
	Value, Text string
	Chosen      bool
}

// link is a text that leads somewhere.
type link struct {
	Href, Text string
	Current    bool
}

// newFilterForm offers what there is to choose. What is asked for and is no
// usual choice is added, so that sending the form does not lose it.
func newFilterForm(action string, f filter, h *holdings, say *messages.Catalogue, zone *time.Location, now time.Time) filterForm {
	form := filterForm{Action: action, Summary: scope(f, h, say)}
	if !f.first.IsZero() {
		form.From, form.To = f.first.Format(time.DateOnly), f.last.Format(time.DateOnly)
	}

	form.Categories = []choice{{Text: say.Text("filter.cat.all")}}
	for _, c := range h.categories {
		form.Categories = append(form.Categories, choice{Value: c.Code, Text: c.Name(say.Lang())})
	}
	form.Categories = choose(form.Categories, f.asked["cat"], say.Count("filter.cat.many", len(f.categories)))

	for _, a := range h.grounds {
		form.Areas = append(form.Areas, choice{Value: a.ID, Text: a.Label()})
	}
	if h.defaultArea() == "" {
		form.Areas = append([]choice{{Text: say.Text("area.inferred")}}, form.Areas...)
	}
	asked, _ := h.area(f.area)
	form.Areas = choose(form.Areas, f.area, asked.Label())

	for res := 7; res <= 10; res++ {
		form.Sizes = append(form.Sizes, sizeChoice(res, say))
	}
	custom := sizeChoice(f.res, say)
	form.Sizes = choose(form.Sizes, custom.Value, custom.Text)

	form.Hours = choose([]choice{
		{"", say.Text("filter.hours.all"), false},
		{"6-13", say.Text("filter.hours.morning"), false},
		{"14-21", say.Text("filter.hours.afternoon"), false},
		{"22-5", say.Text("filter.hours.night"), false},
	}, f.asked["hours"], say.Text("filter.hours.custom", "hours", f.asked["hours"]))

	form.Day = []choice{
		{"", say.Text("filter.dow.all"), false},
		{"1-5", say.Text("filter.dow.week"), false},
		{"6,7", say.Text("filter.dow.weekend"), false},
	}
	for day := range 7 {
		form.Day = append(form.Day, choice{strconv.Itoa(day + 1), say.Day(day), false})
	}
	form.Day = choose(form.Day, f.asked["dow"], dayList(f, say))

	form.Presets = presets(action, f, h, say, zone, now)
	return form
}

// choose marks the choice that has the value, and adds one where none has.
func choose(choices []choice, value, text string) []choice {
	i := slices.IndexFunc(choices, func(c choice) bool { return c.Value == value })
	if i < 0 {
		return append(choices, choice{Value: value, Text: text, Chosen: true})
	}
	choices[i].Chosen = true
	return choices
}

func sizeChoice(res int, say *messages.Catalogue) choice {
	km2 := grid.AvgAreaKM2(res)
	decimals := 2
	if km2 >= 1 {
		decimals = 0
	}
	if km2 < 0.1 {
		decimals = 3
	}
	return choice{Value: strconv.Itoa(res), Text: say.Text("filter.res.choice", "res", strconv.Itoa(res), "km2", say.Decimal(km2, decimals))}
}

// presets are periods that end with the data, the default one among them.
func presets(action string, f filter, h *holdings, say *messages.Catalogue, zone *time.Location, now time.Time) []link {
	begin, end, ok := h.span(zone, now)
	if !ok {
		return nil
	}
	first, last := defaultPeriod(h, zone, now)
	monthStart := time.Date(last.Year(), last.Month(), 1, 0, 0, 0, 0, zone)
	var out []link
	for _, p := range []struct {
		key         string
		first, last time.Time
	}{
		{"preset.days28", end.AddDate(0, 0, -27), end},
		{"preset.months3", monthStart.AddDate(0, -2, 0), last},
		{"", first, last},
		{"preset.all", begin, end},
	} {
		text := say.Text(p.key)
		if p.key == "" {
			text = duration(filter{first: p.first, last: p.last}, say)
		} else if p.first.Before(begin) {
			continue
		}
		out = append(out, link{
			Href:    action + f.query("from", p.first.Format(time.DateOnly), "to", p.last.Format(time.DateOnly)),
			Text:    text,
			Current: p.first.Equal(f.first) && p.last.Equal(f.last),
		})
	}
	return out
}

// scope is the filter in a few words: what, when, where.
func scope(f filter, h *holdings, say *messages.Catalogue) string {
	parts := []string{say.Text("filter.cat.all")}
	if len(f.categories) > 0 {
		parts[0] = strings.Join(categoryNames(f, h, say), ", ")
	}
	if !f.first.IsZero() {
		parts = append(parts, say.Dates(f.first, f.last))
	}
	if f.days != 0 {
		parts = append(parts, dayList(f, say))
	}
	if f.hours != 0 {
		parts = append(parts, say.Text("filter.hours.custom", "hours", f.asked["hours"]))
	}
	return strings.Join(append(parts, groundName(f.area, h, say)), " · ")
}

// groundName names the study area.
func groundName(id string, h *holdings, say *messages.Catalogue) string {
	if a, ok := h.area(id); ok {
		return a.Label()
	}
	return say.Text("area.inferred")
}

// categoryNames names the asked categories, at most three of them.
func categoryNames(f filter, h *holdings, say *messages.Catalogue) []string {
	const most = 3
	var out []string
	for i, code := range f.categories {
		if i == most {
			return append(out, say.Text("list.more", "n", len(f.categories)-most))
		}
		c, _ := h.category(code)
		out = append(out, c.Name(say.Lang()))
	}
	return out
}

func dayList(f filter, say *messages.Catalogue) string {
	var out []string
	for day := range 7 {
		if f.days != 0 && f.days.Has(day) {
			out = append(out, say.ShortDay(day))
		}
	}
	return strings.Join(out, ", ")
}
