package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// Described is what somebody's own words say they can do, each with the words that say so, most certain first.
// It is a proposal: the person ticks what is right.
type Described struct {
	Skills       []Proposal
	Occupations  []Proposal
	Certificates []Proposal
	Languages    []Proposal // ISO 639-1 and the province's own: "tai", "hmn"
	Months       int        // of experience in all that were said
	MonthsStart  int        // the bytes that say the most of them
	MonthsEnd    int
}

// Proposal is one thing to tick.
type Proposal struct {
	ID     string // of the skill or certificate; code of the occupation or language
	Level  string // of a certificate
	Months int    // of practice in it, when they were said beside it
	Likely bool   // named in so many words; false for what usually goes with it
	Start  int    // bytes of the evidence
	End    int

	points int
}

// Describe reads free words in the first person ("em biết may, làm công ty giày 2 năm, có bằng lái xe máy"):
// what is said, and the occupations and skills that go with it. What is denied ("chưa biết may", "không có bằng
// lái") and what is only wished for ("muốn học nghề hàn") is not proposed as had.
func (t *Taxonomy) Describe(text string) Described {
	if len(text) > maxDescribed {
		text = strings.ToValidUTF8(text[:maxDescribed], "")
	}
	d := describer{t: t, text: text}
	for _, s := range spoken(text) {
		d.clause(s)
	}
	d.related()
	d.out.Months, d.out.MonthsStart, d.out.MonthsEnd = d.months()
	for _, list := range []*[]Proposal{&d.out.Skills, &d.out.Occupations, &d.out.Certificates, &d.out.Languages} {
		slices.SortStableFunc(*list, func(a, b Proposal) int {
			return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
		})
	}
	return d.out
}

// maxDescribed is how much of somebody's words is read, in bytes: two pages.
const maxDescribed = 8 << 10

// describer gathers what clauses say.
type describer struct {
	t     *Taxonomy
	text  string
	out   Described
	spans []practice
}

// practice is a length of experience and the clause it was said in.
type practice struct {
	months, start, end int
	from, to           int // the clause
}

// Points by which proposals are ranked.
const (
	pointsSaid      = 100
	pointsLong      = 10 // for each syllable of the phrase
	pointsPractised = 30 // for practice said beside it
	pointsImplied   = 40 // goes with what was said
)

// spoken cuts words at punctuation, line ends and the words that begin a new thought.
func spoken(text string) [][2]int {
	var out [][2]int
	start := 0
	cut := func(at, next int) {
		if strings.TrimSpace(text[start:at]) != "" {
			out = append(out, [2]int{start, at})
		}
		start = next
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ',' && i+1 < len(text) && digit(text[i+1:]): // "1,5 năm"
		case strings.IndexByte(",;\n!?()", c) >= 0, c == '.' && !(i+1 < len(text) && digit(text[i+1:])):
			cut(i, i+1)
		}
	}
	cut(len(text), len(text))
	return out
}

// clause reads one clause. A denial reaches from its word to the end of the clause or to a word that turns it.
func (d *describer) clause(s [2]int) {
	words := d.text[s[0]:s[1]]
	p := d.practice(s)
	for _, c := range d.crafts(s, d.t.Recognise(words)) {
		if d.notHad(words, c) {
			continue
		}
		c.Start, c.End = c.Start+s[0], c.End+s[0]
		d.propose(c, p.months)
	}
}

// practisedWords, folded, stand before a craft said in one short word: "biết may", "làm hàn", "nghề mộc".
var practisedWords = folded("biet", "lam", "nghe", "hoc", "tho", "nganh", "chuyen", "di", "ty", "xuong", "may", "thao", "gioi", "quen", "ve", "va", "voi")

