package store

import (
	"errors"
	"fmt"
	"strings"
)

// Kind tells a machine what went wrong; handlers turn it into an HTTP status
// and cmd into an exit status.
type Kind string

// The kinds of Error. An error that is no *Error counts as Internal.
const (
	Invalid     Kind = "invalid"     // what came cannot be right, whatever the data
	NotFound    Kind = "not_found"   // it names something that is not there
	Conflict    Kind = "conflict"    // it is right, but not in the present state
	TooLarge    Kind = "too_large"   // it is over a limit, which the message names
	Unavailable Kind = "unavailable" // it may work later
	Internal    Kind = "internal"    // a fault of ours
)

// Problem is one thing that is wrong with what came: where, what, and what
// would have been right.
type Problem struct {
	Row     int    `json:"row,omitempty"`     // record in a file or item in a request, 1-based; 0 when it is not about a row
	Field   string `json:"field"`             // parameter, column or member
	Value   string `json:"value"`             // as it came
	Allowed string `json:"allowed,omitempty"` // what may stand there
	Message string `json:"message"`           // one sentence, lower case
}

// Error is a failure that its receiver can act on.
type Error struct {
	Kind     Kind
	Message  string    // for people: lower case, innermost fact first
	Said     Saying    // Message in other languages; zero where there is English alone
	Problems []Problem // every one found, not only the first; may be empty
	Err      error     // the cause, for the log; may be nil
}

// Error returns the message followed by each problem.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	for i, p := range e.Problems {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString("; ")
		}
		if p.Row > 0 {
			fmt.Fprintf(&b, "row %d: ", p.Row)
		}
		fmt.Fprintf(&b, "%s %q %s", p.Field, p.Value, p.Message)
		if p.Allowed != "" {
			fmt.Fprintf(&b, " (allowed: %s)", p.Allowed)
		}
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error in err's chain, and Internal
// where there is none. KindOf(nil) is the empty kind.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Errorf returns an *Error of the given kind; a %w verb sets nothing but the
// message, so give causes through Error.Err where the log needs them.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}
