package web

import (
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// TestReasonsNameTheBar holds that a legal bar reads as words in both languages, every one of them.
func TestReasonsNameTheBar(t *testing.T) {
	t.Parallel()
	words, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Config: Config{Tax: taxonomy.Default()}, words: words}
	say := func(lang string, r market.Reason) string {
		v := &visit{s: s, lang: lang, actor: market.Actor{Role: market.Counsellor}}
		return v.reason(r)
	}
	for _, c := range []struct{ lang, want string }{
		{"vi", "luật không cho làm việc này: người chưa đủ 18 tuổi không làm đêm"},
		{"en", "the law does not allow this work: no night work under 18"},
	} {
		if got := say(c.lang, market.Reason{Code: "legal_bar", Args: []string{"night_minor", "place_minor"}}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.lang, got, c.want)
		}
		bare := say(c.lang, market.Reason{Code: "legal_bar"})
		for _, b := range taxonomy.Default().LegalBars(market.DateOf(testNow)) {
			if got := say(c.lang, market.Reason{Code: "legal_bar", Args: []string{b.Code}}); len(got) < len(bare)+10 || got == bare+": "+b.Code {
				t.Errorf("%s %s: got %q", c.lang, b.Code, got)
			}
		}
	}
	if got := words.text("vi", "error.barred", "bar.hazardous_minor"); got != "Luật không cho người này nhận việc này: việc nặng nhọc, nguy hiểm, phải từ đủ 18 tuổi." {
		t.Errorf("got %q", got)
	}
	if got := say("vi", market.Reason{Code: "practice_long_ago", Args: []string{"60", "22"}}); got != "đã lâu không làm nghề này: làm 60 tháng, nay tính 22 tháng" {
		t.Errorf("got %q", got)
	}
}
