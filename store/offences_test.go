package store_test

import (
	"slices"
	"testing"

	"atalaya/store"
)

func TestTheCategoryOfManyIsTheOneWithTheMostHarm(t *testing.T) {
	harm := map[string]float64{"homicide": 9, "robbery": 4, "kidnapping": 4}
	for _, c := range []struct {
		name     string
		codes    []string
		category string
		further  []string
	}{
		{"none", nil, "", nil},
		{"one", []string{"theft"}, "theft", nil},
		{"one twice", []string{"theft", "theft"}, "theft", nil},
		{"the most harm, the others by code", []string{"theft", "robbery", "arson", "homicide"}, "homicide", []string{"arson", "robbery", "theft"}},
		{"the first by code of equals", []string{"robbery", "theft", "kidnapping"}, "kidnapping", []string{"robbery", "theft"}},
		{"no harm known", []string{"theft", "arson"}, "arson", []string{"theft"}},
		{"unknown alone", []string{"unknown", "unknown"}, "unknown", nil},
		{"unknown beside another", []string{"unknown", "vandalism"}, "vandalism", nil},
	} {
		for range 2 {
			category, further := store.Offences(c.codes, harm)
			if category != c.category || !slices.Equal(further, c.further) || (further == nil) != (c.further == nil) {
				t.Errorf("%s: %q, %q", c.name, category, further)
			}
			slices.Reverse(c.codes)
		}
	}
}
