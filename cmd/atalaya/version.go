package main

import (
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version of the program and of what it is made with.
func (versionCommand) Run(p *program) error {
	if err := p.print("atalaya %s, %s %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH); err != nil {
		return err
	}
	info, _ := debug.ReadBuildInfo() // nil without modules
	if info == nil {
		return nil
	}
	for _, m := range info.Deps {
		switch m.Path {
		case "github.com/uber/h3-go/v4", "github.com/paulmach/orb", "github.com/mattn/go-sqlite3":
			if err := p.print("  %s %s", m.Path, m.Version); err != nil {
				return err
			}
		}
	}
	return nil
}