// crafts finds the short words for a craft behind a word of practice. Nothing else in running text would say
// that "may" is sewing.
func (d *describer) crafts(s [2]int, found []Concept) []Concept {
	words := d.text[s[0]:s[1]]
	line := d.t.words.scan(nil, words)
	marked := anyMarkedSyllable(line)
	x := d.t.craftWords
	practised := false
	for i := 1; i < len(line); i++ {
		before := Fold(words[line[i-1].start:line[i-1].end])
		linked := before == "va" || before == "voi" || before == "may"
		if !slices.Contains(practisedWords, before) || linked && !practised && before != "may" {
			continue
		}
		practised = true
		node, skill, length := x.start(line[i].fold), int32(-1), 0
		for at := i; node != 0; {
			for n := x.from[node]; n < x.from[node+1]; n++ {
				if x.same(n, line[i:at+1]) || !marked {
					skill, length = x.names[n], at+1-i
				}
			}
			if at++; at == len(line) {
				break
			}
			node = x.step(node, line[at].fold)
		}
		if length == 0 {
			continue
		}
		c := Concept{Kind: SkillConcept, ID: d.t.skills.all[skill].ID, Start: int(line[i].start), End: int(line[i+length-1].end), tokens: length}
		covered := func(o Concept) bool { return o.Start < c.End && c.Start < o.End && o.tokens >= c.tokens }
		if !slices.ContainsFunc(found, covered) {
			found = append(found, c)
		}
	}
	return found
}

// Words, folded, by which what follows is not had, and those that turn the clause back.
var (
	notHadWords  = []string{"khong", "chua", "ko", "chang", "k", "hong", "khg", "muon hoc", "muon duoc hoc", "dang muon hoc", "can hoc", "so", "ghet", "khong thich", "tru", "ngoai tru"}
	turningWords = []string{"nhung", "ma", "chi", "con", "bu lai", "tuy nhien", "song"}
	neverMind    = []string{"khong ngai", "khong so", "ko ngai", "khong van de", "khong chi", "khong nhung", "khong thanh van de", "khong ke", "chua ke"}
)

// notHad reports whether a concept's clause denies it. "Không cần kinh nghiệm" and the like are concepts of
// their own.
func (d *describer) notHad(words string, c Concept) bool {
	if c.Kind == ExperienceConcept {
		return false
	}
	before := " " + Fold(words[max(0, c.Start-reachBack):c.Start]) + " "
	for _, w := range neverMind {
		before = strings.ReplaceAll(before, " "+w+" ", " ")
	}
	last := -1
	for _, w := range notHadWords {
		last = max(last, strings.LastIndex(before, " "+w+" "))
	}
	if last < 0 {
		return false
	}
	rest := before[last:]
	return !slices.ContainsFunc(turningWords, func(w string) bool { return strings.Contains(rest, " "+w+" ") })
}

// propose adds a concept that somebody has.
func (d *describer) propose(c Concept, months int) {
	p := Proposal{ID: c.ID, Level: c.Level, Months: months, Likely: true, Start: c.Start, End: c.End, points: pointsSaid + pointsLong*c.tokens}
	if months > 0 {
		p.points += pointsPractised
	}
	switch c.Kind {
	case SkillConcept:
		if code := languageOf[c.ID]; code != "" {
			l := p
			l.ID, l.Months = code, 0
			put(&d.out.Languages, l)
		}
		put(&d.out.Skills, p)
	case OccupationConcept:
		put(&d.out.Occupations, p)
	case CertificateConcept:
		p.Months = 0
		put(&d.out.Certificates, p)
	}
}

// put adds a proposal, or strengthens the one that is there.
func put(list *[]Proposal, p Proposal) {
	i := slices.IndexFunc(*list, func(o Proposal) bool { return o.ID == p.ID })
	if i < 0 {
		*list = append(*list, p)
		return
	}
	old := &(*list)[i]
	old.Months = max(old.Months, p.Months)
	if old.Level == "" {
		old.Level = p.Level
	}
	switch {
	case p.Likely && !old.Likely:
		p.Months = old.Months
		*old = p
	case p.points > old.points && p.Likely == old.Likely:
		old.points, old.Start, old.End = p.points, p.Start, p.End
	}
}

// maxRelated bounds what is proposed beside what was said.
const maxRelated = 8

