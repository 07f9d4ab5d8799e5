package handlers

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// Media types of what comes and goes.
const (
	typeCSV     = "text/csv; charset=utf-8"
	typeGeoJSON = "application/geo+json" // RFC 7946 knows no charset parameter
	typeJSON    = "application/json"
)

// format is a form that an answer is written in.
type format string

const (
	geoJSON   format = "geojson"
	plainJSON format = "json"
	csvText   format = "csv"
)

// offer is a format that a path has, and the media ranges that mean it, most
// exact first.
type offer struct {
	format format
	ranges []string
}

func layerOffers() []offer {
	return []offer{
		{geoJSON, []string{typeGeoJSON, typeJSON, "application/*", "*/*"}},
		{csvText, []string{"text/csv", "text/*", "*/*"}},
	}
}

func tableOffers() []offer {
	return []offer{
		{plainJSON, []string{typeJSON, "application/*", "*/*"}},
		{csvText, []string{"text/csv", "text/*", "*/*"}},
	}
}

// readFormat reads the parameter f; without it the answer is empty.
func readFormat(p *params, offers []offer) format {
	allowed := make([]string, len(offers))
	for i, o := range offers {
		allowed[i] = string(o.format)
	}
	f := format("")
	parse(p, "f", strings.Join(allowed, ", "), &f, func(s string) (format, error) {
		if !slices.Contains(allowed, s) {
			return "", errors.New("is no format of this path")
		}
		return format(s), nil
	})
	return f
}

// accepted returns the format that the Accept header likes best, the first
// where it likes several as much or does not say.
func accepted(header string, offers []offer) (format, error) {
	if strings.TrimSpace(header) == "" {
		return offers[0].format, nil
	}
	best, bestQ := format(""), 0.0
	var allowed []string
	for _, o := range offers {
		allowed = append(allowed, o.ranges[0])
		if q := quality(header, o.ranges); q > bestQ {
			best, bestQ = o.format, q
		}
	}
	if best == "" {
		return "", &store.Error{Kind: notAcceptable, Message: "the Accept header allows none of the formats there are",
			Problems: []store.Problem{{Field: "Accept", Value: header, Allowed: strings.Join(allowed, ", ") + "; or the parameter f", Message: "names no format of this path"}}}
	}
	return best, nil
}

// quality returns how much an Accept header likes something that the given
// media ranges describe, most exact first (RFC 9110, section 12.5.1).
func quality(header string, ranges []string) float64 {
	liked := map[string]float64{}
	for part := range strings.SplitSeq(header, ",") {
		mediaRange, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if text, given := params["q"]; given {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		liked[mediaRange] = max(q, liked[mediaRange])
	}
	for _, r := range ranges {
		if q, named := liked[r]; named {
			return q
		}
	}
	return 0
}

// bodyType returns the media type of the request's body where it is one of
// the allowed, and an error that lists them otherwise. JSON cannot come
// compressed: its limit counts the bytes that are read.
func bodyType(c *gin.Context, allowed ...string) (string, error) {
	sent := c.GetHeader("Content-Type")
	mediaType, _, err := mime.ParseMediaType(sent)
	if err != nil || !slices.Contains(allowed, mediaType) {
		return "", &store.Error{Kind: wrongType, Message: "the body is of a type that is not taken here",
			Problems: []store.Problem{{Field: "Content-Type", Value: sent, Allowed: strings.Join(allowed, ", "), Message: "is not taken here"}}}
	}
	if encoding := c.GetHeader("Content-Encoding"); encoding != "" && encoding != "identity" {
		return "", &store.Error{Kind: wrongType, Message: "the body is compressed, which is not taken here",
			Problems: []store.Problem{{Field: "Content-Encoding", Value: encoding, Allowed: "identity", Message: "is not taken here"}}}
	}
	return mediaType, nil
}

// unchanged sets the headers that let a cache ask whether an answer is still
// right, and reports whether the client has it already, in which case the
// answer is written. An answer is told by the layer's fingerprint, its form,
// and the program that writes it.
//
// The tag is weak because it stands for the same content, compressed or not.
// Answers are private and asked for again each time: data changes with every
// upload, and once there are accounts, what one may see must not lie in a
// cache that others share.
func (a *API) unchanged(c *gin.Context, fingerprint, form string) bool {
	tag := `W/"` + strings.Join([]string{fingerprint, form, url.PathEscape(a.version)}, "-") + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", "private, no-cache")
	c.Writer.Header().Add("Vary", "Accept")
	for had := range strings.SplitSeq(c.GetHeader("If-None-Match"), ",") {
		had = strings.TrimSpace(had)
		if had == "*" || strings.TrimPrefix(had, "W/") == strings.TrimPrefix(tag, "W/") {
			c.Status(http.StatusNotModified)
			return true
		}
	}
	return false
}
