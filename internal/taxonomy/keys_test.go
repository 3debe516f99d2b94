package taxonomy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Thợ Hàn": "tho han", "THỢ  HÀN!": "tho han", norm.NFD.String("Thợ hàn"): "tho han", "Điện Biên": "dien bien", "ĐIỆN-BIÊN": "dien bien",
		"kỹ sư": "ki su", "kĩ sư": "ki su", "quý": "qui", "Thuỷ": "thuy", "thủy": "thuy", "nguyễn": "nguyen", "yên": "yen", "ký túc xá": "ki tuc xa",
		"H'Mông": "hmong", "M'Đrắk": "mdrak", "M&E": "m&e", "R & D": "r d", "CO₂": "co2", "８ｔｒ": "8tr", "": "", "…": "", "a\xff\xfeb": "a b", "bac\u200bsi": "bacsi", "Ðắk": "dak",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestExact(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{{"hòa", "hoà"}, {"Hòa Bình", "HOÀ BÌNH"}, {"thủy", "thuỷ"}, {"kỹ", "kĩ"}, {"bác sỹ", "bác sĩ"}, {"toàn", "tòan"}, {norm.NFD.String("tiếng Hàn"), "Tiếng hàn"}} {
		if a, b := Exact(same[0]), Exact(same[1]); a != b {
			t.Errorf("got %q for %q and %q for %q, want them equal", a, same[0], b, same[1])
		}
	}
	for _, other := range [][2]string{{"hàn", "hạn"}, {"han", "hàn"}, {"may", "máy"}, {"mây", "may"}, {"thơ", "thợ"}, {"dan", "đan"}, {"tân ân", "tân an"}} {
		if a, b := Exact(other[0]), Exact(other[1]); a == b {
			t.Errorf("got %q for both %q and %q, want them apart", a, other[0], other[1])
		}
	}
}

// vietnamese draws text that has what these keys are about: marked letters, both forms, odd bytes.
func vietnamese(t *rapid.T) string {
	s := rapid.StringOfN(rapid.SampledFrom([]rune("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéếệíìịóòộờợúùủứừửữựýỳỷỹỵĐĂÂÊÔƠƯẾỆ hH'&-.,/12 \u0301\u0323\u200bß越ﬁ½")), 0, 30, -1).Draw(t, "text")
	if rapid.Bool().Draw(t, "decomposed") {
		return norm.NFD.String(s)
	}
	return s
}

func TestKeysProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := vietnamese(t)
		fold, exact := Fold(s), Exact(s)
		if got := Fold(fold); got != fold {
			t.Fatalf("Fold is not idempotent on %q: %q, then %q", s, fold, got)
		}
		if got := Exact(exact); got != exact {
			t.Fatalf("Exact is not idempotent on %q: %q, then %q", s, exact, got)
		}
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			if got := Fold(form.String(s)); got != fold {
				t.Fatalf("Fold of %q: %q, of another form %q", s, fold, got)
			}
			if got := Exact(form.String(s)); got != exact {
				t.Fatalf("Exact of %q: %q, of another form %q", s, exact, got)
			}
		}
		if got := Fold(exact); got != fold {
			t.Fatalf("Fold(Exact(%q)) is %q, want %q", s, got, fold)
		}
	})
}

func TestTokensSpans(t *testing.T) {
	t.Parallel()
	text := "Thợ hàn, " + norm.NFD.String("Điện Biên") + " \xff8tr5"
	var words []string
	for _, tok := range Tokens(text) {
		words = append(words, norm.NFC.String(text[tok.Start:tok.End]))
	}
	if got, want := strings.Join(words, "|"), "Thợ|hàn|Điện|Biên|8tr5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Thợ hàn", "h'mông", "\xff\xfe", "e\u0301\u0301\u0323", "½ﬁ", "ạ̉"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fold, exact := Fold(s), Exact(s)
		if !utf8.ValidString(fold) || !utf8.ValidString(exact) {
			t.Fatalf("invalid keys of %q: %q, %q", s, fold, exact)
		}
		if Fold(fold) != fold {
			t.Errorf("Fold is not idempotent on %q: %q, then %q", s, fold, Fold(fold))
		}
		if Exact(exact) != exact {
			t.Errorf("Exact is not idempotent on %q: %q, then %q", s, exact, Exact(exact))
		}
		last := 0
		for _, tok := range Tokens(s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("span %d–%d after %d in %q", tok.Start, tok.End, last, s)
			}
			last = tok.End
		}
	})
}
