package ingest_test

import (
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
)

func TestAZeroIsAPlaceWhereTheFileIsNearTheMeridian(t *testing.T) {
	_, report, err := readText(t, "id,lat,lon\n1,51.50,-0.12\n2,51.51,0\n3,51.52,0.05\n4,0,0.05\n", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Taken != 3 || report.Reasons[ingest.NullIsland] != 1 || report.FirstRejects[0].Row != 5 {
		t.Errorf("got %+v", report)
	}
}

func TestWhoBroughtAnIncidentToLightIsReadInBothLanguages(t *testing.T) {
	all, report, err := readText(t, "id,origen,lat,lon\n1,Denuncia ciudadana,14.6,-90.5\n2,Operativo policial,14.6,-90.5\n3,911 call,14.6,-90.5\n4,,14.6,-90.5\n5,Desconocido,14.6,-90.5\n", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []store.Origin
	for _, i := range all {
		got = append(got, i.Origin)
	}
	want := []store.Origin{store.Reported, store.PoliceInitiated, store.Reported, "", store.UnknownOrigin}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff, report.Mapping)
	}
}

// The two ends of the interval have a date and a clock column each.
func TestAnIntervalIsReadFromFourColumns(t *testing.T) {
	const text = "CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,RPT_DT,OFNS_DESC,Latitude,Longitude\n" +
		"900,01/25/2024,22:30:00,01/26/2024,06:15:00,01/27/2024,BURGLARY,40.7,-73.9\n"
	all, report, err := readText(t, text, ingest.Options{TimeZone: "America/New_York"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"id": "CMPLNT_NUM", "date": "CMPLNT_FR_DT", "clock": "CMPLNT_FR_TM", "time_to": "CMPLNT_TO_DT",
		"clock_to": "CMPLNT_TO_TM", "category": "OFNS_DESC", "lat": "Latitude", "lon": "Longitude"}
	if diff := cmp.Diff(want, report.Mapping); diff != "" {
		t.Error(diff)
	}
	// New York is at UTC-5 in January.
	if all[0].From.Format(time.RFC3339) != "2024-01-26T03:30:00Z" || all[0].To.Format(time.RFC3339) != "2024-01-26T11:15:00Z" {
		t.Errorf("from %v to %v", all[0].From, all[0].To)
	}
}

// The zone says which of two unnamed columns is the longitude: London's is
// about 0, Memphis's about -90.
func TestUnnamedCoordinatesAreToldApartByTheTimeZone(t *testing.T) {
	for _, c := range []struct{ name, text, zone, lon string }{
		{"Memphis, latitude first", "35.1491,-89.9421\n35.1502,-89.9433\n", "America/Chicago", "column_2"},
		{"Memphis, longitude first", "-89.9421,35.1491\n-89.9433,35.1502\n", "America/Chicago", "column_1"},
		{"London, latitude first", "51.5012,-0.1241\n51.5023,-0.1252\n", "Europe/London", "column_2"},
		{"beyond the range of latitudes", "14.6341,-90.5061\n14.6352,-90.5072\n", "Europe/London", "column_2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report, err := readText(t, c.text, ingest.Options{TimeZone: c.zone})
			if err != nil {
				t.Fatal(err)
			}
			if report.Mapping["lon"] != c.lon || report.Taken != 2 {
				t.Errorf("got %v, %d taken", report.Mapping, report.Taken)
			}
		})
	}
}

// Midnight to the second in every row is the habit of a program, not of crime.
func TestTimesThatAreAlwaysMidnightAreDates(t *testing.T) {
	all, report, err := readText(t, "id,date,lat,lon\n1,2024-01-05T00:00:00,35.1,-89.9\n2,2024-01-06T00:00:00,35.1,-89.9\n3,2024-01-07T00:00:00,35.1,-89.9\n", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if i.TimePrecision != store.Day || i.To.Sub(i.From) != 24*time.Hour {
			t.Errorf("got %+v", i)
		}
	}
	if len(report.Notes) != 2 {
		t.Errorf("notes %q", report.Notes)
	}
}
