package ingest

import (
	"bytes"
	"encoding/json"
)

// The functions below walk JSON that is known to be valid, or to begin so,
// without decoding it.

// valueEnd returns where the object or array ends that b begins with, -1 where
// it goes on.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			end := stringEnd(b[i:])
			if end < 0 {
				return -1
			}
			i += end - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// stringEnd returns where the string ends that b begins with, -1 where it goes
// on.
func stringEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// eachMember calls each with every member of an object, and with every element
// of an array, whose names are empty. Anything else has none.
func eachMember(value []byte, each func(name string, value json.RawMessage)) {
	value = bytes.TrimSpace(value)
	if len(value) < 2 || value[0] != '{' && value[0] != '[' {
		return
	}
	isObject := value[0] == '{'
	rest := value[1:]
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if len(rest) == 0 || rest[0] == '}' || rest[0] == ']' {
			return
		}
		name := ""
		if isObject {
			end := stringEnd(rest)
			if rest[0] != '"' || end < 0 || json.Unmarshal(rest[:end], &name) != nil {
				return
			}
			rest = bytes.TrimLeft(rest[end:], " \t\r\n:")
		}
		end := elementEnd(rest)
		if end <= 0 {
			return
		}
		each(name, json.RawMessage(rest[:end]))
		rest = rest[end:]
	}
}

// elementEnd returns where any value ends that b begins with, -1 where it goes
// on.
func elementEnd(b []byte) int {
	if len(b) == 0 {
		return -1
	}
	switch b[0] {
	case '"':
		return stringEnd(b)
	case '{', '[':
		return valueEnd(b)
	}
	if end := bytes.IndexAny(b, " \t\r\n,}]"); end >= 0 {
		return end
	}
	return len(b)
}

// memberText returns a member of an object as a cell.
func memberText(object []byte, name string) string {
	text := ""
	eachMember(object, func(member string, value json.RawMessage) {
		if member == name {
			text = plain(value)
		}
	})
	return text
}

// plain writes a JSON value as a cell: strings without quotes, null as blank.
func plain(value json.RawMessage) string {
	if len(value) == 0 || string(value) == "null" {
		return ""
	}
	if value[0] == '"' {
		var s string
		if json.Unmarshal(value, &s) == nil {
			return s
		}
	}
	return compact(value)
}

func compact(value json.RawMessage) string {
	if !bytes.ContainsAny(value, " \t\r\n") {
		return string(value)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, value); err != nil {
		return string(value)
	}
	return b.String()
}
