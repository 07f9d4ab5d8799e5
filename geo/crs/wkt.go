package crs

import (
	"fmt"
	"strconv"
	"strings"
)

// node is one bracketed element of well-known text: KEYWORD["text", 1, …].
type node struct {
	keyword  string // in capitals
	texts    []string
	numbers  []float64
	children []node
}

// child returns the first child with one of the keywords.
func (n node) child(keywords ...string) (node, bool) {
	for _, k := range keywords {
		for _, c := range n.children {
			if c.keyword == k {
				return c, true
			}
		}
	}
	return node{}, false
}

// title returns the node's first text.
func (n node) title() string {
	if len(n.texts) == 0 {
		return ""
	}
	return n.texts[0]
}

// Limits on text from outside; a real .prj has under 5 KB and 5 levels.
const (
	maxWKTBytes = 64 << 10
	maxWKTDepth = 16
)

// parseNodes reads one element and what is in it.
func parseNodes(text string) (node, error) {
	if len(text) > maxWKTBytes {
		return node{}, fmt.Errorf("%d bytes are more than the %d allowed", len(text), maxWKTBytes)
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	s := scanner{text: strings.TrimRight(text, "\x00 \t\r\n")}
	word := s.word()
	if word == "" {
		return node{}, fmt.Errorf("%.40q is no well-known text (allowed: PROJCS[…] or GEOGCS[…])", text)
	}
	n, err := s.element(word, 0)
	if err != nil {
		return node{}, err
	}
	if s.skipSpace(); s.pos < len(s.text) {
		return node{}, fmt.Errorf("byte %d: %.20q after the end of the definition", s.pos, s.text[s.pos:])
	}
	return n, nil
}

type scanner struct {
	text string
	pos  int
}

// element reads from the bracket after its keyword to the bracket's match.
func (s *scanner) element(keyword string, depth int) (node, error) {
	n := node{keyword: strings.ToUpper(keyword)}
	if depth > maxWKTDepth {
		return n, fmt.Errorf("byte %d: more than %d levels of brackets", s.pos, maxWKTDepth)
	}
	s.skipSpace()
	if !s.take("[") && !s.take("(") {
		return n, fmt.Errorf("byte %d: no bracket after %.40q", s.pos, keyword)
	}
	for {
		if err := s.item(&n, depth); err != nil {
			return n, err
		}
		s.skipSpace()
		switch {
		case s.take(","):
		case s.take("]"), s.take(")"):
			return n, nil
		default:
			return n, fmt.Errorf("byte %d: comma or bracket missing in %.40q", s.pos, keyword)
		}
	}
}

// item reads a text, a number, a bare word, which is left out, or an element.
func (s *scanner) item(n *node, depth int) error {
	s.skipSpace()
	if s.take(`"`) {
		text, err := s.quoted()
		n.texts = append(n.texts, text)
		return err
	}
	word := s.word()
	if v, err := strconv.ParseFloat(word, 64); err == nil {
		n.numbers = append(n.numbers, v)
		return nil
	}
	s.skipSpace()
	if s.pos < len(s.text) && (s.text[s.pos] == '[' || s.text[s.pos] == '(') {
		c, err := s.element(word, depth+1)
		n.children = append(n.children, c)
		return err
	}
	if word == "" {
		return fmt.Errorf("byte %d: value missing in %.40q", s.pos, n.keyword)
	}
	return nil
}

// quoted reads up to the closing quote; two quotes stand for one.
func (s *scanner) quoted() (string, error) {
	start := s.pos
	for {
		end := strings.IndexByte(s.text[s.pos:], '"')
		if end < 0 {
			return "", fmt.Errorf("byte %d: quote is not closed", start)
		}
		s.pos += end + 1
		if !s.take(`"`) {
			return strings.ReplaceAll(s.text[start:s.pos-1], `""`, `"`), nil
		}
	}
}

func (s *scanner) word() string {
	s.skipSpace()
	rest := s.text[s.pos:]
	end := strings.IndexAny(rest, "[](),\" \t\r\n")
	if end < 0 {
		end = len(rest)
	}
	s.pos += end
	return rest[:end]
}

func (s *scanner) take(token string) bool {
	if strings.HasPrefix(s.text[s.pos:], token) {
		s.pos += len(token)
		return true
	}
	return false
}

func (s *scanner) skipSpace() {
	s.pos = len(s.text) - len(strings.TrimLeft(s.text[s.pos:], " \t\r\n"))
}
