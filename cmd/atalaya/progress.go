package main

import (
	"fmt"

	"atalaya/store/ingest"

	"github.com/schollz/progressbar/v3"
)

// bar shows how far a file is, on a terminal only. The zero bar shows nothing.
type bar struct{ *progressbar.ProgressBar }

func (p *program) newBar(in *input) bar {
	if !p.isTerminal {
		return bar{}
	}
	size := in.size
	if size == 0 {
		size = -1
	}
	return bar{progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(p.stderr),
		progressbar.OptionSetDescription(in.name),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowCount(),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	)}
}

func (b bar) show(at ingest.Progress) {
	if b.ProgressBar == nil {
		return
	}
	if at.Total > 0 && at.Total != b.GetMax64() { // a stream has a size once it is here
		b.ChangeMax64(at.Total)
	}
	b.Describe(fmt.Sprintf("%s, %d rows", at.Phase, at.Rows))
	_ = b.Set64(at.Bytes) // a bar that cannot be drawn is no reason to stop
}

func (b bar) finish() {
	if b.ProgressBar != nil {
		_ = b.Finish()
	}
}
