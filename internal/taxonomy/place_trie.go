package taxonomy

import (
	"slices"
	"strings"
)

// unitIndex finds the words that say what kind of unit the name after them is, by their first syllable.
type unitIndex struct {
	first []int8 // syllable → where its units begin in all, -1 for none
	all   []unitForms
	fits  []uint16 // by place: the units it fits, as bits
}

// unitForms is one unit word ("thành phố", "tp") in forms.
type unitForms struct {
	forms []int32
	short bool
	bit   uint16 // which kind of unit it says
	small bool   // a commune's word
}

// loadPlaceNames builds the trie of place names out of the gazetteer's index.
func (t *Taxonomy) loadPlaceNames() error {
	g := &t.places
	names := make([]string, 0, len(g.byName))
	for fold := range g.byName {
		names = append(names, fold)
	}
	slices.Sort(names)
	phrases := make([]phrase[int32], 0, 2*len(names))
	for _, fold := range names {
		for i, n := range g.byName[fold] {
			forms := t.words.split(n.exact)
			if i > 0 && n.exact == g.byName[fold][i-1].exact {
				forms = phrases[len(phrases)-1].forms
			}
			phrases = append(phrases, phrase[int32]{forms, n.place})
		}
	}
	t.loadUnits()
	t.placeNames = build(t.words, phrases)
	return nil
}

// split gives the forms of an exact key.
func (x *lexicon) split(exact string) []int32 {
	out := make([]int32, 0, 4)
	for part := range strings.SplitSeq(exact, " ") {
		out = append(out, x.intern(part))
	}
	return out
}

func (t *Taxonomy) loadUnits() {
	u := &t.units
	keys := make([]string, 0, len(unitWords))
	for key := range unitWords {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { // two-syllable words first: "thị trấn" before "thị"
		return 2*(strings.Count(b, " ")-strings.Count(a, " ")) + strings.Compare(a, b)
	})
	bits := map[string]uint16{}
	bitOf := func(w unitWord) uint16 {
		probe := ""
		for _, kind := range []PlaceKind{InProvince, InCommune} {
			for _, name := range unitTypes {
				if w.fits(&Place{Kind: kind, Type: name}) {
					probe += string(kind) + name
				}
			}
		}
		if bits[probe] == 0 {
			bits[probe] = 1 << len(bits)
		}
		return bits[probe]
	}
	for _, key := range keys {
		w := unitWords[key]
		small := w.fits(&Place{Type: "Xã"}) || w.fits(&Place{Type: "Phường"}) || w.fits(&Place{Type: "Thị trấn"})
		u.all = append(u.all, unitForms{t.words.split(w.words[0]), w.short, bitOf(w), small})
	}
	u.first = make([]int8, len(t.words.size))
	for i := range u.first {
		u.first[i] = -1
	}
	for _, unit := range u.all {
		u.first[t.words.fold[unit.forms[0]]] = 1
	}
	kinds := map[string]uint16{}
	u.fits = make([]uint16, len(t.places.places))
	for i := range t.places.places {
		p := &t.places.places[i]
		key := string(p.Kind) + p.Type
		bits, ok := kinds[key]
		if !ok {
			for _, w := range unitWords {
				if w.fits(p) {
					bits |= bitOf(w)
				}
			}
			kinds[key] = bits
		}
		u.fits[i] = bits
	}
}

// unitAt reads the unit word at a token: how many tokens it takes, 0 for none.
func (r *reader) unitAt(i int) (*unitForms, int) {
	u := &r.t.units
	if s := r.line[i].fold; s < 0 || int(s) >= len(u.first) || u.first[s] < 0 {
		return nil, 0
	}
	for k := range u.all {
		unit := &u.all[k]
		n := len(unit.forms)
		if i+n > len(r.line) || n > 1 && r.line[i+1].gap&gapParted != 0 && r.line[i+1].gap&gapPoint == 0 {
			continue
		}
		ok := true
		for j, form := range unit.forms {
			s := &r.line[i+j]
			ok = ok && s.form != noForm && (s.form == form || !s.marked && s.fold == r.t.words.fold[form])
		}
		if ok {
			return unit, n
		}
	}
	return nil, 0
}

