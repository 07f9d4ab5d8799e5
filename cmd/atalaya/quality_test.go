package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheSummaryTellsWhoIsKeptOutWhatIsForReviewAndTheQuality(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hechos.csv")
	const text = "expediente,fecha,delito,latitud,longitud,edad,persona\n" +
		"1,2024-01-05,Narcotráfico,14.634,-90.506,30,a\n1,2024-01-05,Robo,14.634,-90.506,,b\n2,2024-03-06,Robo,14.635,-90.506,,c\n3,,Robo,,,,\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "x.gpkg")
	status, out, errs := call(t, "import", file, "--db", db, "--allow", "persona")
	if status != exitRejected {
		t.Fatalf("status %d: %s", status, errs)
	}
	for _, want := range []string{
		"4 rows = 2 taken + 0 known + 0 updated + 1 merged + 1 rejected",
		`kept out: column "edad" looks like age, by its name (1 values)`,
		`let through: column "persona" looks like person, by its name (3 values)`,
		`for review: "Narcotráfico" (narcotrafico, 1 incidents)`,
		// 4 rows = 2 + 0 + 1 + 1 + 0 + 0
		"of incidents             2  50.0 %\n", "duplicates               0  0.0 %\n", "further offences         1  25.0 %\n",
		"without a place          1  25.0 %\n", "without a readable time  0  0.0 %\n", "otherwise rejected       0  0.0 %\n",
		"months missing             1           2024-01 to 2024-03  2024-02",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	status, out, errs = call(t, "import", file, "--db", db, "--rows", "incidents")
	if status != exitRejected || !strings.Contains(out, "1 taken + 1 known + 1 updated + 0 merged + 1 rejected") {
		t.Errorf("status %d: %s\n%s", status, errs, out)
	}
}
