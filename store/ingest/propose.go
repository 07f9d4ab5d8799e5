package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"atalaya/store"
)

// proposer weighs the columns of a table: what they are called, and what the
// sample of them holds.
type proposer struct {
	columns  []string
	sample   []record
	words    [][]string
	looks    []look
	personal []bool // columns that may be no field
	profiles []profile
	headed   bool
	geojson  bool
	declared string // the coordinate system that the container names
	setting  setting
	noZones  bool // the caller says that no column has the zone of UTM of each row
}

func newProposer(t *table, at setting) *proposer {
	p := &proposer{columns: t.columns(), headed: t.headed, geojson: t.geojson, declared: t.crs, setting: at}
	p.sample = slices.DeleteFunc(slices.Clone(t.sample), func(rec record) bool { return notARecord(rec, p.columns) != nil })
	if p.looks = t.looks; p.looks == nil {
		p.looks = looksOf(t, p.columns, nil)
	}
	for i, name := range p.columns {
		words := wordsOf(name)
		p.words = append(p.words, words)
		p.personal = append(p.personal, p.looks[i].keepsOut())
		p.profiles = append(p.profiles, profileOf(p.sample, i))
		if isNamed := max(nameScore(Lon, words), nameScore(Lat, words)) >= Lon.nameFloor(); isNamed || !t.headed {
			p.profiles[i].readCoordinates(p.sample, i, isNamed)
		}
	}
	return p
}

// remember returns the mapping that the source used last, where the table has
// all its columns; nil otherwise.
func (p *proposer) remember(last map[string]string) *mapping {
	if len(last) == 0 {
		return nil
	}
	m := newMapping(p.columns)
	m.isRemembered = true
	for name, column := range last {
		i := slices.Index(p.columns, column)
		if i < 0 || p.looks[i].keepsOutOf(Field(name)) || !slices.Contains(allFields(), Field(name)) {
			return nil
		}
		m.column[Field(name)] = i
		m.evidence[Field(name)] = say("as in the last file of this source")
	}
	return m
}

// propose picks the best column for each field.
func (p *proposer) propose() *mapping {
	m := newMapping(p.columns)
	p.proposePlace(m)
	p.proposeTime(m)
	if !p.headed {
		m.notes = append(m.notes, "id and category are not guessed in a file without header; name their columns to have them")
		return m
	}
	p.pick(m, ID, func(c profile) fit { return p.idFit(m, c) })
	i, hasID := m.column[ID]
	switch {
	case hasID && p.geojson && (namesServersNumber(p.columns[i]) || p.isServersNumber(i)):
		m.notes = append(m.notes, fmt.Sprintf("the ids are those of column %q, which a server gives anew when the layer is published again: the same incidents may come twice then; name a better column as id, or none", p.columns[i]))
	case hasID && isRowCounter(p.words[i]):
		m.notes = append(m.notes, fmt.Sprintf("the ids are those of column %q, which counts rows: the same incidents may come twice when the file is made anew; name a better column as id, or none", p.columns[i]))
	}
	p.pick(m, Category, p.categoryFit)
	p.pick(m, Origin, func(c profile) fit {
		return fit{good: c.origins, of: c.values, least: 0.8, what: say("say who brought it to light")}
	})
	return m
}

// fit is how well the sample of a column bears a field out.
type fit struct {
	good, of int          // values that fit, of those that could
	least    float64      // share of good ones below which the column is out of the question
	bonus    int          // on top of the score of the name
	lifts    bool         // a name that says little is enough
	what     store.Saying // what good values are, as the end of a sentence
}

func (f fit) bearsOut() bool { return isAtLeast(f.good, f.of, f.least) }

