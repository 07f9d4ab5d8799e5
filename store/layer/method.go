package layer

import (
	"slices"
	"time"

	"atalaya/store"
)

// Method is the statistic of a layer.
type Method string

// The methods.
const (
	Count      Method = "count"      // incidents, and incidents per km²
	Rate       Method = "rate"       // incidents per head of a denominator
	Density    Method = "density"    // kernel density per km²
	GiStar     Method = "gistar"     // Getis-Ord Gi*
	Gi         Method = "gi"         // Getis-Ord Gi: the cell itself left out
	Moran      Method = "moran"      // local Moran's I
	Change     Method = "change"     // against the time before
	Emerging   Method = "emerging"   // emerging hot spots: Gi* in space and time, and its trend
	Shift      Method = "shift"      // Gi* of the incidents' weights in a shift
	NearRepeat Method = "nearrepeat" // cells near a recent incident
)

// Methods lists the methods there are.
func Methods() []Method {
	var out []Method
	for _, r := range recipes() {
		out = append(out, r.method)
	}
	return out
}

// recipe is how one method makes its layer. A nil part does nothing.
type recipe struct {
	method     Method
	parameters []Parameter                   // its own
	fill       func(q *Query)                // puts defaults in
	check      func(q Query) []store.Problem // what is wrong with a filled query
	// place tells where an incident goes by its time. Without it, what fits the
	// query goes to slot 0.
	place  func(b *Builder, i store.Incident, zone *time.Location) placed
	single bool // the incidents are needed one by one
	// settle runs when all incidents are there, before anything is computed.
	settle func(b *Builder) error
	// measure fills what is the method's own in a layer whose cells hold their
	// counts already. Without it, cells have counts and no class.
	measure func(*board) error
}

// placed is where an incident goes by its time.
type placed struct {
	fits   usable
	slot   int     // of the method's own; below 0 for the time before the layer's
	weight float64 // how much of the incident belongs there, (0, 1]
}

// recipes lists every method.
func recipes() []recipe {
	return []recipe{
		{method: Count},
		rateRecipe(),
		densityRecipe(),
		giStarRecipe(),
		giRecipe(),
		moranRecipe(),
		changeRecipe(),
		emergingRecipe(),
		shiftRecipe(),
		nearRepeatRecipe(),
	}
}

func recipeOf(m Method) (recipe, bool) {
	all := recipes()
	i := slices.IndexFunc(all, func(r recipe) bool { return r.method == m })
	if i < 0 {
		return recipe{}, false
	}
	return all[i], true
}
