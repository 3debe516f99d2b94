package taxonomy

import (
	"cmp"
	"slices"
	"strconv"
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
	return c.ID == "insurance" && says(back[strings.LastIndexByte(back, '\n')+1:], officeWords...)
}

// officeWords in its line make insurance somebody's paper work.
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

// given reports whether the words before a benefit say that people get it.
func given(text string, c Concept) bool {
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
	if l.title || section == market.SectionOffers || l.says("luong", "thu nhap", "tn", "muc luong") {
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

// figureLine is one sentence in which figures are read.
type figureLine struct {
	text   string
	tokens []Token // bytes count from start
	start  int
	title  bool
}

func (l *figureLine) at(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	return l.tokens[i].Fold
}

func (l *figureLine) says(words ...string) bool {
	for i := range l.tokens {
		for _, w := range words {
			if l.at(i) == w || strings.Contains(w, " ") && l.at(i)+" "+l.at(i+1) == w {
				return true
			}
		}
	}
	return false
}

// span gives the bytes of tokens in the whole text.
func (l *figureLine) span(from, to int) (int, int) {
	return l.start + l.tokens[from].Start, l.start + l.tokens[to-1].End
}

// number gives a token's whole number of at most five digits, as people count people.
func (l *figureLine) number(i int) (int, bool) {
	w := l.at(i)
	if w == "" || len(w) > 5 || !allDigits(w) || w[0] == '0' && len(w) > 3 {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0 && n <= 10000
}

// glued reports whether a token is tied to its neighbour by a sign: part of a phone number, a date, a range.
func (l *figureLine) glued(i int) bool {
	if i+1 < len(l.tokens) {
		gap := l.text[l.start+l.tokens[i].End : l.start+l.tokens[i+1].Start]
		if digit(l.at(i+1)) && (gap == "." || gap == "/" || gap == " " || gap == ",") {
			return true
		}
	}
	if i > 0 {
		gap := l.text[l.start+l.tokens[i-1].End : l.start+l.tokens[i].Start]
		return digit(l.at(i-1)) && (gap == "." || gap == "/" || gap == " " || gap == ",")
	}
	return false
}

func digit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// countedWords are words after a number that count something other than people.
var countedWords = func() map[string]bool {
	out := map[string]bool{}
	for w := range notPeople {
		out[w] = true
	}
	for _, w := range folded("lan", "thu", "nghe", "cong", "tieng", "phut", "met", "kg", "ty", "co", "so", "bua", "nghin", "vnd", "nhan", "usd", "do", "dau", "diem", "chieu", "tang", "phong", "ban", "cap", "mon", "sao", "trang", "mau", "kinh", "kien", "nhom", "buoc", "doi", "kenh", "ngoai", "hop", "don", "level", "vong", "dot", "kem", "du", "giai") {
		out[w] = true
	}
	for _, w := range []string{"ban", "nhan", "nhom", "doi", "cong"} { // "2 bạn", "50 nhân viên", "10 công nhân"
		delete(out, w)
	}
	return out
}()

// peopleNouns count people wherever they stand after a number.
var peopleNouns = folded("nguoi", "cong nhan", "lao dong", "ldpt", "nhan vien", "nhan su", "nv", "cn", "tho", "ban", "ung vien", "chi tieu", "slot", "suat", "vi tri", "nam", "nu", "lai xe", "tai xe", "bao ve", "phu bep", "dau bep", "giao vien", "dieu duong", "em", "anh", "ke toan", "ky su", "phuc vu", "tap vu", "ho ly", "phu xe", "phu ho")

// openings reads how many people are wanted. A number counts when a word that wants people stands before it
// ("tuyển 50", "số lượng: 05", "cần gấp 3 thợ hàn"), or when it counts people in a sentence that wants some
// ("tuyển 3 nam, 2 nữ"). Years of experience, ages, phone numbers and amounts do not.
func (l *figureLine) openings(recruits bool) (count, start, end int, ok bool) {
	first, last := -1, -1
	wants := recruits && (l.title || l.says("tuyen", "can tuyen", "so luong", "sl"))
	for i := range l.tokens {
		n, is := l.number(i)
		if is && l.ranged(i) { // "10-15 người": the second counts
			continue
		}
		if !is || l.glued(i) || !l.people(i, wants || first >= 0) {
			continue
		}
		count += n
		if first < 0 {
			first = i
		}
		last = i + 1
	}
	if first < 0 || count > 10000 {
		return 0, 0, 0, false
	}
	if first > 0 && (l.at(first-1) == "tuyen" || l.at(first-1) == "can" || l.at(first-1) == "luong" || l.at(first-1) == "sl") {
		first--
		if l.at(first) == "luong" {
			first--
		}
	}
	if last < len(l.tokens) {
		last++ // what is counted
	}
	start, end = l.span(first, last)
	return count, start, end, true
}

// ranged reports whether a dash and another number follow the number at a token.
func (l *figureLine) ranged(i int) bool {
	if _, is := l.number(i + 1); !is {
		return false
	}
	gap := strings.TrimSpace(l.text[l.start+l.tokens[i].End : l.start+l.tokens[i+1].Start])
	return gap == "-" || gap == "–" || gap == "~"
}

// is reports whether a token is a word: with its marks, or typed without any.
func (l *figureLine) is(i int, words ...string) bool {
	if i < 0 || i >= len(l.tokens) {
		return false
	}
	t := l.tokens[i]
	return slices.ContainsFunc(words, func(w string) bool {
		if t.Marked() {
			return t.Exact == Exact(w)
		}
		return t.Fold == Fold(w)
	})
}

// notWanted, folded, stand before people who are there already: "công ty 30 người", "nhóm 5 người".
var notWanted = folded("ty", "nhóm", "đội", "team", "lý", "đạo", "trên", "từng", "với", "thứ", "cấp", "lớp", "từ", "đến", "gồm", "mô", "trợ", "tháng", "quý", "khóa", "ngày", "kỳ")

// people reports whether the number at a token counts people who are wanted.
func (l *figureLine) people(i int, inSentence bool) bool {
	next := l.at(i + 1)
	if next == "nam" && (l.tokens[i+1].Exact != "nam" || l.at(i+2) == "kinh" || l.at(i+2) == "tro" || l.at(i+2) == "lam" || l.at(i+2) == "kn") {
		return false // years
	}
	noun := slices.Contains(peopleNouns, next) || slices.Contains(peopleNouns, next+" "+l.at(i+2))
	if next == "cong" && l.at(i+2) != "nhan" || next == "vi" && l.at(i+2) != "tri" || next == "chi" && l.at(i+2) != "tieu" && l.at(i+2) != "em" {
		noun = false
	}
	if !noun && (countedWords[next] || strings.HasPrefix(l.gapAfter(i), "%")) {
		return false
	}
	back := i - 1
	for steps := 0; steps < 3 && slices.Contains([]string{"gap", "them", "khoang", "hon", "dung", "du", "tu", "toi", "lon", "la", "nhu", "cau", "can"}, l.at(back)); steps++ {
		if l.at(back) == "can" && l.at(back-1) != "luong" {
			break
		}
		back--
	}
	if back > 0 && l.ranged(back) { // "tuyển 40-50": the word stands before the first number
		back--
	}
	wanted := l.is(back, "tuyển", "cần", "sl", "tìm") || l.is(back, "lượng") && l.is(back-1, "số") ||
		noun && (l.is(back, "tiêu") && l.is(back-1, "chỉ") || l.is(back, "cầu") && l.is(back-1, "nhu"))
	first := i
	if i > 0 && l.ranged(i-1) {
		first--
	}
	if slices.Contains(notWanted, l.at(first-1)) || noun && l.monthly(i+1) {
		return false
	}
	return wanted && (noun || next == "" || !countedWords[next]) || noun && inSentence && next != "vi" && !l.bracketed(first)
}

// bracketed reports whether a bracket opens before a token: "quản lý nhân viên (10 người)".
func (l *figureLine) bracketed(i int) bool {
	return i > 0 && strings.Contains(l.text[l.start+l.tokens[i-1].End:l.start+l.tokens[i].Start], "(")
}

// monthly reports whether people are counted by the month, as recruiters' targets are: "40 nhân sự/tháng".
func (l *figureLine) monthly(i int) bool {
	for k := i; k < min(i+3, len(l.tokens)-1); k++ {
		if l.is(k+1, "tháng") && strings.Contains(l.text[l.start+l.tokens[k].End:l.start+l.tokens[k+1].Start], "/") {
			return true
		}
	}
	return false
}

func (l *figureLine) gapAfter(i int) string { return l.text[l.start+l.tokens[i].End:] }

// experience reads the practice that is asked for, in a sentence that speaks of experience.
func (l *figureLine) experience() (e Experience, start, end int, ok bool) {
	for i := range l.tokens {
		if !(l.at(i) == "kinh" && l.at(i+1) == "nghiem") && l.at(i) != "kn" && l.at(i) != "experience" {
			continue
		}
		for from := max(0, i-7); from < min(len(l.tokens), i+9); from++ {
			if !digit(l.at(from)) || l.title && l.at(from) == "" {
				continue
			}
			to := from + 1
			for to < min(len(l.tokens), from+5) && (digit(l.at(to)) || rangeWords[l.at(to)]) && !l.cut(to) {
				to++
			}
			if to == len(l.tokens) || !isSpanWord(l.at(to)) || l.cut(to) {
				continue
			}
			begin := from
			for begin > 0 && from-begin < 3 && slices.Contains([]string{"tu", "tren", "it", "nhat", "toi", "thieu", "duoi", "hon"}, l.at(begin-1)) {
				begin--
			}
			s, f := l.span(begin, to+1)
			if e := ParseExperience(l.text[s:f]); e.Stated && max(e.Min, e.Max) <= 600 {
				return e, s, f, true
			}
		}
	}
	return Experience{}, 0, 0, false
}

func isSpanWord(w string) bool { _, ok := spans[w]; return ok && len(w) > 1 }

// meals reads "2 bữa/ngày", "bao 3 bữa".
func (l *figureLine) meals() (n, start, end int, ok bool) {
	for i := range l.tokens {
		if l.at(i) != "bua" || i == 0 {
			continue
		}
		if n, is := l.number(i - 1); is && n <= 4 {
			start, end = l.span(i-1, i+1)
			return n, start, end, true
		}
	}
	return 0, 0, 0, false
}