// placesAt gives the places named at a token and how many tokens they take. A province or a country of two
// syllables is known by its name, others with their type or at home. In a marked line the marks must agree.
func (r *reader) placesAt(i int) ([]int32, int) {
	unit, n := r.unitAt(i)
	node := r.t.placeNames.start(r.line[i].fold)
	if node == 0 && n == 0 {
		return nil, 0
	}
	bare, bareLength := r.longestPlace(i, node)
	found, length, typed := bare, bareLength, r.numbered(bare)
	if n > 0 && i+n < len(r.line) && !r.pointless(i+n) {
		shortest := 1
		if typed { // "Phường 2" is a name; only a longer one, as "Phường 2 Bảo Lộc", goes before it
			shortest = max(1, bareLength-n+1)
		}
		if fitting, more := r.typedPlace(unit, i+n, shortest, bareLength-n); more > 0 {
			found, length, typed = fitting, n+more, true
		}
	}
	if length == 0 || !typed && length < 2 {
		return nil, 0
	}
	if found = r.plausible(found, typed); len(found) == 0 || r.cuisine(i, found[0]) {
		return nil, 0
	}
	return found, length
}

// cuisine reports whether a country or a region says what is cooked: "nhà hàng Nhật Bản", "món ăn miền Bắc".
func (r *reader) cuisine(i int, place int32) bool {
	if kind := r.t.places.places[place].Kind; i == 0 || kind != InCountry && kind != InRegion {
		return false
	}
	return r.t.short.cooked(r.line[i-1].fold)
}

// pointless reports whether punctuation other than a point keeps a unit word from its name ("Q. Bình Thạnh").
func (r *reader) pointless(at int) bool {
	s := &r.line[at]
	return s.gap&gapParted != 0 && strings.Trim(r.text[r.line[at-1].end:s.start], " .") != ""
}

// longestPlace walks the trie from a node at a token and gives the longest name's places.
func (r *reader) longestPlace(i int, node int32) (found []int32, length int) {
	x := r.t.placeNames
	var nodes [16]int32
	depth := 0
	for at := i; node != 0 && depth < len(nodes); {
		nodes[depth] = node
		depth++
		if at++; at == len(r.line) || r.line[at].gap&gapParted != 0 {
			break
		}
		node = x.step(node, r.line[at].fold)
	}
	for ; depth > 0; depth-- {
		if r.bare = r.named(r.bare[:0], nodes[depth-1], i, depth); len(r.bare) > 0 {
			return r.bare, depth
		}
	}
	return nil, 0
}

// named gives the places of a node that agree with what was typed, each once.
func (r *reader) named(out []int32, node int32, i, length int) []int32 {
	x := r.t.placeNames
	for n := x.from[node]; n < x.from[node+1]; n++ {
		if !r.marked || x.same(n, r.line[i:i+length]) {
			out = append(out, x.names[n])
		}
	}
	if len(out) > 1 {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

// typedPlace gives the places of the longest name after a unit word: those of the unit, else those of about
// its size ("xã X" where X has become a phường).
func (r *reader) typedPlace(unit *unitForms, i, shortest, bare int) ([]int32, int) {
	node := r.t.placeNames.start(r.line[i].fold)
	x := r.t.placeNames
	var nodes [16]int32
	depth := 0
	for at := i; node != 0 && depth < len(nodes); {
		nodes[depth] = node
		depth++
		if at++; at == len(r.line) || r.line[at].gap&gapParted != 0 {
			break
		}
		node = x.step(node, r.line[at].fold)
	}
	for ; depth >= shortest; depth-- {
		r.typed = r.named(r.typed[:0], nodes[depth-1], i, depth)
		named := r.typed
		r.fitting = r.fitting[:0]
		for _, at := range named {
			if r.t.units.fits[at]&unit.bit != 0 {
				r.fitting = append(r.fitting, at)
			}
		}
		switch {
		case len(r.fitting) > 0:
			return r.fitting, depth
		case len(named) > 0 && !unit.short && depth > bare:
			for _, at := range named {
				if isCommune(&r.t.places.places[at]) == unit.small {
					r.fitting = append(r.fitting, at)
				}
			}
			if len(r.fitting) > 0 {
				return r.fitting, depth
			}
			return named, depth
		}
	}
	return nil, 0
}

// numbered reports whether the candidates carry their type in the name ("Quận 1").
func (r *reader) numbered(found []int32) bool { return r.t.places.numbered(found) }

// plausible keeps the likeliest places of those that running text may mean.
func (r *reader) plausible(found []int32, typed bool) []int32 {
	least := 9
	for _, at := range found {
		least = min(least, r.t.places.places[at].tier())
	}
	kept := found[:0]
	for _, at := range found {
		p := &r.t.places.places[at]
		home := r.home != "" && p.Province == r.home && (p.Kind == InCommune || p.Kind == InOldDistrict)
		if p.tier() == least && (typed || least <= 1 || home) {
			kept = append(kept, at)
		}
	}
	return kept
}
