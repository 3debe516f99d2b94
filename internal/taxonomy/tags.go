package taxonomy

import (
	"cmp"
	"slices"
	"strings"

	"noiviec/internal/market"
)

// Tags reads an advertisement: skills, certificates with their level, occupations, languages, places, benefits,
// shifts, pay, openings and experience, each with its bytes and where it stands. What the text says about the
// company is not asked of anybody and gives no tags of work; what a sentence denies ("không yêu cầu bằng lái")
// or offers to teach gives none either. In the order of the field, title first; at most market.MaxTags.
func (t *Taxonomy) Tags(title, text string) []market.Tag {
	r := tagger{t: t}
	r.title(title)
	r.body(text)
	slices.SortStableFunc(r.tags, func(a, b market.Tag) int {
		return cmp.Or(-cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return r.tags[:min(len(r.tags), market.MaxTags)]
}

// tagger gathers the tags of one advertisement.
type tagger struct {
	t     *Taxonomy
	field string
	text  string
	tags  []market.Tag
}

func (r *tagger) add(tag market.Tag, start, end int) {
	tag.Field, tag.Start, tag.End, tag.Said = r.field, start, end, r.text[start:end]
	same := func(o market.Tag) bool { return o == tag }
	if len(r.tags) < 2*market.MaxTags && !slices.ContainsFunc(r.tags, same) {
		r.tags = append(r.tags, tag)
	}
}

// title reads the title. The name of an employer in it ("bảo vệ công ty may Hồng Hà") is no trade of the job,
// unless the job is named by nothing else.
func (r *tagger) title(title string) {
	r.field, r.text = market.TagInTitle, title
	concepts := r.t.Recognise(title)
	from, to := r.t.employerIn(title)
	outside := slices.ContainsFunc(concepts, func(c Concept) bool { return r.t.craft(c) && (c.End <= from || c.Start >= to) })
	for _, c := range concepts {
		if outside && c.Start >= from && c.Start < to && isWork(c) || r.t.sold(title, c) || c.Kind == CertificateConcept && !r.paper(c, false) {
			continue
		}
		r.concept(c, market.SectionDuties)
	}
	r.figures(title, 0, len(title), "", true)
}

// isWork reports whether a concept says what somebody can or does.
func isWork(c Concept) bool {
	return c.Kind == SkillConcept || c.Kind == OccupationConcept || c.Kind == CertificateConcept
}

// craft reports whether a concept names a particular work: general labour does not.
func (t *Taxonomy) craft(c Concept) bool {
	switch c.Kind {
	case SkillConcept:
		s, _ := t.Skill(c.ID)
		return s.ISCO != "" && c.ID != "ldpt"
	case OccupationConcept:
		return c.ID != "9329"
	}
	return false
}

// employerWords begin the name of an employer inside a title.
var employerWords = folded("cong ty", "cty", "tap doan", "xi nghiep", "doanh nghiep", "nha may", "tong cong ty", "hop tac xa")

// employerIn gives the bytes of an employer's name in a title: from "công ty" to what wants people or to the
// next punctuation; empty when there is none.
func (t *Taxonomy) employerIn(title string) (from, to int) {
	tokens := Tokens(title)
	for i := range tokens {
		n := phraseAt(tokens[i:min(len(tokens), i+3)], employerWords)
		if n == 0 {
			continue
		}
		end := i + n
		for end < len(tokens) && !strings.ContainsAny(title[tokens[end-1].End:tokens[end].Start], ",;|()[]:-–") && !slices.Contains(recruitWords, tokens[end].Fold) {
			end++
		}
		return tokens[i].Start, tokens[end-1].End
	}
	return 0, 0
}

var recruitWords = []string{"tuyen", "can", "tim"}

// sold reports whether a benefit is what the job sells: "tư vấn bảo hiểm y tế".
func (t *Taxonomy) sold(text string, c Concept) bool {
	if c.Kind != BenefitConcept {
		return false
	}
	if says(before3(text, c.Start), sellingWords...) {
		return true
	}
	back := text[max(0, c.Start-reachBack):c.Start]
	for at := len(back) - 1; at >= 0; at-- {
		if sentenceEnd(back, at) {
			back = back[at+1:]
			break
		}
	}
	return c.ID == "insurance" && says(back, officeWords...)
}

// officeWords in its sentence make insurance somebody's paper work.
var officeWords = folded("nghiệp vụ", "quyết toán", "hạch toán", "thuế", "báo cáo", "chính sách lao động", "kê khai", "thủ tục", "tính lương", "khách hàng", "chấm công")

var sellingWords = folded("tu van", "ban", "dai ly", "kinh doanh", "sale", "sales", "san pham", "goi", "hop dong", "lam thu tuc", "khai bao", "quyet toan", "theo doi", "tinh", "quan ly", "nhan vien", "chuyen vien", "thu tuc", "ho so", "bao", "cong tac", "to chuc", "phu trach", "ke toan", "tiep thi", "gioi thieu")

// folded gives the folded keys of words, as tokens have them ("ky su" is "ki su").
func folded(words ...string) []string {
	for i, w := range words {
		words[i] = Fold(w)
	}
	return words
}

// reachBack is how many bytes before a concept its part of the sentence is looked for: what is said further
// away is not about it, and a text without punctuation must not cost more than its length.
const reachBack = 160

// before3 gives the three words before a byte in its sentence.
func before3(text string, at int) string {
	back := text[max(0, at-reachBack):at]
	words := strings.Fields(back[strings.LastIndexAny(back, ".;\n,:")+1:])
	return strings.Join(words[max(0, len(words)-3):], " ")
}

// says reports whether one of the folded phrases stands in a text.
func says(text string, phrases ...string) bool {
	fold := " " + Fold(text) + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(fold, " "+p+" ") })
}

// body reads the text, passage by passage.
func (r *tagger) body(text string) {
	r.field, r.text = market.TagInText, text
	concepts := r.t.Recognise(text)
	passages := r.t.Passages(text)
	at := 0
	for _, c := range concepts {
		if len(r.tags) >= 2*market.MaxTags {
			break
		}
		for at < len(passages)-1 && passages[at].End <= c.Start {
			at++
		}
		if len(passages) > 0 && r.counts(c, passages[at]) {
			r.concept(c, passages[at].Kind)
		}
	}
	for _, p := range passages {
		if p.Kind != market.SectionCompany && p.Kind != market.SectionApply {
			r.figures(text, p.Start, p.End, p.Kind, p.recruits)
		}
	}
}

// counts reports whether a concept means something in a passage of its kind.
func (r *tagger) counts(c Concept, p Passage) bool {
	if p.Kind == market.SectionCompany {
		return false
	}
	switch c.Kind {
	case CertificateConcept:
		return (p.Kind == market.SectionDuties || p.Kind == market.SectionAsks) && r.paper(c, p.Kind == market.SectionAsks) && !r.denied(c)
	case SkillConcept:
		return (p.Kind == market.SectionDuties || p.Kind == market.SectionAsks) && !r.denied(c)
	case OccupationConcept:
		return p.recruits && p.Kind == market.SectionDuties && !r.denied(c)
	case BenefitConcept:
		return (p.Kind == market.SectionOffers || given(r.text, c)) && !r.t.sold(r.text, c) && !r.denied(c)
	case PlaceConcept:
		return c.Place != InRegion && c.Place != InCountry
	case WorkTimeConcept:
		return p.Kind != market.SectionApply && !r.denied(c)
	case ExperienceConcept:
		return p.Kind != market.SectionApply
	}
	return false
}

// paperWords say that a certificate is a paper and not a subject or a post: "PCCC" and "kế toán trưởng" are both.
var paperWords = folded("bằng", "chứng chỉ", "chứng nhận", "giấy", "thẻ", "gplx", "gcn", "cchn", "cc", "bằng lái", "certificate", "licence", "license", "hạng", "dấu")

// paper reports whether a certificate is said to be one. Licences need no such word, nor do tests where their
// level is said or where something is asked; elsewhere "lớp IELTS" is a subject.
func (r *tagger) paper(c Concept, asked bool) bool {
	cert, _ := r.t.Certificate(c.ID)
	if cert.HasLevels() && (asked || c.Level != "") || cert.Family == "gplx" || says(r.text[c.Start:c.End], paperWords...) {
		return true
	}
	back := r.text[max(0, c.Start-50):c.Start]
	return says(back[strings.LastIndexAny(back, ".;\n")+1:], paperWords...)
}

// given reports whether people get a benefit: the words before it say so, or it opens a clause ("8 triệu, KTX 4 người")
// and is none that offices deal with.
func given(text string, c Concept) bool {
	before := strings.TrimRight(text[max(0, c.Start-4):c.Start], " ")
	opens := before == "" || strings.ContainsAny(before[len(before)-1:], ",.;:\n-+(•*")
	if opens && !slices.Contains([]string{"insurance", "bonus", "training"}, c.ID) {
		return true
	}
	return says(before3(text, c.Start)+" "+text[c.Start:c.End], "duoc", "ho tro", "bao", "mien phi", "cap", "dong", "huong", "co", "phu cap", "thuong")
}

// Words before a concept, folded, in its part of the sentence, by which it is not asked or not had.
var denyingWords = folded("khong yeu cau", "khong can", "khong doi hoi", "khong bat buoc", "chua can", "chua biet", "chua co", "chua tung", "khong biet", "khong co", "khong phai", "ko can", "ko yeu cau", "ko biet", "ko co", "k can", "k yeu cau", "k biet", "k co", "chua hoc", "khong lam duoc", "not required", "no need", "mien", "khong", "chua", "ko", "chang", "cha", "deo", "no", "dao tao", "day nghe", "duoc hoc", "se day", "huong dan")

// denied reports whether a concept's part of the sentence says that it is not needed, or will be taught.
func (r *tagger) denied(c Concept) bool {
	back := r.text[max(0, c.Start-reachBack):c.Start]
	return says(back[strings.LastIndexAny(back, ",.;:\n()")+1:], denyingWords...) || says(after2(r.text, c.End), "khong bat buoc", "khong can")
}

func after2(text string, at int) string {
	words := strings.Fields(text[at:min(len(text), at+80)])
	return strings.Join(words[:min(len(words), 4)], " ")
}

// languageOf gives the language that a skill is.
var languageOf = map[string]string{"tieng-anh": "en", "tieng-trung": "zh", "tieng-han": "ko", "tieng-nhat": "ja", "tieng-duc": "de", "tieng-lao": "lo", "tieng-thai-dt": "tai", "tieng-mong": "hmn"}

// concept adds the tag of a concept.
func (r *tagger) concept(c Concept, section string) {
	tag := market.Tag{ID: c.ID, Level: c.Level, Section: section}
	switch c.Kind {
	case SkillConcept:
		tag.Kind = "skill"
		if code := languageOf[c.ID]; code != "" {
			r.add(market.Tag{Kind: "language", ID: code, Section: section}, c.Start, c.End)
		}
	case CertificateConcept:
		tag.Kind = "certificate"
	case OccupationConcept:
		tag.Kind = "occupation"
	case PlaceConcept:
		tag.Kind, tag.Of = "place", string(c.Place)
	case BenefitConcept:
		tag.Kind = "benefit"
	case WorkTimeConcept:
		tag.Kind = "shift"
	case ExperienceConcept:
		if c.ID != NoExperience {
			return
		}
		tag.Kind = "experience"
	}
	r.add(tag, c.Start, c.End)
}

// figures reads pay, openings, experience and meals out of the sentences between two bytes.
func (r *tagger) figures(text string, from, to int, section string, recruits bool) {
	for from < to {
		end := from
		for end < to && !sentenceEnd(text, end) {
			end++
		}
		if s := text[from:end]; strings.ContainsAny(s, "0123456789") || says(s, "trieu", "nguoi") {
			r.sentence(from, end, section, recruits)
		}
		from = end + 1
	}
}

// sentenceEnd reports whether a sentence ends at a byte: a line end, ";", or a full stop before a space.
func sentenceEnd(text string, at int) bool {
	switch text[at] {
	case '\n', ';':
		return true
	case '.':
		return at+1 < len(text) && (text[at+1] == ' ' || text[at+1] == '\n')
	}
	return false
}

func (r *tagger) sentence(from, to int, section string, recruits bool) {
	l := figureLine{text: r.text, tokens: Tokens(r.text[from:to]), start: from, title: r.field == market.TagInTitle}
	if section != market.SectionCompany {
		if pay, start, end, ok := l.pay(); ok {
			r.add(market.Tag{Kind: "pay", Section: section, Min: pay.Min, Max: pay.Max, Currency: pay.Currency, Period: pay.Period, Level: string(pay.Basis)}, start, end)
		}
	}
	if n, start, end, ok := l.openings(recruits); ok {
		r.add(market.Tag{Kind: "openings", Section: section, Min: int64(n), Max: int64(n)}, start, end)
	}
	if e, start, end, ok := l.experience(); ok {
		r.add(market.Tag{Kind: "experience", Section: section, Min: int64(e.Min), Max: int64(e.Max)}, start, end)
	}
	if n, start, end, ok := l.meals(); ok {
		r.add(market.Tag{Kind: "meals", Section: section, Min: int64(n), Max: int64(n)}, start, end)
	}
}
