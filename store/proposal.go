package store

import "time"

// Proposal says how a file would be read and why, before anything of it is
// taken. An analyst accepts or corrects it.
type Proposal struct {
	// Confident reports whether nothing speaks against importing the file as
	// proposed without a person looking at it: there are no Doubts.
	Confident bool    `json:"confident"`
	Doubts    []Doubt `json:"doubts"`
	Choices   Choices `json:"choices"` // what was asked for; the rest is guessed or remembered

	Source    string `json:"source"`
	Container string `json:"container"`
	Encoding  string `json:"encoding"`
	Delimiter string `json:"delimiter"`
	CRS       string `json:"crs"`
	// CRSEvidence says why it is that one; empty where nothing speaks against
	// degrees of WGS 84.
	CRSEvidence string `json:"crs_evidence"`
	CRSSaid     Saying `json:"crs_said,omitzero"`
	TimeZone    string `json:"time_zone"`

	Columns     []ProposedColumn   `json:"columns"` // of the file, in its order
	NewColumns  []string           `json:"new_columns"`
	GoneColumns []string           `json:"gone_columns"`
	Mapping     []ProposedField    `json:"mapping"`
	Notes       []string           `json:"notes"`
	RowsRead    int                `json:"rows_read"`  // the first of the file, tried one by one
	RowsTaken   int                `json:"rows_taken"` // of them that would be taken
	Incidents   []ProposedIncident `json:"incidents"`  // the first 20, as they would become
	Rejects     []Reject           `json:"rejects"`    // the first 10 of the rows read
}

// Choices are what somebody asks for when a file is read. Empty ones are left
// to the file and to what is remembered of its source.
type Choices struct {
	Source   string            `json:"source,omitempty"`
	Mapping  map[string]string `json:"mapping,omitempty"` // field → column; an empty column leaves the field out
	TimeZone string            `json:"time_zone,omitempty"`
	CRS      string            `json:"crs,omitempty"`
	Allow    []string          `json:"allow,omitempty"` // columns that look like data on a person and are harmless
	Rows     string            `json:"rows,omitempty"`  // what several rows with one id are: offences, incidents
	Sheet    string            `json:"sheet,omitempty"` // sheet, layer or packed file to read
}

// Doubt is one reason not to import a file without a look at it.
type Doubt struct {
	Code    DoubtCode `json:"code"`
	Message string    `json:"message"` // Said in English
	Said    Saying    `json:"said,omitzero"`
}

// DoubtCode tells doubts apart for programs.
type DoubtCode string

// The doubts.
const (
	DoubtRefused  DoubtCode = "refused"                // as proposed, the file would be refused; the message says why
	DoubtColumns  DoubtCode = "columns_changed"        // the source's earlier files have others
	DoubtPlace    DoubtCode = "place"                  // which columns, or whether latitude and longitude stand in each other's place
	DoubtRival    DoubtCode = "rival_places"           // other columns hold other places
	DoubtCRS      DoubtCode = "crs"                    // the coordinate system is a guess
	DoubtTime     DoubtCode = "time"                   // which column
	DoubtOrder    DoubtCode = "day_order"              // whether day or month comes first
	DoubtDates    DoubtCode = "day_order_contradicted" // some dates can only be day first, others only month first
	DoubtZone     DoubtCode = "time_zone"              // nobody said it, and the usual one is of another country
	DoubtCategory DoubtCode = "category"               // which column
	DoubtSheet    DoubtCode = "sheet"                  // another sheet may hold incidents, or the same ones
	DoubtPartial  DoubtCode = "partial"                // the file says that it is not all there is
	DoubtRejects  DoubtCode = "rejects"                // many of the rows read would not be taken
)

// Grave reports whether nothing in the file tells which of two readings is
// right, so that a program that nobody watches does better to refuse it. In all
// other doubts the likelier reading is taken and told.
func (c DoubtCode) Grave() bool {
	switch c {
	case DoubtRefused, DoubtColumns, DoubtRival, DoubtDates:
		return true
	}
	return false
}

// Confidence is how sure a guess is.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"   // asked for, remembered, or borne out by name and values
	Medium Confidence = "medium" // borne out by one of them, or by most values
	Low    Confidence = "low"
)

// ProposedColumn is a column of a file. It is stored where it gives a field.
type ProposedColumn struct {
	Name      string   `json:"name"`
	Samples   []string `json:"samples"`              // up to five different values; none of what looks like data on a person
	LooksLike string   `json:"looks_like,omitempty"` // data on a person, as in PersonalColumn; kept out unless Allowed
	Allowed   bool     `json:"allowed,omitempty"`
	Fields    []string `json:"fields"` // that it gives
}

// ProposedField is a field and the column that would give it.
type ProposedField struct {
	Field      string     `json:"field"`
	Column     string     `json:"column"`
	Evidence   string     `json:"evidence"` // Said in English
	Said       Saying     `json:"said,omitzero"`
	Confidence Confidence `json:"confidence"`
}

// ProposedIncident is an incident as a row of a file would become it.
type ProposedIncident struct {
	Sheet         string        `json:"sheet,omitempty"` // of a workbook of which several are read
	Row           int           `json:"row"`
	SourceID      string        `json:"source_id"` // as it stands in the file; empty where it has none
	Lon           float64       `json:"lon"`       // degrees, WGS 84
	Lat           float64       `json:"lat"`
	From          *time.Time    `json:"from"` // UTC; null where the time is unknown
	To            *time.Time    `json:"to"`
	TimePrecision TimePrecision `json:"time_precision"`
	Category      string        `json:"category"` // the source's text
}
