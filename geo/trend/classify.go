package trend

// The flags of a step.
const (
	HotFlag  = '+' // significantly hot
	ColdFlag = '-' // significantly cold
	NoFlag   = '0' // neither, or undefined
)

// Flags holds one flag a step, oldest first: such as "00+0++".
type Flags string

// count returns the steps with a flag.
func (f Flags) count(flag byte) int {
	n := 0
	for i := range len(f) {
		if f[i] == flag {
			n++
		}
	}
	return n
}

// ClassifyOptions says how flags and trend become a category.
type ClassifyOptions struct {
	Alpha   float64 // largest p of a trend that counts, (0, 1); 0 means 0.05
	Wording Wording // empty means CurrentWording
}

func (o ClassifyOptions) alpha() float64 {
	if o.Alpha == 0 {
		return 0.05
	}
	return o.Alpha
}

// Verdict is the category of a cell.
type Verdict struct {
	Category  Category
	Ambiguous bool // Esri's text allows another category as well
}

// Classify returns the category of a cell with these flags and this trend of
// its scores. The categories overlap in Esri's text; here the first that
// applies is taken, hot ones before cold ones:
//
//  1. flagged in at least nine steps of ten: historical where the last step is
//     not; intensifying or diminishing where the trend's p is at most Alpha;
//     else persistent;
//  2. flagged in the last step: new where it is the only one, consecutive where
//     all are one run, oscillating where an earlier step has the other sign,
//     else sporadic;
//  3. in LegacyWording, flagged in any step, never with the other sign: sporadic.
//
// Ambiguous are new and consecutive ones with an earlier step of the other sign
// (or oscillating), and a flagged series of one step (persistent, or new). A
// trend that is undefined does not count. No steps are Undefined.
func Classify(flags Flags, t Trend, o ClassifyOptions) Verdict {
	if flags == "" {
		return Verdict{Category: Undefined}
	}
	for _, s := range sides() {
		if v := s.classify(flags, t, o); v.Category != NoPattern {
			return v
		}
	}
	return Verdict{Category: NoPattern}
}

// side is the categories of one sign.
type side struct {
	flag, other                                                byte
	rising                                                     Category // often flagged, and the score rises
	falling                                                    Category
	fresh                                                      Category
	consecutive, persistent, sporadic, oscillating, historical Category
}

func sides() [2]side {
	return [2]side{
		{HotFlag, ColdFlag, IntensifyingHot, DiminishingHot, NewHot, ConsecutiveHot, PersistentHot, SporadicHot, OscillatingHot, HistoricalHot},
		{ColdFlag, HotFlag, DiminishingCold, IntensifyingCold, NewCold, ConsecutiveCold, PersistentCold, SporadicCold, OscillatingCold, HistoricalCold},
	}
}

func (s side) classify(flags Flags, t Trend, o ClassifyOptions) Verdict {
	steps, flagged, against := len(flags), flags.count(s.flag), flags.count(s.other) > 0
	last := flags[steps-1] == s.flag
	switch {
	case flagged == 0:
		return Verdict{Category: NoPattern}
	case 10*flagged >= 9*steps && !last:
		return Verdict{Category: s.historical}
	case 10*flagged >= 9*steps:
		return Verdict{Category: s.often(t, o.alpha()), Ambiguous: steps == 1}
	case last && flagged == 1:
		return Verdict{Category: s.fresh, Ambiguous: against}
	case last && flags[steps-flagged:].count(s.flag) == flagged:
		return Verdict{Category: s.consecutive, Ambiguous: against}
	case last && against:
		return Verdict{Category: s.oscillating}
	case last, o.Wording == LegacyWording && !against:
		return Verdict{Category: s.sporadic}
	}
	return Verdict{Category: NoPattern}
}

// often returns the category of a cell flagged in at least nine steps of ten
// and in the last.
func (s side) often(t Trend, alpha float64) Category {
	switch {
	case t.P <= alpha && t.Z > 0:
		return s.rising
	case t.P <= alpha && t.Z < 0:
		return s.falling
	}
	return s.persistent
}
