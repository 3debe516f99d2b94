package taxonomy

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestQuickKeysAgree compares the keys of words around every Latin letter with those made letter by letter
// with the normaliser.
func TestQuickKeysAgree(t *testing.T) {
	t.Parallel()
	slow := func(word string) (fold, exact string) {
		bare, kept, tones := apart(word)
		exact = norm.NFC.String(iForY(norm.NFC.String(string(kept))) + string(tones))
		return iForY(norm.NFC.String(string(bare))), exact
	}
	for r := rune(1); r < latinMoreEnd; r++ {
		if latinAt(r) < 0 || !unicode.IsLetter(r) {
			continue
		}
		for _, word := range []string{string(r), "a" + string(r), string(r) + "n", "qu" + string(r) + "y", string(r) + "ê", "k" + string(r)} {
			fold, exact := keys(word)
			if wantFold, wantExact := slow(word); fold != wantFold || exact != wantExact {
				t.Errorf("%q (%U): got %q and %q, want %q and %q", word, r, fold, exact, wantFold, wantExact)
			}
		}
	}
}
