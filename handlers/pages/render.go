package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"

	"github.com/gin-gonic/gin"
)

//go:embed templates/*.html
var templateFiles embed.FS

// parseTemplates returns the templates of each language: they speak through
// the functions t, count and strong of its catalogue.
func parseTemplates() (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	for _, lang := range messages.Languages() {
		say := messages.For(lang)
		functions := template.FuncMap{
			"t":      say.Text,
			"count":  say.Count,
			"strong": say.Strong,
			"number": say.Number,
			"class":  func(c hotspot.Class) string { return say.Text("class." + string(c)) },
			"symbol": symbol,
			"css":    cssClass,
			"fill":   patternOf,
			"below":  func(y, by float64) float64 { return y - by },
			"hot":    hotClasses, "all": hotspot.Classes,
		}
		t, err := template.New("pages").Funcs(functions).ParseFS(templateFiles, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("parse templates in %s: %w", lang, err)
		}
		out[lang] = t
	}
	return out, nil
}

// render sends a page whole or not at all.
func (p *Pages) render(c *gin.Context, status int, templateName string, f frame, view any) {
	var body bytes.Buffer
	data := struct {
		frame
		View any
	}{f, view}
	if err := p.templates[f.Lang].ExecuteTemplate(&body, templateName, data); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		_ = c.Error(fmt.Errorf("render %s: %w", templateName, err)) // for the log; the answer is gone
		return
	}
	c.Header("Content-Language", f.Lang)
	c.Header("Cache-Control", "private, no-cache")
	c.Data(status, "text/html; charset=utf-8", body.Bytes())
}

// hotClasses are those of an officer's legend: cold classes are for analysts.
func hotClasses() []hotspot.Class {
	return []hotspot.Class{hotspot.Hot99, hotspot.Hot95, hotspot.Hot90, hotspot.None}
}
