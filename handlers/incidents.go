package handlers

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// itemStatus is what became of one posted incident: an Outcome of the store,
// or rejected.
type itemStatus string

const rejected itemStatus = "rejected"

// itemResult is the answer to one posted incident.
type itemResult struct {
	Index  int          `json:"index"` // from 0, in the order they came
	Source string       `json:"source,omitempty"`
	ID     string       `json:"id,omitempty"`
	Status itemStatus   `json:"status"`
	Errors []inputError `json:"errors,omitempty"`
}

// postResult is the answer to a post of incidents; received is the sum of the
// four others.
type postResult struct {
	Received int          `json:"received"`
	Taken    int          `json:"taken"`
	Known    int          `json:"known"`
	Updated  int          `json:"updated"`
	Rejected int          `json:"rejected"`
	Items    []itemResult `json:"items"`
}

// postIncidents takes incidents: a Feature, a FeatureCollection, or Features
// line by line. One that is bad does not sink the others, unless it came
// alone: then the whole request is refused.
func (a *API) postIncidents(c *gin.Context) error {
	features, alone, err := postedFeatures(c)
	if err != nil {
		return err
	}
	drafts := make([]draft, len(features))
	for i, raw := range features {
		drafts[i] = readDraft(raw)
	}
	if err := a.takeDrafts(c.Request.Context(), drafts); err != nil {
		return err
	}
	if alone && drafts[0].status == rejected {
		return invalid("the incident", drafts[0].problems)
	}
	out := postResult{Received: len(drafts), Items: make([]itemResult, 0, len(drafts))}
	for i, d := range drafts {
		switch d.status {
		case itemStatus(store.Taken):
			out.Taken++
		case itemStatus(store.Known):
			out.Known++
		case itemStatus(store.Updated):
			out.Updated++
		case rejected:
			out.Rejected++
		}
		out.Items = append(out.Items, itemResult{Index: i, Source: d.source, ID: d.id, Status: d.status, Errors: inputErrors(d.problems)})
	}
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, out)
	return nil
}

// postedFeatures returns the features of the body, unread, and whether the
// body was one feature alone.
func postedFeatures(c *gin.Context) (features []json.RawMessage, alone bool, err error) {
	if err := noParams(c); err != nil {
		return nil, false, err
	}
	mediaType, err := bodyType(c, typeGeoJSON, typeJSON, "application/x-ndjson", "application/ndjson", "application/geo+json-seq")
	if err != nil {
		return nil, false, err
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, false, err
	}
	if mediaType == typeGeoJSON || mediaType == typeJSON {
		return readFeatures(body)
	}
	for line := range bytes.Lines(body) {
		// RFC 8142 begins each feature with a record separator.
		if line = bytes.TrimSpace(bytes.TrimLeft(line, "\x1e")); len(line) > 0 {
			features = append(features, line)
		}
	}
	if len(features) == 0 {
		return nil, false, errNoFeature("", "a Feature on each line")
	}
	return features, false, nil
}

// readFeatures returns the features of a JSON document.
func readFeatures(body []byte) (features []json.RawMessage, alone bool, err error) {
	var document struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, false, errNoFeature(string(body), err.Error())
	}
	switch document.Type {
	case "Feature":
		return []json.RawMessage{body}, true, nil
	case "FeatureCollection":
		f := &findings{}
		m := readMembers(f, "body", "", body)
		features := need[[]json.RawMessage](m, "features", "a list of Features")
		m.ignore("type", "name", "bbox")
		m.done() // refuses crs too: RFC 7946 has none, and another one would move every point
		return features, false, invalid("the collection", f.problems)
	}
	return nil, false, errNoFeature(document.Type, "type is another")
}

func errNoFeature(value, why string) error {
	return invalid("the body", []store.Problem{{Field: "body", Value: value, Allowed: "a GeoJSON Feature or FeatureCollection, or one Feature a line as application/x-ndjson", Message: "holds no feature: " + why}})
}
