package ingest

import (
	"strings"

	"atalaya/store"
)

// notARecord tells why a row that could not be taken never was an incident: it
// repeats the header, rules a line, or ends the table as totals and sources
// do. nil means that it may have been one.
func notARecord(rec record, columns []string) *store.Reject {
	reject := func(said store.Saying) *store.Reject {
		i := firstFull(rec.cells)
		return flawed(NotARecord, cellAt(columns, i), cellAt(rec.cells, i), said)
	}
	full := fullCells(rec.cells)
	switch {
	case full == 0 || rec.flaw != nil:
		return nil
	case full >= 2 && repeatsHeader(rec.cells, columns):
		return reject(say("the row repeats the header"))
	case isRule(rec.cells):
		return reject(say("the row is a ruled line"))
	case 3*full <= len(columns)+2 && isFooter(rec.cells[firstFull(rec.cells)]):
		return reject(say("the row has text in %d of %d columns and begins as a total, a source or a remark does", full, len(columns)))
	}
	return nil
}

func firstFull(cells []string) int {
	for i, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return i
		}
	}
	return -1
}

// repeatsHeader reports whether every cell is blank or the name of its column.
func repeatsHeader(cells, columns []string) bool {
	for i, cell := range cells {
		cell = strings.Join(strings.Fields(cell), " ")
		name := cellAt(columns, i)
		if cell != "" && cell != name && !strings.HasPrefix(name, cell+"_") {
			return false
		}
	}
	return true
}

// isRule reports whether the cells hold nothing but dashes and the like, as
// database clients draw under a header.
func isRule(cells []string) bool {
	for _, cell := range cells {
		if strings.Trim(cell, "-=_*+ ") != "" {
			return false
		}
	}
	return true
}

// isFooter reports whether a cell begins as what stands below a table does, in
// Spanish, English, Portuguese and French.
func isFooter(cell string) bool {
	words := wordsOf(cell)
	if len(words) == 0 {
		return false
	}
	if strings.HasSuffix(strings.TrimSpace(cell), "rows affected)") || strings.HasSuffix(strings.TrimSpace(cell), "filas afectadas)") {
		return true
	}
	switch words[0] {
	case "total", "totales", "totals", "totais", "totaux", "subtotal", "subtotales", "sum", "suma", "soma", "somme",
		"fuente", "fuentes", "source", "sources", "fonte", "fontes", "nota", "notas", "note", "notes",
		"elaborado", "elaboracion", "elaboração", "generado", "generated", "gerado", "exported", "exportado", "printed",
		"impreso", "pagina", "page", "end", "fin", "fim", "applied", "filtros", "disclaimer":
		return true
	}
	return len(words) > 1 && (words[0] == "gran" || words[0] == "grand") && words[1] == "total"
}
