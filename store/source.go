package store

import "time"

// Source is an agency's system that incidents come from.
type Source struct {
	Code      string `json:"code"` // lower-case letters, digits, hyphens, underscores
	Name      string `json:"name"`
	TimeZone  string `json:"time_zone"` // IANA name; times without a zone are read in it, buckets are made in it
	Synthetic bool   `json:"synthetic"` // made-up data; every page and layer that uses it says so
	// Columns is the header of the first file that was imported, in file
	// order; nil until then. A later file with other columns is noticed, and
	// theirs are the Columns once somebody has accepted them.
	Columns []string `json:"columns,omitempty"`
	// Mapping is the mapping that import used last: field → column.
	Mapping map[string]string `json:"mapping,omitempty"`
	// CRS and Rows are how somebody said that the files are to be read: the
	// coordinate system, and what several rows with one id are (offences,
	// incidents). Empty where nobody did; that they are offences a file may
	// have shown, too.
	CRS  string `json:"crs,omitempty"`
	Rows string `json:"rows,omitempty"`
	// Allowed are the columns that look like data on a person and that
	// somebody has let through as harmless.
	Allowed   []Allowance `json:"allowed,omitempty"`
	Incidents int         `json:"incidents"` // how many the store holds; ignored when put
}

// Allowance is the decision that a column holds no data on a person, whatever
// it looks like.
type Allowance struct {
	Column string    `json:"column"`
	By     string    `json:"by"` // who decided; empty when nobody said
	At     time.Time `json:"at"` // UTC
}
