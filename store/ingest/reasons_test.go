package ingest_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"testing"

	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
)

func TestTheGuideForAnalystsHasEveryReasonOnce(t *testing.T) {
	guide, err := os.ReadFile("../../docs/analyst.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, isThere := bytes.Cut(guide, []byte("\n## Rejected rows\n"))
	if !isThere {
		t.Fatal("the guide has no section on rejected rows")
	}
	section, _, _ = bytes.Cut(section, []byte("\n## "))
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| .+ \\| .+ \\|$").FindAllSubmatch(section, -1) {
		told = append(told, string(m[1]))
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(ingest.Reasons())), slices.Sorted(slices.Values(told))); diff != "" {
		t.Errorf("the reasons (-) and those of the guide (+): %s", diff)
	}
}
