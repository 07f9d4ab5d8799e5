package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// Limits of routes: the most bytes of a request body, and the most time from
// the first byte of a request to the last of its answer.
const (
	noBody   = 0
	jsonBody = 1 << 20  // one category, source, shift or place
	areaBody = 16 << 20 // a country's outline with all its islands
	postBody = 16 << 20 // some 40,000 incidents
	partBody = ingest.MaxDefinitionBytes

	quick  = 10 * time.Second
	slow   = 60 * time.Second
	upload = 30 * time.Minute // a large file over a slow line
)

// route is one line of the API.
type route struct {
	method string
	path   string // as gin wants it; handlers/openapi writes {id} for :id
	body   int64  // bytes
	time   time.Duration
	handle func(*gin.Context) error
}

// routes is the whole service on one page. HEAD comes with every GET.
func (a *API) routes() []route {
	const v1 = "/api/v1"
	return []route{
		{http.MethodGet, "/healthz", noBody, quick, a.healthz},
		{http.MethodGet, "/readyz", noBody, quick, a.readyz},

		{http.MethodGet, v1 + "/hotspots", noBody, slow, a.hotspots},
		{http.MethodGet, v1 + "/hotspots/:cell", noBody, slow, a.explainCell},

		{http.MethodGet, v1 + "/statistics/global", noBody, slow, a.statistic(layer.GlobalKind)},
		{http.MethodGet, v1 + "/statistics/hours", noBody, slow, a.statistic(layer.HoursKind)},
		{http.MethodGet, v1 + "/statistics/nearrepeat", noBody, slow, a.statistic(layer.NearRepeatKind)},
		{http.MethodGet, v1 + "/statistics/concentration", noBody, slow, a.statistic(layer.ConcentrationKind)},

		{http.MethodPost, v1 + "/incidents", postBody, slow, a.postIncidents},

		{http.MethodPost, v1 + "/uploads", a.maxUpload, upload, a.postUpload},
		{http.MethodGet, v1 + "/uploads", noBody, quick, a.listUploads},
		{http.MethodGet, v1 + "/uploads/:id", noBody, quick, a.showUpload},
		{http.MethodPost, v1 + "/uploads/:id/confirm", jsonBody, upload, a.confirmUpload},
		{http.MethodGet, v1 + "/uploads/:id/events", noBody, upload, a.uploadEvents},
		{http.MethodGet, v1 + "/uploads/:id/rejects.csv", noBody, slow, a.rejects},
		{http.MethodDelete, v1 + "/uploads/:id", noBody, slow, a.deleteUpload},

		{http.MethodGet, v1 + "/areas", noBody, quick, a.listAreas},
		{http.MethodGet, v1 + "/areas/:id", noBody, quick, a.showArea},
		{http.MethodPut, v1 + "/areas/:id", areaBody, slow, a.putArea},
		{http.MethodDelete, v1 + "/areas/:id", noBody, quick, a.deleteArea},

		{http.MethodGet, v1 + "/categories", noBody, quick, a.listCategories},
		{http.MethodGet, v1 + "/categories/:code", noBody, quick, a.showCategory},
		{http.MethodPut, v1 + "/categories/:code", jsonBody, quick, a.putCategory},
		{http.MethodDelete, v1 + "/categories/:code", noBody, quick, a.deleteCategory},

		{http.MethodGet, v1 + "/shifts", noBody, quick, a.listShifts},
		{http.MethodGet, v1 + "/shifts/:code", noBody, quick, a.showShift},
		{http.MethodPut, v1 + "/shifts/:code", jsonBody, quick, a.putShift},
		{http.MethodDelete, v1 + "/shifts/:code", noBody, quick, a.deleteShift},

		{http.MethodGet, v1 + "/places", noBody, quick, a.listPlaces},
		{http.MethodGet, v1 + "/places/:id", noBody, quick, a.showPlace},
		{http.MethodPut, v1 + "/places/:id", jsonBody, quick, a.putPlace},
		{http.MethodDelete, v1 + "/places/:id", noBody, quick, a.deletePlace},

		{http.MethodGet, v1 + "/denominators", noBody, quick, a.listDenominators},
		{http.MethodGet, v1 + "/denominators/:id", noBody, quick, a.showDenominator},
		{http.MethodPut, v1 + "/denominators/:id", partBody, upload, a.putDenominator},
		{http.MethodDelete, v1 + "/denominators/:id", noBody, slow, a.deleteDenominator},

		{http.MethodGet, v1 + "/sources", noBody, quick, a.listSources},
		{http.MethodGet, v1 + "/sources/:code", noBody, quick, a.showSource},
		{http.MethodGet, v1 + "/sources/:code/quality", noBody, slow, a.sourceQuality},
		{http.MethodPut, v1 + "/sources/:code", jsonBody, quick, a.putSource},
		{http.MethodDelete, v1 + "/sources/:code", noBody, quick, a.deleteSource},

		{http.MethodGet, v1 + "/openapi.yaml", noBody, quick, a.contract},

		{http.MethodGet, "/", noBody, quick, a.page(Pages.Root)},
		{http.MethodGet, "/:lang", noBody, quick, a.page(addSlash)},
		{http.MethodGet, "/:lang/", noBody, slow, a.page(Pages.Home)},
		{http.MethodGet, "/:lang/hotspots/:id", noBody, slow, a.page(Pages.Hotspot)},
		{http.MethodGet, "/:lang/map", noBody, slow, a.page(Pages.Map)},
		{http.MethodGet, "/static/*file", noBody, quick, a.page(Pages.Static)},
		{http.MethodGet, "/assets/*file", noBody, quick, a.asset},
	}
}

