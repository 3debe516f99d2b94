package files

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// text is what an advertisement says, put together from its columns, and how each part is meant.
type text struct {
	title    string
	parts    []part
	together strings.Builder
}

// part is one column's words and where they begin in the whole.
type part struct {
	start    int
	words    string
	required bool // the column states requirements
}

// textColumns in the order they are put together. A heading goes before those that would not be understood alone.
var textColumns = []struct {
	key, heading string
	required     bool
}{
	{"description", "", false},
	{"requirements", "Yêu cầu:\n", true},
	{"certificates", "Chứng chỉ: ", true},
	{"languages", "Ngoại ngữ: ", true},
	{"schooling", "Trình độ học vấn: ", true},
	{"qualification", "Trình độ chuyên môn: ", true},
	{"skills", "Kỹ năng: ", false},
	{"benefits", "Quyền lợi:\n", false},
	{"shift", "Thời gian làm việc: ", false},
	{"contract_type", "Hợp đồng: ", false},
	{"job_type", "Hình thức: ", false},
	{"position_level", "Cấp bậc: ", false},
	{"job_fields", "Lĩnh vực: ", false},
	{"tags", "Từ khóa: ", false},
}

// readText puts the columns together. A title that is too long to be one opens the text.
func readText(row Row, title string) text {
	t := text{title: title}
	if len([]rune(title)) > market.MaxTitle {
		t.add("", title, false)
	}
	for _, c := range textColumns {
		words := strings.TrimLeft(row.Text(c.key), " ,;")
		if words == "" || row.Line1(c.key) == "" {
			continue
		}
		t.add(c.heading, words, c.required)
	}
	return t
}

// add appends a part; what would make the whole longer than a posting may be is cut off.
func (t *text) add(heading, words string, required bool) {
	room := market.MaxText - len([]rune(t.together.String())) - len([]rune(heading)) - 4
	if room < 20 {
		return
	}
	if letters := []rune(words); len(letters) > room {
		words = strings.TrimSpace(string(letters[:room-1])) + "…"
	}
	if t.together.Len() > 0 {
		t.together.WriteString("\n\n")
	}
	t.together.WriteString(heading)
	t.parts = append(t.parts, part{t.together.Len(), words, required})
	t.together.WriteString(words)
}

func (t *text) String() string { return t.together.String() }

// Phrases, folded, that say how a clause is meant.
var (
	welcomes = []string{"uu tien", "loi the", "diem cong", "neu co", "khong bat buoc", "biet them", "cang tot", "preferred", "prefer", "advantage", "a plus", "nice to have", "khuyen khich"}
	denials  = []string{"khong yeu cau", "khong can", "khong doi hoi", "chua can", "chua biet", "chua co", "not required", "no need"}
	offers   = []string{"duoc dao tao", "se dao tao", "dao tao mien phi", "dao tao tu dau", "duoc hoc", "duoc huong dan", "day nghe", "duoc day"}
	either   = []string{"hoac", "mot trong", "or", "hay"}
	demands  = []string{"yeu cau", "bat buoc", "phai co", "phai biet", "can co", "can biet", "toi thieu phai", "required", "must"}

	askingHeads = []string{"yeu cau", "requirements", "requirement", "dieu kien", "tieu chuan", "qualifications"}
	otherHeads  = []string{"quyen loi", "che do", "phuc loi", "mo ta", "thoi gian", "ho so", "lien he", "uu tien", "dia diem", "thu nhap", "muc luong", "benefits", "job description", "nhiem vu", "trach nhiem"}
)

// maxRead bounds what is read out of one advertisement: more is a list of key words.
const maxRead = 40

// requirements reads the skills and certificates the text names. They are required only where a column or a
// heading of requirements, or the clause itself, says so without "ưu tiên", "hoặc" or the like; a trait
// (giao tiếp, chăm chỉ) never is, since nobody can be held to it. What a clause denies or offers to teach
// is left out. The title's own words come last, without bytes, unless the text has them too.
func (t *text) requirements(tax *taxonomy.Taxonomy) []market.Requirement {
	var out []market.Requirement
	for _, p := range t.parts {
		asking, passages := p.required, tax.Passages(p.words)
		for _, c := range clauses(p.words) {
			if head, is := headOf(c.words); head {
				asking = is
			}
			for _, r := range c.read(tax, asking) {
				if aboutCompany(passages, r.Span[0]) {
					continue
				}
				if r.Span != [2]int{} {
					r.Span[0], r.Span[1] = r.Span[0]+p.start, r.Span[1]+p.start
				}
				out = join(out, r)
			}
		}
	}
	for _, tag := range tax.Tags(t.title, "") {
		if tag.Kind == "skill" || tag.Kind == "certificate" {
			out = join(out, market.Requirement{Kind: tag.Kind, ID: tag.ID, Level: tag.Level, Nice: true, Read: true})
		}
	}
	return out[:min(len(out), maxRead)]
}

