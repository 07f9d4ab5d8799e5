package layer

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"atalaya/store"
)

// StatisticKind is a kind of numbers of a whole layer.
type StatisticKind string

// The kinds.
const (
	GlobalKind        StatisticKind = "global"        // whether incidents lie together at all
	HoursKind         StatisticKind = "hours"         // when they happen, by hour of the week
	NearRepeatKind    StatisticKind = "nearrepeat"    // whether one is soon followed by another nearby
	ConcentrationKind StatisticKind = "concentration" // how few cells hold how many
)

// StatisticQuery says which numbers are asked of which layer. A part that
// belongs to one kind is not read for the others.
type StatisticQuery struct {
	Kind          StatisticKind
	Layer         Query // its Method is GiStar, whatever it says
	Hours         HoursQuery
	NearRepeat    KnoxQuery
	Concentration ConcentrationQuery
}

// Statistic is numbers of a whole layer. It is immutable once it is made.
type Statistic struct {
	Query       StatisticQuery // with every default filled in
	Layer       *Layer
	Numbers     Numbers
	Fingerprint string // hex; same data and same query, same fingerprint
}

// Numbers is a GlobalNumbers, HoursNumbers, NearRepeatNumbers or
// ConcentrationNumbers.
type Numbers interface {
	// rows returns the numbers as a table, the header first.
	rows() [][]string
}

// statisticRecipe is how one kind of numbers is made.
type statisticRecipe struct {
	kind       StatisticKind
	parameters []StatisticParameter                 // its own
	fill       func(q *StatisticQuery)              // puts defaults in; nil does nothing
	check      func(StatisticQuery) []store.Problem // what is wrong with a filled query; nil for nothing
	observe    func(StatisticQuery, Facts) (observer, error)
}

// observer makes numbers while a layer is made.
type observer interface {
	// count sees each incident that the study area counts.
	count(i counted)
	// measure runs when the cells have counts and classes and the hidden ones
	// are marked.
	measure(ctx context.Context, w *board) (Numbers, error)
}

func statisticRecipes() []statisticRecipe {
	return []statisticRecipe{globalRecipe(), hoursRecipe(), knoxRecipe(), concentrationRecipe()}
}

func (k StatisticKind) recipe() (statisticRecipe, bool) {
	all := statisticRecipes()
	i := slices.IndexFunc(all, func(r statisticRecipe) bool { return r.kind == k })
	if i < 0 {
		return statisticRecipe{}, false
	}
	return all[i], true
}

// Filled returns the query with its defaults, which a Builder for Observe needs
// of its layer. A cell sets the layer's resolution where that is not given.
func (q StatisticQuery) Filled() StatisticQuery {
	q.Layer.Method = GiStar
	r, known := q.Kind.recipe()
	if known && r.fill != nil {
		r.fill(&q)
	}
	q.Layer = q.Layer.filled()
	return q
}

// own returns what is wrong with a filled query beside its layer's.
func (q StatisticQuery) own() []store.Problem {
	r, known := q.Kind.recipe()
	switch {
	case !known:
		return []store.Problem{{Field: "statistic", Value: string(q.Kind), Allowed: "global, hours, nearrepeat, concentration", Message: "is none of these"}}
	case r.check != nil:
		return r.check(q)
	}
	return nil
}

// parameters returns what is the kind's own of a filled query, name and value.
func (q StatisticQuery) parameters() map[string]string {
	out := map[string]string{}
	r, _ := q.Kind.recipe()
	for _, p := range r.parameters {
		if text := p.text(q); text != "" {
			out[p.Name] = text
		}
	}
	return out
}

func (q StatisticQuery) fingerprint(version store.DataVersion) string {
	return digest(fingerprint(version, q.Layer), q.Kind, q.parameters())
}

// Observe has the builder make numbers beside the layer of the same query:
// what it returns is whole after Finish, whose work on the numbers ends with
// ctx. Invalid names every bad parameter of the kind.
func (b *Builder) Observe(ctx context.Context, q StatisticQuery) (*Statistic, error) {
	s := &Statistic{Query: q.Filled()}
	if problems := s.Query.own(); len(problems) > 0 {
		return nil, statisticError(problems...)
	}
	r, _ := q.Kind.recipe()
	o, err := r.observe(s.Query, b.facts)
	if err != nil {
		return nil, fmt.Errorf("make statistic: %w", err)
	}
	b.watch = o.count
	b.report = func(w *board) (err error) {
		s.Layer = w.Layer
		s.Numbers, err = o.measure(ctx, w)
		return err
	}
	return s, nil
}

func statisticError(problems ...store.Problem) error {
	return &store.Error{Kind: store.Invalid, Message: "the statistic cannot be made", Problems: problems}
}

// WriteJSON writes the numbers with the parameters of the kind and the member
// layer, as a layer has it.
func (s *Statistic) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(struct {
		Statistic  StatisticKind     `json:"statistic"`
		Parameters map[string]string `json:"parameters"`
		Numbers    Numbers           `json:"numbers"`
		Layer      Info              `json:"layer"`
	}{s.Query.Kind, s.Query.parameters(), s.Numbers, s.Layer.Info()})
	if err != nil {
		return fmt.Errorf("write statistic: %w", err)
	}
	return nil
}

// WriteCSV writes the table of the numbers under a header, undefined values
// empty.
func (s *Statistic) WriteCSV(w io.Writer) error {
	out := bufio.NewWriter(w)
	if err := csv.NewWriter(out).WriteAll(s.Numbers.rows()); err != nil {
		return fmt.Errorf("write statistic: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write statistic: %w", err)
	}
	return nil
}

// numberList reads ascending numbers separated by commas.
func numberList[T int | float64](into *[]T, text string, one func(*T, string) error) error {
	var out []T
	for part := range strings.SplitSeq(text, ",") {
		var v T
		if err := one(&v, strings.TrimSpace(part)); err != nil {
			return err
		}
		if n := len(out); n > 0 && v <= out[n-1] {
			return fmt.Errorf("is not ascending: %v after %v", v, out[n-1])
		}
		out = append(out, v)
	}
	*into = out
	return nil
}
