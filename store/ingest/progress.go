package ingest

import "time"

// Phase is a step of the reading of a file.
type Phase string

// The phases, in their order. A file that stands on disk is not received, and
// one that is not packed not unpacked; text in gzip is unpacked in the survey.
const (
	Receiving Phase = "receive" // a stream comes in
	Unpacking Phase = "unpack"  // of a gzip or zip file
	Surveying Phase = "survey"  // every record is looked at
	Taking    Phase = "take"    // every record is taken, or not
	Finishing Phase = "finish"  // all is read and about to be kept
)

// Progress tells how far the reading of a file has come, over all its phases:
// nothing in it ever goes back.
type Progress struct {
	Phase     Phase
	Bytes     int64 // of Total: each phase but the last counts a like part of the file
	Total     int64 // bytes of the file as it came, compressed when it is; 0 while nobody knows
	Rows      int   // records read, once in the survey and once as they are taken
	TotalRows int   // that Rows will come to; 0 until the survey is over
}

// progressEvery is the least time between two calls of Options.Progress.
const progressEvery = 100 * time.Millisecond

// odometer tells of the progress of a run now and then.
type odometer struct {
	run   *run
	phase Phase
	steps int // phases that read the file, as far as is known
	done  int // of them

	rows, totalRows int
	begun           int       // rows before the survey that counts
	records         int       // of the file, once it is surveyed
	furthest        int64     // what was told of the bytes
	shown           time.Time // when that was
}

// written hears how far a stream has come in, or how much of a file is
// unpacked.
func (o *odometer) written(bytes int64) {
	if run := o.run; run.body == nil {
		if o.phase == "" {
			o.phase = Receiving
			o.steps++
		}
		o.tell(bytes, run.opts.Size)
		return
	}
	if o.phase != Unpacking {
		o.phase = Unpacking
		o.steps++
	}
	o.tell(o.run.body.reached.Load(), o.run.body.size)
}

func (o *odometer) isHeld() {
	if o.phase == Receiving {
		o.done++
	}
}

func (o *odometer) isUnpacked() {
	if o.phase == Unpacking {
		o.done++
	}
	o.phase = Surveying
}

// anotherPass hears that the survey has to read the file once more, after a
// pass that is over.
func (o *odometer) anotherPass() {
	o.steps++
	o.done++
	o.begun = o.rows
}

// isSurveyed hears that every record was looked at.
func (o *odometer) isSurveyed() { o.records = o.rows - o.begun }

// isUnderstood hears that no other pass is needed before records are taken.
func (o *odometer) isUnderstood() {
	o.done++
	o.phase, o.totalRows = Taking, o.rows+o.records
}

func (o *odometer) isRead() {
	o.done++
	o.phase, o.shown = Finishing, time.Time{}
	o.tell(0, o.run.body.size)
}

// row counts a record that was read.
func (o *odometer) row() {
	if o.rows++; o.rows%256 == 0 {
		o.tell(o.run.table.body.progress())
	}
}

// tell tells how far the phase is: at a byte of so many, 0 where nobody knows.
func (o *odometer) tell(at, of int64) {
	opts := o.run.opts
	if opts.Progress == nil {
		return
	}
	now := opts.now()
	if now.Sub(o.shown) < progressEvery {
		return
	}
	o.shown = now
	total := of
	if o.run.body != nil {
		total = o.run.body.size
	}
	bytes := at / int64(o.steps) // of a stream of unknown length
	if of > 0 {
		share := (float64(o.done) + min(1, float64(at)/float64(of))) / float64(o.steps)
		bytes = int64(share * float64(total))
	}
	// What is not read from its first byte to its last goes back now and then.
	o.furthest = max(o.furthest, bytes)
	opts.Progress(Progress{Phase: o.phase, Bytes: o.furthest, Total: total, Rows: o.rows, TotalRows: o.totalRows})
}
