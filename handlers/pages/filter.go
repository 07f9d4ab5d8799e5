package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"atalaya/store/layer"
)

// filter is what an address asks for, every default filled in.
type filter struct {
	categories  []string
	first, last time.Time // local days, both included; zero where the store has no times
	area        string    // ID; empty: inferred from the data
	res         int
	hours       layer.Hours
	days        layer.Days
	page        int // of the list, 1-based

	asked map[string]string // parameter → value as it was asked for, in its usual form
}

// parameters in the order that addresses have them.
func parameters() []string {
	return []string{"cat", "from", "to", "area", "res", "hours", "dow", "page"}
}

// note tells what of an address was left aside, and why.
type note struct {
	Name, Value string
	Why         string // key of a message
}

// readFilter reads an address. What cannot be read is left aside and noted;
// empty values count as not given.
func readFilter(values url.Values, h *holdings, zone *time.Location, now time.Time) (filter, []note) {
	f := filter{asked: map[string]string{}, res: layer.DefaultRes, area: h.defaultArea(), page: 1}
	f.first, f.last = defaultPeriod(h, zone, now)
	r := reader{values: values}

	for _, code := range r.list("cat") {
		if _, known := h.category(code); !known {
			r.reject("cat", code, "ignored.cat")
		} else if !slices.Contains(f.categories, code) {
			f.categories = append(f.categories, code)
		}
	}
	slices.Sort(f.categories)
	f.ask("cat", strings.Join(f.categories, ","))

	first, last := r.day("from", zone), r.day("to", zone)
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		r.reject("to", last.Format(time.DateOnly), "ignored.order")
		first, last = time.Time{}, time.Time{}
	}
	f.setDays(first, last)

	if id := r.one("area"); id != "" {
		if _, known := h.area(id); known {
			f.area = id
			f.ask("area", id)
		} else {
			r.reject("area", id, "ignored.area")
		}
	}
	if s := r.one("res"); s != "" {
		if n, err := strconv.Atoi(s); err == nil && n >= layer.MinRes && n <= layer.MaxRes {
			f.res = n
			f.ask("res", strconv.Itoa(n))
		} else {
			r.reject("res", s, "ignored.res")
		}
	}
	if s := strings.Join(r.list("hours"), ","); s != "" {
		var err error
		if f.hours, err = layer.ParseHours(s); err != nil {
			r.reject("hours", s, "ignored.hours")
		} else {
			f.ask("hours", s)
		}
	}
	if s := strings.Join(r.list("dow"), ","); s != "" {
		var err error
		if f.days, err = layer.ParseDays(s); err != nil {
			r.reject("dow", s, "ignored.dow")
		} else {
			f.ask("dow", s)
		}
	}
	if s := r.one("page"); s != "" {
		if n, err := strconv.Atoi(s); err == nil && n >= 1 {
			f.page = n
		} else {
			r.reject("page", s, "ignored.page")
		}
	}
	r.rejectUnknown()
	return f, r.notes
}

// ask remembers a value that the address gave.
func (f *filter) ask(name, value string) {
	if value != "" {
		f.asked[name] = value
	}
}

// setDays puts the asked days in place of the default ones. One end alone
// keeps the default other end where that makes a period, and is a day on its
// own where it does not.
func (f *filter) setDays(first, last time.Time) {
	if !first.IsZero() {
		f.ask("from", first.Format(time.DateOnly))
		f.first = first
		if last.IsZero() && f.last.Before(first) {
			f.last = first
		}
	}
	if !last.IsZero() {
		f.ask("to", last.Format(time.DateOnly))
		f.last = last
		if first.IsZero() && (f.first.IsZero() || f.first.After(last)) {
			f.first = last
		}
	}
}

// query is the address's query with what was asked, changed by names and
// values in turn; an empty value takes a parameter out. It begins with "?", or
// is empty.
func (f filter) query(changes ...string) string {
	var parts []string
	for _, name := range parameters() {
		value := f.asked[name]
		for i := 0; i+1 < len(changes); i += 2 {
			if changes[i] == name {
				value = changes[i+1]
			}
		}
		if value != "" {
			parts = append(parts, name+"="+strings.ReplaceAll(url.QueryEscape(value), "%2C", ","))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// layerQuery is the filter as the layer understands it.
func (f filter) layerQuery() layer.Query {
	q := layer.Query{Res: f.res, Categories: f.categories, Hours: f.hours, Days: f.days}
	if f.area != "" {
		q.Areas = []string{f.area}
	}
	if !f.first.IsZero() {
		q.From, q.To = f.first.UTC(), f.last.AddDate(0, 0, 1).UTC()
	}
	return q
}

// apiQuery is the filter as the parameters of /api/v1/hotspots.
func (f filter) apiQuery() string {
	values := url.Values{"res": {strconv.Itoa(f.res)}}
	if f.area != "" {
		values.Set("area", f.area)
	}
	if len(f.categories) > 0 {
		values.Set("category", strings.Join(f.categories, ","))
	}
	if q := f.layerQuery(); !q.From.IsZero() {
		values.Set("datetime", q.From.Format(time.RFC3339)+"/"+q.To.Format(time.RFC3339))
	}
	if f.hours != 0 {
		values.Set("hours", f.asked["hours"])
	}
	if f.days != 0 {
		values.Set("dow", f.asked["dow"])
	}
	return values.Encode()
}

// defaultPeriod is the last twelve whole months of the data, fewer where there
// are fewer, and all of it where there is no whole month. A month is whole
// when the data reach its last day.
func defaultPeriod(h *holdings, zone *time.Location, now time.Time) (first, last time.Time) {
	begin, end, ok := h.span(zone, now)
	if !ok {
		return time.Time{}, time.Time{}
	}
	next := end.AddDate(0, 0, 1)
	monthEnd := time.Date(next.Year(), next.Month(), 1, 0, 0, 0, 0, zone)
	if !monthEnd.After(begin) {
		return begin, end
	}
	first = monthEnd.AddDate(-1, 0, 0)
	if first.Before(begin) {
		first = time.Date(begin.Year(), begin.Month(), 1, 0, 0, 0, 0, zone)
	}
	return first, monthEnd.AddDate(0, 0, -1)
}
