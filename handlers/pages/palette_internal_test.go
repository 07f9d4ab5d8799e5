package pages

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"atalaya/geo/hotspot"
)

// linear returns the linear-light red, green and blue of #rrggbb (IEC 61966-2-1).
func linear(t *testing.T, colour string) [3]float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is not #rrggbb", colour)
	}
	var out [3]float64
	for i, shift := range []uint{16, 8, 0} {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			out[i] = c / 12.92
		} else {
			out[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	la, lb := luminance(linear(t, a)), luminance(linear(t, b))
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func themes() map[string]theme { return map[string]theme{"light": light(), "dark": dark()} }

func TestTextIsReadable(t *testing.T) {
	for name, th := range themes() {
		pairs := map[string][2]string{
			"text": {th.text, th.page}, "text on a panel": {th.text, th.panel}, "muted": {th.muted, th.page}, "muted on a panel": {th.muted, th.panel},
			"link": {th.link, th.page}, "link on a panel": {th.link, th.panel}, "button": {th.onLink, th.link}, "note": {th.noteText, th.noteBack},
			"name on the map": {th.text, th.land},
		}
		for class, p := range th.classes {
			if p.fill != "" {
				pairs["badge of "+string(class)] = [2]string{p.ink, p.fill}
			}
		}
		for i, s := range th.counts {
			pairs["count of step "+strconv.Itoa(i)] = [2]string{s.ink, s.fill}
		}
		for what, pair := range pairs {
			if got := contrast(t, pair[0], pair[1]); got < 4.5 {
				t.Errorf("%s: %s has contrast %.2f, want at least 4.5", name, what, got)
			}
		}
	}
}

// The figures that the design was measured with.
func TestTheContrastsOfTheDesignHold(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       float64
	}{
		{"text on white", light().text, light().page, 17.7},
		{"muted on white", light().muted, light().page, 7.6},
		{"link on white", light().link, light().page, 6.7},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := contrast(t, tt.a, tt.b); math.Abs(got-tt.want) > 0.05 {
				t.Errorf("contrast %.2f, want %.1f", got, tt.want)
			}
		})
	}
}

func TestEveryColouredClassStandsOutByItsOutline(t *testing.T) {
	for name, th := range themes() {
		for class, p := range th.classes {
			if p.fill == "" {
				continue
			}
			if got := contrast(t, p.outline, th.land); got < 3 {
				t.Errorf("%s: outline of %s has contrast %.2f with the land, want at least 3", name, class, got)
			}
		}
	}
	// The outline is needed: by their fill alone the weakest classes drown.
	for _, class := range []hotspot.Class{hotspot.Hot90, hotspot.Cold90} {
		if got := contrast(t, light().classes[class].fill, light().land); got >= 3 {
			t.Errorf("fill of %s has contrast %.2f with the land: this test no longer shows why outlines are there", class, got)
		}
	}
	for _, line := range []string{"#67001f", "#053061"} {
		if got := contrast(t, line, light().land); got < 9.9 {
			t.Errorf("outline %s has contrast %.2f with the land, want at least 9.9", line, got)
		}
	}
}

func TestTheStrongestClassesHaveAPatternAndTheOthersASymbol(t *testing.T) {
	for _, class := range hotspot.Classes() {
		strongest := class == hotspot.Hot99 || class == hotspot.Cold99
		for name, th := range themes() {
			if striped := th.classes[class].stripes != ""; striped != strongest {
				t.Errorf("%s: %s striped: %v, want %v", name, class, striped, strongest)
			}
		}
		if plain := class == hotspot.None || class == hotspot.Undefined; (symbol(class) == "") != plain {
			t.Errorf("symbol of %s is %q", class, symbol(class))
		}
	}
}

// deficiencies are the linear transforms of complete protanopia, deuteranopia
// and tritanopia (Machado, Oliveira and Fernandes 2009,
// doi:10.1109/TVCG.2009.113, table of severity 1.0).
func deficiencies() map[string][3][3]float64 {
	return map[string][3][3]float64{
		"full colour": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protan":      {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deutan":      {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritan":      {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
}

// lab returns CIE L*a*b* (D65) of linear light.
func lab(c [3]float64) [3]float64 {
	for i := range c {
		c[i] = math.Min(math.Max(c[i], 0), 1)
	}
	x := (0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047
	y := 0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2]
	z := (0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

// Measured this way the least ΔE76 is 10.0 in the light (none and cold 90, for
// protans: outlines and symbols carry it) and above 23 in the dark.
func TestClassesStayApartForEveryKindOfColourSight(t *testing.T) {
	least := map[string]float64{"light": 9.9, "dark": 23}
	for name, th := range themes() {
		fills := map[hotspot.Class]string{}
		for class, p := range th.classes {
			fills[class] = p.fill
		}
		fills[hotspot.None] = th.land
		delete(fills, hotspot.Undefined) // dots, not colour
		for sight, m := range deficiencies() {
			seen := func(colour string) [3]float64 {
				c := linear(t, colour)
				var out [3]float64
				for i := range m {
					out[i] = m[i][0]*c[0] + m[i][1]*c[1] + m[i][2]*c[2]
				}
				return lab(out)
			}
			for a, fillA := range fills {
				for b, fillB := range fills {
					if a >= b {
						continue
					}
					p, q := seen(fillA), seen(fillB)
					d := math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
					if d < least[name] {
						t.Errorf("%s, %s: %s and %s are only ΔE %.1f apart, want %.1f", name, sight, a, b, d, least[name])
					}
				}
			}
		}
	}
}

func TestTheStyleSheetUsesOnlyColoursOfThePalette(t *testing.T) {
	style, err := staticFiles.ReadFile("static/atalaya.css")
	if err != nil {
		t.Fatal(err)
	}
	if own := regexp.MustCompile(`#[0-9a-fA-F]{3}|rgb|hsl`).Find(style); own != nil {
		t.Errorf("the style sheet holds a colour of its own, %s…: put it in the palette", own)
	}
	properties := customProperties()
	for part := range strings.SplitSeq(string(style), "var(") {
		name, _, found := strings.Cut(part, ")")
		if found && strings.HasPrefix(name, "--") && !strings.Contains(properties, name+":") {
			t.Errorf("the style sheet uses %s, which the palette does not have", name)
		}
	}
}
