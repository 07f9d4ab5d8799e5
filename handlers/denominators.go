package handlers

import (
	"bytes"
	"io"
	"net/http"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/gin-gonic/gin"
)

// listDenominators answers all denominators by id, without their parts.
func (a *API) listDenominators(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	denominators, err := a.store.Denominators(c.Request.Context())
	if err != nil {
		return err
	}
	if denominators == nil {
		denominators = []store.Denominator{}
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"denominators": denominators})
}

// showDenominator answers one denominator, without its parts.
func (a *API) showDenominator(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	denominator, err := a.store.Denominator(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, denominator)
}

// putDenominator creates or replaces a denominator with the file that is the
// body. What the query leaves out is the id as the name, and the column of the
// values as the unit.
func (a *API) putDenominator(c *gin.Context) error {
	d := store.Denominator{ID: c.Param("id")}
	p := readParams(c)
	d.Name = p.one("name", "a name")
	d.Unit = p.one("unit", "what is counted: residents, premises")
	d.Note = p.one("note", "where the numbers are from")
	opts := ingest.DenominatorOptions{
		Value:   p.one("value", "a column or property of the file"),
		Decimal: p.one("decimal", `"." or ","`),
	}
	if err := p.err(); err != nil {
		return err
	}
	if err := opts.Check(); err != nil {
		return err
	}
	if _, err := bodyType(c, "text/csv", typeGeoJSON, typeJSON); err != nil {
		return err
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return err
	}
	file, err := ingest.ReadDenominator(bytes.NewReader(body), opts)
	if err != nil {
		return err
	}
	if d.Name == "" {
		d.Name = d.ID
	}
	if d.Unit == "" {
		d.Unit = file.Column
	}
	ctx := c.Request.Context()
	status, err := putStatus(a.store.Denominator(ctx, d.ID))
	if err != nil {
		return err
	}
	if err := a.store.PutDenominator(ctx, d, file.Parts); err != nil {
		return err
	}
	if d, err = a.store.Denominator(ctx, d.ID); err != nil {
		return err
	}
	return answer(c, status, typeJSON, d)
}

// deleteDenominator removes a denominator with its parts.
func (a *API) deleteDenominator(c *gin.Context) error {
	return remove(c, c.Param("id"), a.store.DeleteDenominator)
}
