package jobs

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// The same person as a woman and as a man, as Thái and as Kinh, under another name: the engine must see no difference.

// lottery draws invented profiles and postings from the real lists, every centre's codes among them.
type lottery struct {
	*rand.Rand
	tax          *taxonomy.Taxonomy
	skills       []string
	certificates []taxonomy.Certificate
	occupations  []string
	communes     []string
}

func newLottery(seed uint64) *lottery {
	l := &lottery{Rand: rand.New(rand.NewPCG(seed, 28)), tax: taxonomy.Default()}
	for _, s := range l.tax.Skills() {
		l.skills = append(l.skills, s.ID)
		for _, o := range l.tax.OccupationsOfSkill(s.ID) {
			l.occupations = append(l.occupations, o.Code)
		}
	}
	l.certificates = l.tax.Certificates()
	for _, c := range l.tax.Communes() {
		if c.Province == "11" || c.Province == "24" {
			l.communes = append(l.communes, c.Code)
		}
	}
	return l
}

func pick[T any](l *lottery, list []T) T { return list[l.IntN(len(list))] }

func several[T any](l *lottery, most int, draw func() T) (out []T) {
	for range l.IntN(most + 1) {
		out = append(out, draw())
	}
	return out
}

func (l *lottery) date(from, years int) market.Date {
	return market.NewDate(from+l.IntN(years), 1+l.IntN(12), 1+l.IntN(28))
}

func (l *lottery) place() market.Workplace { return market.Workplace{Commune: pick(l, l.communes)} }

func (l *lottery) conditions() (c market.Conditions) {
	if l.IntN(3) == 0 {
		c = market.Conditions{Setting: fmt.Sprint(1 + l.IntN(3)), Lifting: fmt.Sprint(1 + l.IntN(3)), Walking: fmt.Sprint(1 + l.IntN(3)), TwoHands: fmt.Sprint(1 + l.IntN(3))}
	}
	return c
}

func (l *lottery) benefit() string { return pick(l, market.Benefits) }

func (l *lottery) shift() string { return pick(l, market.Shifts) }

// worker draws what the engine may see of a person.
func (l *lottery) worker(i int) market.Worker {
	return market.Worker{
		Meta: meta("w", i), State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: now},
		Born: l.date(1965, 47), Commune: pick(l, l.communes), Schooling: fmt.Sprint(1 + l.IntN(5)), Qualification: fmt.Sprint(1 + l.IntN(9)),
		Skills: several(l, 3, func() market.HeldSkill {
			return market.HeldSkill{ID: pick(l, l.skills), Level: l.IntN(4), Months: l.IntN(90)}
		}),
		Certificates: several(l, 2, func() market.HeldCertificate {
			return market.HeldCertificate{ID: pick(l, l.certificates).ID, Expires: l.date(2025, 4)}
		}),
		Languages: several(l, 1, func() market.HeldLanguage {
			return market.HeldLanguage{Language: pick(l, market.Languages), Level: l.IntN(5)}
		}),
		History: several(l, 2, func() market.WorkSpell {
			return market.WorkSpell{Occupation: pick(l, l.occupations), Months: l.IntN(90), To: l.date(2008, 19)}
		}),
		Wishes: several(l, 2, func() market.Wish {
			return market.Wish{Occupation: pick(l, l.occupations), Pay: market.Pay{Min: int64(l.IntN(12)) * 1_000_000, Currency: "VND", Period: market.PerMonth},
				Shift: several(l, 1, l.shift), Benefits: several(l, 2, l.benefit), Conditions: l.conditions()}
		}),
		Mobility: market.Mobility{Kind: pick(l, market.MobilityKinds), Km: l.IntN(80), Provinces: []string{"24"}, Countries: []string{"KR"}},
		Needs:    several(l, 1, l.benefit),
	}
}

func (l *lottery) posting(i int) market.Posting {
	p := market.Posting{
		Meta: meta("p", i), Title: "Việc làm", Employer: market.DerivedID("e", fmt.Sprint(i)), Occupation: pick(l, l.occupations), Openings: 3, State: market.PostingOpen, ConfirmedOn: "2026-11-20",
		Pay: market.Pay{Min: int64(3+l.IntN(9)) * 1_000_000, Currency: "VND", Period: market.PerMonth}, Workplaces: several(l, 2, l.place), Benefits: several(l, 4, l.benefit),
		Shift: l.shift(), MinMonths: l.IntN(2) * 12, Conditions: l.conditions(),
		Requirements: several(l, 2, func() market.Requirement {
			return market.Requirement{Kind: "skill", ID: pick(l, l.skills), Nice: l.IntN(3) == 0}
		}),
	}
	switch l.IntN(4) {
	case 0:
		p.Requirements = append(p.Requirements, market.Requirement{Kind: "certificate", ID: pick(l, l.certificates).ID, Nice: l.IntN(2) == 0})
	case 1:
		p.Requirements = append(p.Requirements, market.Requirement{Kind: "certificate", ID: "gplx-d"})
	}
	return p
}

