package sentence

import (
	"html/template"

	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

// Cell says why a cell has its class, with the numbers that Gi* compares: the
// cell and its neighbours against their share of the mean.
func (g Ground) Cell(c layer.Cell) template.HTML {
	sum := int(c.Sum)
	if c.HiddenSum {
		return hidden().strong(g.Say)
	}
	if c.Class == hotspot.Undefined {
		return g.Say.Strong("reason.undefined", "n", sum, "why", why(c.Why, g.Say))
	}
	key := map[hotspot.Class]string{
		hotspot.Hot99: "reason.hot", hotspot.Hot95: "reason.hot", hotspot.Hot90: "reason.maybe_hot",
		hotspot.None:   "reason.unclear",
		hotspot.Cold90: "reason.maybe_cold", hotspot.Cold95: "reason.cold", hotspot.Cold99: "reason.cold",
	}[c.Class]
	if c.Class == hotspot.None {
		return g.Say.Strong(key+pluralForm(sum), "n", sum)
	}
	return g.compared(key, sum, sum, c.Expected).strong(g.Say)
}

// hidden says that numbers are not shown.
func hidden() sentence { return sentence{"reason.hidden", []any{"limit", layer.SmallestCount}} }

func pluralForm(n int) string {
	if n == 1 {
		return ".one"
	}
	return ".other"
}

// why puts the reason of a statistic into words of the language; an unknown one
// stays English.
func why(reason string, say *messages.Catalogue) string {
	for _, known := range []struct {
		err error
		key string
	}{
		{hotspot.ErrFewCells, "why.few_cells"},
		{hotspot.ErrFewLinked, "why.few_linked"},
		{hotspot.ErrNoVariance, "why.no_variance"},
		{hotspot.ErrOthersEqual, "why.others_equal"},
		{hotspot.ErrAtMean, "why.at_mean"},
		{hotspot.ErrIsland, "why.island"},
		{hotspot.ErrWholeArea, "why.whole_area"},
		{hotspot.ErrOneHolds, "why.one_holds"},
		{hotspot.ErrNegative, "why.negative"},
		{hotspot.ErrConstant, "why.constant"},
	} {
		if reason == known.err.Error() {
			return say.Text(known.key)
		}
	}
	return reason
}
