package taxonomy

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Concept is a phrase of a text that was recognised.
type Concept struct {
	Kind  ConceptKind
	ID    string    // of the skill, certificate, occupation, benefit…; code of the place
	Level string    // of a certificate, when it was said: "HSK 4", "N3"
	Place PlaceKind // for places: what the code is a code of
	Start int       // bytes in the text given
	End   int

	tokens int
}

// Recognise finds skills, certificates, occupations, places, benefits, work times and words of experience in
// running text, by longest match: "tiếng Hàn" is the language, not welding. Where a line was typed with marks,
// its words must agree with them; text without marks needs two syllables or five letters. Words that mean
// other things when alone ("qc", "cam", "B2") count only beside another word of the same concept, and
// abbreviations of several meanings only in the one their neighbours decide. Of places, provinces and
// countries are found by name, smaller units with their type ("huyện Tủa Chùa") only.
//
// A phrase that stands for several concepts gives each of them with the same bytes.
func (t *Taxonomy) Recognise(text string) []Concept { return t.AppendConcepts(nil, text, "") }

// RecogniseNear is Recognise where the communes and districts of one province need no type: its own people
// write "Tuần Giáo", not "huyện Tuần Giáo".
func (t *Taxonomy) RecogniseNear(text, province string) []Concept {
	return t.AppendConcepts(nil, text, province)
}

// AppendConcepts appends what RecogniseNear gives, so that a caller who reads many texts can use one slice
// again and again. An empty province is nobody's home.
func (t *Taxonomy) AppendConcepts(out []Concept, text, province string) []Concept {
	r := readers.Get().(*reader)
	r.t, r.text, r.home = t, text, province
	r.all = t.words.scan(r.all[:0], text)
	for from := 0; from < len(r.all); {
		to := from + 1
		for to < len(r.all) && r.all[to].gap&gapLine == 0 {
			to++
		}
		r.line = r.all[from:to]
		out = r.concepts(out)
		from = to
	}
	r.t, r.text, r.line = nil, "", nil
	readers.Put(r)
	return out
}

// readers are kept for the next text, so that reading one allocates next to nothing.
var readers = sync.Pool{New: func() any { return &reader{} }}

// reader recognises one line of a text after the other: the reach within which marks and neighbours are judged.
type reader struct {
	t      *Taxonomy
	text   string
	home   string
	all    []syllable
	line   []syllable
	marked bool

	decided struct {
		from, to int
		sense    int32
	}
	matches []match
	found   []candidate
	sure    []candidate
	bare    []int32 // places, for the moment
	typed   []int32
	fitting []int32
}

// candidate is a concept that may still need company.
type candidate struct {
	Concept
	at    int32 // its place in the list of its kind
	alone bool
	gone  bool
}

// match is the longest known phrase at one token; without candidates it only keeps others from matching there.
type match struct {
	from, to int
	low, top int // its candidates in reader.found
	lost     bool
}

func (r *reader) concepts(out []Concept) []Concept {
	r.marked = slices.ContainsFunc(r.line, func(s syllable) bool { return s.marked })
	r.decided.from = -1
	r.findMatches()
	if len(r.matches) == 0 {
		return out
	}
	r.settle()
	r.dropGoods()
	r.dropGeneral()
	r.sure = r.sure[:0]
	for _, m := range r.matches {
		for _, c := range r.found[m.low:m.top] {
			if !m.lost && !c.gone && c.alone && !r.isSure(c) {
				r.sure = append(r.sure, c)
			}
		}
	}
	for _, m := range r.matches {
		for _, c := range r.found[m.low:m.top] {
			if !m.lost && !c.gone && (c.alone || r.accompanied(c)) {
				out = append(out, c.Concept)
			}
		}
	}
	return out
}

// generalOccupation is "technician", which says nothing beside a particular work.
const generalOccupation = "3119"

// dropGeneral forgets that somebody is a technician where the line says of what.
func (r *reader) dropGeneral() {
	general, particular := -1, false
	for _, m := range r.matches {
		for k := m.low; k < m.top && !m.lost; k++ {
			switch c := &r.found[k]; {
			case c.gone || !c.alone:
			case c.Kind == OccupationConcept && c.ID == generalOccupation:
				general = k
			case c.Kind == OccupationConcept, c.Kind == SkillConcept && r.t.skills.all[c.at].ISCO != "":
				particular = true
			}
		}
	}
	if general >= 0 && particular {
		r.found[general].gone = true
	}
}

