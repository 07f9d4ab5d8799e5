package handlers

import (
	"strings"

	"atalaya/handlers/messages"
	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// listen tells in which language to answer, and says so.
func listen(c *gin.Context) *messages.Catalogue {
	say := messages.For(messages.Preferred(c.GetHeader("Accept-Language")))
	c.Header("Content-Language", say.Lang())
	c.Writer.Header().Add("Vary", "Accept-Language")
	return say
}

// translate puts what was found about a file into a language, and the advice in
// it into the words of a confirmation.
func translate(u store.Upload, say *messages.Catalogue) store.Upload {
	u.Error = asFields(u.Error)
	adviseFields(u.Report.Notes)
	for i := range u.Report.FirstRejects {
		tell(say, &u.Report.FirstRejects[i].Message, &u.Report.FirstRejects[i].Said)
	}
	p := u.Proposal
	if p == nil {
		return u
	}
	tell(say, &p.CRSEvidence, &p.CRSSaid)
	for i := range p.Doubts {
		tell(say, &p.Doubts[i].Message, &p.Doubts[i].Said)
		p.Doubts[i].Message = asFields(p.Doubts[i].Message)
	}
	adviseFields(p.Notes)
	for i := range p.Mapping {
		tell(say, &p.Mapping[i].Evidence, &p.Mapping[i].Said)
	}
	for i := range p.Rejects {
		tell(say, &p.Rejects[i].Message, &p.Rejects[i].Said)
	}
	return u
}

// tell moves what is said into the text; one that an older version wrote down
// without it stays English.
func tell(say *messages.Catalogue, text *string, said *store.Saying) {
	if !said.IsZero() {
		*text, *said = say.Say(*said), store.Saying{}
	}
}

func adviseFields(notes []string) {
	for i := range notes {
		notes[i] = asFields(notes[i])
	}
}

// asFields names the fields of a confirmation where the reader of files advises
// a flag of the command line.
func asFields(text string) string {
	return strings.NewReplacer(
		"--map lon=… --map lat=…", "mapping.lon, mapping.lat", "--map", "mapping",
		"--crs EPSG:", "crs=EPSG:", "--crs ESRI:", "crs=ESRI:", "--crs", "crs", "--source", "source", "--sheet", "sheet",
	).Replace(text)
}
