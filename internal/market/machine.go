package market

import (
	"fmt"
	"strings"
)

// move is one allowed step of a life-cycle.
type move[S, E ~string] struct {
	from  S
	event E
	to    S
}

// machine is a life-cycle: every (state, event) pair not in moves is refused with the reason
// "error.transition". The tables are printed in the package doc; a test keeps them equal.
type machine[S, E ~string] struct {
	noun   string // "posting": opens the message keys state.posting.open, event.posting.pause
	states []S
	events []E
	moves  []move[S, E]
}

// next gives the state after the event, or a Conflict that names noun, state and event.
func (m machine[S, E]) next(from S, event E) (S, error) {
	for _, mv := range m.moves {
		if mv.from == from && mv.event == event {
			return mv.to, nil
		}
	}
	return from, Fail(Conflict, "error.transition", "state."+m.noun+"."+string(from), "event."+m.noun+"."+string(event))
}

// allowed lists the events that may happen in a state, in the order of the table.
func (m machine[S, E]) allowed(from S) []E {
	var out []E
	for _, mv := range m.moves {
		if mv.from == from {
			out = append(out, mv.event)
		}
	}
	return out
}

// table prints the life-cycle for the package doc: a line an event, "from → to".
func (m machine[S, E]) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", strings.ToUpper(m.noun[:1])+m.noun[1:])
	for _, event := range m.events {
		var steps []string
		for _, mv := range m.moves {
			if mv.event == event {
				steps = append(steps, fmt.Sprintf("%s → %s", mv.from, mv.to))
			}
		}
		fmt.Fprintf(&b, "\t%-11s %s\n", event, strings.Join(steps, ", "))
	}
	return b.String()
}

// each builds one move for each of several states, for events that may happen anywhere.
func each[S, E ~string](event E, to S, froms ...S) []move[S, E] {
	out := make([]move[S, E], len(froms))
	for i, f := range froms {
		out[i] = move[S, E]{f, event, to}
	}
	return out
}
