package taxonomy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean makes typed or imported text safe to keep: valid UTF-8 in NFC, no control or invisible characters
// but line breaks and tabs, no blanks at the ends. What a person reads stays as it was written.
func Clean(text string) string {
	text = strings.ToValidUTF8(text, "")
	if !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u00a0':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// CleanLine is Clean for one-line fields: every run of blanks becomes one space.
func CleanLine(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }
