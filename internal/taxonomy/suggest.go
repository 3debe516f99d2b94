package taxonomy

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Suggestion is one thing that what somebody is typing may become.
type Suggestion struct {
	Kind     ConceptKind
	ID       string    // of the skill or certificate; code of the occupation or place
	Place    PlaceKind // of a place
	Province string    // of a place: today's code
	Name     string    // what is shown and put into the field: "Thợ hàn", "Xã Tủa Chùa"
	Hint     string    // what tells it from others of the name: the official title, the province, "nay là …"
}

// SuggestQuery is what is being typed and what it may be.
type SuggestQuery struct {
	Text  string
	Kinds []ConceptKind // skill, occupation, certificate, place; none means all of these
	Home  string        // province whose places come first, "" for none
	Limit int           // 0 means 10
}

// suggestEntry is one name of one thing.
type suggestEntry struct {
	Suggestion
	lower  string // NFC, lower case
	fold   string
	weight int // less is shown first
}

// suggestIndex finds names by the beginning of any of their words. It is made when first asked.
type suggestIndex struct {
	once    sync.Once
	entries []suggestEntry
	inner   []innerWord // sorted by the folded rest of the name
	more    []suggestEntry
	base    *suggestIndex
}

// innerWord is where a word begins in an entry's folded name, with what its rank cannot be below.
type innerWord struct {
	entry, at int32
	least     int32
}

// Ranks: less is shown first. A name's weight is what kind of name it is.
const (
	weightJob         = 0
	weightSkill       = 4
	weightSynonym     = 6
	weightCertificate = 8
	weightTitle       = 12
	weightPlace       = 16  // and 4 for each tier
	rankInner         = 12  // a word inside the name, not its beginning
	rankWhole         = -14 // the typed words are whole words
	rankEqual         = -12 // the typed text is the whole name
	rankHome          = -8
	rankOtherMarks    = 100
)

// jobNames is how many of an occupation's everyday words are its names; those after them are further ways to
// say it.
const jobNames = 8

// Suggest gives what a text being typed may become, best first: names that begin with it, then names with a
// word that does. Typed marks rank what agrees with them first, text without marks finds all. Each thing comes
// once. The composed and the decomposed form of a text give the same.
func (t *Taxonomy) Suggest(q SuggestQuery) []Suggestion {
	x := t.suggestions.ready(t)
	key := Fold(q.Text)
	if key == "" {
		return nil
	}
	s := suggester{q: q, key: key, lower: strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(q.Text), " "))), marked: Exact(q.Text) != key}
	rest := func(w innerWord, key string) int { return strings.Compare(x.entries[w.entry].fold[w.at:], key) }
	from, _ := slices.BinarySearchFunc(x.inner, key, rest)
	to, _ := slices.BinarySearchFunc(x.inner, key+"\xff", rest)
	for _, w := range x.inner[from:to] {
		if int(w.least) < s.worst() {
			s.consider(&x.entries[w.entry], int(w.at))
		}
	}
	for i := range t.suggestions.more {
		e := &t.suggestions.more[i]
		if at := strings.Index(" "+e.fold, " "+key); at >= 0 {
			s.consider(e, at)
		}
	}
	return s.best()
}

// ready makes the index when it is first asked, and gives the one that holds the list's own names.
func (x *suggestIndex) ready(t *Taxonomy) *suggestIndex {
	if x.base != nil {
		return x.base.ready(t)
	}
	x.once.Do(func() { x.fill(t) })
	return x
}

// with gives an index that knows further names, over the same list.
func (x *suggestIndex) with(t *Taxonomy, synonyms []Synonym) *suggestIndex {
	out := &suggestIndex{base: x, more: slices.Clone(x.more)}
	if x.base != nil {
		out.base = x.base
	}
	for _, s := range synonyms {
		switch s.Kind {
		case SkillConcept:
			skill, _ := t.Skill(s.ID)
			out.more = append(out.more, newEntry(Suggestion{Kind: s.Kind, ID: s.ID, Name: skill.Name, Hint: s.Phrase}, s.Phrase, weightSynonym))
		case CertificateConcept:
			c, _ := t.Certificate(s.ID)
			out.more = append(out.more, newEntry(Suggestion{Kind: s.Kind, ID: s.ID, Name: c.Name, Hint: s.Phrase}, s.Phrase, weightCertificate+2))
		case OccupationConcept:
			o, _ := t.Occupation(s.ID)
			out.more = append(out.more, newEntry(Suggestion{Kind: s.Kind, ID: s.ID, Name: capital(s.Phrase), Hint: o.Title}, s.Phrase, weightJob))
		}
	}
	return out
}

func newEntry(s Suggestion, name string, weight int) suggestEntry {
	return suggestEntry{s, strings.ToLower(norm.NFC.String(name)), Fold(name), weight}
}

// capital writes a name with a capital first letter.
func capital(name string) string {
	for i, r := range name {
		if i > 0 {
			return strings.ToUpper(name[:i]) + name[i:]
		}
		_ = r
	}
	return strings.ToUpper(name)
}

func (x *suggestIndex) fill(t *Taxonomy) {
	x.entries = make([]suggestEntry, 0, len(t.places.places)+4000)
	add := func(s Suggestion, name string, weight int) {
		if e := newEntry(s, name, weight); e.fold != "" {
			x.entries = append(x.entries, e)
		}
	}
	for _, tile := range t.tiles {
		o, _ := t.Occupation(tile.Code)
		add(Suggestion{Kind: OccupationConcept, ID: tile.Code, Name: tile.Name, Hint: o.Title}, tile.Name, weightJob-1)
	}
	for _, o := range t.occupations.all {
		for i, word := range o.words {
			weight := weightJob
			if i >= jobNames {
				weight = weightSynonym
			}
			add(Suggestion{Kind: OccupationConcept, ID: o.Code, Name: capital(word), Hint: o.Title}, word, weight)
		}
		add(Suggestion{Kind: OccupationConcept, ID: o.Code, Name: o.Title}, o.Title, weightTitle)
		for _, title := range o.Titles {
			add(Suggestion{Kind: OccupationConcept, ID: o.Code, Name: title, Hint: o.Title}, title, weightTitle)
		}
	}
	for _, s := range t.skills.all {
		add(Suggestion{Kind: SkillConcept, ID: s.ID, Name: s.Name}, s.Name, weightSkill)
		for _, word := range s.Synonyms {
			add(Suggestion{Kind: SkillConcept, ID: s.ID, Name: s.Name, Hint: word}, word, weightSynonym)
		}
	}
	for _, c := range t.certificates.all {
		add(Suggestion{Kind: CertificateConcept, ID: c.ID, Name: c.Name}, c.Name, weightCertificate)
		for _, word := range c.Synonyms {
			add(Suggestion{Kind: CertificateConcept, ID: c.ID, Name: c.Name, Hint: word}, word, weightCertificate+2)
		}
	}
	for i := range t.places.places {
		p := &t.places.places[i]
		add(Suggestion{Kind: PlaceConcept, ID: p.Code, Place: p.Kind, Province: p.Province, Name: p.FullName(), Hint: t.placeHint(p)}, p.Name, weightPlace+4*p.tier())
	}
	for i := range x.entries {
		fold := x.entries[i].fold
		least := int32(x.entries[i].weight + rankWhole + rankEqual + rankHome)
		x.inner = append(x.inner, innerWord{int32(i), 0, least})
		for at := 1; at < len(fold); at++ {
			if fold[at-1] == ' ' {
				x.inner = append(x.inner, innerWord{int32(i), int32(at), least - rankEqual + rankInner})
			}
		}
	}
	slices.SortFunc(x.inner, func(a, b innerWord) int {
		return strings.Compare(x.entries[a.entry].fold[a.at:], x.entries[b.entry].fold[b.at:])
	})
}

// placeHint tells a place from others of its name.
func (t *Taxonomy) placeHint(p *Place) string {
	province, _ := t.Province(p.Province)
	switch p.Kind {
	case InCommune:
		return province.FullName
	case InOldProvince:
		return "nay thuộc " + province.FullName
	case InOldDistrict:
		return "trước 7/2025, " + orHistoric(p.OldProvince, province.FullName)
	case InOldCommune:
		return "cũ, " + p.OldDistrict + ", nay là " + t.communeNames(p.Communes) + ", " + province.FullName
	}
	return ""
}

func orHistoric(old, now string) string {
	if old == "" || old == now {
		return now
	}
	return old + " cũ"
}

// communeNames joins the names of communes.
func (t *Taxonomy) communeNames(codes []string) string {
	var names []string
	for i, code := range codes {
		if i == 2 && len(codes) > 3 {
			names = append(names, "…")
			break
		}
		if c, ok := t.Commune(code); ok {
			names = append(names, c.FullName())
		}
	}
	return strings.Join(names, ", ")
}

// suggester keeps the best of what fits.
type suggester struct {
	q      SuggestQuery
	key    string
	lower  string
	marked bool
	found  []ranked
}

type ranked struct {
	*suggestEntry
	rank int
}

// worst is the rank that a name must be below to be kept.
func (s *suggester) worst() int {
	if len(s.found) < s.room() {
		return 1 << 30
	}
	return s.found[len(s.found)-1].rank + 1
}

// room is how many names are kept: several may stand for one thing.
func (s *suggester) room() int { return 10*s.limit() + 30 }

func (s *suggester) limit() int {
	if s.q.Limit <= 0 {
		return 10
	}
	return s.q.Limit
}

// consider ranks a name that has the typed text at a word's beginning, and keeps it when it is good enough.
func (s *suggester) consider(e *suggestEntry, at int) {
	if len(s.q.Kinds) > 0 && !slices.Contains(s.q.Kinds, e.Kind) {
		return
	}
	rank := e.weight
	if e.Kind == PlaceConcept && s.q.Home != "" && e.Province == s.q.Home {
		rank += rankHome
	}
	if at > 0 {
		rank += rankInner
	}
	if end := at + len(s.key); end == len(e.fold) || e.fold[end] == ' ' {
		rank += rankWhole
	}
	if len(e.fold) == len(s.key) {
		rank += rankEqual
	}
	if s.marked && !strings.HasPrefix(e.lower, s.lower) && !strings.Contains(e.lower, " "+s.lower) {
		rank += rankOtherMarks
	}
	r := ranked{e, rank}
	if rank >= s.worst() {
		return
	}
	i, _ := slices.BinarySearchFunc(s.found, r, ranked.compare)
	s.found = slices.Insert(s.found, i, r)
	s.found = s.found[:min(len(s.found), s.room())]
}

func (r ranked) compare(o ranked) int {
	return cmp.Or(cmp.Compare(r.rank, o.rank), cmp.Compare(len(r.fold), len(o.fold)), strings.Compare(r.lower, o.lower), strings.Compare(r.ID, o.ID), cmp.Compare(r.Place, o.Place))
}

// best gives the first of what fits, each thing once.
func (s *suggester) best() []Suggestion {
	limit := s.limit()
	out := make([]Suggestion, 0, limit)
	for _, r := range s.found {
		same := func(o Suggestion) bool { return o.Kind == r.Kind && o.ID == r.ID && o.Place == r.Place }
		if len(out) < limit && !slices.ContainsFunc(out, same) {
			out = append(out, r.Suggestion)
		}
		if len(out) == limit {
			break
		}
	}
	return out
}
