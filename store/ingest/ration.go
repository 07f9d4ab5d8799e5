package ingest

import (
	"io"

	"atalaya/store"
)

// rationed refuses to read on where one feature would be over
// MaxRecordBytes, before it fills the memory.
type rationed struct {
	r     io.Reader
	read  int64
	until int64
}

// grant allows another feature from the given offset on.
func (r *rationed) grant(offset int64) { r.until = offset + MaxRecordBytes }

func (r *rationed) Read(p []byte) (int, error) {
	if r.read > r.until {
		return 0, store.Errorf(store.TooLarge, "a feature is over %d bytes", MaxRecordBytes)
	}
	n, err := r.r.Read(p)
	r.read += int64(n)
	return n, err
}
