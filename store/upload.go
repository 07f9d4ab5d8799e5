package store

import (
	"strconv"
	"time"
)

// UploadStatus is where an upload stands.
type UploadStatus string

// The statuses. A file that waits for its mapping to be confirmed is Staged,
// one that is read is Importing. Importing becomes Done or Failed, and Staged
// again where the process ended under way: whoever had it imported keeps what was
// confirmed and begins anew. Failed can be confirmed again while its file is
// there. Staged, Importing and Failed can become Discarded, Done
// can become Undone; these two are final.
const (
	Staged    UploadStatus = "staged"
	Importing UploadStatus = "importing"
	Done      UploadStatus = "done"
	Failed    UploadStatus = "failed"    // nothing of it was taken
	Discarded UploadStatus = "discarded" // nobody wants it; nothing of it was taken
	Undone    UploadStatus = "undone"    // what it brought is gone again
)

// Upload is one file that was brought in, and what became of it.
type Upload struct {
	ID         int64        `json:"id"`
	Status     UploadStatus `json:"status"`
	SHA256     string       `json:"sha256"` // of the bytes as they came, hex; empty until they are read
	Bytes      int64        `json:"bytes"`
	CreatedAt  time.Time    `json:"created_at"`
	FinishedAt time.Time    `json:"finished_at,omitzero"`
	Error      string       `json:"error,omitempty"`    // why it failed
	Proposal   *Proposal    `json:"proposal,omitempty"` // how the file would be read; nil unless it came by being staged, and gone once Done or Discarded
	Report     Report       `json:"report"`
}

// Report tells what an import made of a file. Rows is the number of incident
// records read, header and blank lines apart, and always
//
//	Rows = Taken + Known + Updated + Merged + Rejected
//	Rejected = sum of Reasons
type Report struct {
	File        string            `json:"file"`
	Source      string            `json:"source"`
	Rows        int               `json:"rows"`
	Taken       int               `json:"taken"`
	Known       int               `json:"known"` // those too that say what an earlier row of the file says
	Updated     int               `json:"updated"`
	Merged      int               `json:"merged"` // rows that name a further offence of an incident of another row
	Rejected    int               `json:"rejected"`
	Reasons     map[string]int    `json:"reasons"` // reason code → rejected rows
	WithoutTime int               `json:"without_time"`
	Mapping     map[string]string `json:"mapping"`  // field → column
	Evidence    map[string]string `json:"evidence"` // field → why that column
	KeptOut     []string          `json:"kept_out"` // columns of the file that are not stored
	NewCategory []string          `json:"new_categories"`
	Columns     []string          `json:"columns"` // of the file, in its order

	Personal        []PersonalColumn `json:"personal"`         // columns that look like data on a person
	PoliceInitiated []PoliceCategory `json:"police_initiated"` // categories that look like it and say nothing yet; a proposal, applied by nobody
	Quality         Quality          `json:"quality"`

	Container      string          `json:"container"`
	Sheets         []SheetRows     `json:"sheets,omitempty"` // of a workbook of which several are read, in its order
	CRS            string          `json:"crs"`
	TimeZone       string          `json:"time_zone"`
	Encoding       string          `json:"encoding"`
	Delimiter      string          `json:"delimiter"`
	FallbackPoints []FallbackPoint `json:"fallback_points,omitempty"` // where implausibly many incidents of the file lie, fullest first
	BBox           []float64       `json:"bbox"`                      // west, south, east, north in degrees; null without points
	From           *time.Time      `json:"from"`                      // earliest start, null without times
	To             *time.Time      `json:"to"`                        // latest end
	Notes          []string        `json:"notes"`
	Seconds        float64         `json:"seconds"`
	DryRun         bool            `json:"dry_run,omitempty"`
	FirstRejects   []Reject        `json:"first_rejects"` // the first ten
}

// SheetRows is how many rows of a file stand in one sheet of it.
type SheetRows struct {
	Sheet string `json:"sheet"`
	Rows  int    `json:"rows"`
}

// RowName names a row as spreadsheets do: 12, or Enero!12 where several sheets
// are read.
func RowName(sheet string, row int) string {
	if sheet == "" {
		return strconv.Itoa(row)
	}
	return sheet + "!" + strconv.Itoa(row)
}

// FallbackPoint is one point that holds so many incidents of a file that it is
// probably where the source puts what it cannot place.
type FallbackPoint struct {
	Lon       float64 `json:"lon"` // degrees
	Lat       float64 `json:"lat"`
	Incidents int     `json:"incidents"` // rows that lie there
	Share     float64 `json:"share"`     // of the rows of the file, 0 to 1
}

// Reject is one record that was not taken.
type Reject struct {
	Sheet   string `json:"sheet,omitempty"` // of a workbook of which several are read
	Row     int    `json:"row"`             // 1-based record of the file, the header counted: a spreadsheet's row number
	Reason  string `json:"reason"`          // code, as in Report.Reasons
	Field   string `json:"field"`           // column
	Value   string `json:"value"`           // as it stood there
	Message string `json:"message"`         // Said in English
	Said    Saying `json:"said,omitzero"`
	// Record is the row itself under Report.Columns, blank where a column looks
	// like data on a person, and longer where the row has surplus cells; nil
	// where nobody knows which cell is which.
	Record []string `json:"-"`
}

// PersonalColumn is a column that looks like data on a person. None of it is
// stored, unless somebody allowed it.
type PersonalColumn struct {
	Column    string `json:"column"`
	LooksLike string `json:"looks_like"` // name, age, birth_date, identity_number, phone, email, plate, address, sex, descent, person
	By        string `json:"by"`         // what gave it away: name or content
	Values    int    `json:"values"`     // cells that are not blank
	Allowed   bool   `json:"allowed,omitempty"`
}

// PoliceCategory is a category whose text sounds like what police find by
// looking for it: where police look, police find.
type PoliceCategory struct {
	Category  string `json:"category"`
	Raw       string `json:"raw"`       // the source's text
	Incidents int    `json:"incidents"` // of the file
}