// related proposes what goes with what was said: occupations of the skills, skills of the occupations, skills
// that a certificate is needed for.
func (d *describer) related() {
	for _, s := range slices.Clone(d.out.Skills) {
		skill, _ := d.t.Skill(s.ID)
		if skill.Group == languageGroup && skill.ID != interpreting {
			continue
		}
		for i, o := range d.t.OccupationsOfSkill(s.ID) {
			if i < 3 {
				put(&d.out.Occupations, d.implied(o.Code, s, i))
			}
		}
	}
	for _, o := range slices.Clone(d.out.Occupations) {
		if !o.Likely {
			continue
		}
		for i, s := range d.t.SkillsOfOccupation(o.ID) {
			if i < 4 {
				put(&d.out.Skills, d.implied(s.ID, o, i))
			}
		}
	}
	for _, c := range d.out.Certificates {
		cert, _ := d.t.Certificate(c.ID)
		for i, id := range cert.Skills {
			if i < 2 && d.t.HasSkill(id) {
				put(&d.out.Skills, d.implied(id, c, i))
			}
		}
	}
	for _, list := range []*[]Proposal{&d.out.Skills, &d.out.Occupations} {
		slices.SortStableFunc(*list, func(a, b Proposal) int { return cmp.Compare(b.points, a.points) })
		said := 0
		for _, p := range *list {
			if p.Likely {
				said++
			}
		}
		*list = (*list)[:min(len(*list), said+maxRelated)]
	}
}

// implied is a proposal by another: its evidence is the other's.
func (d *describer) implied(id string, by Proposal, place int) Proposal {
	return Proposal{ID: id, Start: by.Start, End: by.End, points: pointsImplied + by.points/10 - 5*place}
}

// practice reads a length of time in a clause: "làm 2 năm", "nửa năm", "3 tháng", "hai năm rưỡi". Ages are not.
func (d *describer) practice(s [2]int) practice {
	tokens := Tokens(d.text[s[0]:s[1]])
	for i, t := range tokens {
		unit, ok := spans[t.Fold]
		if !ok || len(t.Fold) < 3 || i == 0 || t.Fold == "nam" && t.Marked() && t.Exact != Exact("năm") {
			continue
		}
		value, from := quantity(tokens, i)
		if value <= 0 || from > 0 && slices.Contains([]string{"sinh", "thang", "lop", "den", "truoc"}, tokens[from-1].Fold) {
			continue
		}
		end := i
		if i+1 < len(tokens) && tokens[i+1].Fold == "ruoi" {
			value, end = value+0.5, i+1
		}
		if i+1 < len(tokens) && slices.Contains([]string{"tuoi", "sinh", "truoc", "nua", "toi"}, tokens[i+1].Fold) {
			continue
		}
		months := monthsOf(value, unit)
		if months > 0 && months < 600 {
			p := practice{months, s[0] + tokens[from].Start, s[0] + tokens[end].End, s[0], s[1]}
			d.spans = append(d.spans, p)
			return p
		}
	}
	return practice{}
}

// quantity reads the number before a word for time, from its first token.
func quantity(tokens []Token, unit int) (value float64, from int) {
	w := tokens[unit-1].Fold
	if w == "nua" {
		return 0.5, unit - 1
	}
	if r := (payReader{items: lexPay(w)}); len(r.items) == 1 && r.items[0].kind == payNumber && r.items[0].value < 60 {
		return r.items[0].value, unit - 1
	}
	items := []payItem{}
	from = unit
	for from > 0 && unit-from < 3 && numberWords[tokens[from-1].Fold] > 0 && tokens[from-1].Fold != "nam" && tokens[from-1].Fold != "sau" {
		from--
	}
	for _, t := range tokens[from:unit] {
		items = append(items, payItem{kind: payWord, text: t.Fold})
	}
	value, n := spelled(items)
	if n == 0 {
		return 0, unit
	}
	return value, from
}

// months adds up the lengths of time, each clause's once, with the bytes of the longest.
func (d *describer) months() (sum, start, end int) {
	most := 0
	for _, p := range d.spans {
		sum += p.months
		if p.months > most {
			most, start, end = p.months, p.start, p.end
		}
	}
	return min(sum, 600), start, end
}
