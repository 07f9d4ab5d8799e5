package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"pgregory.net/rapid"
)

const small = "id,date,type,lat,lon\n1,2024-01-05,theft,35.149,-89.942\n2,2024-01-06,theft,35.150,-89.943\n"

func wantError(t *testing.T, err error, kind store.Kind, text string) {
	t.Helper()
	if err == nil || store.KindOf(err) != kind || !strings.Contains(err.Error(), text) {
		t.Errorf("got error %v of kind %q; want %q with %q", err, store.KindOf(err), kind, text)
	}
}

func TestTheCallersMappingGoesBeforeTheProposal(t *testing.T) {
	const text = "a,b,c,d,when\n14.634,-90.506,Robo,77,2024-01-05\n"
	all, report, err := readText(t, text, ingest.Options{Map: map[string]string{"lat": "a", "lon": "b", "category": "C", "id": "d"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"lat": "a", "lon": "b", "category": "c", "id": "d", "time": "when"}
	if diff := cmp.Diff(want, report.Mapping); diff != "" {
		t.Error(diff)
	}
	if len(all) != 1 || all[0].SourceID != "77" || all[0].Category != "robo" {
		t.Errorf("got %+v", all)
	}
	if report.Evidence["lat"] != "named by the caller" {
		t.Errorf("evidence %q", report.Evidence["lat"])
	}
}

func TestAnEmptyColumnLeavesAFieldOut(t *testing.T) {
	_, report, err := readText(t, small, ingest.Options{Map: map[string]string{"time": "", "id": ""}})
	if err != nil {
		t.Fatal(err)
	}
	if report.WithoutTime != 2 || report.Mapping["time"] != "" || report.Mapping["id"] != "" {
		t.Errorf("got %+v", report)
	}
}

func TestOptionsThatCannotBeAreAllNamed(t *testing.T) {
	for _, c := range []struct {
		name string
		opts ingest.Options
		want string
	}{
		{"an unknown field", ingest.Options{Map: map[string]string{"longitude": "lon"}}, `"longitude=lon" names no field (allowed: lon, lat, point,`},
		{"an unknown column", ingest.Options{Map: map[string]string{"lon": "nowhere"}}, `"lon=nowhere" names no column of the file (allowed: id, date, type, lat, lon)`},
		{"another coordinate system", ingest.Options{CRS: "EPSG:1"}, `crs "EPSG:1" is no coordinate system that is read (allowed: EPSG:4326`},
		{"no such time zone", ingest.Options{TimeZone: "Mars/Base"}, `timezone "Mars/Base" is no time zone`},
		{"the zone of this machine", ingest.Options{TimeZone: "Local"}, `timezone "Local" is no time zone`},
		{"no code of a source", ingest.Options{Source: "PNC Guatemala"}, `source "PNC Guatemala" is no code`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, small, c.opts)
			wantError(t, err, store.Invalid, c.want)
		})
	}
	_, _, err := readText(t, small, ingest.Options{TimeZone: "Mars/Base", CRS: "EPSG:1", Source: "É"})
	var e *store.Error
	if !errors.As(err, &e) || len(e.Problems) != 3 {
		t.Errorf("got %v, want three problems", err)
	}
}

