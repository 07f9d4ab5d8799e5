package ingest_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

func propose(t *testing.T, st store.Store, text string, opts ingest.Options) store.Proposal {
	t.Helper()
	opts.Clock = noon
	p, err := ingest.Propose(t.Context(), st, strings.NewReader(text), opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func codes(p store.Proposal) []store.DoubtCode {
	codes := []store.DoubtCode{}
	for _, d := range p.Doubts {
		codes = append(codes, d.Code)
	}
	return slices.Compact(codes)
}

func TestAProposalSaysWhatTheImportThenDoes(t *testing.T) {
	st := openStore(t)
	files, err := filepath.Glob(fixtures + "/*")
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d files in %s, %v", len(files), fixtures, err)
	}
	for _, file := range files {
		if ext := filepath.Ext(file); ext == ".json" || ext == ".md" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			opts := ingest.Options{File: filepath.Base(file), TimeZone: "America/Guatemala", Clock: noon}
			p, refused := ingest.Propose(context.Background(), st, bytes.NewReader(b), opts)
			var planned *store.Proposal
			opts.OnPlan = func(p store.Proposal) error { planned = &p; return nil }
			report, err := ingest.Read(context.Background(), bytes.NewReader(b), opts, func(store.Incident) error { return nil })
			if refused != nil || slices.Contains(codes(p), store.DoubtRefused) {
				if err == nil {
					t.Fatalf("refused with %v, %v, but read", refused, p.Doubts)
				}
				return
			}
			if err != nil {
				t.Skipf("it is refused by what the proposal does not see: %v", err)
			}
			mapping := map[string]string{}
			for _, f := range p.Mapping {
				mapping[f.Field] = f.Column
			}
			if !maps.Equal(mapping, report.Mapping) || p.CRS != report.CRS || p.Container != report.Container || p.TimeZone != report.TimeZone {
				t.Errorf("proposed %v %s %s %s, read as %v %s %s %s", mapping, p.CRS, p.Container, p.TimeZone, report.Mapping, report.CRS, report.Container, report.TimeZone)
			}
			if planned == nil || len(planned.Incidents) != len(p.Incidents) {
				t.Errorf("while reading: %+v", planned)
			}
			for _, c := range p.Columns {
				if c.LooksLike != "" && len(c.Samples) > 0 {
					t.Errorf("column %q looks like %s and shows %q", c.Name, c.LooksLike, c.Samples)
				}
			}
			if p.Confident != (len(p.Doubts) == 0) || p.RowsTaken > p.RowsRead || len(p.Incidents) > min(20, p.RowsTaken) || len(p.Rejects) > 10 {
				t.Errorf("%+v does not add up", p)
			}
		})
	}
}

func TestSamplesAreFewDifferentAndShort(t *testing.T) {
	st := openStore(t)
	text := "id,lat,lon,date,category,note,edad\n"
	for i := range 30 {
		text += strings.ReplaceAll("#,14.6#,-90.5#,2024-03-01,Robo,"+strings.Repeat("ñ", 100)+"#,#\n", "#", string(rune('1'+i%9)))
	}
	p := propose(t, st, text, ingest.Options{File: "x.csv"})
	samples := map[string][]string{}
	for _, c := range p.Columns {
		samples[c.Name] = c.Samples
	}
	if got, want := samples["id"], []string{"1", "2", "3", "4", "5"}; !slices.Equal(got, want) {
		t.Errorf("id %q, want %q", got, want)
	}
	if got, want := samples["category"], []string{"Robo"}; !slices.Equal(got, want) {
		t.Errorf("category %q, want %q", got, want)
	}
	if got, want := samples["note"], []string{strings.Repeat("ñ", 79) + "…"}; !slices.Equal(got, want) {
		t.Errorf("note %q, want %q", got, want)
	}
	if got := samples["edad"]; got == nil || len(got) > 0 {
		t.Errorf("edad %q", got)
	}
}

