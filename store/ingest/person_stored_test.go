package ingest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/sqlite"
)

// storedBytes imports a file into a database of its own and returns the report
// and what the database's files hold.
func storedBytes(t *testing.T, text string, opts ingest.Options) (store.Report, []byte, error) {
	t.Helper()
	dir := t.TempDir()
	st, err := sqlite.Open(t.Context(), filepath.Join(dir, "atalaya.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	opts.Clock = noon
	p, err := ingest.Propose(t.Context(), st, strings.NewReader(text), opts)
	if err != nil {
		t.Logf("proposal: %v", err)
	}
	proposal, err := json.Marshal(p) // uploads keep it
	if err != nil {
		t.Fatal(err)
	}
	report, refused := ingest.Import(t.Context(), st, strings.NewReader(text), opts)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(dir + "/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %q, %v", files, err)
	}
	all := proposal
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return report, all, refused
}

func readFixtureText(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(fixtures, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNoByteOfTheDatabaseTellsWhoSomebodyIs(t *testing.T) {
	for _, c := range []struct {
		file     string
		planted  []string
		kept     []string // that is harmless
		personal string   // column that the report lists
		field    string   // that this column would give
		stays    bool     // the column is stored but for the planted values
	}{
		{"persons_ids_cui.csv", []string{"534640974", "302466339", "629923124", "9736 69462"}, []string{"Lesiones"}, "id", "id", false},
		{"persons_ids_nit.csv", []string{"71352414", "1831970K"}, []string{"Lesiones"}, "expediente", "id", false},
		{"persons_ids_plates.csv", []string{"653FXM", "199WDX"}, []string{"Lesiones"}, "caso", "id", false},
		{"persons_categories.csv", []string{"Pedro D", "Xiomara", "Juan Carlos", "LUIS", "Ixcoy"}, nil, "delito", "category", false},
		{"persons_doors.csv", []string{"8841", "90377"}, []string{"Lesiones", "5 DE MAYO"}, "NUM_EXT", "category", false},
		{"persons_doors.csv", []string{"7A-66", "90377"}, []string{"Lesiones"}, "num_int", "category", false},
		{"persons_doors_beside.csv", []string{"8841", "90377"}, []string{"Lesiones", "5 DE MAYO"}, "Número", "category", false},
		{"persons_in_categories.csv", []string{"5555-1234", "ana.choc", "44441212", "3333 9876", "Pedro D", "Marta Yool", "eva.ruiz", "4242-7777", "leo@"},
			[]string{"Robo a Pedro", "Ley María da Penha", "Art. 173-2009", "12-34-5678", "Robo agravado"}, "delito", "category", true},
	} {
		t.Run(c.file, func(t *testing.T) {
			text := readFixtureText(t, c.file)
			report, stored, err := storedBytes(t, text, ingest.Options{File: c.file})
			if err != nil {
				t.Fatal(err)
			}
			for _, planted := range c.planted {
				if i := bytes.Index(stored, []byte(planted)); i >= 0 {
					t.Errorf("%q is stored: …%q…", planted, stored[max(0, i-60):min(len(stored), i+60)])
				}
			}
			for _, kept := range c.kept {
				if !bytes.Contains(stored, []byte(kept)) {
					t.Errorf("%q is lost", kept)
				}
			}
			isListed := slices.ContainsFunc(report.Personal, func(p store.PersonalColumn) bool { return p.Column == c.personal && p.Values > 0 })
			if isListed == c.stays || (report.Mapping[c.field] == c.personal) != c.stays {
				t.Errorf("personal %+v, mapping %v", report.Personal, report.Mapping)
			}

			_, _, err = storedBytes(t, text, ingest.Options{File: c.file, Map: map[string]string{c.field: c.personal}})
			if (err == nil) != c.stays {
				t.Errorf("--map %s=%s: %v", c.field, c.personal, err)
			}
			report, stored, err = storedBytes(t, text, ingest.Options{File: c.file, Map: map[string]string{c.field: c.personal}, Allow: []string{c.personal}, By: "ana"})
			if err != nil || !bytes.Contains(stored, []byte(c.planted[0])) || !slices.ContainsFunc(report.Notes, func(n string) bool { return strings.Contains(n, "ana decided so") }) {
				t.Errorf("allowed: %v, notes %q", err, report.Notes)
			}
		})
	}
}

// Half of the ids are sentences; of the other file one in twenty is.
func TestASentenceIsNoID(t *testing.T) {
	const header = "registro,fecha,delito,latitud,longitud\n"
	row := func(id string, i int) string { return fmt.Sprintf("%s,2024-01-%02d,Robo,14.6%d,-90.5\n", id, 1+i, i) }
	prose := header + row("llamó Pedro Pérez al 5555-1234", 0) + row("la vecina del local lo vio", 1) + row("A-3", 2) + row("A-4", 3)
	_, _, err := storedBytes(t, prose, ingest.Options{File: "x.csv", Map: map[string]string{"id": "registro"}})
	wantError(t, err, store.Invalid, "the mapping does not fit the file")

	few := header + row("avisa Ixcoy 5555-1234", 0)
	for i := 1; i < 20; i++ {
		few += row(fmt.Sprintf("A-%d", i), i)
	}
	report, stored, err := storedBytes(t, few, ingest.Options{File: "x.csv", Map: map[string]string{"id": "registro"}})
	if err != nil || report.Taken != 20 || bytes.Contains(stored, []byte("Ixcoy")) || bytes.Contains(stored, []byte("5555-1234")) || !bytes.Contains(stored, []byte("A-19")) {
		t.Errorf("%v, %+v", err, report)
	}
}

// The 13 digits of a date and a count pass no check.
func TestHarmlessLongNumbersStayIds(t *testing.T) {
	const file = "persons_none_long_numbers.csv"
	report, stored, err := storedBytes(t, readFixtureText(t, file), ingest.Options{File: file})
	if err != nil || report.Mapping["id"] != "expediente" || len(report.Personal) > 0 || !bytes.Contains(stored, []byte("2024010100037")) {
		t.Errorf("%v, mapping %v, personal %v", err, report.Mapping, report.Personal)
	}
}

// The first 2,000 records are the sample. Of the 3,600 ids 1,500 are CUIs, and
// of the 33 categories 30 are names.
func TestWhatOnlyTheRestOfTheFileShowsIsNotStoredEither(t *testing.T) {
	var b strings.Builder
	b.WriteString("caso,fecha,delito,latitud,longitud\n")
	for i := range 3600 {
		id, category := fmt.Sprint(i), []string{"Robo", "Hurto", "Daños"}[i%3]
		if i >= 2100 {
			id, category = cui(10_000_000+7*i), []string{"Pedro", "Ana", "Luis"}[i%3]+" Xol "+string(rune('A'+i%10))
		}
		fmt.Fprintf(&b, "%s,2024-01-%02d,%s,%.4f,%.4f\n", id, 1+i%28, category, 14.6+float64(i)/1e4, -90.5-float64(i)/1e4)
	}
	report, stored, err := storedBytes(t, b.String(), ingest.Options{File: "x.csv"})
	if err != nil || report.Mapping["id"] != "" || report.Mapping["category"] != "" || report.Taken != 3600 || len(report.Personal) != 2 {
		t.Errorf("%v, mapping %v, taken %d, personal %v", err, report.Mapping, report.Taken, report.Personal)
	}
	if bytes.Contains(stored, []byte(cui(10_000_000+7*2500))) || bytes.Contains(stored, []byte("Pedro Xol")) {
		t.Error("a CUI or a name is stored")
	}
	_, _, err = storedBytes(t, b.String(), ingest.Options{File: "x.csv", Map: map[string]string{"id": "caso"}})
	wantError(t, err, store.Invalid, "the mapping does not fit the file")
}

// cui returns a CUI of Guatemala, or of the next eight digits that have one.
func cui(digits int) string {
	sum := 0
	for i, c := range strconv.Itoa(digits) {
		sum += int(c-'0') * (i + 2)
	}
	if sum%11 == 10 {
		return cui(digits + 1)
	}
	return fmt.Sprintf("%d%d0101", digits, sum%11)
}

// A name may speak for a time, whose text is not stored; as an id it would be.
func TestAColumnCalledATimeIsNoIdOfPlates(t *testing.T) {
	const text = "hora,fecha,delito,latitud,longitud\nP-653FXM,2024-01-01,Robo,14.60,-90.50\nP-673HFX,2024-01-02,Robo,14.61,-90.51\nP-684ZJP,2024-01-03,Robo,14.62,-90.52\n"
	_, _, err := storedBytes(t, text, ingest.Options{File: "x.csv", Map: map[string]string{"id": "hora"}})
	wantError(t, err, store.Invalid, "the mapping does not fit the file")
}

func TestATextIsSearchedForTelephonesAndEMails(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // of the category as it is stored
	}{
		{"Robo (5555-1234)", ""}, {"Robo zona 12 5555-1234", ""}, {"Robo. Cel: 55551234", ""}, {"Theft, call (312) 555-0147 now", ""},
		{"Vol, tél. 06 12 34 56 78", ""}, {"Furto, ana@example.org.", ""}, {"Roubo +55 11 95555-1234", ""},
		{strings.Repeat("x 1 ", 1000) + "5555-1234", ""}, {"Ley 12345-5", "Ley 12345-5"},
		{"Art. 252 y 253-2009", "Art. 252 y 253-2009"}, {"UUV 5021 LARCENY 2010-2015", "UUV 5021 LARCENY 2010-2015"}, {"CASE5555-1234", "CASE5555-1234"},
		{"Penal Code 18-3-402 (1)(a)", "Penal Code 18-3-402 (1)(a)"}, {"robo @ cajero", "robo @ cajero"}, {"2024-01-05 13:00", "2024-01-05 13:00"},
	} {
		all, _, err := readText(t, "id;fecha;delito;latitud;longitud\n1;2024-01-05;"+c.text+";14.6;-90.5\n2;2024-01-06;Robo;14.61;-90.51\n", ingest.Options{File: "x.csv"})
		if err != nil || len(all) != 2 || all[0].RawCategory != c.want {
			t.Errorf("%q: %+v, %v", c.text, all, err)
		}
	}
}

// A rejected row is kept as it stood in the file, until its upload is undone.
func TestNoByteOfARejectedRowOutlivesTheUndo(t *testing.T) {
	dir := t.TempDir()
	st, err := sqlite.Open(t.Context(), filepath.Join(dir, "atalaya.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := readFixtureText(t, "persons_doors.csv")
	if _, err := ingest.Import(t.Context(), st, strings.NewReader(text), ingest.Options{File: "x.csv", Clock: noon}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, err := range st.Rejects(t.Context(), 1) {
		if err != nil || !slices.Contains(r.Record, "5 DE MAYO") {
			t.Errorf("%+v, %v", r, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d rejects", n)
	}
	if err := st.UndoUpload(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "atalaya.gpkg"))
	if err != nil || bytes.Contains(b, []byte("DE MAYO")) {
		t.Errorf("the rejected row is still there: %v", err)
	}
}
