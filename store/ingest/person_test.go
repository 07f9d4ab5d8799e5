package ingest

import "testing"

func TestDataOnPersonsIsRecognisedByNameInFourLanguages(t *testing.T) {
	for name, want := range map[string]string{
		"Vict Age": looksLikeAge, "edad_victima": looksLikeAge, "Idade da vítima": looksLikeAge, "Âge": looksLikeAge,
		"DOB": looksLikeBirth, "FechaNacimiento": looksLikeBirth, "Data de nascimento": looksLikeBirth, "date_naissance": looksLikeBirth,
		"Victim Name": looksLikeName, "Nombre del denunciante": looksLikeName, "Nome da mãe": looksLikeName, "Prénom": looksLikeName,
		"Nom": looksLikeName, "SSN": looksLikeIdentity, "DPI": looksLikeIdentity, "CPF": looksLikeIdentity, "NIR": looksLikeIdentity,
		"phone_number": looksLikePhone, "Teléfono": looksLikePhone, "Telefone": looksLikePhone, "Téléphone portable": looksLikePhone,
		"license_plate": looksLikePlate, "Placas": looksLikePlate, "Immatriculation": looksLikePlate, "VIN": looksLikePlate,
		"e-mail": looksLikeEmail, "Correo electrónico": looksLikeEmail, "courriel": looksLikeEmail,
		"latitud_domicilio": looksLikeAddress, "home_lat": looksLikeAddress, "longitude_home": looksLikeAddress,
		"officer_latitude": looksLikePerson, "Latitud del agente": looksLikePerson,
		"house_number": looksLikeAddress, "Dirección": looksLikeAddress, "Endereço": looksLikeAddress, "Adresse": looksLikeAddress,
		"SUSP_RACE": looksLikeDescent, "Etnia": looksLikeDescent, "Cor da pele": looksLikeDescent, "Nationalité": looksLikeDescent,
		"Victim sex": looksLikeSex, "Sexo": looksLikeSex, "Sexe": looksLikeSex,
		"Ocupação": looksLikePerson, "Mis en cause: profession": looksLikePerson, "Victim Type": looksLikePerson,

		"NUM_EXT": looksLikeAddress, "num_int": looksLikeAddress, "NUMINT": looksLikeAddress, "No. exterior": looksLikeAddress,
		"NUMERO_LOGRADOURO": looksLikeAddress, "numero_voie": looksLikeAddress, "Numéro de maison": looksLikeAddress, "street_no": looksLikeAddress,
		"StreetNumber": looksLikeAddress, "house_no": looksLikeAddress, "HOUSENO": looksLikeAddress, "numero_casa": looksLikeAddress,
		"nro_puerta": looksLikeAddress, "Calle y número": looksLikeAddress, "n° de porte": looksLikeAddress,
		"chapa": looksLikePlate, "tag_no": looksLikePlate, "NIV": looksLikePlate, "num_motor": looksLikePlate, "placa_policial": looksLikePlate,
		"titulo_eleitor": looksLikeIdentity, "NR_CPF": looksLikeIdentity, "cpf_cnpj": looksLikeIdentity, "badge_no": looksLikePerson, "COR_CUTIS": looksLikeDescent, "numero_via": looksLikeAddress, "Vía pública": "",
		"orientacion_sexual": looksLikePerson, "Orientation sexuelle": looksLikePerson, "Sexual orientation": looksLikePerson,

		"MÓVIL AGRESOR": "", "Móvil": looksLikePhone, "Móvil de la víctima": looksLikePhone, "Número de caso": "", "Case No": "", "No.": "",
		"No. de expediente": "", "calle": "", "LOGRADOURO": "", "Numero incidente calle": "", "Delitos sexuales": "", "Interior": "", "altura": "",

		"Crime type": "", "Delito": "", "Sex offense": "", "Natureza": "", "Code INSEE": "", "nom_commune": "", "Nome do município": "",
		"address_latitude": "", "Endereço latitude": "", "Message": "", "Average": "", "Storage": "", "Data do fato": "", "Commune": "",
		"VICTIM_COUNT": "", "Cantidad de agresor": "",
	} {
		if got := personalKind(wordsOf(name)); got != want {
			t.Errorf("%q looks like %q, want %q", name, got, want)
		}
	}
}

