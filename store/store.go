package store

import (
	"context"
	"iter"
	"time"

	"github.com/paulmach/orb"
)

// DataVersion tells one state of the incidents, categories and areas, and of
// the other definitions, from another. Number grows by at least one with every committed change of them,
// and At is when that was. A new store has Number 0 or more and may have a
// zero At.
type DataVersion struct {
	Number int64
	At     time.Time // UTC
}

// Summary is what a store holds, at a glance.
type Summary struct {
	Incidents int
	From, To  time.Time  // earliest start and latest end; zero without timed incidents
	Bound     *orb.Bound // nil without incidents
	Synthetic bool       // some source is synthetic
}

// Store keeps incidents and what describes them. Every method may be called
// from many goroutines at once; readers see committed states only and never
// wait for a writer. Methods return *Error for what a caller can act on:
// NotFound for what is named and not there, Invalid for what can never be
// stored, Conflict for what the present state forbids.
type Store interface {
	// Version returns the present data version. Cost: one row.
	Version(ctx context.Context) (DataVersion, error)
	// Summary returns what the store holds.
	Summary(ctx context.Context) (Summary, error)

	// Load runs fn in one transaction: what fn did through the Loader is
	// there as a whole when Load returns nil, and not at all otherwise. It
	// returns fn's error as it is. The Loader must not be used after fn
	// returns, nor by two goroutines at once. Only one Load runs at a time;
	// others wait.
	Load(ctx context.Context, fn func(Loader) error) error

	// Incidents walks the incidents that the filter keeps, in ascending ID,
	// over one committed state. A non-nil error ends the walk.
	Incidents(ctx context.Context, filter IncidentFilter) iter.Seq2[Incident, error]

	// Categories returns all categories by code, with their incident counts.
	Categories(ctx context.Context) ([]Category, error)
	// Category returns one. NotFound.
	Category(ctx context.Context, code string) (Category, error)
	// PutCategory creates or replaces a category. Invalid names every bad field.
	PutCategory(ctx context.Context, c Category) error
	// DeleteCategory removes a category and the texts mapped to it. NotFound;
	// Conflict while incidents are of it or have it as a further offence, or
	// would after an undo.
	DeleteCategory(ctx context.Context, code string) error
	// MapCategory remembers that the source's text raw means the category, and
	// moves the incidents that came as raw to it. It returns how many moved.
	// Further offences of the category that it meant so far move too, where no
	// other text of the source means that.
	// NotFound for the source or the category.
	MapCategory(ctx context.Context, source, raw, code string) (int, error)

	// Areas returns all areas by ID.
	Areas(ctx context.Context) ([]Area, error)
	// Area returns one. NotFound.
	Area(ctx context.Context, id string) (Area, error)
	// PutAreas creates or replaces areas, all or none. Invalid names every bad
	// field: ids, empty or unclosed rings, coordinates out of range.
	PutAreas(ctx context.Context, areas ...Area) error
	// DeleteArea removes an area. NotFound.
	DeleteArea(ctx context.Context, id string) error

	// Shifts returns all shifts by code.
	Shifts(ctx context.Context) ([]Shift, error)
	// Shift returns one. NotFound.
	Shift(ctx context.Context, code string) (Shift, error)
	// PutShift creates or replaces a shift. Invalid names every bad field.
	PutShift(ctx context.Context, s Shift) error
	// DeleteShift removes a shift. NotFound.
	DeleteShift(ctx context.Context, code string) error

	// Places returns all places by ID.
	Places(ctx context.Context) ([]Place, error)
	// Place returns one. NotFound.
	Place(ctx context.Context, id string) (Place, error)
	// PutPlaces creates or replaces places, all or none; of two with one ID the
	// last stands. Invalid names every bad field; Row is the place's 1-based
	// place in the call.
	PutPlaces(ctx context.Context, places ...Place) error
	// DeletePlace removes a place. NotFound.
	DeletePlace(ctx context.Context, id string) error

	// Denominators returns all denominators by ID, with their totals. Cost:
	// reads the values of all parts.
	Denominators(ctx context.Context) ([]Denominator, error)
	// Denominator returns one. NotFound.
	Denominator(ctx context.Context, id string) (Denominator, error)
	// DenominatorParts walks the parts of a denominator in the order in which
	// they were put, over one committed state. A non-nil error ends the walk:
	// NotFound.
	DenominatorParts(ctx context.Context, id string) iter.Seq2[DenominatorPart, error]
	// PutDenominator creates a denominator or replaces it with all its parts,
	// which counts as a change of the data even where nothing differs. Invalid
	// names every bad field, and parts where there are none; Row is the part's
	// 1-based place in the call, 0 for the denominator itself.
	PutDenominator(ctx context.Context, d Denominator, parts []DenominatorPart) error
	// DeleteDenominator removes a denominator and its parts. NotFound.
	DeleteDenominator(ctx context.Context, id string) error

	// Sources returns all sources by code, with their incident counts.
	Sources(ctx context.Context) ([]Source, error)
	// Source returns one. NotFound.
	Source(ctx context.Context, code string) (Source, error)
	// PutSource creates or replaces a source.
	PutSource(ctx context.Context, s Source) error
	// DeleteSource removes a source. NotFound; Conflict while it has incidents.
	DeleteSource(ctx context.Context, code string) error

	// CreateUpload records that a file came in and returns its number. The
	// status is Staged where u says so, and Importing otherwise.
	CreateUpload(ctx context.Context, u Upload) (int64, error)
	// ConfirmUpload sets the status to Importing and takes back an earlier
	// error. NotFound; Conflict unless it is Staged or Failed.
	ConfirmUpload(ctx context.Context, id int64) error
	// RestageUpload sets the status to Staged: the import ended before the file
	// was judged. NotFound; Conflict unless it is Importing or Failed and has a
	// proposal.
	RestageUpload(ctx context.Context, id int64) error
	// FailUpload sets the status to Failed with a reason. NotFound; Conflict
	// unless it is Staged or Importing.
	FailUpload(ctx context.Context, id int64, reason string) error
	// DiscardUpload sets the status to Discarded and forgets the proposal.
	// NotFound; Conflict unless it is Staged, Importing or Failed.
	DiscardUpload(ctx context.Context, id int64) error
	// Uploads returns all uploads, newest first, without their proposals.
	Uploads(ctx context.Context) ([]Upload, error)
	// Upload returns one. NotFound.
	Upload(ctx context.Context, id int64) (Upload, error)
	// Rejects walks the rows of an upload that were not taken, by row.
	Rejects(ctx context.Context, upload int64) iter.Seq2[Reject, error]
	// UndoUpload removes the incidents that the upload brought, restores those
	// it updated, forgets its rejects and sets the status to Undone. Categories that it made go with
	// their texts, unless somebody edited them, mapped another text to them, or
	// incidents refer to them, also such as an undo would bring back: then they
	// go with the last upload that needs them. Its source stays, with what is
	// remembered of how its files are read. NotFound; Conflict unless it is
	// Done, and while a later upload or post has updated the same incidents.
	UndoUpload(ctx context.Context, id int64) error

	// Close frees what the store holds. Calls under way may fail.
	Close() error
}

