package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// Concept is a phrase of a text that was recognised.
type Concept struct {
	Kind  ConceptKind
	ID    string    // of the skill, certificate or occupation; code of the place
	Level string    // of a certificate, when it was said: "HSK 4", "N3"
	Place PlaceKind // for places: what the code is a code of
	Start int       // bytes in the text given
	End   int

	tokens int
}

// Recognise finds skills, certificates, occupations and places in running text, by longest match: "tiếng Hàn" is the language, not welding. Where a line was typed with marks, its words must
// agree with them; text without marks needs two syllables or five letters. Words that mean other things
// when alone ("qc", "cam", "B2") count only beside another word of the same concept. Of places, provinces
// and countries are found by name, smaller units with their type ("huyện Tủa Chùa") only.
//
// A phrase that stands for several concepts gives each of them with the same bytes.
func (t *Taxonomy) Recognise(text string) []Concept { return t.recognise(text, "") }

// RecogniseNear is Recognise where the communes and districts of one province need no type: its own people
// write "Tuần Giáo", not "huyện Tuần Giáo".
func (t *Taxonomy) RecogniseNear(text, province string) []Concept { return t.recognise(text, province) }

func (t *Taxonomy) recognise(text, home string) []Concept {
	var out []Concept
	tokens := Tokens(text)
	for from := 0; from < len(tokens); {
		to := from + 1
		for to < len(tokens) && !strings.ContainsAny(text[tokens[to-1].End:tokens[to].Start], "\n\r") {
			to++
		}
		l := line{t: t, text: text, tokens: tokens[from:to], marked: anyMarked(tokens[from:to]), home: home}
		out = append(out, l.concepts()...)
		from = to
	}
	return out
}

// line is one line of a text, the reach within which marks and neighbours are judged.
type line struct {
	t      *Taxonomy
	text   string
	tokens []Token
	marked bool
	home   string
}

// candidate is a concept that may still need company.
type candidate struct {
	Concept
	alone bool
}

// match is the longest known phrase at one token; without concepts it only keeps others from matching there.
type match struct {
	from, to int
	concepts []candidate
}

func (l line) concepts() []Concept {
	var found []candidate
	for _, m := range l.settled() {
		found = append(found, m.concepts...)
	}
	sure := map[Concept]bool{} // each concept once, wherever it stands
	for _, c := range found {
		if c.alone {
			sure[Concept{Kind: c.Kind, ID: c.ID}] = true
		}
	}
	var out []Concept
	for _, c := range found {
		if c.alone || l.accompanied(c.Concept, sure) {
			out = append(out, c.Concept)
		}
	}
	return out
}

// settled gives the matches that stand after longer ones have won. A phrase inside a longer one, or
// overlapping it, goes, unless both are about the same work ("thợ hàn TIG" is both "thợ hàn" and "hàn TIG").
// Of two equally long that overlap, the later wins: the words that narrow the meaning come last.
func (l line) settled() []match {
	all := l.matches()
	lost := make([]bool, len(all))
	for i, a := range all {
		for j := i + 1; j < len(all) && all[j].from < a.to; j++ {
			b := all[j]
			inside := b.to <= a.to
			switch {
			case l.t.sameWork(a, b, inside):
				if inside { // the longer phrase has already named the occupation
					all[j].concepts = slices.DeleteFunc(slices.Clone(b.concepts), func(c candidate) bool { return c.Kind != SkillConcept })
				}
			case inside || b.to-b.from < a.to-a.from:
				lost[j] = true
			default:
				lost[i] = true
			}
		}
	}
	out := all[:0]
	for i, m := range all {
		if !lost[i] {
			out = append(out, m)
		}
	}
	return out
}

