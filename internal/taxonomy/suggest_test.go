package taxonomy

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	x := Default()
	for _, c := range []struct {
		typed, first string // "kind id", "" for any
		within       string // among the first five
	}{
		{"thợ h", "occupation 7212", ""}, {"tho h", "", "occupation 7212"}, {"hàn", "", "skill han"}, {"han", "", "skill han"}, {"tủa ch", "place 098", "place 03217"},
		{"tua chua", "", "place 03217"}, {"Điện Biên", "place 11", ""}, {"công nhân m", "", "occupation 8153"}, {"b2", "", "certificate gplx-b"}, {"xây", "", "occupation 7112"},
	} {
		var got []string
		for _, s := range x.Suggest(SuggestQuery{Text: c.typed, Home: "11", Limit: 5}) {
			got = append(got, string(s.Kind)+" "+s.ID)
		}
		if c.first != "" && (len(got) == 0 || got[0] != c.first) || c.within != "" && !slices.Contains(got, c.within) {
			t.Errorf("%q: got %v, want %s first, %s within", c.typed, got, c.first, c.within)
		}
		if nfd := x.Suggest(SuggestQuery{Text: norm.NFD.String(c.typed), Home: "11", Limit: 5}); !slices.Equal(nfd, x.Suggest(SuggestQuery{Text: c.typed, Home: "11", Limit: 5})) {
			t.Errorf("%q: decomposed it gives %v", c.typed, nfd)
		}
	}
	for _, s := range x.Suggest(SuggestQuery{Text: "tân", Kinds: []ConceptKind{PlaceConcept}, Limit: 50}) {
		if s.Kind != PlaceConcept || s.Hint == "" && s.Place != InProvince && s.Place != InRegion {
			t.Errorf("%+v: want a place that is told from its namesakes", s)
		}
	}
	if got := x.Suggest(SuggestQuery{Text: " .,"}); got != nil {
		t.Errorf("nothing typed gives %v", got)
	}
}

// TestSuggestIsQuick takes the best of five for each letter: others share the machine.
func TestSuggestIsQuick(t *testing.T) {
	if raceDetector {
		t.Skip("skipped: the race detector slows it down")
	}
	x := Default()
	x.Suggest(SuggestQuery{Text: "a"})
	worst := time.Duration(0)
	for letter := range strings.SplitSeq("a b c d e g h i k l m n o p q r s t u v x y th tr ng nh công thợ", " ") {
		best := time.Hour
		for range 5 {
			start := time.Now()
			x.Suggest(SuggestQuery{Text: letter, Home: "11"})
			best = min(best, time.Since(start))
		}
		worst = max(worst, best)
	}
	t.Logf("the slowest took %v", worst)
	if worst > 10*time.Millisecond {
		t.Errorf("got %v, want 1 ms and never 10", worst)
	}
}

func TestWith(t *testing.T) {
	t.Parallel()
	x := Default()
	y, err := x.With([]Synonym{{"thợ chạy sợi", OccupationConcept, "8151"}, {"đi keo", SkillConcept, "chong-tham"}, {"giường tầng riêng", BenefitConcept, "dormitory"}})
	if err != nil {
		t.Fatal(err)
	}
	has := func(x *Taxonomy, text, id string) bool {
		return slices.ContainsFunc(x.Recognise(text), func(c Concept) bool { return c.ID == id })
	}
	for text, id := range map[string]string{"tuyển thợ chạy sợi": "8151", "tuyen tho chay soi": "8151", "cần người đi keo": "chong-tham", "có giường tầng riêng": "dormitory", "thợ hàn TIG": "han-tig"} {
		if !has(y, text, id) {
			t.Errorf("%q: want %s", text, id)
		}
		if id != "han-tig" && has(x, text, id) {
			t.Errorf("%q: the first taxonomy has changed", text)
		}
	}
	if s := y.FindSkills("đi keo", 1); len(s) == 0 || s[0].ID != "chong-tham" {
		t.Errorf("got %v, want chong-tham", s)
	}
	if s := y.Suggest(SuggestQuery{Text: "thợ chạy"}); len(s) == 0 || s[0].ID != "8151" {
		t.Errorf("got %v, want 8151", s)
	}
	z, err := y.With([]Synonym{{"thợ se chỉ", OccupationConcept, "8151"}})
	if err != nil || !has(z, "thợ se chỉ", "8151") || !has(z, "thợ chạy sợi", "8151") {
		t.Errorf("a second overlay lost something: %v", err)
	}
	for _, bad := range []Synonym{{"x y", SkillConcept, "none"}, {"...", SkillConcept, "han"}, {"x y", PlaceConcept, "11"}} {
		if _, err := x.With([]Synonym{bad}); err == nil {
			t.Errorf("%+v: want an error", bad)
		}
	}
}

func BenchmarkWith(b *testing.B) {
	Default()
	for b.Loop() {
		if _, err := Default().With([]Synonym{{"thợ chạy sợi", OccupationConcept, "8151"}}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	Default().Suggest(SuggestQuery{Text: "a"})
	for b.Loop() {
		Default().Suggest(SuggestQuery{Text: "t", Home: "11"})
	}
}

func TestTiles(t *testing.T) {
	t.Parallel()
	x := Default()
	if n := len(x.Tiles()); n < 50 || n > MaxTiles {
		t.Errorf("got %d tiles", n)
	}
	seen := map[string]bool{}
	for _, tile := range x.Tiles() {
		if seen[tile.Code] || seen[tile.Name] {
			t.Errorf("%+v stands twice", tile)
		}
		seen[tile.Code], seen[tile.Name] = true, true
	}
	if n := len(x.TileIcons()); n < 20 || n > 30 {
		t.Errorf("got %d icons", n)
	}
}
