package sqlite_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"atalaya/store"
	"atalaya/store/sqlite"
)

func TestPathsOfAnyKindOpenTheFileTheyName(t *testing.T) {
	for _, name := range []string{"plain.gpkg", "with space.gpkg", "what?.gpkg", "no#1.gpkg", "100%41.gpkg", "a&mode=ro.gpkg", "ñandú;.gpkg", ":memory:"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			db := open(t, path)
			furnish(t, db)
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
			must(t, db.Close())
			if _, err := open(t, path).Source(t.Context(), "pnc"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAClosedFileStandsAloneAndOpensAgain(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "test.gpkg")
	db := open(t, path)
	furnish(t, db)
	upload(t, db, incident("1", -90, 14))
	must(t, db.Close())
	if got := list(t, dir); !slices.Equal(got, []string{"test.gpkg"}) {
		t.Errorf("files %v are left, want test.gpkg alone", got)
	}
	db = open(t, path)
	n := 0
	for _, err := range db.Incidents(t.Context(), store.IncidentFilter{}) {
		must(t, err)
		n++
	}
	if n != 1 {
		t.Errorf("%d incidents after opening again, want 1", n)
	}
}

func TestWhatIsNotOursIsRefusedAndLeftAsItWas(t *testing.T) {
	execute := func(statements string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			db, err := sql.Open("sqlite3", path)
			must(t, err)
			_, err = db.ExecContext(t.Context(), statements)
			must(t, err)
			must(t, db.Close())
		}
	}
	cases := map[string]struct {
		make func(t *testing.T, path string)
		says string
	}{
		"text": {
			func(t *testing.T, path string) {
				t.Helper()
				must(t, os.WriteFile(path, []byte("id,lat,lon\n1,14.6,-90.5\n"), 0o600))
			},
			"is not a database",
		},
		"long text": {
			func(t *testing.T, path string) {
				t.Helper()
				must(t, os.WriteFile(path, bytes.Repeat([]byte("lat,lon\n"), 1000), 0o600))
			},
			"is not a database",
		},
		"folder":         {func(t *testing.T, path string) { t.Helper(); must(t, os.Mkdir(path, 0o700)) }, "is not a file"},
		"other database": {execute(`CREATE TABLE incident (id INTEGER PRIMARY KEY, geom BLOB)`), "1 tables, no atalaya_migration"},
		"other GeoPackage": {
			execute(`PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;
				CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY); CREATE TABLE incident (fid INTEGER PRIMARY KEY)`),
			"2 tables, no atalaya_migration",
		},
		"newer schema": {
			func(t *testing.T, path string) {
				t.Helper()
				must(t, open(t, path).Close())
				execute(`INSERT INTO atalaya_migration (version_id, is_applied) VALUES (999, 1)`)(t, path)
			},
			"newer atalaya",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "other.gpkg")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			_, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v (%s), want an invalid one that says %q", err, store.KindOf(err), c.says)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was altered")
			}
			// SQLite itself lays -shm and -wal beside a file in WAL mode, even to read it.
			if got := list(t, filepath.Dir(path)); name != "newer schema" && !slices.Equal(got, []string{"other.gpkg"}) {
				t.Errorf("files %v are left", got)
			}
		})
	}
}

func TestAnEmptyPathAndAMissingFolderAreRefused(t *testing.T) {
	_, err := sqlite.Open(t.Context(), "", sqlite.Options{})
	if store.KindOf(err) != store.Invalid {
		t.Errorf("empty path: %v", err)
	}
	_, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "test.gpkg"), sqlite.Options{})
	if store.KindOf(err) != store.Unavailable {
		t.Errorf("missing folder: %v", err)
	}
}

func TestAnEmptyFileAndOneThatDiedBeforeItsTablesAreFilled(t *testing.T) {
	for name, prepare := range map[string]func(path string) error{
		"no bytes": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"no tables": func(path string) error {
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				return err
			}
			defer db.Close() //nolint:errcheck // a test's
			_, err = db.ExecContext(t.Context(), `PRAGMA journal_mode = WAL`)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "test.gpkg")
			must(t, prepare(path))
			furnish(t, open(t, path))
		})
	}
}

func TestManyMayOpenANewFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	var work sync.WaitGroup
	for i := range 6 {
		work.Go(func() {
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			err = db.PutSource(t.Context(), store.Source{Code: strconv.Itoa(i), Name: "N", TimeZone: "UTC"})
			if err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	sources, err := open(t, path).Sources(t.Context())
	must(t, err)
	if len(sources) != 6 {
		t.Errorf("%d sources, want 6", len(sources))
	}
}

func TestAFileOpensWhileAnotherLoadsIntoIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	db := open(t, path)
	furnish(t, db)
	id, err := db.CreateUpload(t.Context(), store.Upload{})
	must(t, err)
	must(t, db.Load(t.Context(), func(store.Loader) error {
		// The load holds the write lock: an Open that wrote would wait in vain.
		second := open(t, path)
		u, err := second.Upload(t.Context(), id)
		must(t, err)
		if u.Status != store.Importing {
			t.Errorf("status %s of an upload that is under way", u.Status)
		}
		return second.Close()
	}))
}

func TestAnUploadWhoseProcessDiedIsFailedByTheNextOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	if os.Getenv("ATALAYA_TEST_DIE") != "" {
		db := open(t, os.Getenv("ATALAYA_TEST_DIE"))
		id, err := db.CreateUpload(t.Context(), store.Upload{})
		must(t, err)
		_ = db.Load(t.Context(), func(l store.Loader) error {
			must(t, l.Reject(id, []store.Reject{{Row: 1}}))
			fmt.Println("loading", id)
			_, _ = os.Stdin.Read(make([]byte, 1)) // until it is killed
			return nil
		})
		return
	}
	db := open(t, path)
	living, err := db.CreateUpload(t.Context(), store.Upload{})
	must(t, err)

	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "ATALAYA_TEST_DIE="+path)
	in, err := child.StdinPipe()
	must(t, err)
	defer in.Close() //nolint:errcheck // it is dead
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	var dead int64
	if _, err := fmt.Sscanf(line, "loading %d", &dead); err != nil {
		t.Fatalf("the child says %q", line)
	}
	must(t, open(t, path).Close())
	wantStatus(t, db, dead, store.Importing)

	must(t, child.Process.Kill())
	_ = child.Wait()
	must(t, open(t, path).Close())
	wantStatus(t, db, dead, store.Failed)
	wantStatus(t, db, living, store.Importing)
	u, err := db.Upload(t.Context(), dead)
	must(t, err)
	if !strings.Contains(u.Error, "interrupted") {
		t.Errorf("reason %q does not say interrupted", u.Error)
	}
	if got := query(t, path, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("integrity check: %s", got)
	}
	must(t, db.FailUpload(t.Context(), living, "test"))
	must(t, db.Close())
	if got := list(t, filepath.Dir(path)); !slices.Equal(got, []string{"test.gpkg"}) {
		t.Errorf("files %v are left", got)
	}
}

func TestAStagedUploadWhoseProcessDiedWaitsAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	db := open(t, path)
	id, err := db.CreateUpload(t.Context(), store.Upload{Status: store.Staged, Proposal: &store.Proposal{Source: "pnc"}})
	must(t, err)
	must(t, db.ConfirmUpload(t.Context(), id))
	must(t, open(t, path).Close())
	wantStatus(t, db, id, store.Importing) // it lives
	must(t, db.Close())                    // which gives its claim up, as dying does
	db = open(t, path)
	wantStatus(t, db, id, store.Staged)
	u, err := db.Upload(t.Context(), id)
	must(t, err)
	if u.Proposal == nil || u.Proposal.Source != "pnc" || u.Error != "" {
		t.Errorf("%+v", u)
	}
	must(t, db.ConfirmUpload(t.Context(), id))
}

func TestAFileThatCannotBeWrittenToIsUnavailable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write into every file: refusing one is not tested")
	}
	path := filepath.Join(t.TempDir(), "test.gpkg")
	must(t, open(t, path).Close())
	must(t, os.Chmod(path, 0o400))
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err == nil {
		err = db.PutSource(t.Context(), store.Source{Code: "a", Name: "A", TimeZone: "UTC"})
	}
	if store.KindOf(err) != store.Unavailable {
		t.Errorf("error %v, want an unavailable one", err)
	}
}

func TestADamagedFileGivesAnErrorAndNoPanic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	db := open(t, path)
	furnish(t, db)
	put(t, db, 0, incident("1", -90, 14))
	raw, err := sql.Open("sqlite3", path)
	must(t, err)
	defer raw.Close() //nolint:errcheck // a test's
	for _, damage := range []string{`geom = x'0102'`, `geom = 'text'`, `occurred_from = 'yesterday', geom = geom`} {
		_, err = raw.ExecContext(t.Context(), `UPDATE incident SET `+damage)
		must(t, err)
		var last error
		for _, err := range db.Incidents(t.Context(), store.IncidentFilter{}) {
			last = err
		}
		if store.KindOf(last) != store.Internal || !strings.Contains(last.Error(), "incident 1: ") {
			t.Errorf("%s: error %v, want an internal one that names incident 1", damage, last)
		}
	}
}

func wantStatus(t *testing.T, db *sqlite.DB, id int64, want store.UploadStatus) {
	t.Helper()
	u, err := db.Upload(t.Context(), id)
	must(t, err)
	if u.Status != want {
		t.Errorf("upload %d is %s, want %s", id, u.Status, want)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
