package ingest

import (
	"time"

	"atalaya/store"
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
	CRS      string            // "" or "EPSG:4326"
	DryRun   bool              // everything but the commit; creates no upload and does not touch Upload
	Upload   int64             // existing upload to finish; 0 = Import creates one
	Size     int64             // bytes of the input, for Progress; 0 = unknown
	MaxBytes int64             // most bytes after decompression; 0 = DefaultMaxBytes

	OnReject func(store.Reject) // called in row order; may be nil
	Progress func(Progress)     // called about every 100 ms and at the end; may be nil
	Clock    func() time.Time   // nil = time.Now
}

// Progress tells how far the reading of a file has come.
type Progress struct {
	Bytes int64 // read so far, as they came (compressed when the file is)
	Total int64 // Options.Size; 0 = unknown
	Rows  int   // incident records so far
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}