// dropGoods forgets trades that are only what somebody sells or mends: in "kinh doanh mảng điện nước" nobody
// is an electrician, in "bảo trì xe nâng" nobody drives.
func (r *reader) dropGoods() {
	dealing, mending := -1, -1 // the token behind the last phrase of selling, of mending
	for i := range r.matches {
		m := &r.matches[i]
		if m.lost {
			continue
		}
		if dealing >= 0 && m.from >= dealing && r.goodsBetween(dealing, m.from) {
			r.drop(m, func(c *candidate) bool { return r.manual(c) })
			dealing = m.to
		}
		if mending >= 0 && m.from >= mending && m.from-mending <= 1 {
			r.drop(m, func(c *candidate) bool { return r.drives(c) })
		}
		for k := m.low; k < m.top; k++ {
			c := &r.found[k]
			switch {
			case c.gone:
			case c.Kind == SkillConcept && (c.ID == "kinh-doanh" || c.ID == "digital-mkt"), c.Kind == OccupationConcept && (c.ID == "3322" || c.ID == "1733" || c.ID == "1734"):
				dealing = m.to
			case c.Kind == SkillConcept && c.ID == "bao-tri-may", c.Kind == OccupationConcept && (c.ID == "7233" || c.ID == generalOccupation):
				mending = m.to
			}
		}
	}
}

func (r *reader) drop(m *match, which func(*candidate) bool) {
	for k := m.low; k < m.top; k++ {
		if which(&r.found[k]) {
			r.found[k].gone = true
		}
	}
}

// goodsBetween reports whether nothing but words for goods stands between two tokens.
func (r *reader) goodsBetween(from, to int) bool {
	if to-from > 3 {
		return false
	}
	for at := from; at <= to && at < len(r.line); at++ {
		if r.line[at].gap&(gapParted|gapDash) != 0 || at < to && !r.t.short.goodsWord(r.line[at].fold) {
			return false
		}
	}
	return true
}

// manual reports whether a concept is work of the hands: groups 6 to 9 of the occupations.
func (r *reader) manual(c *candidate) bool {
	switch c.Kind {
	case SkillConcept:
		isco := r.t.skills.all[c.at].ISCO
		return isco != "" && isco[0] >= '6'
	case OccupationConcept:
		return c.ID[0] >= '6'
	}
	return false
}

// drives reports whether a concept is that of driving, said by the vehicle alone.
func (r *reader) drives(c *candidate) bool {
	switch c.Kind {
	case SkillConcept:
		return strings.HasPrefix(r.t.skills.all[c.at].ISCO, "83") && !r.t.short.steers(r.t, r.text[c.Start:c.End])
	case OccupationConcept:
		return strings.HasPrefix(c.ID, "83") && !r.t.short.steers(r.t, r.text[c.Start:c.End])
	}
	return false
}

// isSure reports whether a concept is known to be meant; each is kept once, wherever it stands.
func (r *reader) isSure(c candidate) bool {
	return slices.ContainsFunc(r.sure, func(o candidate) bool { return o.Kind == c.Kind && o.at == c.at && o.ID == c.ID })
}

// settle lets longer matches win. A phrase inside a longer one, or overlapping it, goes, unless both are about
// the same work ("thợ hàn TIG" is both "thợ hàn" and "hàn TIG"). Of two equally long that overlap, the later
// wins: the words that narrow the meaning come last.
func (r *reader) settle() {
	for i := range r.matches {
		a := &r.matches[i]
		for j := i + 1; j < len(r.matches) && r.matches[j].from < a.to; j++ {
			b := &r.matches[j]
			inside := b.to <= a.to
			switch {
			case r.sameWork(a, b, inside):
				if inside { // the longer phrase has already named the occupation
					for k := b.low; k < b.top; k++ {
						r.found[k].gone = r.found[k].gone || r.found[k].Kind != SkillConcept
					}
				}
			case inside || b.to-b.from < a.to-a.from:
				b.lost = true
			default:
				a.lost = true
			}
		}
	}
}

