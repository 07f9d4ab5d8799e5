package layer

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"atalaya/geo/hotspot"
	"atalaya/store"
)

// Adjustment is how p values are adjusted for the number of cells.
type Adjustment string

// The adjustments.
const (
	FDR        Adjustment = "fdr"        // Benjamini and Hochberg
	BY         Adjustment = "by"         // Benjamini and Yekutieli
	Holm       Adjustment = "holm"       //
	Bonferroni Adjustment = "bonferroni" //
	Unadjusted Adjustment = "none"       //
)

// MaxDraws is the most draws of a permutation test, and MaxCellDraws the most
// draws times cells.
const (
	MaxDraws     = 999_999
	MaxCellDraws = 100_000_000
)

// Inference says by which p a layer of method GiStar, Gi or Moran classes its
// cells.
type Inference struct {
	Adjust       Adjustment // empty means FDR
	Permutations int        // draws of a conditional permutation test for GiStar and Moran; 0 means none: p from the normal distribution
	Seed         uint64     // of the draws
}

// PermutationDetails tells what a permutation test can show.
type PermutationDetails struct {
	Draws int    `json:"draws"`
	Seed  string `json:"seed"` // a text: it does not fit into the numbers of JavaScript
	// Floor is the least p that the draws can give. AtFloor is how many cells
	// must have it before any is significant at 0.05 after control of the false
	// discovery rate, and Enough the draws with which one alone can be.
	Floor   float64 `json:"floor"`
	AtFloor int     `json:"cells_at_floor_needed"`
	Enough  int     `json:"draws_enough"`
}

func adjustments() []Adjustment { return []Adjustment{FDR, BY, Holm, Bonferroni, Unadjusted} }

// adjust returns the p values after the adjustment.
func (a Adjustment) adjust(p []float64) []float64 {
	switch a {
	case BY:
		return hotspot.AdjustBY(p)
	case Holm:
		return hotspot.AdjustHolm(p)
	case Bonferroni:
		return hotspot.AdjustBonferroni(p)
	case Unadjusted:
		return p
	default:
		return hotspot.AdjustFDR(p)
	}
}

func adjustParameter() Parameter {
	return Parameter{
		Name: "adjust", Allowed: join(adjustments()), Help: "How p is adjusted for the number of cells before it gives a class.",
		read: func(q *Query, s string, _ *time.Location) error { return choose(&q.Inference.Adjust, s, adjustments()) },
		text: func(q Query) string { return string(q.Inference.Adjust) },
	}
}

func permutationParameters() []Parameter {
	return []Parameter{
		{
			Name: "permutations", Allowed: fmt.Sprintf("99 to %d", MaxDraws), Help: "Draws of a permutation test that gives the p.",
			read: func(q *Query, s string, _ *time.Location) error {
				return whole(&q.Inference.Permutations, s, 99, MaxDraws)
			},
			text: func(q Query) string { return unlessZero(q.Inference.Permutations) },
		},
		{
			Name: "seed", Allowed: "0 to 18446744073709551615", Help: "Seed of the draws.",
			read: func(q *Query, s string, _ *time.Location) (err error) {
				q.Inference.Seed, err = strconv.ParseUint(s, 10, 64)
				return err
			},
			text: func(q Query) string {
				if q.Inference.Permutations == 0 && q.Inference.Seed == 0 {
					return ""
				}
				return strconv.FormatUint(q.Inference.Seed, 10)
			},
		},
	}
}

func checkInference(q Query) (out []store.Problem) {
	i := q.Inference
	if !slices.Contains(adjustments(), i.Adjust) {
		out = append(out, store.Problem{Field: "adjust", Value: string(i.Adjust), Allowed: join(adjustments()), Message: "is none of these"})
	}
	if i.Permutations != 0 && (i.Permutations < 99 || i.Permutations > MaxDraws) {
		out = append(out, store.Problem{Field: "permutations", Value: strconv.Itoa(i.Permutations), Allowed: fmt.Sprintf("99 to %d", MaxDraws), Message: "is no number of draws"})
	}
	if i.Permutations == 0 && i.Seed != 0 {
		out = append(out, store.Problem{Field: "seed", Value: strconv.FormatUint(i.Seed, 10), Allowed: "with permutations", Message: "has no draws that it is the seed of"})
	}
	return out
}

func fillAdjust(q *Query) {
	if q.Inference.Adjust == "" {
		q.Inference.Adjust = FDR
	}
}

func giStarRecipe() recipe {
	return recipe{
		method: GiStar, parameters: append([]Parameter{adjustParameter()}, permutationParameters()...), fill: fillAdjust, check: checkInference,
		measure: func(w *board) error {
			scores := w.clustering(w.counts)
			return w.infer(scores.Z, scores.P, scores.WhyUndefined, hotspot.GiStarPermuted)
		},
	}
}

func giRecipe() recipe {
	return recipe{
		method: Gi, parameters: []Parameter{adjustParameter()}, fill: fillAdjust, check: checkInference,
		measure: func(w *board) error {
			w.clustering(w.counts)
			scores := hotspot.Gi(w.counts, w.neighbours)
			w.Columns = append(w.Columns, w.numbers("gi_z", scores.Z), w.numbers("gi_p", scores.P),
				Column{Name: "gi_p_fdr", Numbers: hotspot.AdjustFDR(w.shownOf(scores.P))})
			return w.infer(scores.Z, scores.P, scores.WhyUndefined, nil)
		},
	}
}

