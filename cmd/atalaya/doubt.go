package main

import (
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
	"atalaya/store/ingest"
)

// weigh tells the doubts that no flag of the command speaks to, and returns an
// error where a grave one of them is not accepted either. A dry run shows all of
// them elsewhere, and refuses nothing.
func (c *importCommand) weigh(p *program, file string, doubts []store.Doubt) error {
	if c.DryRun {
		return nil
	}
	var grave []store.Doubt
	for _, d := range doubts {
		if d.Code.Grave() && !c.Yes {
			grave = append(grave, d)
			continue
		}
		p.say("atalaya: %s: IN DOUBT, and read as proposed (%s): %s\n    %s", file, d.Code, d.Message, remedy(d.Code))
	}
	return refuseDoubts(grave)
}

// unsettled returns the doubts that no flag of the command speaks to.
func (c *importCommand) unsettled(p store.Proposal) []store.Doubt {
	return slices.DeleteFunc(slices.Clone(p.Doubts), func(d store.Doubt) bool { return c.settles(d.Code) })
}

// settles reports whether a flag says what a doubt is about. None says whether
// day or month comes first, nor makes a file whole.
func (c *importCommand) settles(code store.DoubtCode) bool {
	switch code {
	case store.DoubtColumns:
		return c.Source != "" || len(c.Map) > 0
	case store.DoubtPlace, store.DoubtRival:
		return c.maps(ingest.Lon, ingest.Lat, ingest.Point)
	case store.DoubtCRS:
		return c.CRS != ""
	case store.DoubtTime:
		return c.maps(ingest.Time, ingest.Date, ingest.Year)
	case store.DoubtZone:
		return c.Timezone != ""
	case store.DoubtCategory:
		return c.maps(ingest.Category)
	case store.DoubtSheet:
		return c.Sheet != ""
	case store.DoubtRejects:
		return c.Rejects != ""
	}
	return false
}

// maps reports whether the command says what one of some fields is.
func (c *importCommand) maps(fields ...ingest.Field) bool {
	return slices.ContainsFunc(fields, func(f ingest.Field) bool {
		_, is := c.Map[string(f)]
		return is
	})
}

// remedy says what settles a doubt.
func remedy(code store.DoubtCode) string {
	switch code {
	case store.DoubtColumns:
		return "settle it with --source NAME"
	case store.DoubtPlace:
		return "settle it with --map lon=COLUMN --map lat=COLUMN, which are then read as they stand"
	case store.DoubtRival:
		return "settle it with --map lon=COLUMN --map lat=COLUMN, or --map point=COLUMN: the columns of where it happened"
	case store.DoubtCRS:
		return "settle it with --crs EPSG:n"
	case store.DoubtTime:
		return "settle it with --map time=COLUMN, or --map time= where it has none"
	case store.DoubtOrder:
		return "no flag tells the order; if it is wrong, have the dates written year first"
	case store.DoubtDates:
		return "no flag tells the order; have the dates written year first"
	case store.DoubtZone:
		return "settle it with --timezone TZ"
	case store.DoubtCategory:
		return "settle it with --map category=COLUMN, or --map category= where it has none"
	case store.DoubtSheet:
		return "settle it with --sheet NAME, or --sheet '*' for all"
	case store.DoubtPartial:
		return "no flag makes it whole; fetch the rest from where it comes"
	case store.DoubtRejects:
		return "settle it with --rejects FILE, which tells of each"
	}
	return ""
}

// refuseDoubts returns an error that tells the doubts and what settles each;
// nil where there are none.
func refuseDoubts(doubts []store.Doubt) error {
	if len(doubts) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("how it would be read is in doubt, and nothing of it was imported")
	for _, d := range doubts {
		fmt.Fprintf(&b, "\n  %s: %s\n    %s", d.Code, d.Message, remedy(d.Code))
	}
	b.WriteString("\n  or accept all of it as it stands with --yes; --dry-run shows the first incidents")
	return store.Errorf(store.Invalid, "%s", b.String())
}
