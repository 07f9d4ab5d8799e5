package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/user"
	"slices"
	"strings"
	"text/tabwriter"

	"atalaya/store"
)

type qualityCommand struct {
	Source string `arg:"" help:"Code of the source."`
	database
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run tells how good all the data of a source are.
func (c *qualityCommand) Run(ctx context.Context, p *program) (err error) {
	db, err := c.openExisting(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	q, err := store.QualityOf(ctx, db, c.Source)
	if err != nil {
		return err
	}
	if !c.JSON {
		return p.print("source %s%s", c.Source, quality(q))
	}
	text, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return p.print("%s", text)
}

// quality tells the quality of an upload or a source in a small table.
func quality(q store.Quality) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line := func(what string, n, of int, more string) {
		share := ""
		if of > 0 {
			share = fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
		}
		_, _ = fmt.Fprintf(table, "    %s\t%d\t%s\t%s\n", what, n, share, more) // a Builder takes everything
	}
	line("rows", q.Rows, 0, "")
	for _, part := range []struct { // the sum of which is the rows
		what string
		n    int
	}{
		{"of incidents", q.Incidents}, {"duplicates", q.Duplicates}, {"further offences", q.Merged},
		{"without a place", q.WithoutPlace}, {"without a readable time", q.WithoutReadableTime}, {"otherwise rejected", q.OtherwiseRejected},
	} {
		line("  "+part.what, part.n, q.Rows, "")
	}
	line("incidents", q.Measured, 0, "")
	line("with a time", q.Measured-q.Precision[store.UnknownTime], q.Measured, precisions(q.Precision))
	line("at fallback points", q.Fallback, q.Measured, "")
	line("of unknown origin", q.Unmapped, q.Measured, fmt.Sprintf("%d categories", q.UnmappedCategories))
	if q.OutsideAreas != nil {
		line("new, outside every area", *q.OutsideAreas, q.Measured, "")
	}
	if q.FirstMonth != "" {
		missing := ""
		if len(q.MissingMonths) > 0 {
			missing = strings.Join(q.MissingMonths[:min(len(q.MissingMonths), 12)], ", ")
		}
		line("months missing", len(q.MissingMonths), 0, fmt.Sprintf("%s to %s  %s", q.FirstMonth, q.LastMonth, missing))
	}
	_ = table.Flush() // a Builder takes everything
	return "\n  quality:\n" + trimLines(b.String())
}

// trimLines drops the blanks that end lines, and the last line's end.
func trimLines(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// precisions lists how many incidents are known how exactly, most first.
func precisions(counts map[store.TimePrecision]int) string {
	var known []store.TimePrecision
	for p, n := range counts {
		if p != store.UnknownTime && n > 0 {
			known = append(known, p)
		}
	}
	slices.SortFunc(known, func(a, b store.TimePrecision) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(string(a), string(b))
	})
	texts := make([]string, 0, len(known))
	for _, p := range known {
		texts = append(texts, fmt.Sprintf("%s %d", p, counts[p]))
	}
	return strings.Join(texts, ", ")
}

// userName returns who uses the command line, for what is recorded with a
// name; empty where the system does not say.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}
