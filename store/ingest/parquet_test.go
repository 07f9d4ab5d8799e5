package ingest

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
	"time"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// wkbPoint2D is a point in well-known binary, lowest byte first.
func wkbPoint2D(x, y float64) []byte {
	b := []byte{1, 1, 0, 0, 0}
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(y))
}

type parquetRow struct {
	ID       string    `parquet:"id"`
	Geometry []byte    `parquet:"geometry,optional"`
	Zoned    time.Time `parquet:"zoned,timestamp(microsecond)"`
	Plain    int64     `parquet:"plain,timestamp(millisecond:local)"`
	Day      int32     `parquet:"day,date"`
	Clock    int32     `parquet:"clock,time(millisecond)"`
	Amount   int64     `parquet:"amount,decimal(2:12)"`
	Count    uint64    `parquet:"count"`
	Share    float32   `parquet:"share"`
	Missing  *float64  `parquet:"missing"`
	At       struct {
		Lat float64 `parquet:"lat"`
	} `parquet:"at"`
	Tags []string `parquet:"tags,list"`
}

func parquetOf[T any](t testing.TB, rows []T, options ...parquet.WriterOption) string {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const geoMetadata = `{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point"],"crs":{"id":{"authority":"EPSG","code":32615}}}}}`

// 1704461400 s after 1970 is 13:30 on 5 January 2024, 19,727 days after it.
func TestParquetValuesAreWrittenAsTheirTypesMean(t *testing.T) {
	row := parquetRow{ID: "0007", Geometry: wkbPoint2D(500000.25, 1.5e6), Zoned: time.Unix(1704461400, 250_000_000),
		Plain: 1704461400000, Day: 19727, Clock: 48600500, Amount: -1205, Count: math.MaxUint64, Share: 0.1, Tags: []string{"a", "b"}}
	row.At.Lat = 14.634900000000001
	many := []parquetRow{row, {}}
	opened, err := openString(t, parquetOf(t, many, parquet.KeyValueMetadata("geo", geoMetadata), parquet.Compression(&parquet.Zstd)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"geometry", "id", "zoned", "plain", "day", "clock", "amount", "count", "share", "missing", "at.lat", "tags"}
	if diff := cmp.Diff(want, opened.columns()); diff != "" {
		t.Error("columns", diff)
	}
	rows := rowsIn(t, opened)
	want = []string{"[500000.25,1500000]", "0007", "2024-01-05T13:30:00.25Z", "2024-01-05T13:30:00", "2024-01-05", "13:30:00.5",
		"-12.05", "18446744073709551615", "0.1", "", "14.634900000000002", "a; b"}
	if diff := cmp.Diff(want, rows[0]); diff != "" {
		t.Error(diff)
	}
	if len(rows) != 2 || rows[1][0] != "" {
		t.Errorf("got %q", rows)
	}
	if opened.container != "parquet" || opened.crs != "EPSG:32615" || !opened.geojson {
		t.Errorf("container %s, crs %q", opened.container, opened.crs)
	}
}

func TestEveryRowOfEveryRowGroupIsRead(t *testing.T) {
	type row struct {
		N int64 `parquet:"n"`
	}
	var all []row
	for n := range int64(1000) {
		all = append(all, row{n})
	}
	opened, err := openString(t, parquetOf(t, all, parquet.MaxRowsPerRowGroup(300)))
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsIn(t, opened)
	if len(rows) != 1000 || rows[999][0] != "999" {
		t.Errorf("%d rows, the last %q", len(rows), rows[len(rows)-1])
	}
}

func TestParquetFilesThatAreDamagedAreRefused(t *testing.T) {
	whole := parquetOf(t, []parquetRow{{ID: "1"}})
	for name, text := range map[string]string{
		"cut off":           whole[:len(whole)-20],
		"nothing but marks": "PAR1PAR1",
		"a wild length":     "PAR1\xff\xff\xff\x7fPAR1",
	} {
		if _, err := openString(t, text); store.KindOf(err) != store.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
	_, err := openString(t, "PARE"+strings.Repeat("x", 100))
	if err == nil || !strings.Contains(err.Error(), "encrypted") {
		t.Errorf("got %v", err)
	}
}

func FuzzParquet(f *testing.F) {
	f.Add([]byte(parquetOf(f, []parquetRow{{ID: "1"}}, parquet.KeyValueMetadata("geo", geoMetadata))))
	f.Fuzz(func(t *testing.T, b []byte) {
		opened, err := openString(t, "PAR1"+string(b))
		if err != nil {
			return
		}
		for range 1000 {
			if _, err := opened.next(); err != nil {
				break
			}
		}
	})
}
