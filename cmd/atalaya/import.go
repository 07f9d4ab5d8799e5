package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atalaya/store"
	"atalaya/store/ingest"
)

type importCommand struct {
	Files []string `arg:"" name:"file" help:"Incident files; - is standard input."`
	database
	reading
	Allow    []string `help:"Let a column through that looks like data on a person and is harmless; remembered with the source, with who said so." placeholder:"COLUMN" sep:"none"`
	Rows     string   `help:"What several rows with one id are: offences of one incident, or incidents of their own; without it as for the last file of the source." placeholder:"offences|incidents"`
	DryRun   bool     `help:"Tell how each file would be read and what would become of it, and keep nothing."`
	Yes      bool     `help:"Import a file in grave doubt as it would be read; without it such a file is refused, with what settles each doubt."`
	Rejects  string   `help:"Write the rejected rows to this CSV file; of several files, to one each, with its number before the extension." placeholder:"FILE"`
	Language string   `default:"en" enum:"es,en" help:"Language of the sentences in --rejects: es or en."`
	JSON     bool     `name:"json" help:"Print one JSON object a file."`
}

// reading is how files are read: the flags that import and hotspots share.
type reading struct {
	Source   string            `help:"Agency or system that the files come from; without it, the file's name without its numbers." placeholder:"NAME"`
	Timezone string            `help:"Zone of times that name none; without it the source's, else America/Guatemala." placeholder:"TZ"`
	CRS      string            `name:"crs" help:"Coordinate system of the file." placeholder:"EPSG:n"`
	Sheet    string            `help:"Sheet, layer or packed file to read, where there are several." placeholder:"NAME"`
	Map      map[string]string `help:"Which column holds a field: --map time=FECHA --map lon=X." placeholder:"FIELD=COLUMN" mapsep:"none"`
}

// Run imports each file in its own transaction and reports on it.
func (c *importCommand) Run(ctx context.Context, p *program) (err error) {
	for i := range c.Files {
		if err := refuseOverwrite("rejects", c.rejectsOf(i), append([]string{c.DB}, c.Files...)...); err != nil {
			return err
		}
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	anyRejected := false
	for i, name := range c.Files {
		one, err := c.importFile(ctx, p, db, name, c.rejectsOf(i))
		if err != nil {
			if left := c.Files[i+1:]; len(left) > 0 {
				p.say("atalaya: not tried after %s: %s", name, strings.Join(left, ", "))
			}
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := c.tell(p, one); err != nil {
			return err
		}
		anyRejected = anyRejected || one.Rejected > 0
	}
	if anyRejected {
		return errRejected
	}
	return nil
}

// imported is what became of one file, as JSON shows it.
type imported struct {
	store.Report
	Doubts   []store.Doubt   `json:"doubts"`             // that no flag settles
	Proposal *store.Proposal `json:"proposal,omitempty"` // of a dry run
}

func (c *importCommand) importFile(ctx context.Context, p *program, st store.Store, name, rejects string) (one imported, err error) {
	in, err := openInput(p, name)
	if err != nil {
		return one, err
	}
	defer func() { _ = in.Close() }() // read only: nothing to lose
	opts := c.options(p, in)
	opts.DryRun, opts.Rows = c.DryRun, c.Rows
	opts.Allow, opts.By = c.Allow, userName()
	out, err := newRejectsFile(rejects, c.Language)
	if err != nil {
		return one, err
	}
	opts.OnReject = out.write
	opts.OnPlan = func(proposal store.Proposal) error {
		out.begin(proposal)
		if c.DryRun {
			one.Proposal = &proposal
		}
		one.Doubts = c.unsettled(proposal)
		return c.weigh(p, name, one.Doubts)
	}
	bar := p.newBar(in)
	opts.Progress = bar.show
	one.Report, err = ingest.Import(ctx, st, in.Reader, opts)
	bar.finish()
	if err != nil {
		return one, errors.Join(err, out.abandon())
	}
	return one, out.close()
}

// options returns what ingest needs to know about one file.
func (r reading) options(p *program, in *input) ingest.Options {
	return ingest.Options{File: in.name, Size: in.size, Source: r.Source, TimeZone: r.Timezone, CRS: r.CRS, Sheet: r.Sheet, Map: r.Map, Clock: p.clock}
}

// tell prints what became of a file, as JSON or for people.
func (c *importCommand) tell(p *program, one imported) error {
	if c.JSON {
		if err := json.NewEncoder(p.stdout).Encode(one); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return nil
	}
	if one.Proposal != nil {
		if err := p.print("%s", proposed(one.File, *one.Proposal)); err != nil {
			return err
		}
	}
	return p.print("%s", summary(one.Report))
}

// summary tells a report in some lines.
func summary(r store.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s → source %s: %d rows = %d taken + %d known + %d updated + %d merged + %d rejected (%.1f s)", r.File, r.Source, r.Rows, r.Taken, r.Known, r.Updated, r.Merged, r.Rejected, r.Seconds)
	fmt.Fprintf(&b, "\n  times without a zone are read in %s", r.TimeZone)
	if r.DryRun {
		b.WriteString("\n  dry run: nothing was kept")
	}
	reasons := make([]string, 0, len(r.Reasons))
	for reason := range r.Reasons {
		reasons = append(reasons, reason)
	}
	slices.Sort(reasons)
	for _, reason := range reasons {
		fmt.Fprintf(&b, "\n  rejected, %s: %d", reason, r.Reasons[reason])
	}
	for _, reject := range r.FirstRejects {
		fmt.Fprintf(&b, "\n    row %s, %s %q: %s", store.RowName(reject.Sheet, reject.Row), reject.Field, reject.Value, reject.Message)
	}
	fields := make([]string, 0, len(r.Mapping))
	for field := range r.Mapping {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	for _, field := range fields {
		fmt.Fprintf(&b, "\n  %s is column %q: %s", field, r.Mapping[field], r.Evidence[field])
	}
	if len(r.KeptOut) > 0 {
		fmt.Fprintf(&b, "\n  not stored: %s", strings.Join(r.KeptOut, ", "))
	}
	for _, p := range r.Personal {
		fate := "kept out"
		if p.Allowed {
			fate = "let through"
		}
		fmt.Fprintf(&b, "\n  %s: column %q looks like %s, by its %s (%d values)", fate, p.Column, p.LooksLike, p.By, p.Values)
	}
	if len(r.NewCategory) > 0 {
		fmt.Fprintf(&b, "\n  new categories: %s", strings.Join(r.NewCategory, ", "))
	}
	for _, p := range r.PoliceInitiated {
		fmt.Fprintf(&b, "\n  for review: %q (%s, %d incidents) sounds police-initiated; if it is: category set %s --origin police_initiated", p.Raw, p.Category, p.Incidents, p.Category)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "\n  note: %s", note)
	}
	b.WriteString(quality(r.Quality))
	return b.String()
}

// input is one file that is being read.
type input struct {
	io.Reader
	io.Closer
	name string
	size int64 // bytes, 0 when not known
}

// openInput opens a file, or standard input for "-".
func openInput(p *program, name string) (*input, error) {
	if name == "-" {
		return &input{Reader: p.stdin, Closer: io.NopCloser(nil), name: "-"}, nil
	}
	f, err := os.Open(name) //nolint:gosec // the user named it
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("look at file: %w", err), f.Close())
	}
	if info.IsDir() {
		return nil, errors.Join(fmt.Errorf("%s is a folder: allowed are files and -", name), f.Close())
	}
	return &input{Reader: f, Closer: f, name: filepath.Base(name), size: info.Size()}, nil
}
