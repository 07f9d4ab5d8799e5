package ingest

import (
	"bufio"
	"encoding/binary"
	"io"
	"math/bits"
	"os"
)

// memoryEntries is how many entries of a log or a ledger stay in memory, 24
// bytes each; more move to a temporary file.
const memoryEntries = 1 << 18

// entry is 24 bytes that a log or a ledger keeps. What they mean is up to
// their kind; a key of 0 is no entry.
type entry struct {
	key                       uint64
	agreement, value, n, next uint32
}

const entrySize = 24

func (e entry) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, e.key)
	for _, v := range []uint32{e.agreement, e.value, e.n, e.next} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func readEntry(b []byte) entry {
	return entry{
		key: binary.LittleEndian.Uint64(b), agreement: binary.LittleEndian.Uint32(b[8:]), value: binary.LittleEndian.Uint32(b[12:]),
		n: binary.LittleEndian.Uint32(b[16:]), next: binary.LittleEndian.Uint32(b[20:]),
	}
}

// log keeps entries one after the other.
type log struct {
	temp   func() (*os.File, error)
	memory []entry
	file   *os.File // of those that memory had no room for
	out    *bufio.Writer
	n      int
	failed error // the first failure; nothing counts after it
}

func (l *log) add(e entry) {
	l.n++
	if len(l.memory) < memoryEntries {
		l.memory = append(l.memory, e)
		return
	}
	if l.failed == nil && l.file == nil {
		if l.file, l.failed = l.temp(); l.failed == nil {
			l.out = bufio.NewWriterSize(l.file, 64<<10)
		}
	}
	if l.failed == nil {
		_, l.failed = l.out.Write(e.append(l.out.AvailableBuffer()))
	}
}

// each walks the entries in the order in which they came.
func (l *log) each(visit func(entry)) error {
	for _, e := range l.memory {
		visit(e)
	}
	if l.failed != nil || l.file == nil {
		return l.failed
	}
	if err := l.out.Flush(); err != nil {
		return err
	}
	in := bufio.NewReaderSize(io.NewSectionReader(l.file, 0, int64(l.n-len(l.memory))*entrySize), 64<<10)
	var b [entrySize]byte
	for range l.n - len(l.memory) {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return err
		}
		visit(readEntry(b[:]))
	}
	return nil
}

// ledger finds entries by their key: a table with open addressing, of fixed
// size, in memory or in a file. Keys must be spread evenly, as hashes are.
type ledger struct {
	slots  uint64
	memory []entry
	file   *os.File
	failed error // the first failure; nothing counts after it

	bytes   [entriesRead * entrySize]byte // last read from the file
	entries [entriesRead]entry
}

// entriesRead is how many entries are read from a file at once: nearly always
// enough to find one.
const entriesRead = 4

// newLedger makes room for so many entries.
func newLedger(entries int, temp func() (*os.File, error)) *ledger {
	l := &ledger{slots: uint64(entries)*5/4 + 1}
	if entries <= memoryEntries {
		l.memory = make([]entry, l.slots)
		return l
	}
	if l.file, l.failed = temp(); l.failed == nil {
		l.failed = l.file.Truncate(int64(l.slots) * entrySize)
	}
	return l
}

// find returns the entry of a key and its slot, or the free slot to set it in.
func (l *ledger) find(key uint64) (slot uint32, e entry, ok bool) {
	at, _ := bits.Mul64(key, l.slots)
	for l.failed == nil {
		for _, e := range l.read(at, entriesRead) {
			if e.key == key || e.key == 0 {
				return uint32(at), e, e.key == key
			}
			at++
		}
		if at == l.slots {
			at = 0
		}
	}
	return 0, entry{}, false
}

// at returns the entry of a slot.
func (l *ledger) at(slot uint32) entry {
	if l.failed == nil {
		for _, e := range l.read(uint64(slot), 1) {
			return e
		}
	}
	return entry{}
}

// read returns n entries from a slot on, fewer at the end of the table.
func (l *ledger) read(slot, n uint64) []entry {
	n = min(n, l.slots-slot)
	if l.file == nil {
		return l.memory[slot : slot+n]
	}
	if _, l.failed = l.file.ReadAt(l.bytes[:n*entrySize], int64(slot)*entrySize); l.failed != nil {
		return nil
	}
	for i := range l.entries[:n] {
		l.entries[i] = readEntry(l.bytes[i*entrySize:])
	}
	return l.entries[:n]
}

// set fills a slot.
func (l *ledger) set(slot uint32, e entry) {
	switch {
	case l.failed != nil:
	case l.file == nil:
		l.memory[slot] = e
	default:
		_, l.failed = l.file.WriteAt(e.append(l.bytes[:0]), int64(slot)*entrySize)
	}
}
