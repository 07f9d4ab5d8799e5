package store

import "time"

// UploadStatus is where an upload stands.
type UploadStatus string

// The statuses. Importing becomes Done or Failed; Done can become Undone.
const (
	Importing UploadStatus = "importing"
	Done      UploadStatus = "done"
	Failed    UploadStatus = "failed" // nothing of it was taken
	Undone    UploadStatus = "undone" // what it brought is gone again
)

// Upload is one file that was brought in, and what became of it.
type Upload struct {
	ID         int64        `json:"id"`
	Status     UploadStatus `json:"status"`
	SHA256     string       `json:"sha256"` // of the bytes as they came, hex; empty until they are read
	Bytes      int64        `json:"bytes"`
	CreatedAt  time.Time    `json:"created_at"`
	FinishedAt time.Time    `json:"finished_at,omitzero"`
	Error      string       `json:"error,omitempty"` // why it failed
	Report     Report       `json:"report"`
}

// Report tells what an import made of a file. Rows is the number of incident
// records read, header and blank lines apart, and always
//
//	Rows = Taken + Known + Updated + Rejected
//	Rejected = sum of Reasons
type Report struct {
	File         string            `json:"file"`
	Source       string            `json:"source"`
	Rows         int               `json:"rows"`
	Taken        int               `json:"taken"`
	Known        int               `json:"known"`
	Updated      int               `json:"updated"`
	Rejected     int               `json:"rejected"`
	Reasons      map[string]int    `json:"reasons"` // reason code → rejected rows
	WithoutTime  int               `json:"without_time"`
	Mapping      map[string]string `json:"mapping"`  // field → column
	Evidence     map[string]string `json:"evidence"` // field → why that column
	KeptOut      []string          `json:"kept_out"` // columns of the file that are not stored
	NewCategory  []string          `json:"new_categories"`
	Container    string            `json:"container"`
	CRS          string            `json:"crs"`
	TimeZone     string            `json:"time_zone"`
	Encoding     string            `json:"encoding"`
	Delimiter    string            `json:"delimiter"`
	BBox         []float64         `json:"bbox"` // west, south, east, north in degrees; null without points
	From         *time.Time        `json:"from"` // earliest start, null without times
	To           *time.Time        `json:"to"`   // latest end
	Notes        []string          `json:"notes"`
	Seconds      float64           `json:"seconds"`
	DryRun       bool              `json:"dry_run,omitempty"`
	FirstRejects []Reject          `json:"first_rejects"` // the first ten
}

// Reject is one record that was not taken.
type Reject struct {
	Row     int    `json:"row"`    // 1-based record of the file, the header counted: a spreadsheet's row number
	Reason  string `json:"reason"` // code, as in Report.Reasons
	Field   string `json:"field"`  // column
	Value   string `json:"value"`  // as it stood there
	Message string `json:"message"`
}