// Loader writes inside one transaction of Store.Load.
type Loader interface {
	// Source returns a source. NotFound.
	Source(code string) (Source, error)
	// PutSource creates or replaces a source.
	PutSource(s Source) error
	// Category returns the category that the source's text raw means. Where
	// none is known, a category of the same code (a slug of raw) is taken, or
	// created with raw as its names and UnknownOrigin; created tells.
	Category(source, raw string) (code string, created bool, err error)
	// Put stores incidents and tells what became of each, in order. Identity
	// is Source and SourceID, within the call too: the second of two counts as
	// Known or Updated. Of an upload, a location precision stays where the point
	// does and the present one tells more: what a file shows of its places
	// depends on what else is in it. Times are kept to the millisecond. Upload is 0 or an
	// upload that is importing, all of which goes through one Load. Best given
	// some hundred at a time. Invalid, naming every bad incident by its 1-based
	// place in the call as Row.
	Put(incidents []Incident) ([]Outcome, error)
	// Unite is Put for files with a row for each offence, of which one may hold
	// only some of an incident's: what is there and what comes are one set, of
	// which Offences makes the category and the further offences. So the order
	// in which such files come does not matter, and only Put takes an offence
	// away. Of two raw texts of the category, the first by letter stays.
	Unite(incidents []Incident) ([]Outcome, error)
	// Reject records rows that were not taken.
	Reject(upload int64, rejects []Reject) error
	// FinishUpload sets the upload's report, SHA-256, size and status Done.
	FinishUpload(u Upload) error
}
