package trend

// Category is how a cell was hot or cold over time.
type Category string

// The categories of an emerging hot spot analysis, in Esri's words, and
// Undefined where no step has a score. "Often" below is at least nine steps of
// ten; the cold ones are the hot ones with hot and cold, and rising and
// falling, changed.
const (
	NoPattern        Category = "no_pattern"
	NewHot           Category = "new_hot"          // hot in the last step only
	ConsecutiveHot   Category = "consecutive_hot"  // hot in one run of at least two steps up to the last, not often
	IntensifyingHot  Category = "intensifying_hot" // often hot, and in the last step; the score rises
	PersistentHot    Category = "persistent_hot"   // often hot, and in the last step; no trend
	DiminishingHot   Category = "diminishing_hot"  // often hot, and in the last step; the score falls
	SporadicHot      Category = "sporadic_hot"     // hot on and off, not often, never cold; hot in the last step, but in LegacyWording
	OscillatingHot   Category = "oscillating_hot"  // hot in the last step, cold in an earlier one, not often hot
	HistoricalHot    Category = "historical_hot"   // often hot, not in the last step
	NewCold          Category = "new_cold"
	ConsecutiveCold  Category = "consecutive_cold"
	IntensifyingCold Category = "intensifying_cold" // often cold, and in the last step; the score falls
	PersistentCold   Category = "persistent_cold"
	DiminishingCold  Category = "diminishing_cold" // often cold, and in the last step; the score rises
	SporadicCold     Category = "sporadic_cold"
	OscillatingCold  Category = "oscillating_cold"
	HistoricalCold   Category = "historical_cold"
	Undefined        Category = "undefined"
)

// Categories lists every category, hot ones first, Undefined last.
func Categories() []Category {
	return []Category{
		NewHot, ConsecutiveHot, IntensifyingHot, PersistentHot, DiminishingHot, SporadicHot, OscillatingHot, HistoricalHot,
		NewCold, ConsecutiveCold, IntensifyingCold, PersistentCold, DiminishingCold, SporadicCold, OscillatingCold, HistoricalCold,
		NoPattern, Undefined,
	}
}

// Wording is which edition of Esri's documentation the categories follow. They
// differ in the sporadic ones.
type Wording string

// The wordings.
const (
	CurrentWording Wording = "current" // ArcGIS Pro 3; the default
	LegacyWording  Wording = "legacy"  // ArcMap and ArcGIS Pro 2: sporadic asks nothing of the last step
)
