package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// TestWhy asks for one posting in many ways; the answer names the title's own words and the place.
func TestWhy(t *testing.T) {
	t.Parallel()
	x := open(t)
	tax := taxonomy.Default()
	home := tax.FindPlaces("phường Điện Biên Phủ")[0].Code
	near := tax.Nearest(home, 2)[1].Commune
	p := market.Posting{Meta: market.Meta{ID: market.NewID(), Centre: "c"}, Title: "Tuyển thợ hàn đi làm ngay", Text: "Có chỗ ở cho người xa nhà.",
		State: market.PostingOpen, Openings: 2, Workplaces: []market.Workplace{{Commune: near.Code, Province: near.Province}}}
	if err := x.PutPostings(t.Context(), []market.Posting{p}); err != nil {
		t.Fatal(err)
	}
	title := market.Reason{Code: "search_title", Args: []string{"thợ hàn"}}
	for text, want := range map[string][]market.Reason{
		"tho han":                    {title},
		"thợ hàn":                    {title},
		"hàn xì":                     {title},
		"người xa nhà":               {{Code: "search_text"}},
		"":                           nil,
		near.FullName():              {{Code: "search_place", Args: []string{near.Code}}},
		"thợ hàn " + near.FullName(): {title, {Code: "search_place", Args: []string{near.Code}}},
	} {
		r, err := x.Search(t.Context(), search.Query{Text: text, Province: "11"})
		if err != nil || len(r.Hits) != 1 {
			t.Fatalf("%q: got %d hits, %v", text, len(r.Hits), err)
		}
		if diff := cmp.Diff(want, r.Hits[0].Why); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", text, diff)
		}
	}
	r, err := x.Search(t.Context(), search.Query{Text: "tho han o phuong dien bien phu", Province: "11"})
	if err != nil || len(r.Hits) != 1 || len(r.Hits[0].Why) != 2 || r.Hits[0].Why[1].Code != "search_near" || r.Hits[0].Why[1].Args[0] != home {
		t.Errorf("a posting nearby: got %+v, %v", r.Hits, err)
	}
	if len(r.Chips) != 1 || r.Chips[0].Strict {
		t.Errorf("a trade and a place: got %+v, want a place that only orders", r.Chips)
	}
	if r, err = x.Search(t.Context(), search.Query{Text: "việc ở phường Điện Biên Phủ", Province: "11"}); err != nil || r.Total != 0 || len(r.Chips) != 1 || !r.Chips[0].Strict {
		t.Errorf("a place alone: got %d and %+v, %v, want none and a strict place", r.Total, r.Chips, err)
	}
}
