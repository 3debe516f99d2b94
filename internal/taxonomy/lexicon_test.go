package taxonomy

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// sameCut compares the recogniser's tokens with those of Tokens.
func sameCut(t *testing.T, text string) {
	t.Helper()
	x := Default()
	got, want := x.words.scan(nil, text), Tokens(text)
	if len(got) != len(want) {
		t.Fatalf("%q: got %d tokens, want %d", text, len(got), len(want))
	}
	for i, s := range got {
		w := want[i]
		if int(s.start) != w.Start || int(s.end) != w.End || s.marked != w.Marked() {
			t.Fatalf("%q: got %+v, want %+v", text, s, w)
		}
		var key wordKey
		key.read(w.Exact)
		if form := x.words.find(key.bytes[:key.n], key.hash); form != s.form {
			t.Fatalf("%q: %q has form %d, its key %q has %d", text, text[s.start:s.end], s.form, w.Exact, form)
		}
		if s.fold != noForm && s.fold != x.words.syllableOf(w.Fold) {
			t.Fatalf("%q: %q has syllable %d, want %d of %q", text, text[s.start:s.end], s.fold, x.words.syllableOf(w.Fold), w.Fold)
		}
	}
}

func TestScanCutsLikeTokens(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "Thợ hàn", "HOÀ BÌNH hòa Bình", "M&E, R&D, AT&T, a & b", "H'Mông h’mông 'x' `y", "kỹ sư quý Quỳ lý THUỶ", "hàn CO₂ 6,5 – 7.5", "ﬁ ǅ İ", "a\u00adb c\u200bd",
		"\xff\xfe hàn \xc3", "e\u0301\u0302 x\u0323\u0302 \u0301a", "đ Đ ð", "한국어 日本語", "nước₫ 10k/h", norm.NFD.String("Nguyễn Thị Thuỷ, tiếng Hàn ở Tủa Chùa, đường Ưng"),
	} {
		sameCut(t, text)
		sameCut(t, norm.NFD.String(text))
	}
	for _, ad := range adTexts(t) {
		sameCut(t, ad)
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"thợ hàn TIG", "M&E", "H'Mông", "e\u0301\u0302", "\xff", "qu\u1ef3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sameCut(t, text) })
}