// router returns the routes behind what guards them all.
func (a *API) router() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.RedirectTrailingSlash = false
	r.HandleMethodNotAllowed = true
	_ = r.SetTrustedProxies(nil) // nil cannot fail; without it gin believes any X-Forwarded-For
	r.Use(a.identify, a.log, a.recover, secure, a.checkHost, a.checkOrigin)
	for _, route := range a.routes() {
		r.Handle(route.method, route.path, a.limited(route))
		if route.method == http.MethodGet {
			r.Handle(http.MethodHead, route.path, a.limited(route))
		}
	}
	r.NoRoute(func(c *gin.Context) { a.fail(c, errNoPath(c)) })
	r.NoMethod(func(c *gin.Context) {
		a.fail(c, &store.Error{Kind: methodNotAllowed, Message: fmt.Sprintf("%s is not possible here, only %s", c.Request.Method, c.Writer.Header().Get("Allow"))})
	})
	return r
}

// limited runs a route within its limits and answers the error it returns.
func (a *API) limited(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		cancel := limit(c, r)
		defer cancel()
		if r.body > 0 && c.Request.ContentLength > r.body {
			a.fail(c, &http.MaxBytesError{Limit: r.body})
			return
		}
		if err := r.handle(c); err != nil {
			a.fail(c, err)
		}
	}
}

// page runs one of the pages, if there are any and the language is one.
func (a *API) page(show func(Pages, *gin.Context)) func(*gin.Context) error {
	return func(c *gin.Context) error {
		lang := c.Param("lang")
		if a.pages == nil || lang != "" && lang != "es" && lang != "en" {
			return errNoPath(c)
		}
		show(a.pages, c)
		return nil
	}
}

// addSlash sends /es to /es/.
func addSlash(_ Pages, c *gin.Context) {
	to := c.Request.URL.Path + "/"
	if query := c.Request.URL.RawQuery; query != "" {
		to += "?" + query
	}
	c.Redirect(http.StatusPermanentRedirect, to)
}

// forPeople reports whether a request is for the pages and not for the API.
func (a *API) forPeople(c *gin.Context) bool {
	path := c.Request.URL.Path
	if a.pages == nil || strings.HasPrefix(path, "/api/") {
		return false
	}
	return path == "/" || strings.HasPrefix(path, "/es/") || strings.HasPrefix(path, "/en/") || strings.Contains(c.GetHeader("Accept"), "text/html")
}

func errNoPath(c *gin.Context) error {
	return store.Errorf(store.NotFound, "nothing is at %s", c.Request.URL.Path)
}
