package handlers

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"atalaya/store"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
)

// DefaultMaxUpload is the largest upload in bytes where Options set none.
const DefaultMaxUpload = 1 << 30

// Options configure an API. Store and Maker must be given.
type Options struct {
	Store     store.Store
	Maker     *layer.Maker
	Pages     Pages            // nil: no pages, only the API
	Assets    fs.FS            // built web files, served under /assets/; nil: none
	TempDir   string           // a folder for nothing else, where uploads wait to be confirmed; empty: one that goes with Close
	Clock     func() time.Time // nil: time.Now
	TimeZone  *time.Location   // what dates in parameters are read in; nil: UTC
	Logger    *slog.Logger     // nil: nothing is logged
	Version   string           // of the program, shown by /healthz
	MaxUpload int64            // bytes; 0: DefaultMaxUpload
	// KeepStaged is how long the file of an upload waits to be confirmed; 0:
	// DefaultKeepStaged, below 0: for ever.
	KeepStaged time.Duration
	// AllowedHosts are the host names, without port, that requests may ask
	// for. Nil allows the names of loopback only, so that a web site whose
	// name resolves to 127.0.0.1 cannot read the service through a browser.
	AllowedHosts []string
}

// Pages are the pages for people. Each method answers one kind of request.
type Pages interface {
	Root(c *gin.Context)
	Home(c *gin.Context)
	Hotspot(c *gin.Context)
	Map(c *gin.Context)
	Static(c *gin.Context)
	NotFound(c *gin.Context)
	Error(c *gin.Context, err error)
}

// API answers the requests of Atalaya. It is an http.Handler, safe for
// concurrent use.
type API struct {
	store      store.Store
	maker      *layer.Maker
	pages      Pages
	assets     fs.FS
	stage      stage
	stageGoes  bool // with Close
	clock      func() time.Time
	timeZone   *time.Location
	logger     *slog.Logger
	version    string
	maxUpload  int64
	keepStaged time.Duration
	hosts      []string
	imports    *imports
	stopping   chan struct{}  // closed when event streams are to end
	stop       func()         // closes it
	background sync.WaitGroup // what goes on until then
	handler    http.Handler
}

// New returns an API and starts the worker that imports uploads; Close ends
// it. Uploads of an earlier run that were confirmed are imported now, staged ones
// wait as before, up to KeepStaged, and what else lies in TempDir of such goes.
// It fails where Options lack what must be given or TempDir is no folder.
func New(o Options) (*API, error) {
	if o.Store == nil || o.Maker == nil {
		return nil, errors.New("handlers need a store and a layer maker")
	}
	a := &API{
		store: o.Store, maker: o.Maker, pages: o.Pages, assets: o.Assets, stage: stage{o.TempDir},
		clock: o.Clock, timeZone: o.TimeZone, logger: o.Logger, version: o.Version,
		maxUpload: o.MaxUpload, keepStaged: o.KeepStaged, hosts: o.AllowedHosts,
	}
	if info, err := os.Stat(o.TempDir); o.TempDir != "" && err != nil {
		return nil, fmt.Errorf("folder for uploads: %w", err)
	} else if err == nil && !info.IsDir() {
		return nil, fmt.Errorf("folder for uploads: %s is no folder", o.TempDir)
	}
	if a.clock == nil {
		a.clock = time.Now
	}
	if a.timeZone == nil {
		a.timeZone = time.UTC
	}
	if a.logger == nil {
		a.logger = slog.New(slog.DiscardHandler)
	}
	if a.maxUpload == 0 {
		a.maxUpload = DefaultMaxUpload
	}
	if a.keepStaged == 0 {
		a.keepStaged = DefaultKeepStaged
	}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(1), gzhttp.EnableZstd(false))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	if a.stage.dir == "" {
		if a.stage.dir, err = os.MkdirTemp("", "atalaya-uploads-*"); err != nil {
			return nil, fmt.Errorf("folder for uploads: %w", err)
		}
		a.stageGoes = true
	}
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	waiting, err := a.resume(ctx)
	if err != nil {
		return nil, err
	}
	a.imports = startImports(a.runImport, waiting)
	if err := a.expire(ctx); err != nil {
		return nil, errors.Join(err, a.imports.close(ctx))
	}
	a.handler = compress(a.router())
	a.stopping = make(chan struct{})
	a.stop = sync.OnceFunc(func() { close(a.stopping) })
	a.background.Go(a.expireNowAndThen)
	return a, nil
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// EndStreams ends the answers that would go on for as long as somebody
// listens. Call it when the HTTP server begins to shut down, which waits for
// them.
func (a *API) EndStreams() { a.stop() }

// Close stops the import under way, which leaves nothing of its file behind,
// keeps it and the uploads in the queue for the next New over the same store
// and TempDir, and returns when that is done or ctx is. Call it after the HTTP
// server has shut down and before the store is closed.
func (a *API) Close(ctx context.Context) error {
	a.stop()
	a.background.Wait()
	err := a.imports.close(ctx)
	if a.stageGoes {
		err = errors.Join(err, os.RemoveAll(a.stage.dir))
	}
	return err
}
