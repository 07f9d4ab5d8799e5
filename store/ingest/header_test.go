package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rowsOfText splits text at newlines and commas.
func rowsOfText(text string) []record {
	var rows []record
	for line := range strings.Lines(text) {
		rows = append(rows, record{row: len(rows) + 1, cells: strings.Split(strings.TrimRight(line, "\n"), ",")})
	}
	return rows
}

func TestAHeaderOfTwoRowsIsOneHeader(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		start, depth int
		names        []string
	}{
		{"groups above names", "Hecho,,Ubicación,\nFolio,Fecha,Latitud,Longitud\n1,2024-01-05,14.6349,-90.5069\n", 0, 2, []string{"Folio", "Fecha", "Latitud", "Longitud"}},
		{"names beside a group", "Folio,Fecha,Ubicación,\n,,Latitud,Longitud\n1,2024-01-05,14.6349,-90.5069\n", 0, 2, []string{"Folio", "Fecha", "Latitud", "Longitud"}},
		{"names that repeat in groups", "Inicio,,Fin,,Ubicación,\nFecha,Hora,Fecha,Hora,Latitud,Longitud\n1/2/2024,10:00,1/2/2024,11:00,14.6349,-90.5069\n", 0, 2,
			[]string{"Inicio Fecha", "Inicio Hora", "Fin Fecha", "Fin Hora", "Latitud", "Longitud"}},
		{"below a title", "Reporte,,,\nFolio,Fecha,Ubicación,\n,,Latitud,Longitud\n1,2024-01-05,14.6349,-90.5069\n", 1, 2, []string{"Folio", "Fecha", "Latitud", "Longitud"}},
		{"one row above texts", "Folio,Delito,Latitud,Longitud\nA,Robo,,\nB,Hurto,14.6349,-90.5069\n", 0, 1, []string{"Folio", "Delito", "Latitud", "Longitud"}},
		{"one row above a row that has nothing but texts", "Folio,Delito,Lugar,\nA,Delito sexual,Calle,Ubicación\nB,Hurto,Casa,x\n", 0, 1, []string{"Folio", "Delito", "Lugar", "column_4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sample := rowsOfText(c.text)
			start, depth := findHeader(sample)
			if start != c.start || depth != c.depth {
				t.Fatalf("got %d, %d; want %d, %d", start, depth, c.start, c.depth)
			}
			if diff := cmp.Diff(c.names, headerNames(sample[start:start+depth])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRowsThatAreNoIncidentsAreToldFromThoseThatMayBe(t *testing.T) {
	columns := []string{"Folio", "Fecha", "Delito", "Latitud", "Longitud_2"}
	for text, isNone := range map[string]bool{
		"Total: 5,,,,":                           true,
		",,Gran total,,5":                        true,
		"Fuente: SIAC,,,,":                       true,
		"(582 rows affected),,,,":                true,
		"Página 1 de 3,,,,":                      true,
		"Folio,Fecha,Delito,Latitud,Longitud":    true,
		"-----,-----,-----,---,---":              true,
		"7,,,,":                                  false,
		"Totalmente quemado,2024-01-05,Robo,,":   false,
		"Total,2024-01-05,Robo,x,y":              false,
		"Robo agravado,,,,":                      false,
		"Folio,2024-01-05,Delito,Latitud,":       false,
		"Nota,2024-01-05,Robo,sin lugar,tampoco": false,
	} {
		if got := notARecord(rowsOfText(text)[0], columns) != nil; got != isNone {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
