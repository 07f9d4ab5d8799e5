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
	var values []property
	for i, name := range l.names() {
		row = appendField(row, i, name)
	}
	_, _ = out.Write(append(row, '\n')) // an error stays in out
	for n := range l.Cells {
		row, values = row[:0], l.properties(values[:0], n)
		for i, p := range values {
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