// pick maps the field to the column with the best score of name and content
// that no other field has, if there is one; the leftmost of equals.
func (p *proposer) pick(m *mapping, f Field, content func(profile) fit) {
	best, bestScore, rivals := -1, 0, []store.Saying(nil)
	for i := range p.columns {
		if !p.isFree(m, i) || p.looks[i].keepsOutOf(f) {
			continue
		}
		score := nameScore(f, p.words[i])
		if score <= 0 {
			continue
		}
		fits := content(p.profiles[i])
		if score < f.nameFloor() && !fits.lifts {
			continue
		}
		if !fits.bearsOut() {
			if score >= headerFloor {
				rivals = append(rivals, say("%q (%d of %d values %s)", p.columns[i], fits.good, fits.of, fits.what))
			}
			continue
		}
		score += fits.bonus
		if best >= 0 {
			loser := i
			if score > bestScore {
				loser = best
			}
			rivals = append(rivals, say("%q", p.columns[loser]))
		}
		if best < 0 || score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return
	}
	m.set(f, best, p.evidence(best, content(p.profiles[best]), rivals))
}

func (p *proposer) evidence(column int, fits fit, rivals []store.Saying) store.Saying {
	why := say("named %q", p.columns[column])
	switch {
	case p.geojson && p.columns[column] == geometryColumn:
		why = say("the geometry of the features")
	case fits.of == 0:
		why = also(why, say("no value in the first %d records to check it by", len(p.sample)))
	default:
		why = also(why, say("%d of %d values %s", fits.good, fits.of, fits.what))
	}
	if blank := len(p.sample) - p.profiles[column].values; blank > 0 && fits.of > 0 {
		why = say("%s, %d blank", why, blank)
	}
	if len(rivals) > 3 {
		rivals = append(rivals[:3:3], asItIs("…"))
	}
	if len(rivals) > 0 {
		why = also(why, say("goes before %s", listOf(rivals)))
	}
	return why
}

// isFree reports whether a column may still become a field.
func (p *proposer) isFree(m *mapping, column int) bool {
	return !p.personal[column] && !m.uses(column)
}

// idFit wants values that are there and do not repeat; one in twenty may. More
// may where the rows that share an id agree on place and time: then they are
// offences or victims of one incident, and its id is a better one than that of
// the row.
func (p *proposer) idFit(m *mapping, c profile) fit {
	f := fit{good: c.distinct, of: c.values, least: 0.95, what: say("are distinct")}
	if c.values > 0 && c.distinct == c.values {
		f.bonus = 20
	}
	if repeated, agreeing := p.repeatsOf(m, c.column); repeated > 0 && isAtLeast(agreeing, repeated, 0.8) {
		f = fit{good: c.values - repeated + agreeing, of: c.values, least: 0.8, bonus: 20,
			what: say("are distinct, or of rows that agree with an earlier one on place and time (%d)", agreeing)}
		if m.has(Time) || m.has(Date) {
			f.bonus = 40 // above the id of an offence
		}
	}
	switch words := p.words[c.column]; {
	case p.isServersNumber(c.column):
		f.bonus -= 25 // below what it repeats
	case isRowCounter(words):
		f.bonus -= 15 // below a number of the case
		f.lifts = len(words) == 1 && isNumberWord(words[0])
	}
	if !isAtLeast(c.values, len(p.sample), 0.5) {
		f.least = math.Inf(1)
	}
	return f
}

// isRowCounter reports whether a column is called a number of the row, which
// is another one when the file comes again.
func isRowCounter(words []string) bool {
	name := strings.Join(words, "")
	switch name {
	case "rowid", "rownumber", "rownum", "rowno", "row", "objectid", "fid", "ogcfid", "gid", "cartodbid", "index", "no", "n", "recordno", "numerodefila":
		return true
	}
	return false
}

// isServersNumber reports whether a column is the id that features have beside
// their properties and says what one of a server's own says, OBJECTID or FID.
// Those change when a layer is published anew.
func (p *proposer) isServersNumber(column int) bool {
	if p.columns[column] != featureID {
		return false
	}
	for i, name := range p.columns {
		if !namesServersNumber(name) {
			continue
		}
		isSame := func(rec record) bool { return cellAt(rec.cells, i) == cellAt(rec.cells, column) }
		if !slices.ContainsFunc(p.sample, func(rec record) bool { return !isSame(rec) }) {
			return true
		}
	}
	return false
}

func namesServersNumber(column string) bool {
	return strings.EqualFold(column, "OBJECTID") || strings.EqualFold(column, "FID")
}