// matches gives the longest phrase at each token.
func (l line) matches() []match {
	var out []match
	for i := range l.tokens {
		named, length := l.namesAt(i)
		places, placeLength := l.placesAt(i)
		switch {
		case placeLength > length:
			out = append(out, match{i, i + placeLength, places})
		case length > 0:
			found, more := l.named(i, length, named)
			out = append(out, match{i, i + length + more, found})
		}
	}
	return out
}

// named gives the concepts of a phrase and reads the level that follows a certificate's name; more is how
// many tokens that took.
func (l line) named(i, length int, names []conceptName) (found []candidate, more int) {
	for _, n := range names {
		if n.kind == "" {
			continue
		}
		c := candidate{Concept{Kind: n.kind, ID: n.id, Level: n.level, Start: l.tokens[i].Start, End: l.tokens[i+length-1].End, tokens: length}, n.alone}
		if n.kind == CertificateConcept {
			if level, extra := l.levelAfter(n.id, i+length); extra > 0 {
				c.Level, c.End, c.alone, more = level, l.tokens[i+length+extra-1].End, true, max(more, extra)
			}
		}
		found = append(found, c)
	}
	return found, more
}

// sameWork reports whether two overlapping phrases are about one line of work, so that both stand: a skill
// inside the name of its own occupation, or two skills of which one covers some of the other.
func (t *Taxonomy) sameWork(a, b match, inside bool) bool {
	for _, x := range a.concepts {
		for _, y := range b.concepts {
			switch {
			case x.Kind == OccupationConcept && y.Kind == SkillConcept && t.belongs(y.ID, x.ID):
				return true
			case !inside && x.Kind == SkillConcept && y.Kind == OccupationConcept && t.belongs(x.ID, y.ID):
				return true
			case !inside && x.Kind == SkillConcept && y.Kind == SkillConcept && t.Similarity(x.ID, y.ID)+t.Similarity(y.ID, x.ID) > 0:
				return true
			}
		}
	}
	return false
}

// belongs reports whether a skill is of an occupation's ISCO-08 group.
func (t *Taxonomy) belongs(skill, occupation string) bool {
	s, _ := t.Skill(skill)
	o, _ := t.Occupation(occupation)
	return s.ISCO != "" && s.ISCO == o.ISCO
}

// levelWords may stand between a certificate and its level.
var levelWords = []string{"cap", "level", "bac", "diem", "tu", "tren", "toi", "thieu", "trinh", "do", "dat", "tro", "len", "hang"}

// levelAfter reads "4" in "HSK 4", "6.5" in "IELTS 6.5", "N3" in "JLPT từ N3"; extra is the tokens it took.
func (l line) levelAfter(id string, i int) (level string, extra int) {
	c, ok := l.t.Certificate(id)
	if !ok || !c.HasLevels() {
		return "", 0
	}
	for at := i; at < min(i+4, len(l.tokens)); at++ {
		word := l.text[l.tokens[at].Start:l.tokens[at].End]
		if at+1 < len(l.tokens) && strings.ContainsAny(l.text[l.tokens[at].End:l.tokens[at+1].Start], ".,") && l.tokens[at+1].Start == l.tokens[at].End+1 {
			if level, ok := c.Level(word + "." + l.tokens[at+1].Fold); ok {
				return level, at + 2 - i
			}
		}
		if level, ok := c.Level(word); ok {
			return level, at + 1 - i
		}
		if !slices.Contains(levelWords, l.tokens[at].Fold) {
			return "", 0
		}
	}
	return "", 0
}

// namesAt gives the phrases of the longest match at a token and its length.
func (l line) namesAt(i int) (named []conceptName, length int) {
	x := &l.t.concepts
	node := int32(0)
	for at := i; at < len(l.tokens); at++ {
		if at > i && l.parted(at) {
			break
		}
		s, ok := x.syllable[l.tokens[at].Fold]
		if !ok {
			break
		}
		if node, ok = x.edge[edgeKey(node, s)]; !ok {
			break
		}
		if fitting := l.fitting(x.names[node], l.tokens[i:at+1]); len(fitting) > 0 {
			named, length = fitting, at+1-i
		}
	}
	return named, length
}