func TestIdentityNumbersAreRecognisedByFormAndCheckDigit(t *testing.T) {
	for _, c := range []struct{ what, is, not string }{
		// 2·2+3·3+4·4+5·5+6·6+7·7+8·8+9·9 = 284 = 25·11 + 9; department 01, municipality 01.
		{"Guatemala, CUI", "2345 67899 0101", "2345 67890 0101"},
		{"Guatemala, CUI in digits alone", "2345678990101", "2345678992301"},
		// 7·2+3·3+9·4+6·5+7·6+5·7 = 166 = 15·11 + 1, and 11 - 1 = 10 is K.
		{"Guatemala, NIT", "576937-K", "576937-1"},
		// 1·10+1·9+1·8+4·7+4·6+4·5+7·4+7·3+7·2 = 162, 1620 mod 11 = 3; then 5.
		{"Brazil, CPF", "111.444.777-35", "111.444.777-36"},
		{"Brazil, CPF of one digit", "11144477735", "11111111111"},
		// 8·2+7·3+6·4+5·5+4·6+3·7+2·2+1·3 = 138 = 12·11 + 6, and 11 - 6 = 5.
		{"Chile, RUT", "12.345.678-5", "12.345.678-6"},
		{"Mexico, CURP", "HEGG560427MVZRRL04", "HEGG560427AVZRRL04"},
		// 12345678 = 536768·23 + 14, and the letter after 14 others is Z.
		{"Spain, DNI", "12345678Z", "12345678A"},
		{"Spain, NIE", "X1234567L", "X1234567A"},
		// 1·6+6·5+2·4+9·3+7·2 = 85, and 90 - 85 = 5.
		{"El Salvador, DUI", "00016297-5", "00016297-6"},
		{"Honduras", "0801-1990-12345", "08-011990-12345"},
		{"United States, SSN", "078-05-1120", "666-05-1120"},
		{"United Kingdom", "AB 12 34 56 C", "AB 12 34 56 X"},
		// 97 - 1841276451089 mod 97 = 46.
		{"France, NIR", "1 84 12 76 451 089 46", "1 84 12 76 451 089 47"},
		{"IMEI", "490154203237518", "490154203237519"},
	} {
		if !isIdentityNumber(c.is) {
			t.Errorf("%s: %q is none", c.what, c.is)
		}
		if isIdentityNumber(c.not) {
			t.Errorf("%s: %q is one", c.what, c.not)
		}
	}
}

func TestWhatIsWrittenLikeATelephoneIsOne(t *testing.T) {
	for text, want := range map[string]bool{
		"+502 5555-1234": true, "5555-1234": true, "(312) 555-0147": true, "312-555-0147": true, "1-312-555-0147": true, "06 12 34 56 78": true,
		"(11) 95555-1234": true, "07700 900123": true, "+44 7700 900123": true, "0044 7700 900123": true,
		"55551234": false, "2024-0147": false, "14.634915": false, "-90.506882": false, "2024-01-05": false, "22:30": false, "": false,
		"123-456": false, "+": false, "1,234": false, "05.01.2024": false,
	} {
		if isPhone(text) != want {
			t.Errorf("%q is a telephone: %t", text, !want)
		}
	}
}

func TestADoorIsToldFromABlock(t *testing.T) {
	for text, want := range map[string]bool{
		"123 N Main St": true, "4a Calle 12-34 Zona 1": true, "Calle 10 # 20-30": true, "Rua Augusta, 1234": true, "12 rue de la Paix": true,
		"1200 BLOCK S MAIN ST": false, "013XX S STATE ST": false, "1900 S LONGWOOD AV": false, "Zona 1": false, "Main St / 3rd Ave": false,
		"On or near Main Street": false,
	} {
		if isDoor(text) != want {
			t.Errorf("%q leads to a door: %t", text, !want)
		}
	}
}