// aboutCompany reports whether a byte stands where the text says who the employer is: its trade is asked of
// nobody.
func aboutCompany(passages []taxonomy.Passage, at int) bool {
	return slices.ContainsFunc(passages, func(p taxonomy.Passage) bool {
		return p.Kind == market.SectionCompany && p.Start <= at && at < p.End
	})
}

// join adds a requirement, or makes the one that is there required by a second mention that says so.
func join(all []market.Requirement, r market.Requirement) []market.Requirement {
	i := slices.IndexFunc(all, func(o market.Requirement) bool { return o.Kind == r.Kind && o.ID == r.ID })
	switch {
	case i < 0:
		return append(all, r)
	case all[i].Nice && !r.Nice, all[i].Level == "" && r.Level != "" && all[i].Nice == r.Nice:
		all[i] = r
	}
	return all
}

func requirement(c taxonomy.Concept) (market.Requirement, bool) {
	r := market.Requirement{ID: c.ID, Level: c.Level, Span: [2]int{c.Start, c.End}, Read: true}
	switch c.Kind {
	case taxonomy.SkillConcept:
		r.Kind, r.Level = "skill", ""
	case taxonomy.CertificateConcept:
		r.Kind = "certificate"
	default:
		return r, false
	}
	return r, true
}

// clause is a stretch of words that is meant as one, with its first byte in the part.
type clause struct {
	start int
	words string
}

// clauses cuts at line ends, semicolons, bullets, and full stops that end a sentence.
func clauses(words string) []clause {
	var out []clause
	start := 0
	cut := func(end, next int) {
		if strings.TrimSpace(words[start:end]) != "" {
			out = append(out, clause{start, words[start:end]})
		}
		start = next
	}
	for i, r := range words {
		switch {
		case r == '\n' || r == ';' || r == '•':
			cut(i, i+len(string(r)))
		case r == '.' && i+1 < len(words) && (words[i+1] == ' ' || words[i+1] == '\n'):
			cut(i, i+1)
		}
	}
	if start < len(words) {
		cut(len(words), len(words))
	}
	return out
}

// headOf reports whether a clause is a heading, and whether of requirements.
func headOf(words string) (head, asking bool) {
	line := strings.Trim(words, " -–*#\t")
	short, ends := len([]rune(line)) <= 40, strings.HasSuffix(line, ":") || strings.ToUpper(line) == line
	if !short || !ends {
		return false, false
	}
	fold := taxonomy.Fold(line)
	switch {
	case saysFolded(fold, otherHeads...):
		return true, false
	case saysFolded(fold, askingHeads...):
		return true, true
	}
	return false, false
}

// read gives what the clause names; asking says whether it stands where requirements are stated.
func (c clause) read(tax *taxonomy.Taxonomy, asking bool) []market.Requirement {
	found := tax.Recognise(c.words)
	if len(found) == 0 {
		return nil
	}
	fold := taxonomy.Fold(c.words)
	required := (asking || saysFolded(fold, demands...)) && !saysFolded(fold, welcomes...) && !saysFolded(fold, either...) && !strings.Contains(c.words, "/")
	var out []market.Requirement
	for _, concept := range found {
		r, ok := requirement(concept)
		if !ok || says(c.piece(concept.Start), slices.Concat(denials, offers)...) {
			continue
		}
		denied := says(c.words[:concept.Start], denials...)
		r.Nice = !required || denied || trait(tax, r) || severalAt(found, concept)
		r.Span[0], r.Span[1] = r.Span[0]+c.start, r.Span[1]+c.start
		out = append(out, r)
	}
	return out
}

// piece gives the words between the commas around a byte.
func (c clause) piece(at int) string {
	from := strings.LastIndexAny(c.words[:at], ",(") + 1
	if to := strings.IndexAny(c.words[at:], ",)"); to >= 0 {
		return c.words[from : at+to]
	}
	return c.words[from:]
}

// trait reports whether a skill belongs to no occupation: a manner rather than a craft.
func trait(tax *taxonomy.Taxonomy, r market.Requirement) bool {
	s, ok := tax.Skill(r.ID)
	return r.Kind == "skill" && ok && s.ISCO == ""
}

// severalAt reports whether the same bytes stand for more than one thing.
func severalAt(found []taxonomy.Concept, c taxonomy.Concept) bool {
	return slices.ContainsFunc(found, func(o taxonomy.Concept) bool {
		return o.Start == c.Start && o.Kind == c.Kind && o.ID != c.ID
	})
}
