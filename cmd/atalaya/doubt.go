package main

import (
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
	"atalaya/store/ingest"
)

// unsettled returns the doubts that no flag of the command speaks to.
func (c *importCommand) unsettled(p store.Proposal) []store.Doubt {
	if c.Yes || c.DryRun {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Doubts), func(d store.Doubt) bool { return c.settles(d.Code) })
}

// settles reports whether a flag says what a doubt is about. None says whether
// day or month comes first.
func (c *importCommand) settles(code store.DoubtCode) bool {
	switch code {
	case store.DoubtColumns:
		return c.Source != "" || len(c.Map) > 0
	case store.DoubtPlace:
		return c.maps(ingest.Lon, ingest.Lat, ingest.Point)
	case store.DoubtCRS:
		return c.CRS != ""
	case store.DoubtTime:
		return c.maps(ingest.Time, ingest.Date, ingest.Year)
	case store.DoubtZone:
		return c.Timezone != ""
	case store.DoubtCategory:
		return c.maps(ingest.Category)
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
	case store.DoubtCRS:
		return "settle it with --crs EPSG:n"
	case store.DoubtTime:
		return "settle it with --map time=COLUMN, or --map time= where it has none"
	case store.DoubtOrder:
		return "no flag tells the order; if it is wrong, have the dates written year first"
	case store.DoubtZone:
		return "settle it with --timezone TZ"
	case store.DoubtCategory:
		return "settle it with --map category=COLUMN, or --map category= where it has none"
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
