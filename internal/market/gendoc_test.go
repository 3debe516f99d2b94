package market

import (
	"flag"
	"go/format"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the life-cycle tables of the package doc")

const docHead = `// Package market is the vocabulary of the labour market that a provincial employment service keeps: workers,
// employers, postings, matches, referrals, placements, plans, and the rules about them. It imports the
// standard library only, knows no clock and does no input or output; every other room speaks in its words.
//
// Values are checked by Validate methods, which give every problem with its field, and states change only by
// the Do methods, which refuse what the tables below do not list. A refusal is an [Error] with a message key.
// Can holds every permission; BuildReport does the plan's arithmetic.
//
// The life-cycles, one line an event. A pair of state and event that is not listed is refused with the
// message error.transition, which names both.
//
`

// TestDoc keeps the printed life-cycles equal to the machines.
func TestDoc(t *testing.T) {
	tables := workerMachine.table() + "\n" + employerMachine.table() + "\n" + postingMachine.table() + "\n" + matchMachine.table() + "\n" +
		referralMachine.table() + "\n" + placementMachine.table() + "\n" + contractMachine.table() + "\n" + courseMachine.table() + "\n" + fairMachine.table()
	var b strings.Builder
	b.WriteString(docHead)
	for line := range strings.Lines(tables) {
		b.WriteString(strings.TrimRight("// "+line, " \n") + "\n")
	}
	formatted, err := format.Source([]byte(b.String() + "package market\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := string(formatted)
	if *update {
		if err := os.WriteFile("doc.go", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("doc.go")
	if err != nil || string(got) != want {
		t.Errorf("doc.go does not print today's life-cycles: go test ./internal/market -run TestDoc -update")
	}
}

// checkMachine walks every (state, event) pair: allowed ones move, all others are refused and name both.
func checkMachine[S, E ~string](t *testing.T, m machine[S, E], allowed int) {
	t.Helper()
	got := 0
	for _, s := range m.states {
		for _, e := range m.events {
			to, err := m.next(s, e)
			switch {
			case err == nil:
				got++
				if !containsState(m.states, to) {
					t.Errorf("%s: %s on %s leads to unknown state %q", m.noun, e, s, to)
				}
			case to != s:
				t.Errorf("%s: a refused %s moved %s to %s", m.noun, e, s, to)
			case KindOf(err) != Conflict || !strings.Contains(err.Error(), string(s)) || !strings.Contains(err.Error(), string(e)):
				t.Errorf("%s: refusal of %s on %s does not name them: %v", m.noun, e, s, err)
			}
		}
	}
	if got != allowed || len(m.moves) != allowed {
		t.Errorf("%s: %d pairs are allowed over %d moves, want %d", m.noun, got, len(m.moves), allowed)
	}
}

func containsState[S comparable](list []S, s S) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestMachines(t *testing.T) {
	t.Parallel()
	checkMachine(t, workerMachine, 19)
	checkMachine(t, employerMachine, 6)
	checkMachine(t, postingMachine, 20)
	checkMachine(t, matchMachine, 11)
	checkMachine(t, referralMachine, 34)
	checkMachine(t, placementMachine, 6)
	checkMachine(t, contractMachine, 7)
	checkMachine(t, courseMachine, 6)
	checkMachine(t, fairMachine, 4)
}