// moranRecipe classes clusters: High-High as hot, Low-Low as cold. A cell that
// stands out amid its unlike is in none of these classes; its quadrant and its
// p tell it.
func moranRecipe() recipe {
	return recipe{
		method: Moran, parameters: append([]Parameter{adjustParameter()}, permutationParameters()...), fill: fillAdjust, check: checkInference,
		measure: func(w *board) error {
			w.clustering(w.counts)
			m := hotspot.LocalMoran(w.counts, w.neighbours, hotspot.Conditional)
			total := hotspot.LocalMoran(w.counts, w.neighbours, hotspot.Total)
			quadrants := make([]string, len(w.shown))
			signed := make([]float64, len(w.cells)) // z of a cluster, with the sign of its side
			for n, i := range w.shown {
				if q := m.Quadrant[i]; q != hotspot.QuadrantUndefined {
					quadrants[n] = string(q)
				}
			}
			for i, q := range m.Quadrant {
				signed[i] = m.Z[i]
				switch {
				case math.IsNaN(m.Z[i]):
				case q == hotspot.LowLow && m.Z[i] > 0:
					signed[i] = -m.Z[i]
				case q == hotspot.HighLow || q == hotspot.LowHigh, m.Z[i] < 0:
					signed[i] = 0
				}
			}
			w.Columns = append(w.Columns,
				w.numbers("moran_i", m.I), w.numbers("moran_z", m.Z), w.numbers("moran_p", m.P),
				Column{Name: "moran_p_fdr", Numbers: hotspot.AdjustFDR(w.shownOf(m.P))},
				Column{Name: "moran_quadrant", Words: quadrants},
				w.numbers("moran_z_total", total.Z), w.numbers("moran_p_total", total.P),
			)
			return w.infer(signed, m.P, m.WhyUndefined, hotspot.LocalMoranPermuted)
		},
	}
}

// cluster classes the cells by Gi* of values of the ground's.
func (w *board) cluster(x []float64) {
	scores := w.clustering(x)
	fdr := make([]float64, len(w.Cells))
	for n, c := range w.Cells {
		fdr[n] = c.PFDR
	}
	w.classify(w.shownOf(scores.Z), fdr, func(n int) error { return scores.WhyUndefined(w.shown[n]) })
}

// clustering scores values of the ground's cells by Gi* and tells, by Moran's
// I, whether they lie together at all.
func (w *board) clustering(x []float64) hotspot.Scores {
	scores := w.score(x)
	global := hotspot.GlobalMoran(x, w.neighbours, hotspot.GlobalMoranOptions{})
	w.Global = &Global{I: global.Value, Z: global.Z, P: global.P}
	return scores
}

type permuted func(context.Context, []float64, [][]int32, hotspot.PermutationOptions) (hotspot.Permuted, error)

// infer classes the cells by a score, and by its p or that of a permutation
// test, adjusted as the query asks. A score of zero is in no class. All is of
// the ground's cells.
func (w *board) infer(z, p []float64, why func(i int) error, permute permuted) error {
	i := w.Query.Inference
	if i.Permutations > 0 {
		if work := i.Permutations * len(w.cells); work > MaxCellDraws {
			return &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: []store.Problem{{
				Field: "permutations", Value: strconv.Itoa(i.Permutations), Message: fmt.Sprintf("makes %d draws over %d cells", work, len(w.cells)),
				Allowed: fmt.Sprintf("at most %d for so many cells", MaxCellDraws/max(1, len(w.cells))),
			}}}
		}
		drawn, err := permute(context.Background(), w.counts, w.neighbours, hotspot.PermutationOptions{Draws: i.Permutations, Seed: i.Seed})
		if err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
		p, why = drawn.P, drawn.WhyUndefined
		w.tellPermutation(drawn)
	}
	shown := w.shownOf(p)
	adjusted := i.Adjust.adjust(shown)
	if i.Permutations > 0 {
		w.Columns = append(w.Columns, Column{Name: "p_permutation", Numbers: shown})
	}
	if i.Permutations > 0 || i.Adjust != FDR {
		w.Columns = append(w.Columns, Column{Name: "p_adjusted", Numbers: adjusted})
	}
	class := slices.Clone(adjusted)
	score := w.shownOf(z)
	for n, v := range score {
		if v == 0 {
			class[n] = 1
		}
	}
	w.classify(score, class, func(n int) error { return why(w.shown[n]) })
	return nil
}

// tellPermutation tells what the draws can show, and warns where they cannot
// show a single hot cell.
func (w *board) tellPermutation(p hotspot.Permuted) {
	const alpha = 0.05
	i := w.Query.Inference
	d := PermutationDetails{
		Draws: i.Permutations, Seed: strconv.FormatUint(i.Seed, 10), Floor: p.Floor,
		AtFloor: p.LeastAtFloor(alpha), Enough: hotspot.LeastDraws(len(w.Cells), alpha),
	}
	w.Details = d
	if d.AtFloor > 1 {
		way := fmt.Sprintf("%d draws are enough for one", d.Enough)
		if most := MaxCellDraws / len(w.cells); d.Enough > most {
			way = fmt.Sprintf("%d draws would be enough for one, more than the %d that so many cells may have: take a coarser res", d.Enough, most)
		}
		w.warn("permutation_floor", "with %d draws no p is below %v: %d cells must have it before any is significant at %v; %s", d.Draws, d.Floor, d.AtFloor, alpha, way)
	}
}
