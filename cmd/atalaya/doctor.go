package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"atalaya/geo/grid"
	"atalaya/web"

	"github.com/paulmach/orb"
)

type doctorCommand struct {
	database
	JSON bool `name:"json" help:"Print one JSON object a check."`
}

// finding is the outcome of one check.
type finding struct {
	Check string `json:"check"`
	OK    bool   `json:"ok"`
	Found string `json:"found"`
}

// Run checks what the program stands on and refuses when something is broken.
func (c *doctorCommand) Run(ctx context.Context, p *program) error {
	findings := []finding{checkGrid(), checkZones(), checkWeb()}
	findings = append(findings, c.checkDatabase(ctx, p)...)
	broken := 0
	for _, f := range findings {
		if !f.OK {
			broken++
		}
		if err := c.tell(p, f); err != nil {
			return err
		}
	}
	if broken > 0 {
		return fmt.Errorf("%d of %d checks failed", broken, len(findings))
	}
	return nil
}

func (c *doctorCommand) tell(p *program, f finding) error {
	if c.JSON {
		if err := json.NewEncoder(p.stdout).Encode(f); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
		return nil
	}
	mark := "ok    "
	if !f.OK {
		mark = "FAILED"
	}
	return p.print("%s  %-14s %s", mark, f.Check, f.Found)
}

// checkGrid asks for the cell of a known point (H3's own documentation gives
// it for the Golden Gate's end in San Francisco).
func checkGrid() finding {
	cell, err := grid.CellAt(orb.Point{-122.418307270836565, 37.7752702151959257}, 9)
	if err != nil || cell.String() != "8928308280fffff" {
		return finding{"grid", false, fmt.Sprintf("cell %s (%v), want 8928308280fffff", cell, err)}
	}
	return finding{"grid", true, "H3 indexes points"}
}

func checkZones() finding {
	loc, err := time.LoadLocation("America/Guatemala")
	if err != nil {
		return finding{"time zones", false, err.Error()}
	}
	return finding{"time zones", true, loc.String() + " is known"}
}

func checkWeb() finding {
	if _, _, built := web.MapBundle(); !built {
		return finding{"web", true, "the interactive map is not built in (make web); all else works"}
	}
	return finding{"web", true, "the interactive map is built in"}
}

func (c *doctorCommand) checkDatabase(ctx context.Context, p *program) []finding {
	const check = "database"
	if _, err := os.Stat(c.DB); errors.Is(err, os.ErrNotExist) {
		return []finding{{check, true, c.DB + " is not there yet; it is made when needed"}}
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return []finding{{check, false, err.Error()}}
	}
	findings := []finding{{check, true, c.DB + " opens"}}
	if err := db.Check(ctx); err != nil {
		findings = append(findings, finding{"integrity", false, err.Error()})
	} else {
		findings = append(findings, finding{"integrity", true, "pages, keys and extents are whole"})
	}
	if s, err := db.Summary(ctx); err != nil {
		findings = append(findings, finding{"content", false, err.Error()})
	} else {
		findings = append(findings, finding{"content", true, fmt.Sprintf("%d incidents from %s to %s", s.Incidents, day(s.From), day(s.To))})
	}
	if err := db.Close(); err != nil {
		findings = append(findings, finding{"closing", false, err.Error()})
	}
	return findings
}

func day(t time.Time) string {
	if t.IsZero() {
		return "no time"
	}
	return t.Format(time.DateOnly)
}
