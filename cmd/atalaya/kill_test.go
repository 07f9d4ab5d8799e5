package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/store/sqlite"
)

// moments returns at how many moments an import is killed.
func moments(t *testing.T) int {
	t.Helper()
	text := os.Getenv("ATALAYA_SOAK")
	if text == "" {
		return 10
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("ATALAYA_SOAK: %v", err)
	}
	return n
}

func TestAKilledImportLeavesTheWholeFileOrNothing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "city.csv")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	city := fixtures.Demo(now)
	if err := city.WriteCSV(out); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	rows := city.Truth().Rows
	whole := rows.Total - rows.BlankCoordinates - rows.ZeroCoordinates

	begin := time.Now()
	if killed := importAndKill(t, file, filepath.Join(dir, "full.gpkg"), time.Hour); killed {
		t.Fatal("the import did not end by itself")
	}
	full := time.Since(begin)
	if got := content(t, filepath.Join(dir, "full.gpkg")); got != whole {
		t.Fatalf("%d incidents after a whole import, want %d", got, whole)
	}

	n := moments(t)
	for i := range n {
		db := filepath.Join(dir, strconv.Itoa(i)+".gpkg")
		full = killUnderWay(t, file, db, full, float64(2*i+1)/float64(2*n))
		if got := content(t, db); got != 0 && got != whole {
			t.Errorf("killed after %d of %d parts: %d incidents, want 0 or %d", 2*i+1, 2*n, got, whole)
		}
		// What was lost can be had again.
		if killed := importAndKill(t, file, db, time.Hour); killed {
			t.Fatal("the second import did not end by itself")
		}
		if got := content(t, db); got != whole {
			t.Errorf("%d incidents after importing again, want %d", got, whole)
		}
	}
}

// killUnderWay kills an import at a part of its time. Where it was over
// before, a whole one takes less time than was thought: it learns and tries
// again. It returns the time of a whole import as known then.
func killUnderWay(t *testing.T, file, db string, full time.Duration, part float64) time.Duration {
	t.Helper()
	for range 20 {
		begin := time.Now()
		if importAndKill(t, file, db, time.Duration(float64(full)*part)) {
			return full
		}
		full = time.Since(begin) * 9 / 10
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.RemoveAll(db + suffix); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Fatal("twenty imports were over before they could be killed")
	return 0
}

// importAndKill imports a file in a process of its own and kills it after a
// while, unless it ends before.
func importAndKill(t *testing.T, file, db string, after time.Duration) (killed bool) {
	t.Helper()
	cmd := exec.Command("atalaya", "import", file, "--db", db, "--source", "demo")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended
	err := cmd.Wait()
	timer.Stop()
	if err == nil {
		t.Fatal("some rows of the city are without coordinates: status 0 is wrong")
	}
	return cmd.ProcessState.ExitCode() != exitRejected
}

// content opens the database, checks it and counts its incidents. A process
// that was killed before it made the file leaves none.
func content(t *testing.T, path string) int {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := db.Check(ctx); err != nil {
		t.Errorf("after a kill: %v", err)
	}
	summary, err := db.Summary(ctx)
	if err != nil {
		t.Fatal(err)
	}
	uploads, err := db.Uploads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range uploads {
		if u.Status == "importing" {
			t.Errorf("upload %d is still importing after its process died", u.ID)
		}
	}
	return summary.Incidents
}