func TestNothingOfAPersonIsStoredEvenWhenAsked(t *testing.T) {
	const text = "victim_id,date,dpi,lat,lon\n1,2024-01-05,1234567890101,35.149,-89.942\n"
	all, report, err := readText(t, text, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Mapping["id"] != "" || !strings.HasPrefix(all[0].SourceID, "sha256:") {
		t.Errorf("a column of a person became the id: %v", report.Mapping)
	}
	if diff := cmp.Diff([]string{"victim_id", "dpi"}, report.KeptOut); diff != "" {
		t.Error(diff)
	}
	_, _, err = readText(t, text, ingest.Options{Map: map[string]string{"category": "dpi"}})
	wantError(t, err, store.Invalid, "never stored")
}

// Only the person differs between the two files, so their keys are equal.
func TestContentKeysHoldNothingOfAPerson(t *testing.T) {
	const text = "date,nombre,lat,lon\n2024-01-05,Ana,35.149,-89.942\n"
	a, _, err := readText(t, text, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := readText(t, strings.Replace(text, "Ana", "Eva", 1), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a[0].SourceID != b[0].SourceID {
		t.Errorf("%s and %s", a[0].SourceID, b[0].SourceID)
	}
}

func TestContentKeysDoNotChangeWithTheOrderOfColumnsNorWithEmptyOnes(t *testing.T) {
	a, _, err := readText(t, "date,beat,lat,lon\n2024-01-05,7,35.149,-89.942\n", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := readText(t, "lon,lat,remark,beat,date\n-89.942,35.149,,7,2024-01-05\n", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a[0].SourceID != b[0].SourceID {
		t.Errorf("%s and %s", a[0].SourceID, b[0].SourceID)
	}
}

func TestEqualRowsWithoutAnIDAreIncidentsOfTheirOwn(t *testing.T) {
	const row = "2024-01-05,35.149,-89.942\n"
	all, report, err := readText(t, "date,lat,lon\n"+row+row+row, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Taken != 3 || all[1].SourceID != all[0].SourceID+"#2" || all[2].SourceID != all[0].SourceID+"#3" {
		t.Errorf("got %v", all)
	}
}

func TestAGzippedFileGivesTheSameReport(t *testing.T) {
	_, plain, err := readText(t, small, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, zipped, err := readText(t, gzipped(t, small), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if zipped.Container != "csv.gz" {
		t.Errorf("container %q", zipped.Container)
	}
	zipped.Container = plain.Container
	if diff := cmp.Diff(plain, zipped); diff != "" {
		t.Error(diff)
	}
}

func TestGzipThatIsDamagedOrBurstsIsRefused(t *testing.T) {
	whole := gzipped(t, small)
	damaged := func(text string) string { packed := gzipped(t, text); return packed[:len(packed)-8] + "12345678" }
	const sheet = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>` +
		`<Row><Cell><Data>lat</Data></Cell><Cell><Data>lon</Data></Cell></Row><Row><Cell><Data>14.6</Data></Cell><Cell><Data>-90.5</Data></Cell></Row></Table></Worksheet>`
	behind := strings.Repeat(" ", 4<<20)
	bomb := gzipped(t, strings.Repeat("a,b,"+strings.Repeat("c", 250)+"\n", 1<<17))
	for _, c := range []struct {
		name, text string
		opts       ingest.Options
		kind       store.Kind
		want       string
	}{
		{"cut off in its header", whole[:9], ingest.Options{}, store.Invalid, "cut off"},
		{"damaged", damaged(small), ingest.Options{}, store.Invalid, "the gzip file is damaged"},
		{"damaged behind what is read", damaged(strings.Repeat(small, 1<<15)), ingest.Options{}, store.Invalid, "the gzip file is damaged"},
		{"damaged, and no incidents as it seems", damaged(strings.Repeat("a,b\n", 1<<20)), ingest.Options{}, store.Invalid, "the gzip file is damaged"},
		{"damaged, and broken JSON as it seems", damaged(`[` + strings.Repeat(`{"lat":14.6,"lon":-90.5},`, 1<<16) + `{"lat":]` + behind), ingest.Options{}, store.Invalid, "the gzip file is damaged"},
		{"damaged behind its records", damaged(sheet + behind), ingest.Options{}, store.Invalid, "the gzip file is damaged"},
		{"gzip within gzip", gzipped(t, whole), ingest.Options{}, store.Invalid, "gzip within gzip"},
		{"a bomb", bomb, ingest.Options{Map: map[string]string{"lat": "a", "lon": "b"}}, store.TooLarge, "grows to more than 250 times"},
		{"over the limit", small, ingest.Options{MaxBytes: 20}, store.TooLarge, "over 20 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.text, c.opts)
			wantError(t, err, c.kind, c.want)
			_, err = ingest.Propose(t.Context(), openStore(t), strings.NewReader(c.text), c.opts)
			wantError(t, err, c.kind, c.want)
		})
	}
}

func TestAGzipFileThatIsCutOffIsReadUpToTheCut(t *testing.T) {
	var text strings.Builder
	text.WriteString("id,lat,lon\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, "%d,14.%06d,-90.5\n", i, i*7919%1_000_000)
	}
	whole := gzipped(t, text.String())
	_, report, err := readText(t, whole[:len(whole)/2], ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(report.Notes); report.Taken < 10_000 || report.Taken > 90_000 || n == 0 || !strings.Contains(report.Notes[n-1], "the file ends too early") {
		t.Errorf("%d taken, notes %q", report.Taken, report.Notes)
	}
}

func TestFilesThatAreNoRecordsAreRefusedForWhatTheyAre(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "the file is empty"},
		{"blank space", " \n\r\n\t\n", "nothing but blank space"},
		{"a zip container", "PK\x03\x04\x14\x00", "zip container"},
		{"markup", "<?xml version=\"1.0\"?><kml/>", "XML or HTML"},
		{"other JSON", `{"type":"Topology","objects":{}}`, "no column is called like one; "},
		{"broken JSON", `{"type":"FeatureCollection","features":[{"type":]}`, "JSON is broken"},
		{"control characters", strings.Repeat("\x01\x02", 50), "control characters"},
		{"no places", "id,name\n1,x\n", "no column is called like one"},
		{"a latitude alone", "id,lat\n1,14.6\n", "a longitude beside the latitude"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.text, ingest.Options{})
			wantError(t, err, store.Invalid, c.want)
		})
	}
}

func TestAFeatureOverTheLimitIsRefused(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"x":"` + strings.Repeat("x", 4<<20) + `"},"geometry":null}]}`
	_, _, err := readText(t, text, ingest.Options{})
	wantError(t, err, store.TooLarge, "a feature is over 1048576 bytes")
}

// The sample holds nothing but placeholders; what comes after is in metres.
func TestAFileThatTurnsOutToBeProjectedIsRefused(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,type,X,Y\n")
	for i := range 2100 {
		fmt.Fprintf(&b, "%d,theft,0.0,0.0\n", i)
	}
	b.WriteString("3000,theft,490249.2,5458166.8\n")
	_, _, err := readText(t, b.String(), ingest.Options{})
	wantError(t, err, store.Invalid, `none of 2101 rows has a place in degrees: row 2102, column "X" holds "490249.2"`)
}

func TestPropertiesThatTurnUpLateAreKeptOutAndListed(t *testing.T) {
	var b strings.Builder
	for i := range 2100 {
		fmt.Fprintf(&b, `{"type":"Feature","properties":{"id":%d},"geometry":{"type":"Point","coordinates":[-90.5,14.6]}}`+"\n", i)
	}
	b.WriteString(`{"type":"Feature","properties":{"id":9999,"telefono":"5555-0000"},"geometry":{"type":"Point","coordinates":[-90.5,14.6]}}`)
	_, report, err := readText(t, b.String(), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Rows != 2101 || report.Taken != 2101 {
		t.Errorf("rows %d, taken %d", report.Rows, report.Taken)
	}
	if diff := cmp.Diff([]string{"telefono"}, report.KeptOut); diff != "" {
		t.Error(diff)
	}
	if len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "telefono") {
		t.Errorf("notes %q", report.Notes)
	}
}

func TestRejectsAreToldInRowOrder(t *testing.T) {
	var rows []int
	_, report, err := readText(t, "id,lat,lon\n1,,\n2,14.6,-90.5\n3,x,y\n\n4,,\n", ingest.Options{
		OnReject: func(r store.Reject) { rows = append(rows, r.Row) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{2, 4, 6}, rows); diff != "" {
		t.Error(diff)
	}
	if report.Rejected != 3 || len(report.FirstRejects) != 3 {
		t.Errorf("got %+v", report)
	}
}

func TestReadEndsWithTheErrorOfItsCallerReaderOrContext(t *testing.T) {
	broken := errors.New("line cut")
	_, err := ingest.Read(context.Background(), strings.NewReader(small), ingest.Options{Clock: noon}, func(store.Incident) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("caller: got %v", err)
	}
	cut := io.MultiReader(strings.NewReader(small), &brokenReader{broken})
	_, err = ingest.Read(context.Background(), cut, ingest.Options{File: "a.csv", Clock: noon}, func(store.Incident) error { return nil })
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "read a.csv: after") {
		t.Errorf("reader: got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = ingest.Read(ctx, strings.NewReader(small), ingest.Options{Clock: noon}, func(store.Incident) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("context: got %v", err)
	}
}

type brokenReader struct{ err error }

func (b *brokenReader) Read([]byte) (int, error) { return 0, b.err }

func TestTheSourceIsNamedAfterTheFile(t *testing.T) {
	for file, want := range map[string]string{
		"2019-01-city-of-london-street.csv":     "city-of-london-street",
		"/data/incidents_2022_2026.csv.gz":      "incidents",
		`C:\datos\Robos a peatón 2024-01.XLSX`:  "robos-a-peaton",
		"memphis_robberies.csv":                 "memphis_robberies",
		"crimes_2001_to_present_sample.csv":     "crimes_to_present_sample",
		"2024.csv":                              "file",
		"":                                      "file",
		"-":                                     "file",
		".csv":                                  "csv",
		strings.Repeat("abcdefghij", 9) + ".gz": strings.Repeat("abcdefghij", 6),
	} {
		if got := ingest.SourceCode(file); got != want {
			t.Errorf("%q: got %q, want %q", file, got, want)
		}
	}
}

// Whatever rows a file has, they are all accounted for.
func TestTheSumsOfEveryReportAddUp(t *testing.T) {
	cell := func(values ...string) *rapid.Generator[string] { return rapid.SampledFrom(values) }
	id := cell("1", "2", "3", "4", "5", "", "NA")
	when := cell("2024-01-05", "2024-01-05 10:00", "", "soon", "2999-01-01", "2024-02-30")
	lat := cell("35.149", "35.150", "", "0", "95", "x")
	extra := cell("", "", "", ",surplus", ",", "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := "id,date,type,lat,lon\n"
		rows := rapid.IntRange(0, 30).Draw(t, "rows")
		for range rows {
			text += id.Draw(t, "id") + "," + when.Draw(t, "when") + ",theft," + lat.Draw(t, "lat") + ",-89.942" + extra.Draw(t, "extra") + "\n"
		}
		given := 0
		report, err := ingest.Read(context.Background(), strings.NewReader(text), ingest.Options{Clock: noon},
			func(store.Incident) error { given++; return nil })
		if err != nil {
			if store.KindOf(err) != store.Invalid { // nothing but impossible latitudes
				t.Fatalf("%v in %q", err, text)
			}
			return
		}
		reasons := 0
		for _, n := range report.Reasons {
			reasons += n
		}
		if report.Rows != rows || report.Rows != report.Taken+report.Known+report.Rejected || report.Rejected != reasons || given != report.Taken {
			t.Fatalf("%q: %+v, given %d", text, report, given)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		small, strings.ReplaceAll(small, ",", ";"), strings.ReplaceAll(small, "\n", "\r"), "\xff\xfea\x00,\x00",
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1,2]}}]}`,
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[]}}`, `[{"type":"Feature"}]`, "lat,lon\n\"1.5", "\x1f\x8b\x08",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) { sound(t, b, ingest.Options{}) })
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
