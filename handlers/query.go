package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// params reads the query of a request. Every parameter that is asked for
// counts as known; err refuses the others.
type params struct {
	findings
	values url.Values
	known  []string
}

func readParams(c *gin.Context) *params {
	p := &params{}
	var err error
	if p.values, err = url.ParseQuery(c.Request.URL.RawQuery); err != nil {
		p.refuse("query", c.Request.URL.RawQuery, "name=value pairs, percent-encoded, joined by &", err.Error())
	}
	return p
}

// all returns every value of a parameter that may come more than once.
func (p *params) all(name string) []string {
	p.known = append(p.known, name)
	return p.values[name]
}

// one returns the value of a parameter, empty where it did not come.
func (p *params) one(name, allowed string) string {
	values := p.all(name)
	switch {
	case len(values) == 0:
		return ""
	case len(values) > 1:
		p.refuse(name, strings.Join(values, " and "), allowed, fmt.Sprintf("came %d times, may come once", len(values)))
		return ""
	case values[0] == "":
		p.refuse(name, "", allowed, "is empty: give a value or leave it out")
	}
	return values[0]
}

// parse reads a parameter into a value and leaves the value as it is where
// the parameter did not come.
func parse[T any](p *params, name, allowed string, into *T, read func(string) (T, error)) {
	text := p.one(name, allowed)
	if text == "" {
		return
	}
	value, err := read(text)
	if err != nil {
		p.refuse(name, text, allowed, err.Error())
		return
	}
	*into = value
}

// err returns all that is wrong with the query, nil where nothing is.
func (p *params) err() error {
	allowed := strings.Join(p.known, ", ")
	if allowed == "" {
		allowed = "no parameter"
	}
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if !slices.Contains(p.known, name) {
			p.refuse(name, strings.Join(p.values[name], " and "), allowed, "is no known parameter")
		}
	}
	return invalid("the query", p.problems)
}

// noParams refuses any query.
func noParams(c *gin.Context) error { return readParams(c).err() }

// layerQuery reads the parameters that say what a layer shows; dates are read
// in zone. What needs the store to be judged is left to the layer.
func layerQuery(p *params, zone *time.Location) layer.Query {
	var q layer.Query
	for _, parameter := range layer.Parameters() {
		text := p.one(parameter.Name, parameter.Allowed)
		if text == "" {
			continue
		}
		if err := parameter.Read(&q, text, zone); err != nil {
			p.refuse(parameter.Name, text, parameter.Allowed, err.Error())
		}
	}
	return q
}

// resAllowed says which resolutions cells may have.
func resAllowed() string { return fmt.Sprintf("%d to %d", layer.MinRes, layer.MaxRes) }

// pathID reads the id of an upload from the path.
func pathID(c *gin.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, invalid("the path", []store.Problem{{Field: "id", Value: c.Param("id"), Allowed: "a whole number from 1", Message: "is no number of an upload"}})
	}
	return id, nil
}
