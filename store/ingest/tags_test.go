package ingest

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

func TestTagsKnowWhatCameBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Few shelves and few tags, so that they meet, are 0, and wrap round.
		hash := rapid.Custom(func(t *rapid.T) uint64 {
			return rapid.Uint64Range(0, 3).Draw(t, "shelf")<<54 |
				rapid.SampledFrom([]uint64{0, 2, 1 << 31, 1<<32 - 1, 1<<32 - 2, 1<<32 - 3}).Draw(t, "tag") + rapid.Uint64Range(0, 40).Draw(t, "more")<<20&(1<<32-1)
		})
		type key struct{ shelf, tag uint64 }
		var some tags
		seen := map[key]bool{}
		for _, h := range rapid.SliceOfN(hash, 0, 200).Draw(t, "hashes") {
			k := key{h >> 54, max(h&(1<<32-1), 1)}
			if some.add(h) != seen[k] {
				t.Fatalf("hash %x came before: %t", h, seen[k])
			}
			seen[k] = true
		}
	})
}

// 5,000,000 hashes in at most 6.25 bytes each are 30 MiB. Of so many,
// 25·10¹²/2⁴³ = 2.8 are expected to be taken for another.
func TestFiveMillionTagsFitInto32MiB(t *testing.T) {
	if testing.Short() {
		t.Skip("five million of them take a second")
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	some, random, met := new(tags), rand.New(rand.NewPCG(1, 2)), 0
	for range 5_000_000 {
		if some.add(random.Uint64()) {
			met++
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	held := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%.1f MiB held, %d hashes taken for another", float64(held)/(1<<20), met)
	if held > 32<<20 || met > 20 {
		t.Errorf("%d bytes held, %d hashes taken for another", held, met)
	}
	runtime.KeepAlive(some)
}

func BenchmarkTags(b *testing.B) {
	some, random := new(tags), rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		some.add(random.Uint64())
	}
}
