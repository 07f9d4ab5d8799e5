package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"atalaya/store"

	"pgregory.net/rapid"
)

// tempIn returns what makes temporary files in a folder of the test.
func tempIn(t *testing.T) func() (*os.File, error) {
	t.Helper()
	dir := t.TempDir()
	return func() (*os.File, error) {
		f, err := os.CreateTemp(dir, "")
		if err == nil {
			t.Cleanup(func() { _ = f.Close() })
		}
		return f, err
	}
}

func TestALedgerFindsWhatWasSetInMemoryAndInAFile(t *testing.T) {
	temp := tempIn(t)
	for name, room := range map[string]int{"full": 40, "in a file": memoryEntries + 1} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				l, want := newLedger(room, temp), map[uint64]entry{}
				if l.file != nil {
					defer l.file.Close() //nolint:errcheck // it is temporary
				}
				// Few keys, half of them at the end of the table, where it begins anew.
				keys := rapid.OneOf(rapid.Uint64Range(1, 20), rapid.Uint64Min(1<<64-20))
				for range rapid.IntRange(0, 60).Draw(t, "sets") {
					e := entry{key: keys.Draw(t, "key"), agreement: 1 << 31, value: rapid.Uint32().Draw(t, "value"), n: 3, next: 4}
					slot, was, ok := l.find(e.key)
					if before, there := want[e.key]; ok != there || was != before {
						t.Fatalf("found %+v, %v; want %+v, %v", was, ok, before, there)
					}
					l.set(slot, e)
					want[e.key] = e
				}
				if l.failed != nil {
					t.Fatal(l.failed)
				}
			})
		})
	}
}

func TestALogGivesBackItsEntriesInOrder(t *testing.T) {
	l := &log{temp: tempIn(t)}
	for i := range memoryEntries + 5000 {
		l.add(entry{key: uint64(i), agreement: 1, value: 2, n: 3, next: uint32(i)})
	}
	if l.file == nil {
		t.Fatal("all of it is in memory")
	}
	var n int
	err := l.each(func(e entry) {
		if want := (entry{key: uint64(n), agreement: 1, value: 2, n: 3, next: uint32(n)}); e != want {
			t.Fatalf("entry %d is %+v", n, e)
		}
		n++
	})
	if err != nil || n != l.n {
		t.Errorf("%d of %d entries, %v", n, l.n, err)
	}
}

func TestWithoutRoomForATemporaryFileTheReadingFails(t *testing.T) {
	none := func() (*os.File, error) { return os.Create(filepath.Join(t.TempDir(), "no", "such")) }
	l := newLedger(memoryEntries+1, none)
	if _, _, ok := l.find(7); ok || l.failed == nil {
		t.Errorf("found %v, failed %v", ok, l.failed)
	}
	written := &log{temp: none}
	for range memoryEntries + 1 {
		written.add(entry{})
	}
	if err := written.each(func(entry) {}); err == nil {
		t.Error("the log does not say that it failed")
	}
}

// 100,000 ids come three times each, with two categories, never in adjoining
// rows.
func TestIDsThatComeBackTakeNoMemoryWhileIncidentsAreTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 300,000 rows")
	}
	const ids = 100_000
	var text strings.Builder
	text.WriteString("case_id,date,type,lat,lon\n")
	for _, category := range []string{"theft", "robbery", "theft"} {
		for id := range ids {
			fmt.Fprintf(&text, "%d,2024-01-%02d 10:00,%s,35.%03d,-89.9\n", id, id%28+1, category, id%1000)
		}
	}
	held := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, taken := held(), 0
	file := text.String()
	report, err := Read(t.Context(), strings.NewReader(file), Options{TempDir: t.TempDir()}, func(i store.Incident) error {
		if i.Category != "robbery" || !slices.Equal(i.Offences, []string{"theft"}) {
			t.Fatalf("got %+v", i)
		}
		if taken++; taken == ids/2 {
			// Measured: 2.5 MB, buffers of the reading; with a map of the ids 11.4 MB.
			if grown := held() - before; grown > 6<<20 {
				t.Errorf("%d bytes more are held", grown)
			}
		}
		return nil
	})
	runtime.KeepAlive(file)
	if err != nil || report.Taken != ids || report.Merged != ids || report.Known != ids {
		t.Errorf("%+v, %v", report, err)
	}
}