// Of four rows, confidence counts those with a readable place or time.
func TestConfidenceFollowsNamesAndValues(t *testing.T) {
	st := openStore(t)
	const good = "id,lat,lon,date,category\n1,14.61,-90.51,2024-03-01,a\n2,14.62,-90.52,2024-03-02,a\n3,14.63,-90.53,2024-03-03,b\n4,14.64,-90.54,2024-03-04,b\n"
	for _, c := range []struct {
		name, text string
		chosen     map[string]string
		field      string
		want       store.Confidence
		doubts     []store.DoubtCode
	}{
		{"name and values bear it out", good, nil, "lat", store.High, []store.DoubtCode{}},
		{"somebody chose it", strings.Replace(good, "date", "x", 1), map[string]string{"time": "x"}, "time", store.High, []store.DoubtCode{}},
		{"one place in four is out of range", strings.Replace(good, "14.62", "95", 1), nil, "lat", store.Medium, []store.DoubtCode{store.DoubtPlace, store.DoubtRejects}},
		{"one date in four is none", strings.Replace(good, "2024-03-02", "soon", 1), nil, "time", store.Medium, []store.DoubtCode{store.DoubtTime, store.DoubtRejects}},
		{"two places in six are blank", good + "5,,,2024-03-04,b\n6,0,0,2024-03-04,b\n", nil, "lat", store.High, []store.DoubtCode{}},
		{"most places are blank", good + strings.Repeat("5,,,2024-03-04,b\n", 5), nil, "lat", store.High, []store.DoubtCode{store.DoubtRejects}},
		{"the usual zone is far away", strings.ReplaceAll(good, "14.", "34."), nil, "time", store.High, []store.DoubtCode{store.DoubtZone}},
		{"the usual zone is far away from places without a time", strings.ReplaceAll(strings.ReplaceAll(good, "14.", "34."), "2024-", "x"), map[string]string{"time": ""}, "lat", store.High, []store.DoubtCode{store.DoubtTime}},
		{"any text is a category", strings.Replace(good, ",b\n", ",-\n", 2), nil, "category", store.High, []store.DoubtCode{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := propose(t, st, c.text, ingest.Options{File: "x.csv", Map: c.chosen})
			var got store.Confidence
			for _, f := range p.Mapping {
				if f.Field == c.field {
					got = f.Confidence
				}
			}
			if got != c.want || !slices.Equal(codes(p), c.doubts) {
				t.Errorf("%s, doubts %v; want %s, %v", got, p.Doubts, c.want, c.doubts)
			}
		})
	}
}

