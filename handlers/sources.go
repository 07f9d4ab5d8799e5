package handlers

import (
	"errors"
	"net/http"
	"time"

	"atalaya/geo/crs"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/gin-gonic/gin"
)

const zoneAllowed = "a name of the IANA time zone database, such as America/Guatemala"

// listSources answers all sources by code.
func (a *API) listSources(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	sources, err := a.store.Sources(c.Request.Context())
	if err != nil {
		return err
	}
	if sources == nil {
		sources = []store.Source{}
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"sources": sources})
}

// showSource answers one source.
func (a *API) showSource(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	source, err := a.store.Source(c.Request.Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, source)
}

// sourceQuality answers how good all the data of a source are.
func (a *API) sourceQuality(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	quality, err := store.QualityOf(c.Request.Context(), a.store, c.Param("code"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, quality)
}

// putSource creates or replaces a source. The columns that somebody let through
// stay: that is decided with a file at hand.
func (a *API) putSource(c *gin.Context) error {
	body, err := readBody(c, typeJSON)
	if err != nil {
		return err
	}
	source, err := readSource(c.Param("code"), body)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	former, err := a.store.Source(ctx, source.Code)
	status, err := putStatus(former, err)
	if err != nil {
		return err
	}
	source.Allowed = former.Allowed
	if err := a.store.PutSource(ctx, source); err != nil {
		return err
	}
	if source, err = a.store.Source(ctx, source.Code); err != nil {
		return err
	}
	return answer(c, status, typeJSON, source)
}

// deleteSource removes a source without incidents.
func (a *API) deleteSource(c *gin.Context) error {
	return remove(c, c.Param("code"), a.store.DeleteSource)
}

func readSource(code string, body []byte) (store.Source, error) {
	f := &findings{}
	m := readMembers(f, "body", "", body)
	if sent, came := member[string](m, "code", "the code of the path, or nothing"); came && sent != code {
		f.refuse("code", sent, code, "is not the code of the path")
	}
	source := store.Source{Code: code, Name: need[string](m, "name", "a text"), TimeZone: need[string](m, "time_zone", zoneAllowed)}
	if _, err := loadZone(source.TimeZone); err != nil && source.TimeZone != "" {
		f.refuse("time_zone", source.TimeZone, zoneAllowed, err.Error())
	}
	source.Synthetic, _ = member[bool](m, "synthetic", "true, false")
	source.Columns, _ = member[[]string](m, "columns", "a list of column names")
	source.Mapping, _ = member[map[string]string](m, "mapping", "an object of field: column")
	source.CRS, _ = member[string](m, "crs", crs.Allowed)
	source.Rows, _ = member[string](m, "rows", rowsAllowed)
	f.problems = append(f.problems, problemsOf(ingest.Options{CRS: source.CRS, Rows: source.Rows}.Check())...)
	m.ignore("incidents", "allowed")
	m.done()
	return source, invalid("the source", f.problems)
}

// loadZone returns a named time zone. "Local" and nothing, which Go knows
// too, would mean whatever machine this runs on.
func loadZone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, errors.New("is no time zone")
	}
	return zone, nil
}
