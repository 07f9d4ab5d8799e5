package main

import (
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version of the program and of what it is made with.
func (versionCommand) Run(p *program) error {
	modules := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			switch m.Path {
			case "github.com/uber/h3-go/v4", "github.com/paulmach/orb", "github.com/mattn/go-sqlite3":
				modules += "\n  " + m.Path + " " + m.Version
			}
		}
	}
	return p.print("atalaya %s, %s %s/%s%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, modules)
}
