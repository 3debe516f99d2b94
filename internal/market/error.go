package market

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what a person can do about an error. The web room maps each kind to one HTTP status.
type Kind string

const (
	Invalid         Kind = "invalid"         // what was entered must be corrected: Field says where
	NotFound        Kind = "not_found"       // no such document, or none that this actor may know of
	Conflict        Kind = "conflict"        // somebody else was faster, or the state forbids it: read again
	Denied          Kind = "denied"          // the actor may not do this
	Unauthenticated Kind = "unauthenticated" // log in first
	Unavailable     Kind = "unavailable"     // the store or the index does not answer: try again later
)

// Error is the one error type for what a person can act on. Key names a message in the catalogues
// ("error.pay.implausible"), Field the form field it belongs to (the JSON name, "" for the whole), and
// Args fill the message in order. Any other error is a fault of ours: status 500 and a reference number.
type Error struct {
	Kind  Kind
	Key   string
	Field string
	Args  []any
	Cause error // for the log only, never shown
}

// Error is for logs and tests; people read the message behind Key.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	b.WriteString(": ")
	b.WriteString(e.Key)
	if e.Field != "" {
		b.WriteString(" (" + e.Field + ")")
	}
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %v", e.Args)
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, &Error{Kind: NotFound}) true for every error of that kind;
// with a Key set, kind and key must both be equal.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && (t.Key == "" || t.Key == e.Key)
}

// Fail builds an Error without a field.
func Fail(k Kind, key string, args ...any) *Error { return &Error{Kind: k, Key: key, Args: args} }

// Bad builds an Invalid error for one field.
func Bad(field, key string, args ...any) *Error {
	return &Error{Kind: Invalid, Key: key, Field: field, Args: args}
}

// KindOf gives the kind of the first Error in the chain (or the first of joined errors), "" for a fault.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Problems gathers every Error in err, so that a form can show all of them at once.
func Problems(err error) []*Error {
	var out []*Error
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) {
		case nil:
		case *Error:
			out = append(out, e)
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				walk(inner)
			}
		case interface{ Unwrap() error }:
			walk(e.Unwrap())
		}
	}
	walk(err)
	return out
}