// repeatsOf counts the rows of the sample that repeat an id of the column, and
// those of them that agree with the first on all that is mapped so far, which
// is the place and the time. Rows without place are not taken and count for
// nothing.
func (p *proposer) repeatsOf(m *mapping, column int) (repeated, agreeing int) {
	earlier := map[string]record{}
	for _, rec := range p.sample {
		id := strings.TrimSpace(cellAt(rec.cells, column))
		if isBlank(id) || !p.isPlaced(m, rec) {
			continue
		}
		before, ok := earlier[id]
		if !ok {
			earlier[id] = rec
			continue
		}
		repeated++
		agrees := true
		for _, i := range m.column {
			agrees = agrees && strings.TrimSpace(cellAt(rec.cells, i)) == strings.TrimSpace(cellAt(before.cells, i))
		}
		if agrees {
			agreeing++
		}
	}
	return repeated, agreeing
}

// isPlaced reports whether a record has something in the columns of the place.
func (p *proposer) isPlaced(m *mapping, rec record) bool {
	for _, f := range []Field{Point, Lon, Lat} {
		if m.has(f) && isBlank(cellAt(rec.cells, m.column[f])) {
			return false
		}
	}
	return true
}

// categoryFit wants words rather than codes, and no free text. Words for crimes
// count more than what a column is called: a description of crimes goes before
// a type of something else. A group of offences ("categoria_delito") goes after
// the offence, of which groups can be made, but not the other way round.
func (p *proposer) categoryFit(c profile) fit {
	f := fit{good: c.worded, of: c.values, what: say("are words")}
	if isAtLeast(c.worded, c.values, 0.5) {
		f.bonus = 4
	} else {
		f.bonus = -4
	}
	if isOffenceGroup(p.words[c.column]) {
		f.bonus -= 18
	}
	if crimes := p.crimes(c.column); crimes > 0 && isAtLeast(crimes, c.values, 0.3) {
		f.bonus += 20
		f.lifts = true
	}
	if c.values >= 50 && 2*c.distinct > c.values {
		f.least = math.Inf(1)
	}
	return f
}

// crimes counts the values of the sample that name a crime.
func (p *proposer) crimes(column int) int {
	return count(p.sample, func(rec record) bool { return holdsCrime(cellAt(rec.cells, column)) })
}

// isOffenceGroup reports whether a column is called a group of offences.
func isOffenceGroup(words []string) bool {
	return slices.ContainsFunc(words, isOffenceWord) && slices.ContainsFunc(words, func(word string) bool {
		return word == "categoria" || word == "category" || word == "categorie" || word == "group" || word == "grupo"
	})
}

// refusal tells why a file without a place for its incidents is refused:
// what was looked for and what was found, and which sheets, that may have one,
// could not be read.
func (p *proposer) refusal(m *mapping, doubts []store.Doubt) error {
	var found []store.Saying
	for _, f := range []Field{Lon, Lat} {
		for i, words := range p.words {
			c := p.profiles[i]
			if nameScore(f, words) < f.nameFloor() || c.values == 0 || p.personal[i] {
				continue
			}
			in := c.lons
			if f == Lat {
				in = c.lats
			}
			found = append(found, say("column %q could be %s, but %d of %d values are degrees (%q)",
				p.columns[i], f, in, c.placed(), cut(c.example)))
		}
	}
	if len(found) == 0 {
		found = []store.Saying{say("no column is called like one")}
	}
	all := found[0]
	for _, next := range found[1:] {
		all = also(all, next)
	}
	looked := say("longitude and latitude")
	if m.has(Lon) {
		looked = say("a latitude beside the longitude")
	} else if m.has(Lat) {
		looked = say("a longitude beside the latitude")
	}
	refusal := refused("the file has no places: looked for %s in degrees, or a point column; %s; %s; columns of the file: %s",
		looked, all, say(projectedAdvice), listed(p.columns))
	for _, d := range doubts {
		if d.Code == store.DoubtSheet {
			refusal = refused("%s; %s", d.Said, refusal.Said)
		}
	}
	return refusal
}

// projectedAdvice is what to do about coordinates that are no degrees.
const projectedAdvice = "projected coordinates (metres, feet) need their system, --crs EPSG:n; name the columns with --map lon=… --map lat=…"
