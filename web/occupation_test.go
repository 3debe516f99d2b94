package web

import (
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// An English page names an occupation in English where it has a name of its own there; a form's field keeps the name that
// is understood when it is sent.
func TestOccupationNames(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	show := func(code string) func(b *browser, path, lang string) string {
		p, err := store.Get[market.Posting](t.Context(), s.s.Store, s.centre, s.posting.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.Occupation = code
		if err := s.s.Store.Apply(t.Context(), store.Put(&p)); err != nil {
			t.Fatal(err)
		}
		return func(b *browser, path, lang string) string {
			_, body := b.get(inLanguage(path, lang))
			return body
		}
	}
	const welder, cipher = "Thợ hàn và thợ cắt kim loại bằng nhiệt", "Cơ yếu"
	in := show("7212")
	b := s.browser(market.EmployerRole)
	if body := in(b, pathOf(s.posting.ID), "en"); !strings.Contains(body, ">Welders and flamecutters<") || strings.Contains(body, ">"+welder+"<") {
		t.Error("the English page does not name the occupation in English")
	}
	if body := in(b, pathOf(s.posting.ID), "vi"); !strings.Contains(body, ">"+welder+"<") || strings.Contains(body, "Welders") {
		t.Error("the Vietnamese page does not name the occupation in Vietnamese")
	}
	if body := in(b, editPath(s.posting.ID), "en"); !strings.Contains(body, `value="`+welder+`"`) {
		t.Error("the English form does not hold the name that is understood")
	}
	if body := show("0310")(b, pathOf(s.posting.ID), "en"); !strings.Contains(body, ">"+cipher+"<") {
		t.Error("an occupation without an English name of its own is not shown by the one it has")
	}
}