// another is the same person with everything changed that must not count. What is left is what a posting may ask about.
func (l *lottery) another(w market.Worker) market.Worker {
	names := []string{"Lò Văn Mẫu", "Vàng Thị Mẫu", "Nguyễn Thị Mẫu", "Quàng Mẫu", "Giàng A Mẫu", "Trần Văn Mẫu"}
	w.Name, w.Sex, w.Ethnicity = pick(l, names), pick(l, []string{"", "f", "m"}), pick(l, []string{"", "01", "03", "08", "28"})
	w.Phones, w.PhoneNote = several(l, 2, func() string { return fmt.Sprintf("09%08d", l.IntN(1e8)) }), pick(l, []string{"", "máy của con"})
	w.CitizenID, w.CitizenKey, w.IdentityKey = fmt.Sprintf("%012d", l.Int64N(1e12)), fmt.Sprint(l.Uint64()), fmt.Sprint(l.Uint64())
	w.Hamlet, w.About = pick(l, []string{"", "bản Mẫu"}), pick(l, []string{"", "chăm chỉ", "đang nuôi con nhỏ"})
	w.Barriers = several(l, 2, func() string { return pick(l, market.Barriers) })
	w.Priority = several(l, 3, func() string { return pick(l, market.PriorityGroups) })
	w.TrainingField, w.Registered, w.Counsellor = pick(l, []string{"", "05"}), pick(l, []string{"self", "commune", "fair"}), market.DerivedID("u", fmt.Sprint(l.IntN(9)))
	return w
}

// TestTheEngineSeesNoDifference turns 10,000 invented profiles and the same ones with sex, ethnicity, name, phones and
// everything else changed that must not count into the engine's input, and compares every list, every score and every
// reason. The one thing the law makes of sex, the upper age for large buses, may keep a pair from passing; it never
// changes a score.
func TestTheEngineSeesNoDifference(t *testing.T) {
	t.Parallel()
	const batches, size, postings = 20, 500, 60
	l := newLottery(1)
	var jobs []market.Posting
	for i := range postings {
		jobs = append(jobs, l.posting(i))
	}
	tables, passed, differ := matcherTables(l.tax), 0, 0
	for batch := range batches {
		var first, second []market.Worker
		barred := map[string]bool{}
		for i := range size {
			a := l.another(l.worker(batch*size + i))
			b := l.another(a)
			first, second = append(first, a), append(second, b)
			if more := lawDiffers(t, l.tax, a, b); more {
				barred[string(a.ID)] = true
				differ++
			}
		}
		passed += sameLists(t, fairMarket(t, tables, first, jobs), fairMarket(t, tables, second, jobs), barred)
	}
	if passed < batches*size/4 || differ == 0 {
		t.Errorf("%d pairs passed, %d profiles where the law looks at sex: the draw is too poor to show anything", passed, differ)
	}
}

// lawDiffers reports whether the law bars one of the two and not the other, which it may in one case only.
func lawDiffers(t *testing.T, tax *taxonomy.Taxonomy, a, b market.Worker) bool {
	t.Helper()
	on := market.DateOf(now)
	one, two := tax.BarredFrom(a.Born, a.Sex, on), tax.BarredFrom(b.Born, b.Sex, on)
	without := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(code string) bool { return code == "drive_large_bus_age" })
	}
	if !slices.Equal(without(one), without(two)) {
		t.Errorf("born %s: %v as %q, %v as %q", a.Born, one, a.Sex, two, b.Sex)
	}
	return !slices.Equal(one, two)
}

func fairMarket(t *testing.T, tables matcher.Tables, workers []market.Worker, postings []market.Posting) *matcher.Market {
	t.Helper()
	tax, on := taxonomy.Default(), market.DateOf(now)
	b, err := matcher.NewBuilder(tables, dayOf(on), matcher.DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range workers {
		if err := b.AddWorker(matcherWorker(w, tax, on)); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range postings {
		if err := b.AddPosting(matcherPosting(p, nil, tax, on)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sameLists compares both markets pair by pair and list by list, and counts the pairs that pass.
func sameLists(t *testing.T, a, b *matcher.Market, barred map[string]bool) (passed int) {
	t.Helper()
	for row := range int32(a.Workers()) {
		id := a.WorkerID(row)
		other, ok := b.WorkerRow(id)
		if !ok {
			t.Fatalf("worker %s is gone", id)
		}
		for p := range int32(a.Postings()) {
			q, _ := b.PostingRow(a.PostingID(p))
			score, passes := a.Score(row, p)
			if score2, passes2 := b.Score(other, q); score2 != score || passes2 != passes && !barred[id] {
				t.Fatalf("worker %s, posting %s: %d %v, then %d %v", id, a.PostingID(p), score, passes, score2, passes2)
			}
			if passes {
				passed++
			}
		}
		if one, two := listOf(a, row), listOf(b, other); one != two && !barred[id] {
			t.Fatalf("worker %s: %s, then %s", id, one, two)
		}
	}
	return passed
}

// listOf writes a worker's list with its scores and reasons.
func listOf(m *matcher.Market, row int32) string {
	var out strings.Builder
	for _, h := range m.RankWorker(row, matcher.Options{K: 10}).Hits {
		x := m.Explain(row, h.Row)
		fmt.Fprintln(&out, x.Posting, x.Score, x.Parts, x.Reasons, x.Missing)
	}
	return out.String()
}

// TestTheEngineHasNoFieldForThem reads the engine's own input type: what has no field cannot be used.
func TestTheEngineHasNoFieldForThem(t *testing.T) {
	t.Parallel()
	for _, v := range []any{matcher.Worker{}, matcher.Wish{}, matcher.Skill{}, matcher.Experience{}, matcher.Certificate{}, matcher.Mobility{}} {
		of := reflect.TypeOf(v)
		for i := range of.NumField() {
			name := strings.ToLower(of.Field(i).Name)
			for _, word := range []string{"sex", "gender", "ethnic", "relig", "name", "born", "age", "marri", "priority", "barrier", "phone"} {
				if strings.HasPrefix(name, word) {
					t.Errorf("%s has a field %s", of, of.Field(i).Name)
				}
			}
		}
	}
}