// findMatches gives the longest phrase at each token.
func (r *reader) findMatches() {
	r.matches, r.found = r.matches[:0], r.found[:0]
	for i := range r.line {
		node, length := r.phraseAt(i)
		places, placeLength := r.placesAt(i)
		low := len(r.found)
		switch {
		case placeLength > length:
			r.addPlaces(i, placeLength, places)
			r.abroad(i, placeLength, places[0])
			r.matches = append(r.matches, match{from: i, to: i + placeLength, low: low, top: len(r.found)})
		case length > 0:
			more := r.addNamed(i, length, node)
			r.matches = append(r.matches, match{from: i, to: i + length + more, low: low, top: len(r.found)})
		}
	}
}

// phraseAt gives the node of the longest phrase at a token and its length.
func (r *reader) phraseAt(i int) (best int32, length int) {
	x := r.t.concepts
	node := x.start(r.line[i].fold)
	for at := i; node != 0; {
		if x.from[node] < x.from[node+1] && r.anyFits(node, i, at+1) {
			best, length = node, at+1-i
		}
		if at++; at == len(r.line) || r.line[at].gap&gapParted != 0 {
			break
		}
		node = x.step(node, r.line[at].fold)
	}
	return best, length
}

func (r *reader) anyFits(node int32, from, to int) bool {
	x := r.t.concepts
	for n := x.from[node]; n < x.from[node+1]; n++ {
		if r.fits(n, from, to) {
			return true
		}
	}
	return false
}

// addNamed adds the concepts of a phrase and reads the level that follows a certificate's name; more is how
// many tokens that took.
func (r *reader) addNamed(i, length int, node int32) (more int) {
	x := r.t.concepts
	if r.commoner(i, length, node) {
		return 0
	}
	for n := x.from[node]; n < x.from[node+1]; n++ {
		name := &x.names[n]
		if name.kind == "" || !r.fits(n, i, i+length) {
			continue
		}
		c := candidate{Concept{Kind: name.kind, ID: name.id, Level: name.level, Start: int(r.line[i].start), End: int(r.line[i+length-1].end), tokens: length}, name.at, name.alone, false}
		if c.Kind == CertificateConcept && name.level == "" {
			if level, extra := r.levelAfter(&r.t.certificates.all[name.at], i+length); extra > 0 {
				c.Level, c.End, c.alone, more = level, int(r.line[i+length+extra-1].end), true, max(more, extra)
			}
		}
		if !slices.Contains(r.found[min(len(r.found), r.lowest()):], c) {
			r.found = append(r.found, c)
		}
	}
	return more
}

// lowest is where the candidates of the match being read begin.
func (r *reader) lowest() int {
	if len(r.matches) == 0 {
		return 0
	}
	return r.matches[len(r.matches)-1].top
}

// sameWork reports whether two overlapping phrases are about one line of work, so that both stand: a skill
// inside the name of its own occupation, or two skills of which one covers some of the other.
func (r *reader) sameWork(a, b *match, inside bool) bool {
	for i := a.low; i < a.top; i++ {
		x := &r.found[i]
		for j := b.low; j < b.top; j++ {
			y := &r.found[j]
			if x.gone || y.gone {
				continue
			}
			switch {
			case x.Kind == OccupationConcept && y.Kind == SkillConcept && (r.t.ofOccupation(y.at, x.at) || inside && r.t.nearOccupation(y.at, x.at)):
				return true
			case !inside && x.Kind == SkillConcept && y.Kind == OccupationConcept && r.t.ofOccupation(x.at, y.at):
				return true
			case !inside && x.Kind == SkillConcept && y.Kind == SkillConcept && r.t.related[int(x.at)*len(r.t.skills.all)+int(y.at)]:
				return true
			}
		}
	}
	return false
}

// ofOccupation reports whether a skill is of an occupation's ISCO-08 group.
func (t *Taxonomy) ofOccupation(skill, occupation int32) bool {
	group := t.skills.all[skill].ISCO
	return group != "" && group == t.occupations.all[occupation].ISCO
}

