package ingest

import (
	"time"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// DefaultTimeZone is the zone that times without one are read in, where
// neither the caller nor the source says otherwise.
const DefaultTimeZone = "America/Guatemala"

// The limits on what is read. What is over one of them is refused as
// store.TooLarge.
const (
	MaxRecordBytes  = 1 << 20  // of one record or feature
	MaxColumns      = 4096     // of one record or feature
	DefaultMaxBytes = 64 << 30 // of a file after decompression
)

// Options says how a file is read. The zero value reads it with every choice
// left to its content.
type Options struct {
	File     string            // name shown in the report; decides nothing but the source, where Source is empty
	Source   string            // code; empty = derived from File by SourceCode
	TimeZone string            // IANA; empty = the source's remembered zone, else DefaultTimeZone
	Map      map[string]string // field → column, goes before the proposal; an empty column leaves the field out
	CRS      string            // of the coordinates, as crs.Parse or crs.ParseWKT read it; empty = proposed
	Near     orb.Bound         // where the source's incidents lie, in degrees; zero = Import asks the store, Read knows nothing
	Allow    []string          // columns that look like data on a person and are harmless; remembered with the source
	By       string            // who decides that; empty = nobody said
	Rows     string            // OffencesPerIncident or IncidentPerRow; empty = the source's, else OffencesPerIncident, to which later files add where a file shows it
	DryRun   bool              // everything but the commit; creates no upload and does not touch Upload
	Upload   int64             // existing upload to finish; 0 = Import creates one
	Sheet    string            // sheet, layer or packed file to read, where the file holds several; empty = the one with the most incidents
	Size     int64             // of the file, where the caller knows it; tells how far a stream is, nothing else
	MaxBytes int64             // most bytes, before and after decompression; 0 = DefaultMaxBytes
	TempDir  string            // holds what comes as a stream while it is read; empty = the system's

	OnPlan   func(store.Proposal) error // called once, when it is decided how the file is read and before a row is taken; an error ends it; may be nil
	OnReject func(store.Reject)         // called in row order; may be nil
	Progress func(Progress)             // called about every 100 ms and at the end; may be nil
	Clock    func() time.Time           // nil = time.Now
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}
