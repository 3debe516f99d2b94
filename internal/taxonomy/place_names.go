package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// tier ranks what a bare name is most likely to stand for: whoever writes "Bình Thạnh" without a type means
// the district, not one of the communes of that name. Lower is likelier.
func (p *Place) tier() int {
	switch p.Kind {
	case InProvince, InOldProvince, InRegion:
		return 0
	case InCountry:
		return 1
	case InOldDistrict:
		return 2
	case InCommune:
		return 3
	}
	return 4
}

// level orders units by size for containment: 0 province, 1 district, 2 commune, 3 old commune.
func (p *Place) level() int {
	switch p.Kind {
	case InOldDistrict:
		return 1
	case InCommune:
		return 2
	case InOldCommune:
		return 3
	}
	return 0
}

// match gives the places that the tokens name. Marks that were typed must agree; marks left out are
// forgiven, but where a name agrees fully the others are dropped if the text has marks at all.
func (g *gazetteer) match(tokens []Token, marked bool) []int32 {
	named := g.byName[joinFold(tokens)]
	if len(named) == 0 {
		return nil
	}
	exact := joinExact(tokens)
	var full, partly []int32
	for _, n := range named {
		switch {
		case n.exact == exact:
			full = append(full, n.place)
		case forgives(tokens, n.exact):
			partly = append(partly, n.place)
		}
	}
	if marked && len(full) > 0 {
		partly = nil
	}
	out := append(full, partly...)
	slices.Sort(out)
	return slices.Compact(out)
}

// forgives reports whether every token either equals the name's or was typed without marks.
func forgives(tokens []Token, name string) bool {
	i := 0
	for part := range strings.SplitSeq(name, " ") {
		if i == len(tokens) || tokens[i].Marked() && tokens[i].Exact != part {
			return false
		}
		i++
	}
	return i == len(tokens)
}

// unitWord is a word that says what kind of unit the name after it is.
type unitWord struct {
	words []string // exact keys
	short bool     // "p", "q": only when a unit of that type follows
	fits  func(*Place) bool
}

func ofType(types ...string) func(*Place) bool {
	return func(p *Place) bool {
		return slices.ContainsFunc(types, func(t string) bool { return strings.EqualFold(t, p.Type) })
	}
}

func isProvince(p *Place) bool { return p.Kind == InProvince || p.Kind == InOldProvince }

func isCommune(p *Place) bool { return p.Kind == InCommune || p.Kind == InOldCommune }

// unitWords are looked up by the folded key; text with marks must have the right ones.
var unitWords = func() map[string]unitWord {
	all := []unitWord{
		{words: []string{"tỉnh", "t"}, fits: isProvince},
		{words: []string{"thành phố", "tp", "t p", "city"}, fits: ofType("Thành phố")},
		{words: []string{"quận", "q"}, fits: ofType("Quận")},
		{words: []string{"huyện", "h"}, fits: ofType("Huyện")},
		{words: []string{"thị xã", "tx", "t x"}, fits: ofType("Thị xã")},
		{words: []string{"thị trấn", "tt"}, fits: ofType("Thị trấn")},
		{words: []string{"phường", "p"}, fits: ofType("Phường")},
		{words: []string{"xã", "x"}, fits: ofType("Xã")},
		{words: []string{"đặc khu"}, fits: ofType("Đặc khu")},
	}
	out := map[string]unitWord{}
	for _, u := range all {
		for _, w := range u.words {
			u.short = len(w) <= 2
			out[Fold(w)] = unitWord{words: []string{Exact(w)}, short: u.short, fits: u.fits}
		}
	}
	return out
}()

// unitAt reads the unit word at a token: how many tokens it takes, 0 for none.
func unitAt(tokens []Token) (unitWord, int) {
	for n := min(2, len(tokens)); n > 0; n-- {
		u, ok := unitWords[joinFold(tokens[:n])]
		if ok && (forgives(tokens[:n], u.words[0])) {
			return u, n
		}
	}
	return unitWord{}, 0
}

// nameAt gives the longest place name that starts at a token, with or without a unit word before it:
// the candidates, how many tokens it takes, and whether the unit was said.
func (g *gazetteer) nameAt(tokens []Token, marked bool) (found []int32, length int, typed bool) {
	bare, bareLength := g.longestAt(tokens, marked)
	u, n := unitAt(tokens)
	if n == 0 || n >= len(tokens) {
		return bare, bareLength, g.numbered(bare)
	}
	shortest := 1
	if g.numbered(bare) { // "Phường 2" is a name; only a longer one, as "Phường 2 Bảo Lộc", goes before it
		shortest = max(1, bareLength-n+1)
	}
	for end := min(g.longest, len(tokens)-n); end >= shortest; end-- {
		named := g.match(tokens[n:n+end], marked)
		fitting := slices.DeleteFunc(slices.Clone(named), func(at int32) bool { return !u.fits(&g.places[at]) })
		switch {
		case len(fitting) > 0:
			return fitting, n + end, true
		case len(named) > 0 && !u.short && n+end > bareLength:
			return g.sameSize(named, u), n + end, true
		}
	}
	return bare, bareLength, g.numbered(bare)
}

// sameSize keeps the candidates of about the size that was said ("xã X" where X has become a phường,
// "huyện X" where it was a thị xã); when there are none, all of them.
func (g *gazetteer) sameSize(named []int32, u unitWord) []int32 {
	commune := u.fits(&Place{Type: "Xã"}) || u.fits(&Place{Type: "Phường"}) || u.fits(&Place{Type: "Thị trấn"})
	kept := slices.DeleteFunc(slices.Clone(named), func(at int32) bool {
		p := &g.places[at]
		return isCommune(p) != commune
	})
	if len(kept) == 0 {
		return named
	}
	return kept
}

// numbered reports whether the candidates carry their type in the name ("Quận 1").
func (g *gazetteer) numbered(found []int32) bool {
	if len(found) == 0 {
		return false
	}
	p := &g.places[found[0]]
	return p.Type != "" && strings.HasPrefix(p.Name, p.Type+" ")
}

func (g *gazetteer) longestAt(tokens []Token, marked bool) ([]int32, int) {
	for end := min(g.longest, len(tokens)); end > 0; end-- {
		if found := g.match(tokens[:end], marked); len(found) > 0 {
			return found, end
		}
	}
	return nil, 0
}

// FindPlaces gives what a typed place may be, likeliest first: a name with or without marks, with or without
// its type, of today or of before 2025 ("Hà Giang", "huyện Điện Biên Đông"), alone or followed by what it lies
// in ("Thanh Bình, Điện Biên Phủ"). Only what every typed part allows is given; nil means nothing is known.
func (t *Taxonomy) FindPlaces(text string) []Place {
	g := &t.places
	tokens := Tokens(text)
	if len(tokens) == 0 {
		return nil
	}
	found, length, _ := g.nameAt(tokens, anyMarked(tokens))
	if length < len(tokens) {
		found = g.firstOf(text)
	}
	out := make([]Place, len(found))
	for i, at := range found {
		out[i] = g.places[at]
	}
	slices.SortStableFunc(out, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.tier(), b.tier()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code))
	})
	return out
}

// firstOf gives the candidates of the smallest unit of an address that was understood as one place.
func (g *gazetteer) firstOf(text string) []int32 {
	r := g.read(text)
	leaves := r.leaves()
	if len(leaves) != 1 {
		return nil
	}
	return leaves[0].found
}

func anyMarked(tokens []Token) bool { return slices.ContainsFunc(tokens, Token.Marked) }
