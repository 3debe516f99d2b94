package interest

import (
	"strings"
	"time"
	"unicode"
)

// Opening is a vacancy of which only words are known. ID is opaque: its order never matters.
type Opening struct {
	ID       string
	Title    string
	Employer string
	Place    string // a city or commune; two of one name in different regions are different places
	Region   string // a state or province
	Group    string // what the source files it under, often empty
}

// Person is somebody of whom only words are known.
type Person struct {
	ID     string
	Worked string // titles of the work done
	Wanted string // the positions wished for
}

// View is one look of one person at one opening, both by their number in the Market.
type View struct {
	Person, Opening int32
	At              time.Time
}

// words cuts a text into lower-case words of two characters and more, plural endings off, each once.
func words(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w = singular(w); len(w) > 1 && !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func singular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

// key is a text as it is compared: case and outer spaces do not matter.
func key(text string) string { return strings.ToLower(strings.TrimSpace(text)) }
