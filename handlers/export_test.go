package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// Routes lists the routes, method and path, without the HEAD of each GET.
func (a *API) Routes() []string {
	routes := a.routes()
	out := make([]string, 0, len(routes))
	for _, r := range routes {
		out = append(out, r.method+" "+r.path)
	}
	return out
}

// Idle returns when no import waits or runs.
func (a *API) Idle() { a.imports.open.Wait() }

// Expire lets files go that have waited too long, as the service does by
// itself.
func (a *API) Expire(ctx context.Context) error { return a.expire(ctx) }

// One returns a handler of one route at / behind the guards of all.
func (a *API) One(method string, limit time.Duration, handle func(*gin.Context) error) http.Handler {
	r := gin.New()
	r.Use(a.identify, a.recover)
	r.Handle(method, "/", a.limited(route{method: method, path: "/", body: 1000, time: limit, handle: handle}))
	return r
}
