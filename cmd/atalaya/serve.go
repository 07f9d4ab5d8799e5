package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"atalaya/handlers"
	"atalaya/handlers/pages"
	"atalaya/store"
	"atalaya/store/layer"
	"atalaya/web"
)

type serveCommand struct {
	database
	listening
}

// listening is how a service is reached: the flags that serve and demo share.
type listening struct {
	Listen     string        `default:"127.0.0.1:8080" help:"Address to listen on: this machine only (default: ${default})." placeholder:"HOST:PORT"`
	Timezone   string        `default:"${timezone}" help:"Zone of dates on pages and in requests (default: ${default})." placeholder:"TZ"`
	KeepStaged time.Duration `default:"720h" help:"How long an uploaded file waits for somebody to confirm it (default: ${default}, 30 days; 0: for ever)." placeholder:"DURATION"`
	JSON       bool          `name:"json" help:"Print the address as one JSON object."`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, p *program) (err error) {
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer closing(db, &err)
	return c.serve(ctx, p, db, c.DB, listener)
}

// listen takes the address. Any but loopback is refused: whoever reaches the
// service can read every incident and change them.
func (c *listening) listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, fmt.Errorf("--listen %q: %w (allowed: 127.0.0.1:PORT, [::1]:PORT, localhost:PORT)", c.Listen, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("--listen %q is refused: other machines could reach it, and this version has no accounts, so anybody who did could read and change every incident (allowed: 127.0.0.1:PORT, [::1]:PORT, localhost:PORT)", c.Listen)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	return listener, nil
}

// The patience of the server. Routes have limits of their own within these.
const (
	headerTime   = 10 * time.Second
	idleTime     = 2 * time.Minute
	shutdownTime = 20 * time.Second
)

// serve answers requests until ctx ends, and then lets those under way finish.
// Uploads wait in a folder beside the database, which goes when it is empty.
func (c *listening) serve(ctx context.Context, p *program, st store.Store, database string, listener net.Listener) error {
	uploads := database + "-uploads"
	if err := os.MkdirAll(uploads, 0o700); err != nil {
		return errors.Join(fmt.Errorf("folder for uploads: %w", err), listener.Close())
	}
	defer func() { _ = os.Remove(uploads) }() // fails where some wait
	api, err := c.newAPI(p, st, uploads)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: api, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime}
	server.RegisterOnShutdown(api.EndStreams)
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	if err := c.tell(p, listener); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err = <-stopped:
	case <-ctx.Done():
		p.say("stopping: requests under way may finish")
	}
	// The context that ended is what asks to stop; stopping has its own time.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	shutdown := errors.Join(server.Shutdown(end), api.Close(end))
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, shutdown)
}

func (c *listening) newAPI(p *program, st store.Store, uploads string) (*handlers.API, error) {
	zone, err := location("timezone", c.Timezone)
	if err != nil {
		return nil, err
	}
	script, style, built := web.MapBundle()
	maker := layer.NewMaker(st)
	people, err := pages.New(pages.Options{
		Store: st, Maker: maker, Clock: p.clock, TimeZone: zone, Version: version,
		Assets: pages.Assets{Script: script, Style: style, Built: built},
	})
	if err != nil {
		return nil, fmt.Errorf("set up pages: %w", err)
	}
	keep := c.KeepStaged
	if keep == 0 {
		keep = -1
	}
	api, err := handlers.New(handlers.Options{
		Store: st, Maker: maker, Pages: people, Assets: web.Files(), TempDir: uploads, KeepStaged: keep, Clock: p.clock, TimeZone: zone, Version: version,
		Logger: slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return nil, fmt.Errorf("set up handlers: %w", err)
	}
	return api, nil
}

// tell prints where the service is.
func (c *listening) tell(p *program, listener net.Listener) error {
	address := "http://" + listener.Addr().String() + "/"
	if c.JSON {
		if err := json.NewEncoder(p.stdout).Encode(map[string]string{"address": address}); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
		return nil
	}
	return p.print("Atalaya is at %s (stop with Ctrl+C)", address)
}