// nearOccupation reports whether a skill is of an occupation's two-digit group.
func (t *Taxonomy) nearOccupation(skill, occupation int32) bool {
	a, b := t.skills.all[skill].ISCO, t.occupations.all[occupation].ISCO
	return len(a) == 4 && len(b) == 4 && a[:2] == b[:2]
}

// relations gives, for every two skills, whether one covers some of the other.
func (s *skills) relations() []bool {
	n := len(s.all)
	out := make([]bool, n*n)
	relate := func(a, b int) { out[a*n+b], out[b*n+a] = true, true }
	for i := range s.all {
		relate(i, i)
		for wider, up := s.all[i], 0; up < 8; up++ {
			relate(i, s.at[wider.ID])
			for _, o := range wider.Related {
				relate(i, s.at[o.ID])
			}
			if wider.Parent == "" {
				break
			}
			wider = s.all[s.at[wider.Parent]]
		}
	}
	return out
}

// levelWords may stand between a certificate and its level.
var levelWords = []string{"cap", "level", "bac", "diem", "tu", "tren", "toi", "thieu", "trinh", "do", "dat", "tro", "len", "hang"}

// levelAfter reads "4" in "HSK 4", "6.5" in "IELTS 6.5", "N3" in "JLPT từ N3"; extra is the tokens it took.
func (r *reader) levelAfter(c *Certificate, i int) (level string, extra int) {
	if !c.HasLevels() {
		return "", 0
	}
	for at := i; at < min(i+4, len(r.line)); at++ {
		if g := &r.line[at]; g.gap&gapParted != 0 && r.text[r.line[at-1].end] == ',' {
			return "", 0
		}
		word := r.word(at)
		if level, extra := r.levelAt(c, word, at); extra > 0 {
			return level, at + extra - i
		}
		if !r.t.short.levelWord(r.line[at].fold) {
			return "", 0
		}
	}
	return "", 0
}

func (r *reader) levelAt(c *Certificate, word string, at int) (level string, extra int) {
	if len(word) > 8 || len(c.Levels) == 0 && (word[0] < '0' || word[0] > '9') {
		return "", 0
	}
	if at+1 < len(r.line) && r.line[at+1].gap&gapPoint != 0 && word[0] >= '0' && word[0] <= '9' {
		if next := r.word(at + 1); len(next) <= 2 {
			if level, ok := c.Level(word + "." + next); ok {
				return level, 2
			}
		}
	}
	if level, ok := c.Level(word); ok {
		return level, 1
	}
	return "", 0
}

func (r *reader) word(at int) string { return r.text[r.line[at].start:r.line[at].end] }

// accompanied reports whether another phrase of the line confirms one that may not stand alone: the same
// skill or certificate in other words, the certificate's family, the skill it is needed for, or the
// occupation of the skill.
func (r *reader) accompanied(c candidate) bool {
	for i := range r.sure {
		o := &r.sure[i]
		if c.Kind == o.Kind && c.ID == o.ID || r.t.kin(c, *o) || r.t.kin(*o, c) {
			return true
		}
	}
	return false
}

// kin reports whether a certificate belongs to a skill or to the family of another certificate, or a skill
// to an occupation.
func (t *Taxonomy) kin(a, b candidate) bool {
	if a.Kind == SkillConcept && b.Kind == OccupationConcept {
		return t.ofOccupation(a.at, b.at)
	}
	if a.Kind != CertificateConcept {
		return false
	}
	c := &t.certificates.all[a.at]
	switch b.Kind {
	case SkillConcept:
		return slices.Contains(c.Skills, b.ID)
	case CertificateConcept:
		return c.Family == t.certificates.all[b.at].Family && c.Family != ""
	}
	return false
}

// addPlaces adds the candidates of a place name, larger kinds of place in a fixed order.
func (r *reader) addPlaces(i, length int, places []int32) {
	low := len(r.found)
	for _, at := range places {
		p := &r.t.places.places[at]
		r.found = append(r.found, candidate{Concept{Kind: PlaceConcept, ID: p.Code, Place: p.Kind, Start: int(r.line[i].start), End: int(r.line[i+length-1].end), tokens: length}, at, true, false})
	}
	slices.SortFunc(r.found[low:], func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID))
	})
}