// parted reports whether punctuation before a token ends a phrase.
func (l line) parted(at int) bool {
	return strings.ContainsAny(l.text[l.tokens[at-1].End:l.tokens[at].Start], ",;.:!?|•()[]")
}

// fitting keeps the phrases whose marks agree with what was typed.
func (l line) fitting(names []conceptName, span []Token) []conceptName {
	if len(names) == 0 {
		return nil
	}
	exact := joinExact(span)
	var out []conceptName
	for _, n := range names {
		if n.exact == exact || !l.marked && enough(span) && forgives(span, n.exact) {
			out = append(out, n)
		}
	}
	return out
}

// enough reports whether folded text says enough to be recognised: two syllables or five letters.
func enough(span []Token) bool { return len(span) > 1 || len(span[0].Fold) >= 5 }

// accompanied reports whether another phrase of the line confirms one that may not stand alone: the same
// skill or certificate in other words, the certificate's family, the skill it is needed for, or the
// occupation of the skill.
func (l line) accompanied(c Concept, sure map[Concept]bool) bool {
	if sure[Concept{Kind: c.Kind, ID: c.ID}] {
		return true
	}
	for o := range sure {
		if l.t.kin(c, o) || l.t.kin(o, c) {
			return true
		}
	}
	return false
}

// kin reports whether a certificate belongs to a skill or to the family of another certificate, or a skill
// to an occupation.
func (t *Taxonomy) kin(a, b Concept) bool {
	if a.Kind == SkillConcept && b.Kind == OccupationConcept {
		return t.belongs(a.ID, b.ID)
	}
	if a.Kind != CertificateConcept {
		return false
	}
	c, _ := t.Certificate(a.ID)
	switch b.Kind {
	case SkillConcept:
		return slices.Contains(c.Skills, b.ID)
	case CertificateConcept:
		o, _ := t.Certificate(b.ID)
		return c.Family == o.Family && c.Family != ""
	}
	return false
}

// placesAt gives the places named at a token and how many tokens they take.
func (l line) placesAt(i int) ([]candidate, int) {
	g := &l.t.places
	end := i + 1
	for end < len(l.tokens) && end < i+g.longest+2 && !l.parted(end) {
		end++
	}
	found, length, typed := g.nameAt(l.tokens[i:end], l.marked)
	if length == 0 {
		return nil, 0
	}
	span := l.tokens[i : i+length]
	best := slices.DeleteFunc(g.best(found), func(at int32) bool { return !l.plausible(at, span, typed) })
	if len(best) == 0 {
		return nil, 0
	}
	out := make([]candidate, len(best))
	for j, at := range best {
		p := &g.places[at]
		out[j] = candidate{Concept{Kind: PlaceConcept, ID: p.Code, Place: p.Kind, Start: span[0].Start, End: span[length-1].End, tokens: length}, true}
	}
	slices.SortFunc(out, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) })
	return out, length
}

// plausible reports whether running text means the place: provinces and countries of two syllables by name,
// others with their type or at home. In a marked line the marks must agree wholly.
func (l line) plausible(at int32, span []Token, typed bool) bool {
	p := &l.t.places.places[at]
	if l.marked && !l.spelled(at, span) {
		return false
	}
	if typed {
		return true
	}
	if len(span) < 2 {
		return false
	}
	return p.tier() <= 1 || l.home != "" && p.Province == l.home && (p.Kind == InCommune || p.Kind == InOldDistrict)
}

// spelled reports whether the end of a span is written exactly as a name of the place.
func (l line) spelled(at int32, span []Token) bool {
	for from := range span {
		exact := joinExact(span[from:])
		for _, n := range l.t.places.byName[joinFold(span[from:])] {
			if n.place == at && n.exact == exact {
				return true
			}
		}
	}
	return false
}
