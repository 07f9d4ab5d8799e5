package handlers

import (
	"context"
	"fmt"

	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// statistic answers one kind of numbers of a whole layer, as JSON or CSV.
func (a *API) statistic(kind layer.StatisticKind) func(*gin.Context) error {
	return func(c *gin.Context) error {
		p := readParams(c)
		q := layer.StatisticQuery{Kind: kind}
		for _, parameter := range layer.StatisticParameters(kind) {
			text := p.one(parameter.Name, parameter.Allowed)
			if text == "" {
				continue
			}
			if err := parameter.Read(&q, text, a.timeZone); err != nil {
				p.refuse(parameter.Name, text, parameter.Allowed, err.Error())
			}
		}
		f := readFormat(p, tableOffers())
		if err := a.statisticError(c.Request.Context(), p, q); err != nil {
			return err
		}
		if f == "" {
			var err error
			if f, err = accepted(c.GetHeader("Accept"), tableOffers()); err != nil {
				return err
			}
		}
		s, err := a.maker.Statistic(c.Request.Context(), q)
		if err != nil {
			return err
		}
		if a.unchanged(c, s.Fingerprint, string(f)) {
			return nil
		}
		if f == csvText {
			c.Header("Content-Type", typeCSV)
			c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=\"atalaya-%s-%s.csv\"", kind, s.Fingerprint[:8]))
			return writeBody(c, s.WriteCSV)
		}
		c.Header("Content-Type", typeJSON)
		return writeBody(c, s.WriteJSON)
	}
}

// statisticError is queryError for numbers of a whole layer.
func (a *API) statisticError(ctx context.Context, p *params, q layer.StatisticQuery) error {
	if p.err() == nil {
		return nil
	}
	more, err := a.maker.StatisticProblems(ctx, q)
	if err != nil {
		return err
	}
	return invalid("the query", append(p.problems, more...))
}
