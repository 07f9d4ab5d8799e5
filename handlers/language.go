package handlers

import (
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

// translate puts what was found about a file into a language.
func translate(u store.Upload, say *messages.Catalogue) store.Upload {
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
	}
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
