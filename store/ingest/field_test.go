package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesAreCutIntoTheirWords(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"FECHA DEL HECHO", "fecha del hecho"},
		{"FechaDelHecho", "fecha del hecho"},
		{"fecha_del-hecho", "fecha del hecho"},
		{"Ubicación (x,y)", "ubicacion x y"},
		{"Año", "ano"},
		{"DR_NO", "dr no"},
		{"", ""},
	} {
		if got := strings.Join(wordsOf(c.name), " "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Each name alone is enough to make its field a candidate, and the best one.
func TestColumnsAreRecognisedByTheirNamesInBothLanguages(t *testing.T) {
	for f, names := range map[Field][]string{
		Lon:   {"Longitude", "Longitud", "LON", "lng", "long", "x", "coord_x", "X Coordinate", "point_x", "Coordenada X", "GPS_LON", "incident longitude"},
		Lat:   {"Latitude", "Latitud", "LAT", "y", "coord_y", "Y Coordinate", "point_y", "Coordenada Y", "gps lat", "lat_wgs84"},
		Point: {"Location", "Ubicación", "the_geom", "geometry", "WKT", "Georeferencia", "lat_long", "coordenadas"},
		ID:    {"id", "ID", "Crime ID", "Case Number", "DR_NO", "dc_key", "objectid", "No. de caso", "Número de expediente", "folio", "incident_id", "CMPLNT_NUM", "No. Denuncia"},
		Time: {"Date", "FECHA DEL HECHO", "occurred_local", "dispatch_date_time", "DATE OCC", "Month", "Fecha y hora", "occurred_at", "Fecha", "CMPLNT_FR_DT", "timestamp", "Fecha de ocurrencia",
			"DATA_OCORRENCIA_BO", "DATAOCORRENCIA", "Data do fato", "Date des faits", "FECHAHECHO", "FEC_HECHO", "datahora"},
		TimeTo:   {"to_local", "fecha_hasta", "End Date", "date_to", "CMPLNT_TO_DT", "fecha fin", "FECHAFIN", "Data fim"},
		Year:     {"YEAR", "Año", "ANIO", "annee", "ANO_BO", "Crime Year", "año del hecho"},
		Month:    {"MONTH", "Mes", "mois", "mes_hecho", "Month Name"},
		Day:      {"DAY", "Día", "jour"},
		Hour:     {"HOUR", "hora", "Heure"},
		Minute:   {"MINUTE", "minutos", "min"},
		Clock:    {"HORA_OCORRENCIA_BO", "HORAOCORRENCIA", "Heure", "TIME OCC", "Hora", "hora del hecho", "CMPLNT_FR_TM", "hour"},
		Category: {"Delito", "Primary Type", "Crime type", "text_general_code", "type", "Crm Cd Desc", "Tipo de delito", "Categoría", "offense", "OFNS_DESC", "Hecho delictivo", "Modalidad"},
		Origin:   {"origin", "Origen", "Origen de la llamada", "initiated by"},
	} {
		for _, name := range names {
			if score := nameScore(f, wordsOf(name)); score < f.nameFloor() {
				t.Errorf("%s: %q scores %d, under %d", f, name, score, f.nameFloor())
			}
		}
	}
}

func TestTheColumnOfTheEventGoesBeforeThoseOfThePaperwork(t *testing.T) {
	for f, pairs := range map[Field][][2]string{
		Time: {
			{"DATE OCC", "Date Rptd"}, {"Date", "Updated On"}, {"occurred_at", "created_at"}, {"Fecha del hecho", "Fecha de denuncia"},
			{"CMPLNT_FR_DT", "RPT_DT"}, {"fecha", "fecha_nac_registro"}, {"start_date", "end_date"},
			{"DATA_OCORRENCIA_BO", "DATA_COMUNICACAO_BO"}, {"Date des faits", "Date de plainte"}, {"FECHAHECHO", "FECHADENUNCIA"},
			{"Date", "Data as of"},
		},
		Category: {
			{"Primary Type", "Description"}, {"Crm Cd Desc", "Premis Desc"}, {"Crm Cd Desc", "Weapon Desc"},
			{"Crime type", "Last outcome category"}, {"text_general_code", "ucr_general"}, {"Tipo de delito", "Tipo de arma"},
		},
		ID: {{"ID", "Beat"}, {"Crime ID", "LSOA code"}, {"DR_NO", "Rpt Dist No"}, {"Case Number", "Officer ID"}},
	} {
		for _, pair := range pairs {
			if a, b := nameScore(f, wordsOf(pair[0])), nameScore(f, wordsOf(pair[1])); a <= b {
				t.Errorf("%s: %q scores %d, not over %q with %d", f, pair[0], a, pair[1], b)
			}
		}
	}
}

func TestColumnsOfDataOnPersonsAreRecognised(t *testing.T) {
	var wrong []string
	for _, name := range []string{
		"Vict Age", "VictSex", "Vict Descent", "Nombre", "Name", "Nombre completo", "Victim Name", "first_name", "Apellidos",
		"DPI", "NIT", "Teléfono", "phone_number", "Placa", "license_plate", "Fecha de nacimiento", "DOB", "edad", "Sexo",
		"e-mail", "Correo electrónico", "Dirección", "house_number", "Address", "Número de casa", "CUI víctima", "Estado civil",
		"SUSP_RACE", "No. de identificación", "Nombre del denunciante", "officer_name",
	} {
		if !isPersonal(wordsOf(name)) {
			wrong = append(wrong, name)
		}
	}
	if diff := cmp.Diff([]string(nil), wrong); diff != "" {
		t.Error("taken for harmless:", diff)
	}
	for _, name := range []string{
		"AREA NAME", "Offense Name", "Nombre del delito", "Agency", "Location", "location_block", "Case Number", "Longitude",
		"address_latitude", "Latitud dirección", "Date", "message", "LSOA name", "Community Area", "Municipio",
	} {
		if isPersonal(wordsOf(name)) {
			t.Errorf("%q taken for data on a person", name)
		}
	}
}
