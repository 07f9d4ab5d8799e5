package ingest

import (
	"errors"
	"strconv"
	"testing"

	"atalaya/store"

	"go.uber.org/goleak"
)

func TestAWriterWritesAllInOrder(t *testing.T) {
	defer goleak.VerifyNone(t)
	const n = 10*batchSize + 7
	var got []string
	rejects := 0
	w := newWriter(func(b batch) error {
		for i, incident := range b.incidents {
			got = append(got, incident.SourceID)
			if want := incident.SourceID == "3"; want != (len(b.raws[i]) == 2) {
				t.Errorf("incident %s has the categories %q", incident.SourceID, b.raws[i])
			}
		}
		rejects += len(b.rejects)
		return nil
	})
	defer w.close()
	raws := []string{"theft", "robbery"}
	for i := range n {
		of := raws
		if i != 3 {
			of = nil
		}
		if err := errors.Join(w.incident(store.Incident{SourceID: strconv.Itoa(i)}, of), w.reject(store.Reject{Row: i})); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil || len(got) != n || rejects != n {
		t.Fatalf("%d incidents and %d rejects of %d, %v", len(got), rejects, n, err)
	}
	for i, id := range got {
		if id != strconv.Itoa(i) {
			t.Fatalf("incident %d is %s", i, id)
		}
	}
}

func TestAWriterThatFailedSaysSoAndWritesNoMore(t *testing.T) {
	defer goleak.VerifyNone(t)
	full, written := errors.New("disk full"), 0
	w := newWriter(func(batch) error { written++; return full })
	defer w.close()
	var err error
	for i := 0; err == nil && i < 100*batchSize; i++ {
		err = w.incident(store.Incident{}, nil)
	}
	if !errors.Is(err, full) || !errors.Is(w.flush(), full) || written != 1 {
		t.Errorf("%v after %d batches", err, written)
	}
}

func TestAPanicOfAWriterGoesOnWhereItIsClosed(t *testing.T) {
	defer goleak.VerifyNone(t)
	w := newWriter(func(batch) error { panic("broken") })
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	_ = w.flush()
	t.Error("flush returned")
}
