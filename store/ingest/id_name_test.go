package ingest_test

import (
	"strings"
	"testing"

	"atalaya/store/ingest"
)

func TestNumbersOfCasesAreRecognisedByNameInFourLanguages(t *testing.T) {
	for _, name := range []string{
		"CCNumber", "caseno", "case_no", "Case Number", "NUM_BO", "Nº BO", "file_number", "go_number", "occurrence number", "urn", "cfs_num",
		"No.", "dr_no", "incident_no", "folio", "carpeta", "Carpeta de investigación", "expediente", "denuncia", "n_proces", "Nº processo", "N° de dossier",
	} {
		text := name + ",date,offense,lat,lon\n23-11,2024-01-05,theft,35.149,-89.942\n23-12,2024-01-06,arson,35.150,-89.943\n"
		_, report, err := readText(t, text, ingest.Options{})
		if err != nil || report.Mapping["id"] != name {
			t.Errorf("%q: %v, %v", name, report.Mapping, err)
		}
	}
}

func TestAReportSaysThatThereIsNoIDOrOneThatCountsRows(t *testing.T) {
	for name, want := range map[string]string{"beat": "no column is read as the id", "RowID": "which counts rows", "row_number": "no column is read as the id", "case_no": ""} {
		text := name + ",date,offense,lat,lon\n1,2024-01-05,theft,35.149,-89.942\n2,2024-01-06,arson,35.150,-89.943\n"
		_, report, err := readText(t, text, ingest.Options{TimeZone: "UTC"})
		if notes := strings.Join(report.Notes, "; "); err != nil || want == "" && notes != "" || !strings.Contains(notes, want) {
			t.Errorf("%q: notes %q, %v", name, notes, err)
		}
	}
}
