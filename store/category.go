package store

// Category is a kind of incident.
type Category struct {
	Code      string  `json:"code"` // lower-case letters, digits, underscores: robbery_street
	NameES    string  `json:"name_es"`
	NameEN    string  `json:"name_en"`
	Group     string  `json:"group,omitempty"`
	Origin    Origin  `json:"origin"`    // of its incidents, where they do not say themselves
	Sensitive bool    `json:"sensitive"` // never shown by single cell below the smallest count
	Harm      float64 `json:"harm"`      // weight in harm-weighted layers, ≥ 0; 0 counts as not set
	Incidents int     `json:"incidents"` // how many the store holds; ignored when put
}

// Name returns the name in the language lang ("es" or "en").
func (c Category) Name(lang string) string {
	if lang == "es" {
		return c.NameES
	}
	return c.NameEN
}
