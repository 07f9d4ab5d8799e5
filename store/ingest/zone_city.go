package ingest

import "github.com/paulmach/orb"

// zoneCity returns the place of the city that a time zone is named after, to a
// minute of arc; false for zones that are named after none or are not listed.
//
// Source: the IANA time zone database, file zone.tab, in the public domain.
func zoneCity(zone string) (orb.Point, bool) {
	switch zone {
	case "America/Guatemala":
		return orb.Point{-90.52, 14.63}, true
	case "America/El_Salvador":
		return orb.Point{-89.20, 13.70}, true
	case "America/Tegucigalpa":
		return orb.Point{-87.22, 14.10}, true
	case "America/Managua":
		return orb.Point{-86.28, 12.15}, true
	case "America/Costa_Rica":
		return orb.Point{-84.08, 9.93}, true
	case "America/Panama":
		return orb.Point{-79.53, 8.97}, true
	case "America/Belize":
		return orb.Point{-88.20, 17.50}, true
	case "America/Mexico_City":
		return orb.Point{-99.15, 19.40}, true
	case "America/Monterrey":
		return orb.Point{-100.32, 25.67}, true
	case "America/Tijuana":
		return orb.Point{-117.02, 32.53}, true
	case "America/Chihuahua":
		return orb.Point{-106.08, 28.63}, true
	case "America/Hermosillo":
		return orb.Point{-110.97, 29.07}, true
	case "America/Mazatlan":
		return orb.Point{-106.42, 23.22}, true
	case "America/Merida":
		return orb.Point{-89.62, 20.97}, true
	case "America/Cancun":
		return orb.Point{-86.77, 21.08}, true
	case "America/Ciudad_Juarez":
		return orb.Point{-106.48, 31.73}, true
	case "America/Havana":
		return orb.Point{-82.37, 23.13}, true
	case "America/Santo_Domingo":
		return orb.Point{-69.90, 18.47}, true
	case "America/Port-au-Prince":
		return orb.Point{-72.33, 18.53}, true
	case "America/Jamaica":
		return orb.Point{-76.79, 17.97}, true
	case "America/Puerto_Rico":
		return orb.Point{-66.11, 18.47}, true
	case "America/Port_of_Spain":
		return orb.Point{-61.52, 10.65}, true
	case "America/Bogota":
		return orb.Point{-74.08, 4.60}, true
	case "America/Caracas":
		return orb.Point{-66.93, 10.50}, true
	case "America/Guayaquil":
		return orb.Point{-79.83, -2.17}, true
	case "America/Lima":
		return orb.Point{-77.05, -12.05}, true
	case "America/La_Paz":
		return orb.Point{-68.15, -16.50}, true
	case "America/Asuncion":
		return orb.Point{-57.67, -25.27}, true
	case "America/Montevideo":
		return orb.Point{-56.21, -34.91}, true
	case "America/Santiago":
		return orb.Point{-70.67, -33.45}, true
	case "America/Argentina/Buenos_Aires":
		return orb.Point{-58.45, -34.60}, true
	case "America/Argentina/Cordoba":
		return orb.Point{-64.18, -31.40}, true
	case "America/Argentina/Mendoza":
		return orb.Point{-68.82, -32.88}, true
	case "America/Argentina/Tucuman":
		return orb.Point{-65.22, -26.82}, true
	case "America/Sao_Paulo":
		return orb.Point{-46.62, -23.53}, true
	case "America/Manaus":
		return orb.Point{-60.02, -3.13}, true
	case "America/Fortaleza":
		return orb.Point{-38.50, -3.72}, true
	case "America/Recife":
		return orb.Point{-34.90, -8.05}, true
	case "America/Bahia":
		return orb.Point{-38.52, -12.98}, true
	case "America/Belem":
		return orb.Point{-48.48, -1.45}, true
	case "America/Cuiaba":
		return orb.Point{-56.08, -15.58}, true
	case "America/Campo_Grande":
		return orb.Point{-54.62, -20.45}, true
	case "America/Porto_Velho":
		return orb.Point{-63.90, -8.77}, true
	case "America/Rio_Branco":
		return orb.Point{-67.80, -9.97}, true
	case "America/New_York":
		return orb.Point{-74.01, 40.71}, true
	case "America/Detroit":
		return orb.Point{-83.05, 42.33}, true
	case "America/Chicago":
		return orb.Point{-87.65, 41.85}, true
	case "America/Denver":
		return orb.Point{-104.98, 39.74}, true
	case "America/Phoenix":
		return orb.Point{-112.07, 33.45}, true
	case "America/Los_Angeles":
		return orb.Point{-118.24, 34.05}, true
	case "America/Boise":
		return orb.Point{-116.20, 43.61}, true
	case "America/Anchorage":
		return orb.Point{-149.90, 61.22}, true
	case "Pacific/Honolulu":
		return orb.Point{-157.86, 21.31}, true
	case "America/Indiana/Indianapolis":
		return orb.Point{-86.16, 39.77}, true
	case "America/Kentucky/Louisville":
		return orb.Point{-85.76, 38.25}, true
	case "America/Toronto":
		return orb.Point{-79.38, 43.65}, true
	case "America/Winnipeg":
		return orb.Point{-97.15, 49.88}, true
	case "America/Edmonton":
		return orb.Point{-113.47, 53.55}, true
	case "America/Vancouver":
		return orb.Point{-123.12, 49.27}, true
	case "America/Halifax":
		return orb.Point{-63.60, 44.65}, true
	case "America/Regina":
		return orb.Point{-104.65, 50.40}, true
	case "America/St_Johns":
		return orb.Point{-52.72, 47.57}, true
	case "Europe/London":
		return orb.Point{-0.13, 51.51}, true
	case "Europe/Dublin":
		return orb.Point{-6.25, 53.33}, true
	case "Europe/Paris":
		return orb.Point{2.33, 48.87}, true
	case "Europe/Madrid":
		return orb.Point{-3.68, 40.40}, true
	case "Europe/Lisbon":
		return orb.Point{-9.13, 38.72}, true
	case "Europe/Rome":
		return orb.Point{12.48, 41.90}, true
	case "Europe/Berlin":
		return orb.Point{13.37, 52.50}, true
	case "Europe/Amsterdam":
		return orb.Point{4.90, 52.37}, true
	case "Europe/Brussels":
		return orb.Point{4.33, 50.83}, true
	case "Europe/Zurich":
		return orb.Point{8.53, 47.38}, true
	case "Europe/Vienna":
		return orb.Point{16.33, 48.22}, true
	case "Europe/Stockholm":
		return orb.Point{18.05, 59.33}, true
	case "Europe/Oslo":
		return orb.Point{10.75, 59.92}, true
	case "Europe/Copenhagen":
		return orb.Point{12.58, 55.67}, true
	case "Europe/Helsinki":
		return orb.Point{24.97, 60.17}, true
	}
	return orb.Point{}, false
}
