package ingest

import (
	"io"
	"strings"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
)

func TestTheTableOfAPageIsReadAsBrowsersShowIt(t *testing.T) {
	const page = `<!DOCTYPE html><html><body><table><tr><td><table class="t">
		<thead><tr><th>id</th><th colspan="2">place</th></tr></thead>
		<tr><td>1<td>35&#46;149<td> -89.942
		<tr><TD>2</TD><td>a<br>b &amp; <b>c</b></td></tr>
		</table></td></tr></table>`
	opened, err := openString(t, page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"id", "place", "column_3"}, opened.columns()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{{"1", "35.149", "-89.942"}, {"2", "a b & c"}}, rowsIn(t, opened)); diff != "" {
		t.Error(diff)
	}
}

func TestMarkupWithoutATableIsRefused(t *testing.T) {
	for _, text := range []string{"<?xml version=\"1.0\"?><kml/>", "<html><body>x</body></html>"} {
		_, err := openString(t, text)
		if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), "without a table") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestAWorkbookOf2003ThatIsCutOffEndsInACutRecord(t *testing.T) {
	const head = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>`
	row := func(cells ...string) string {
		return "<Row><Cell><Data>" + strings.Join(cells, "</Data></Cell><Cell><Data>") + "</Data></Cell></Row>"
	}
	opened, err := openString(t, head+row("id", "lat", "lon")+row("1", "2.5", "3.5")+"<Row><Cell><Data>2</Da")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"1", "2.5", "3.5"}, {CutShort}}, rowsIn(t, opened)); diff != "" {
		t.Error(diff)
	}
}

func TestXMLIsReadTagByTag(t *testing.T) {
	const document = `<?xml version="1.0"?><!-- <no> --><a:b c:d = "1 > 0 &amp; &quot;x&quot;" e='f'/>text<![CDATA[<raw>&amp;]]></a>`
	x := newXMLReader(strings.NewReader(document))
	var got []string
	for {
		kind, text, err := x.next()
		if atEnd(err) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case xmlStart:
			if !x.is("b") || x.attribute("d") != `1 > 0 & "x"` || x.attribute("e") != "f" || x.attribute("none") != "" {
				t.Errorf("tag %q", x.tag)
			}
			got = append(got, "start")
		case xmlEnd:
			got = append(got, "end")
		case xmlText:
			got = append(got, string(text))
		}
	}
	if diff := cmp.Diff([]string{"start", "end", "text", "<raw>&amp;", "end"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzXML(f *testing.F) {
	f.Add(`<?xml?><a b="c"/>x<![CDATA[y]]><!-- z --></a>`)
	f.Fuzz(func(t *testing.T, s string) {
		x := newXMLReader(strings.NewReader(s))
		for steps := 0; ; steps++ {
			if steps > 2*len(s)+2 {
				t.Fatal("goes on for ever")
			}
			kind, _, err := x.next()
			if err != nil {
				break
			}
			if kind == xmlStart {
				x.is("a")
				x.attribute("b")
			}
		}
	})
}

func FuzzMarkup(f *testing.F) {
	f.Add(`<table><tr><td>1<td colspan=3>2<table></table>`)
	f.Add(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Row><Cell Index="3"><Data>1`)
	f.Fuzz(func(t *testing.T, s string) {
		opened, err := openString(t, "<a>"+s)
		for err == nil {
			_, err = opened.next()
		}
		if err == io.ErrNoProgress { //nolint:errorlint // returned bare
			t.Error(err)
		}
	})
}