// In Guatemala the day comes first. The evidence is counted in the files: of 7
// dates 2 decide, against each other; of 24 one decides, against the country,
// and 4 are the same day either way; of 24 those from the 13th on decide.
func TestADoubtTellsTheEvidenceForEachReading(t *testing.T) {
	for file, want := range map[string]string{
		"times_order_contradicted.csv": `day_order_contradicted: it is not sure whether day or month comes first in column "fecha": ` +
			`1 of its dates can only be day first (the first is "25/3/2024" in row 3), 1 of its dates can only be month first (the first is "3/25/2024" in row 5), 5 either; ` +
			`they are read day first, by the language of the header, and those that contradict are rejected`,
		"times_order_against_the_country.csv": `day_order: it is not sure whether day or month comes first in column "fecha": ` +
			`1 of its dates can only be month first (the first is "03/28/2024" in row 12), 19 either; ` +
			`they are read month first, but day first would be expected, by the language of the header`,
		"times_order_many_against_none.csv": "",
		"places_minus_lost.csv":             "place: the minus of the longitude is lost: the time zone America/Guatemala is at longitudes such as -90.53, not 90.53",
		"places_swapped.csv":                "place: latitude and longitude, or easting and northing, are exchanged: swapped: ",
	} {
		t.Run(file, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(fixtures, file))
			if err != nil {
				t.Fatal(err)
			}
			p := propose(t, openStore(t), string(b), ingest.Options{File: file, TimeZone: "America/Guatemala"})
			var got []string
			for _, d := range p.Doubts {
				got = append(got, string(d.Code)+": "+d.Message)
			}
			if p.Confident != (want == "") || !strings.HasPrefix(strings.Join(got, "\n"), want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestAFileWithoutPlacesIsProposedWithItsColumns(t *testing.T) {
	p := propose(t, openStore(t), "mes,municipio,total\n2024-01,Mixco,5\n2024-02,Mixco,6\n", ingest.Options{File: "totales.csv"})
	if p.Confident || len(p.Columns) != 3 || len(p.Mapping) != 0 || !slices.Equal(codes(p), []store.DoubtCode{store.DoubtRefused}) || !strings.Contains(p.Doubts[0].Message, "municipio") {
		t.Errorf("%+v", p)
	}
}

func TestChoicesThatDoNotFitTheFileAreNamed(t *testing.T) {
	for name, opts := range map[string]ingest.Options{
		"a column":     {Map: map[string]string{"time": "FECHA"}},
		"a field":      {Map: map[string]string{"colour": "id"}},
		"an allowance": {Allow: []string{"edad"}},
		"a system":     {CRS: "EPSG:1"},
	} {
		opts.Clock = noon
		_, err := ingest.Propose(t.Context(), openStore(t), strings.NewReader("id,lat,lon\n1,14.6,-90.5\n"), opts)
		if store.KindOf(err) != store.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFeedWhoseColumnsChangedIsRefusedUntilSomebodySaysWhatItIs(t *testing.T) {
	st := openStore(t)
	const first = "id,lat,lon,date,category\n1,14.61,-90.51,2024-03-01,a\n"
	second := strings.Replace(first, "category", "kind", 1)
	load := func(text string, opts ingest.Options) error {
		opts.File, opts.Clock = "robos.csv", noon
		_, err := ingest.Import(t.Context(), st, strings.NewReader(text), opts)
		return err
	}
	if err := load(first, ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	p := propose(t, st, second, ingest.Options{File: "robos.csv"})
	if p.Source != "robos" || !slices.Equal(p.NewColumns, []string{"kind"}) || !slices.Equal(p.GoneColumns, []string{"category"}) || !slices.Contains(codes(p), store.DoubtColumns) {
		t.Errorf("%+v", p)
	}
	err := load(second, ingest.Options{})
	if store.KindOf(err) != store.Conflict || !strings.Contains(err.Error(), "new: kind; gone: category") || !strings.Contains(err.Error(), "--source") {
		t.Errorf("%v", err)
	}
	if err := load(second, ingest.Options{Map: map[string]string{"category": "kind"}}); err != nil {
		t.Errorf("with a mapping: %v", err)
	}
	if err := load(second, ingest.Options{}); err != nil {
		t.Errorf("once accepted: %v", err)
	}
	if err := load(first, ingest.Options{Source: "robos"}); err != nil {
		t.Errorf("with the source named: %v", err)
	}
}

func TestTheCoordinateSystemThatSomebodyNamedIsRemembered(t *testing.T) {
	st := openStore(t)
	// 500 km east is the middle meridian of UTM zone 15, -93 degrees.
	const metres = "id,x,y,date,category\n1,500000,1615000,2024-03-01,a\n2,500000,1615100,2024-03-02,a\n"
	for _, system := range []string{"EPSG:32615", ""} {
		opts := ingest.Options{File: "m.csv", Source: "m", CRS: system, Map: map[string]string{"lon": "x", "lat": "y"}, Clock: noon}
		report, err := ingest.Import(t.Context(), st, strings.NewReader(metres), opts)
		if err != nil || report.CRS != "EPSG:32615" || report.BBox[0] != -93 {
			t.Errorf("named %q: %s, %v, %v", system, report.CRS, report.BBox, err)
		}
	}
}

func TestARejectComesWithItsRowButForWhatLooksLikeAPerson(t *testing.T) {
	var got []store.Reject
	_, report, err := readText(t, "id,lat,lon,date,nombre_victima,barrio\n1,x,-90.5,2024-03-01,Ana Pérez,Centro\n2,14.6,-90.5,2024-03-01,Eva Gómez,Norte,más\n3,14.6,-90.5,2024-03-01,Luz Ruiz,Sur\n",
		ingest.Options{OnReject: func(r store.Reject) { got = append(got, r) }})
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if want := []string{"1", "x", "-90.5", "2024-03-01", "", "Centro"}; !slices.Equal(got[0].Record, want) || !slices.Equal(report.Columns, []string{"id", "lat", "lon", "date", "nombre_victima", "barrio"}) {
		t.Errorf("%q under %q, want %q", got[0].Record, report.Columns, want)
	}
	// One cell was split: the victim's name may stand in its column or one further on.
	if want := []string{"2", "14.6", "-90.5", "2024-03-01", "", "", "más"}; got[1].Reason != ingest.SurplusCells || !slices.Equal(got[1].Record, want) {
		t.Errorf("%+v, want the cells %q", got[1], want)
	}
}
