package search

import (
	"strings"
	"testing"
	"time"

	"noiviec/internal/taxonomy"
)

// FuzzUnderstand reads anything: no panic, nothing slow, words inside the text, and chips whose text without them is
// shorter.
func FuzzUnderstand(f *testing.F) {
	for _, text := range []string{"thợ hàn điện biên", "tho75 han2", "lương từ 7 đến 9 triệu ca đêm bao ăn ở", "suaxemay", "ddieenj tuwr", "bằng C xã Thanh Hưng",
		"\xff\xfe", "ở tại gần", strings.Repeat("a", 5000), "8tr 8tr 8tr", "xã xã xã", "e\u0302\u0301\u0301 đ̣", "hồ hộ hổ 1234567890"} {
		f.Add(text)
	}
	lex := taxonomy.Default()
	none := func(string) bool { return false }
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		if again := corrected(text, "11", lex, none); again != "" {
			understand(again, "11", lex)
		}
		in := understand(text, "11", lex)
		if took := time.Since(start); took > 50*time.Millisecond { // ten times what it should take
			t.Errorf("%v for %q", took, text)
		}
		for _, w := range in.words {
			if w.Start < 0 || w.Start >= w.End || w.End > len(text) || w.Fold == "" {
				t.Errorf("%q: word %+v", text, w)
			}
		}
		for _, c := range in.chips {
			if c.Typed == "" || len(c.Without) >= len(text) {
				t.Errorf("%q: chip %+v", text, c)
			}
		}
	})
}

// TestTyping reads what keyboards leave behind.
func TestTyping(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"tho75": "thợ", "ha2n": "hàn", "d9ie6n5": "điện", "du7o7ng4": "dưỡng", "nguo7i2": "người", "toa1n": "toán", "qua3n": "quản",
		"B2": "", "3G": "", "6G": "",
	} {
		if got, _ := fromVNI(typed); got != want {
			t.Errorf("VNI %s: got %q, want %q", typed, got, want)
		}
	}
	for typed, want := range map[string]string{
		"thowj": "thợ", "coong": "công", "nhaan": "nhân", "ddieenj": "điện", "tuwr": "tử", "nguwowif": "người", "hangf": "hàng", "kinhs": "kính", "nuowcs": "nước", "xyz": "",
	} {
		if got, _ := fromTelex(typed); got != want {
			t.Errorf("Telex %s: got %q, want %q", typed, got, want)
		}
	}
	lex := taxonomy.Default()
	for typed, want := range map[string]string{"thohan": "tho han", "suaxemay": "sua xe may", "can ketoan gap": "can ke toan gap", "thợ hàn": "", "container": "", "abcxyz": ""} {
		if got := spaced(typed, lex); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

// TestMeant offers what is one slip away, and nothing for what is not.
func TestMeant(t *testing.T) {
	t.Parallel()
	names := spellings(taxonomy.Default())
	for typed, want := range map[string]bool{"ke tona truong": true, "bao ve rugn": true, "asdfghjkl": false, "hàn": false} {
		if got := meant(typed, names); (len(got) > 0) != want {
			t.Errorf("%s: offered %v", typed, got)
		}
	}
	if distance("abcd", "abdc", 1) != 1 || distance("abcd", "abcd", 1) != 0 || distance("abcd", "dcba", 1) != 2 {
		t.Error("an exchange of neighbours is one slip, and more than most is most+1")
	}
}