func TestColumnsGiveThemselvesAwayByContent(t *testing.T) {
	for _, c := range []struct {
		name, column, want string
		values             []string
	}{
		{"e-mails", "contacto", looksLikeEmail, []string{"ana@example.org", "luis@example.com", ""}},
		{"e-mails in a category", "delito", looksLikeEmail, []string{"ana@example.org", "luis@example.com"}},
		{"telephones", "observaciones", looksLikePhone, []string{"5555-1234", "4444-0000", "3333-9876"}},
		{"plates", "x1", looksLikePlate, []string{"P-123BCD", "P-456FGH", "M-789JKL"}},
		{"case numbers", "case no", "", []string{"ABC-1234", "ABC-1235", "ABC-1236"}},
		{"numbers that share their letters", "x1", "", []string{"ABC-1234", "ABC-1235", "ABC-1236"}},
		{"names", "columna 7", looksLikeName, []string{"María López", "García, Juan Carlos", "Kim Seo"}},
		{"places named for saints", "columna 7", "", []string{"San José Pinula", "Santa María", "San Juan"}},
		{"sexes", "g", looksLikeSex, []string{"M", "F", "F", "M"}},
		{"one letter again and again", "g", "", []string{"M", "M", "M", "M"}},
		{"descents", "grupo", looksLikeDescent, []string{"Maya", "Ladino", "Garífuna", "Ladino"}},
		{"births", "f2", looksLikeBirth, []string{"1950-01-02", "1961-03-04", "1972-05-06", "1985-07-08", "1990-09-10", "2001-11-12"}},
		{"dates of incidents", "f2", "", []string{"2020-01-02", "2021-03-04", "2022-05-06", "2023-07-08", "2024-09-10"}},
		{"CUIs as ids", "id", looksLikeIdentity, []string{"2345678990101", "2345678990102", "2345678990103"}},
		{"two CUIs as ids, and no others", "id", looksLikeIdentity, []string{"2345678990101", "DPI: 2345 67899 0101"}},
		{"numbers of which too few are CUIs", "id", "", []string{"2345678990101", "2345678990102", "2345678920103"}},
		{"plates as ids", "caso", looksLikePlate, []string{"P-123BCD", "P-456FGH", "M-789JKL"}},
		{"names as a category", "delito", looksLikeName, []string{"Pedro Díaz", "Ana López"}},
		{"names among the offences", "delito", looksLikeName, []string{"Robo", "Robo", "Robo", "Pedro Díaz", "Ana López", "Luis Pérez", "Hurto"}},
		{"offences that name somebody", "delito", "", []string{"Robo a Pedro", "Ley María da Penha", "Robo con José", "Hurto por Ana"}},
		{"sexes as a category", "tipo", looksLikeSex, []string{"M", "F", "F"}},
		{"births beside a word for a time", "fecha", "", []string{"1950-01-02", "1961-03-04", "1972-05-06", "1985-07-08", "1990-09-10", "2001-11-12"}},
		{"weapons", "ARMA MEDIO", "", []string{"ARMA BLANCA", "ARMA BLANCA", "Arma blanca"}},
		{"towns that are named for persons", "CIDADE", "", []string{"João Pessoa", "Paulo Afonso", "José Bonifácio"}},
		{"quarters that are called as a descent is", "bairro", "", []string{"Branca", "Negra", "Branca"}},
		{"names in a column of no area", "columna 7", looksLikeName, []string{"João Pessoa", "Paulo Afonso", "José Bonifácio"}},
		{"offences", "delito", "", []string{"Robo", "Hurto", "Lesiones", "Robo a mano armada"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sample []record
			for _, value := range c.values {
				sample = append(sample, record{cells: []string{value}})
			}
			if got := lookOfContent(sample, 0, wordsOf(c.column)).kind; got != c.want {
				t.Errorf("looks like %q, want %q", got, c.want)
			}
		})
	}
}

func TestPoliceInitiatedCategoriesAreKnownByNameInFourLanguages(t *testing.T) {
	for text, want := range map[string]bool{
		"NARCOTICS": true, "Posesión para el consumo de drogas": true, "Tráfico de entorpecentes": true, "Usage de stupéfiants": true,
		"WEAPONS VIOLATION": true, "Possession of weapons": true, "Portación ilegal de arma de fuego": true, "Porte ilegal de arma": true,
		"Port d'arme prohibé": true, "Traffic stop": true, "DUI": true, "Driving under the influence": true, "Conducción en estado de ebriedad": true,
		"PROSTITUTION": true, "Prostitución": true, "Public drunkenness": true, "Ebriedad en vía pública": true, "Ivresse publique": true,
		"Resisting arrest": true, "Resistencia a la autoridad": true, "Rébellion envers un agent": true, "Warrant arrests": true,
		"Orden de captura": true, "Mandado de prisão": true, "Gambling": true,

		"Robbery with a firearm": false, "Robo con arma de fuego": false, "Assault under the influence of drugs": false, "THEFT": false,
		"Homicidio con arma ilegal": false, "Vol à main armée": false, "Violence and sexual offences": false, "Public order": false,
		"Drugstore burglary": false, "Disparo de arma de fuego": false, "": false,
	} {
		if got := soundsPoliceInitiated(text); got != want {
			t.Errorf("%q is police-initiated: %t, want %t", text, got, want)
		}
	}
}

func FuzzNoTextIsTooOddToLookAt(f *testing.F) {
	for _, seed := range []string{"", "-", "+", "K-", "1-K", "(", "@.", "a@b.co", "0801-1990-12345", "12345678Z", "P-123ABC", "4a Calle 12-34", "\xff", "ñ@ñ.ññ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var tally personalTally
		tally.add(text)
		for of := anything; of <= eastings; of++ {
			tally.kind(of)
		}
		if whole := isEmail(text) || isPhone(text); whole && !holdsContact(text) {
			t.Errorf("%q is an e-mail or a telephone and holds none", text)
		}
		_ = personalKind(wordsOf(text))
		_ = soundsPoliceInitiated(text)
		if n := tally.emails + tally.phones + tally.numbers + tally.names + tally.doors; n > 1 {
			t.Errorf("%q is %d things at once", text, n)
		}
	})
}
