package taxonomy

import (
	"slices"
	"sync"

	"noiviec/internal/market"
)

// Passage is a stretch of an advertisement's text that is about one thing: one of market.Sections.
type Passage struct {
	Kind       string
	Start, End int // bytes

	recruits bool // says who is wanted
}

// The rules by which sections are told, simplest first:
//
//  1. A heading ("Yêu cầu:", "QUYỀN LỢI") says what the lines under it are about, until the next heading. A
//     heading is a known phrase at the beginning of a line with a colon behind it or next to nothing else in
//     the line.
//  2. A sentence that begins with an employer ("Công ty May Hồng Hà…", "Chúng tôi…") and says what it is
//     ("chuyên sản xuất…", "được thành lập…") is about the company, under any heading.
//  3. A sentence that begins with an employer and says whom it wants ("Công ty may X tuyển bảo vệ") is about
//     the company up to the word that wants, and about the duties from there.
//  4. How to apply is told by its words under any heading but that of the company.
//  5. Without a heading a sentence that begins with something to do ("Thực hiện…", "Lập…") is about the duties;
//     any other is what most of its words speak of (what we offer, what we ask, how to
//     apply); with no such word it is about the duties.
//
// The words are in data/section_words.csv.

type sectionCue uint8

const (
	cueCompany sectionCue = iota
	cueDuties
	cueAsks
	cueOffers
	cueApply
	cueEmployer
	cuePredicate
	cueRecruit
	cueKinds
)

var sectionNames = [...]string{market.SectionCompany, market.SectionDuties, market.SectionAsks, market.SectionOffers, market.SectionApply, "employer", "predicate", "recruit"}

// sectionWord is one phrase: what it speaks of, and whether it is a heading.
type sectionWord struct {
	cue  sectionCue
	head bool
}

func (t *Taxonomy) loadSectionWords() error {
	var phrases []phrase[sectionWord]
	err := each("section_words.csv", func(r row) error {
		w := sectionWord{cue: sectionCue(slices.Index(sectionNames[:], r.text("kind"))), head: r.text("place") == "head"}
		for _, words := range r.list("words", ";") {
			phrases = append(phrases, phrase[sectionWord]{t.words.formsOf(words), w})
		}
		return nil
	})
	t.sectionWords = build(t.words, phrases)
	return err
}

// Passages cuts a text into what it is about, in order and without gaps between words; neighbours of one kind
// are one passage. A text without words has none.
func (t *Taxonomy) Passages(text string) []Passage { return t.AppendPassages(nil, text) }

// AppendPassages appends what Passages gives.
func (t *Taxonomy) AppendPassages(out []Passage, text string) []Passage {
	r := sectionReaders.Get().(*sectionReader)
	r.t, r.text = t, text
	r.all = t.words.scan(r.all[:0], text)
	out = r.sections(out)
	r.t, r.text = nil, ""
	sectionReaders.Put(r)
	return out
}

var sectionReaders = sync.Pool{New: func() any { return &sectionReader{} }}

type sectionReader struct {
	t       *Taxonomy
	text    string
	all     []syllable
	mode    sectionCue
	headed  bool
	written []Passage
}

