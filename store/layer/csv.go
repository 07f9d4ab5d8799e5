package layer

import (
	"bufio"
	"fmt"
	"io"
)

// WriteCSV writes every cell of the layer in H3 order under a header, the
// columns named as the properties of a feature, undefined values empty.
// Nothing in it needs quotes. Memory: one row.
func (l *Layer) WriteCSV(w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var row []byte
	for i, p := range properties(Cell{}) {
		row = appendField(row, i, p.name)
	}
	_, _ = out.Write(append(row, '\n')) // an error stays in out
	for _, c := range l.Cells {
		row = row[:0]
		for i, p := range properties(c) {
			row = appendField(row, i, p.text)
		}
		_, _ = out.Write(append(row, '\n'))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write layer: %w", err)
	}
	return nil
}

func appendField(row []byte, i int, text string) []byte {
	if i > 0 {
		row = append(row, ',')
	}
	return append(row, text...)
}
