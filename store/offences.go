package store

import (
	"cmp"
	"slices"
)

// Offences returns the category and the further offences of an incident that
// is of all these categories. The category is the one with the most harm, the
// first by code of equals; the others follow by code, each once, nil without.
// UnknownCategory says nothing beside another and goes. So neither depends on
// the order of the codes. A nil harm weighs all the same.
func Offences(codes []string, harm map[string]float64) (category string, further []string) {
	all := slices.Clone(codes)
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > 1 {
		all = slices.DeleteFunc(all, func(code string) bool { return code == UnknownCategory })
	}
	if len(all) == 0 {
		return "", nil
	}
	category = slices.MaxFunc(all, func(a, b string) int { return cmp.Compare(harm[a], harm[b]) })
	for _, code := range all {
		if code != category {
			further = append(further, code)
		}
	}
	return category, further
}
