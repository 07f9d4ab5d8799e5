package store

// Source is an agency's system that incidents come from.
type Source struct {
	Code      string `json:"code"` // lower-case letters, digits, hyphens, underscores
	Name      string `json:"name"`
	TimeZone  string `json:"time_zone"` // IANA name; times without a zone are read in it, buckets are made in it
	Synthetic bool   `json:"synthetic"` // made-up data; every page and layer that uses it says so
	// Columns is the header of the first file that was imported, in file
	// order; nil until then. A later file with other columns is noticed.
	Columns []string `json:"columns,omitempty"`
	// Mapping is the mapping that import used last: field → column.
	Mapping   map[string]string `json:"mapping,omitempty"`
	Incidents int               `json:"incidents"` // how many the store holds; ignored when put
}
