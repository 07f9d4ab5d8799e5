package ingest_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
)

const shared = "../../../shared/data"

// The numbers were counted from the files with Python's csv and zoneinfo, with
// no code of this project: rows, blank and impossible coordinates, ids that
// come back with the same and with other content, earliest start. In the file
// of Philadelphia 338 rows have feet in the columns of degrees and the right
// place in the_geom, and three are at 80.50° west, 498 km off the city.
func TestRealFilesAreReadWithTheNumbersCountedIndependently(t *testing.T) {
	none := map[string]int{}
	for _, c := range []struct {
		file, zone         string
		rows, taken, known int
		reasons            map[string]int
		from, to           string
		mapping            map[string]string
	}{
		{"memphis/memphis_robberies.csv", "America/Chicago", 2245, 2245, 0, none, "2019-01-01T07:30:00Z", "2019-12-31T21:30:01Z",
			map[string]string{"lon": "lng", "lat": "lat", "id": "id", "time": "occurred_local", "category": "type"}},
		{"memphis/memphis_population_blocks.csv", "America/Chicago", 10393, 10393, 0, none, "", "",
			map[string]string{"lon": "lng", "lat": "lat"}},
		{"chicago/crimes_2001_to_present_sample.csv", "America/Chicago", 10000, 9730, 0, map[string]int{ingest.NoCoordinates: 270},
			"2024-01-01T06:00:00Z", "2025-01-01T05:11:01Z",
			map[string]string{"lon": "Longitude", "lat": "Latitude", "rival_point": "Location", "id": "ID", "time": "Date", "category": "Primary Type"}},
		{"chicago/Crime_2020_points.geojson", "America/Chicago", 12151, 12151, 0, none, "2020-04-03T05:00:00Z", "2020-05-03T04:59:01Z",
			map[string]string{"point": "geometry", "time": "date", "category": "primary_type"}},
		{"lapd/Crime_Data_from_2020_to_Present.csv", "America/Los_Angeles", 10000, 9987, 0, map[string]int{ingest.NullIsland: 13},
			"2020-01-01T08:01:00Z", "2021-01-01T07:21:00Z",
			map[string]string{"lon": "LON", "lat": "LAT", "id": "DR_NO", "date": "DATE OCC", "clock": "TIME OCC", "category": "Crm Cd Desc"}},
		{"lapd/Crime_Data_from_2020_to_Present.xlsx", "America/Los_Angeles", 1000, 1000, 0, none, "2022-01-01T08:01:00Z", "2023-01-01T06:31:00Z",
			map[string]string{"lon": "LON", "lat": "LAT", "id": "DR_NO", "date": "DATE OCC", "clock": "TIME OCC", "category": "Crm Cd Desc"}},
		{"cdmx/cdmx_car_jacking.gpkg", "America/Mexico_City", 2811, 2659, 0, map[string]int{ingest.NullIsland: 152}, "2019-01-01T20:30:00Z", "2019-12-31T21:30:01Z",
			map[string]string{"point": "geometry", "rival_lon": "longitud", "rival_lat": "latitud", "id": "fid", "time": "fecha_hechos"}},
		{"aoristic/dc_burglaries_fromto.csv", "America/New_York", 1025, 1025, 0, none, "2016-01-01T05:00:00Z", "2016-07-26T04:00:00Z",
			map[string]string{"lon": "lng", "lat": "lat", "id": "id", "time": "from_local", "time_to": "to_local", "category": "type"}},
		uk("2019-01", 617, 583, 0, 31, 3, "2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z"),
		uk("2019-02", 688, 659, 0, 29, 0, "2019-02-01T00:00:00Z", "2019-03-01T00:00:00Z"),
		uk("2019-03", 879, 824, 0, 55, 0, "2019-03-01T00:00:00Z", "2019-03-31T23:00:00Z"),
		uk("2019-04", 851, 804, 0, 47, 0, "2019-03-31T23:00:00Z", "2019-04-30T23:00:00Z"),
		uk("2019-05", 711, 664, 0, 47, 0, "2019-04-30T23:00:00Z", "2019-05-31T23:00:00Z"),
		uk("2019-06", 922, 833, 14, 67, 8, "2019-05-31T23:00:00Z", "2019-06-30T23:00:00Z"),
		{"philadelphia/incidents_2022_2026.csv.gz", "America/New_York", 582701, 564304, 0,
			map[string]int{ingest.NoCoordinates: 18364, ingest.NullIsland: 30, ingest.FarAway: 3},
			"2022-06-01T00:01:00Z", "2026-01-21T04:55:01Z",
			map[string]string{"lon": "point_x", "lat": "point_y", "rival_point": "the_geom", "id": "objectid", "time": "dispatch_date_time", "category": "text_general_code"}},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			if testing.Short() && c.rows > 100_000 {
				t.Skip("half a million rows are left out of short runs")
			}
			in := openShared(t, c.file)
			given := 0
			report, err := ingest.Read(context.Background(), in, ingest.Options{File: c.file, TimeZone: c.zone, Clock: later},
				func(store.Incident) error { given++; return nil })
			if err != nil {
				t.Fatal(err)
			}
			if report.Rows != c.rows || report.Taken != c.taken || report.Known != c.known || given != c.taken {
				t.Errorf("rows %d, taken %d, known %d, given %d; want %d, %d, %d", report.Rows, report.Taken, report.Known, given, c.rows, c.taken, c.known)
			}
			if !maps.Equal(report.Reasons, c.reasons) {
				t.Errorf("reasons %v, want %v", report.Reasons, c.reasons)
			}
			if diff := cmp.Diff(c.mapping, report.Mapping); diff != "" {
				t.Error("mapping", diff)
			}
			for _, end := range []struct {
				got  *time.Time
				want string
			}{{report.From, c.from}, {report.To, c.to}} {
				if end.want == "" && end.got == nil {
					continue
				}
				if end.got == nil || end.got.Format(time.RFC3339) != end.want {
					t.Errorf("from or to is %v, want %s", end.got, end.want)
				}
			}
		})
	}
}

