package web

import (
	"embed"
	"encoding/json"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Prefix is the path under which the server serves Files. The build writes it
// into the addresses of the files.
const Prefix = "/assets/"

// mapEntry is the manifest's name of the map.
const mapEntry = "src/map.ts"

// Files returns what the build has made, at its root; before a build that is
// a single empty file.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: " + err.Error()) // only for an invalid path
	}
	return files
}

// MapBundle returns the addresses of the map's script and style sheet, and
// whether they have been built; where they have not, both are empty.
func MapBundle() (script, style string, built bool) { return mapBundle(Files()) }

func mapBundle(files fs.FS) (script, style string, built bool) {
	b, err := fs.ReadFile(files, "manifest.json")
	if err != nil {
		return "", "", false
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(b, &manifest); err != nil {
		return "", "", false
	}
	entry := manifest[mapEntry]
	if entry.File == "" || len(entry.CSS) == 0 {
		return "", "", false
	}
	return Prefix + entry.File, Prefix + entry.CSS[0], true
}

// chunk is an entry of the manifest.
type chunk struct {
	File   string   `json:"file"`
	CSS    []string `json:"css"`
	Assets []string `json:"assets"`
}
