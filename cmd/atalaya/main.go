// Command atalaya serves crime hotspots from incident files: one program that
// imports, computes, serves and demonstrates.
//
// Exit status: 0 all fine, 1 the file or request is refused (the reason is on
// standard error), 2 wrong usage, 3 some rows were rejected.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // time zones on machines that have none

	"atalaya/store/ingest"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// version is set by the linker from git; a plain build says so.
var version = "development build"

// The exit statuses.
const (
	exitFine     = 0
	exitRefused  = 1
	exitUsage    = 2
	exitRejected = 3
)

// errRejected says that all went well but some rows were not taken.
var errRejected = errors.New("some rows were rejected")

// program is what a command works with.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	isTerminal     bool // stderr is a terminal: progress may be drawn
	clock          func() time.Time
}

// commands is the whole command line.
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Serve the pages and the API."`
	Import     importCommand     `cmd:"" help:"Import incident files: all of a file or none of it."`
	Hotspots   hotspotsCommand   `cmd:"" help:"Make a hotspot layer, from files or from the database."`
	Statistics statisticsCommand `cmd:"" help:"Numbers of a whole layer, from files or from the database."`
	Demo       demoCommand       `cmd:"" help:"Make a synthetic city with history, import it and serve it."`
	Area       areaCommand       `cmd:"" help:"List, add or remove areas: study areas, sectors, jurisdictions."`
	Category   categoryCommand   `cmd:"" help:"List or change categories, and what source texts mean."`
	Quality    qualityCommand    `cmd:"" help:"Tell how good all the data of a source are."`
	Doctor     doctorCommand     `cmd:"" help:"Check the program, its database and its surroundings."`
	Version    versionCommand    `cmd:"" help:"Print the version."`

	// What layers go by.
	Shift       shiftCommand       `cmd:"" help:"List, add or remove shifts: parts of the day as the force divides it."`
	Place       placeCommand       `cmd:"" help:"List, add or remove named places, after which hotspots are named."`
	Denominator denominatorCommand `cmd:"" help:"List, add or remove denominators: residents or premises, which rates are held against."`
}

func main() { os.Exit(run()) }

// run carries out the command line of the process and returns its exit status.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		isTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		clock:      time.Now,
	}
	return p.run(ctx, os.Args[1:])
}

// helpShown is what kong's exit panics with after it printed help.
type helpShown struct{}

func (p *program) run(ctx context.Context, args []string) (status int) {
	defer func() {
		if r := recover(); r != nil {
			if _, shown := r.(helpShown); !shown {
				panic(r)
			}
			status = exitFine
		}
	}()
	parser, err := kong.New(&commands{},
		kong.Name("atalaya"),
		kong.Description("Crime hotspots from incident files: imports them, finds the hexagons that are hot beyond chance, serves them as maps and pages.\n\nLayers describe places, not people; they are not grounds by themselves to stop or search anyone."),
		kong.Writers(p.stdout, p.stderr),
		kong.Exit(func(int) { panic(helpShown{}) }),
		kong.Vars{"timezone": ingest.DefaultTimeZone},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		panic(err) // the commands above are wrong
	}
	call, err := parser.Parse(args)
	if err != nil {
		p.say("atalaya: %v\nSee: atalaya --help", err)
		return exitUsage
	}
	call.BindTo(ctx, (*context.Context)(nil))
	call.Bind(p)
	switch err := call.Run(); {
	case err == nil:
		return exitFine
	case errors.Is(err, errRejected):
		return exitRejected
	case ctx.Err() != nil:
		p.say("atalaya: interrupted: %v", err)
		return exitRefused
	default:
		p.say("atalaya: %v", err)
		return exitRefused
	}
}

// say writes a line for people to standard error.
func (p *program) say(format string, args ...any) {
	_, _ = fmt.Fprintf(p.stderr, format+"\n", args...)
}

// print writes a line of the answer to standard output.
func (p *program) print(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.stdout, format+"\n", args...); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}