func (r *sectionReader) sections(out []Passage) []Passage {
	r.headed, r.written = false, r.written[:0]
	for from := 0; from < len(r.all); {
		to := from + 1
		for to < len(r.all) && r.all[to].gap&gapLine == 0 {
			to++
		}
		r.line(from, to)
		from = to
	}
	first := len(out)
	for _, s := range r.written {
		if n := len(out); n > first && out[n-1].Kind == s.Kind && out[n-1].recruits == s.recruits {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}

// line reads one line: its heading, then its sentences.
func (r *sectionReader) line(from, to int) {
	if cue, next, ok := r.heading(from, to); ok {
		r.mode, r.headed = cue, true
		r.add(cue, from, next, false)
		from = next
	}
	for from < to {
		end := from + 1
		for end < to && !r.ends(end) {
			end++
		}
		r.sentence(from, end)
		from = end
	}
}

// heading reads a heading at the beginning of a line; next is the first token behind it.
func (r *sectionReader) heading(from, to int) (cue sectionCue, next int, ok bool) {
	at := from
	for at < to && at < from+2 && r.numeral(at) {
		at++
	}
	end := at
	if cue, end, ok = r.longest(at, to, true); !ok {
		return 0, 0, false
	}
	for next = end; next < to && next <= end+4; next++ {
		if r.colon(next) {
			return cue, next, true
		}
		if next < to && r.all[next].gap&gapParted != 0 {
			break
		}
	}
	if r.colon(min(to, len(r.all))) && to-end <= 4 { // the colon ends the line
		return cue, to, true
	}
	for i := end; i < to; i++ {
		if c := r.text[r.all[i].start]; c >= '0' && c <= '9' {
			return 0, 0, false
		}
	}
	return cue, to, to-end <= 2 && to-from <= 7
}

// numeral reports whether a token numbers a line: "1", "II", "a".
func (r *sectionReader) numeral(at int) bool {
	word := r.text[r.all[at].start:r.all[at].end]
	if len(word) > 3 {
		return false
	}
	for i := 0; i < len(word); i++ {
		if c := word[i] | 0x20; c != 'i' && c != 'v' && c != 'x' && (word[i] < '0' || word[i] > '9') {
			return false
		}
	}
	return true
}

// colon reports whether a colon stands before a token, or behind the last one.
func (r *sectionReader) colon(at int) bool {
	if at == 0 {
		return false
	}
	for i := int(r.all[at-1].end); i < len(r.text); i++ {
		switch r.text[i] {
		case ':':
			return true
		case ' ', '*', ')', '\t':
			continue
		}
		return false
	}
	return false
}

// longest gives the longest phrase at a token that is or is not a heading.
func (r *sectionReader) longest(at, to int, head bool) (cue sectionCue, end int, ok bool) {
	x := r.t.sectionWords
	if at >= to {
		return 0, 0, false
	}
	node := x.start(r.all[at].fold)
	for i := at; node != 0; {
		for n := x.from[node]; n < x.from[node+1]; n++ {
			if x.names[n].head == head && x.forgives(n, r.all[at:i+1]) {
				cue, end, ok = x.names[n].cue, i+1, true
			}
		}
		if i++; i == to || r.all[i].gap&gapParted != 0 {
			break
		}
		node = x.step(node, r.all[i].fold)
	}
	return cue, end, ok
}

// ends reports whether a sentence ends before a token: at ".", ";", "!", "?" or a bullet with a space behind it.
func (r *sectionReader) ends(at int) bool {
	if r.all[at].gap&gapParted == 0 {
		return false
	}
	gap := r.text[r.all[at-1].end:r.all[at].start]
	for i := 0; i < len(gap); i++ {
		switch gap[i] {
		case '.', '!', '?':
			if i+1 < len(gap) && gap[i+1] == ' ' {
				return true
			}
		case ';', '|', 0xE2: // the first byte of "•"
			return true
		}
	}
	return false
}

// sentence tells what one sentence is about.
func (r *sectionReader) sentence(from, to int) {
	var count [cueKinds]int
	recruit, employer, works := -1, false, false
	for at := from; at < to; {
		cue, end, ok := r.longest(at, to, false)
		if !ok {
			at++
			continue
		}
		count[cue]++
		switch {
		case cue == cueDuties:
			works = works || at <= from+1
		case cue == cueEmployer:
			employer = employer || at <= from+1
		case cue == cueRecruit && recruit < 0:
			recruit = at
		}
		at = end
	}
	switch {
	case works && !r.headed && !employer: // it begins with what is done
		r.add(cueDuties, from, to, recruit >= 0)
	case employer && recruit > from:
		r.add(cueCompany, from, recruit, false)
		r.add(r.about(count), recruit, to, true)
	case employer && count[cuePredicate] > 0, count[cuePredicate] > 1 && !r.headed, r.headed && r.mode == cueCompany && recruit < 0:
		r.add(cueCompany, from, to, false)
	default:
		r.add(r.about(count), from, to, recruit >= 0)
	}
}

// about gives what a sentence is about that is not about the company.
func (r *sectionReader) about(count [cueKinds]int) sectionCue {
	if r.headed && r.mode != cueCompany {
		if count[cueApply] > 1 {
			return cueApply
		}
		return r.mode
	}
	best := cueDuties
	for _, cue := range []sectionCue{cueApply, cueOffers, cueAsks} {
		if count[cue] > 0 && count[cue] >= count[best] && (best == cueDuties || count[cue] > count[best]) {
			best = cue
		}
	}
	return best
}

// add writes a section over tokens; what stands between it and the one before belongs to neither.
func (r *sectionReader) add(cue sectionCue, from, to int, recruits bool) {
	if from < to {
		r.written = append(r.written, Passage{sectionNames[cue], int(r.all[from].start), int(r.all[to-1].end), recruits})
	}
}
