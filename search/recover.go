package search

import (
	"slices"
	"strings"
)

// retyped gives the words as another keyboard would have meant them: VNI digits off, Telex letters off.
func retyped(words []word) []string {
	var vni, telex []string
	for _, t := range words {
		vni = append(vni, strings.TrimRight(t.Fold, "0123456789"))
		telex = append(telex, untelex(t.Fold))
	}
	typed := joinFold(words)
	var out []string
	for _, keys := range [][]string{vni, telex} {
		if text := strings.Join(strings.Fields(strings.Join(keys, " ")), " "); text != "" && text != typed && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func joinFold(words []word) string {
	keys := make([]string, len(words))
	for i, t := range words {
		keys[i] = t.Fold
	}
	return strings.Join(keys, " ")
}

// untelex gives the folded syllable of Telex typing: doubled letters once, w dropped, the tone letter at the
// end dropped ("thowj" → "tho", "ddieenj" → "dien").
func untelex(key string) string {
	for _, double := range []string{"aa", "ee", "oo", "dd"} {
		key = strings.ReplaceAll(key, double, double[:1])
	}
	key = strings.ReplaceAll(key, "w", "")
	if n := len(key); n > 2 && strings.ContainsRune("sfrxj", rune(key[n-1])) {
		key = key[:n-1]
	}
	return key
}