type realFile = struct {
	file, zone         string
	rows, taken, known int
	reasons            map[string]int
	from, to           string
	mapping            map[string]string
}

// uk is a street file of data.police.uk: months only, some ids blank.
func uk(month string, rows, taken, known, blank, repeated int, from, to string) realFile {
	reasons := map[string]int{ingest.NoCoordinates: blank}
	if repeated > 0 {
		reasons[ingest.RepeatedID] = repeated
	}
	return realFile{"uk-police/" + month + "-city-of-london-street.csv", "Europe/London", rows, taken, known, reasons, from, to,
		map[string]string{"lon": "Longitude", "lat": "Latitude", "id": "Crime ID", "time": "Month", "category": "Crime type"}}
}

func TestRealFilesInOtherFormsAreRefusedWithTheReason(t *testing.T) {
	for file, want := range map[string]string{
		"vancouver/crimedata_csv_AllNeighbourhoods_2020.csv": "projected coordinates",
		"vancouver/crimedata_csv_AllNeighbourhoods_2024.csv": "projected coordinates",
		"boundaries/gt_departamentos.geojson":                "areas are not incidents",
	} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := ingest.Read(context.Background(), openShared(t, file), ingest.Options{File: file, Clock: later},
				func(store.Incident) error { return nil })
			wantError(t, err, store.Invalid, want)
		})
	}
}

// later is after every incident of the real files.
func later() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }

func openShared(t *testing.T, file string) *os.File {
	t.Helper()
	in, err := os.Open(filepath.Join(shared, file))
	if err != nil {
		t.Skipf("the real incident files are not beside the repository: %v", err)
	}
	t.Cleanup(func() { _ = in.Close() })
	return in
}
