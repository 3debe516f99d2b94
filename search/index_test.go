package search_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

var ctx = context.Background()

// invented gives n postings drawn from small lists, the same for the same seed.
func invented(n int, seed uint64) []market.Posting {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	lex := taxonomy.Default()
	skills, communes, jobs := lex.Skills(), lex.Communes(), lex.Occupations()
	out := make([]market.Posting, n)
	for i := range out {
		s := skills[r.IntN(len(skills))]
		p := market.Posting{
			Meta:  market.Meta{ID: market.DerivedID("invented", strconv.FormatUint(seed, 10), strconv.Itoa(i)), Rev: int64(i%7 + 1), RecordedAt: day(1).Add(time.Duration(r.IntN(1e6)) * time.Second)},
			Title: pick("Tuyển ", "Cần ", "") + s.Name + pick("", " tại nhà máy", " ca đêm", " lương cao"),
			Text:  pick("Bao ăn ở, đóng bảo hiểm.", "Có ký túc xá, xe đưa đón.", "Không cần kinh nghiệm, được đào tạo.") + " " + skills[r.IntN(len(skills))].Name,
			State: market.PostingState(pick("open", "open", "open", "filled", "draft", "paused")), Openings: 1 + r.IntN(3), Taken: r.IntN(2),
			Occupation: jobs[r.IntN(40)].Code, Shift: pick("", "day", "night"), MinMonths: 6 * r.IntN(2),
			Workplaces:   []market.Workplace{{Commune: communes[r.IntN(60)].Code}},
			Requirements: []market.Requirement{{Kind: "skill", ID: s.ID}, {Kind: "skill", ID: skills[r.IntN(9)].ID}},
			Pay:          market.Pay{Min: int64(r.IntN(20)) * 1e6, Max: 20e6, Currency: "VND", Period: market.PerMonth, Status: market.PayStated},
			Deadline:     market.Date(pick("", "2026-11-01", "2026-12-31")),
		}
		if r.IntN(2) == 0 {
			p.Benefits = []string{pick("meals", "bus"), "dormitory"}
		}
		if r.IntN(9) == 0 {
			p.Workplaces = append(p.Workplaces, market.Workplace{Country: pick("JP", "KR")})
		}
		out[i] = p
	}
	return out
}

// bare gives a text as somebody types it who has no marks on the keyboard.
func bare(text string) string {
	return strings.NewReplacer("đ", "d", "Đ", "D").Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

func put(t testing.TB, x *search.Index, postings []market.Posting) {
	t.Helper()
	if err := x.PutPostings(ctx, postings); err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, x *search.Index, q search.Query) search.Result {
	t.Helper()
	if q.Today == "" {
		q.Today = today
	}
	r, err := x.Search(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ids(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, string(h.ID))
	}
	return out
}

func TestTypedForms(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(400, 1))
	for _, s := range taxonomy.Default().Skills() {
		marked := find(t, x, search.Query{Text: s.Name, Limit: 200})
		decomposed := find(t, x, search.Query{Text: norm.NFD.String(s.Name), Limit: 200})
		upper := find(t, x, search.Query{Text: strings.ToUpper(s.Name), Limit: 200})
		if d := cmp.Diff(ids(marked), ids(decomposed)); d != "" {
			t.Errorf("%q decomposed: %s", s.Name, d)
		}
		if d := cmp.Diff(ids(marked), ids(upper)); d != "" {
			t.Errorf("%q upper case: %s", s.Name, d)
		}
		plain := ids(find(t, x, search.Query{Text: bare(s.Name), Limit: 200}))
		for _, id := range ids(marked) {
			if marked.Total <= 200 && len(plain) < 200 && !slices.Contains(plain, id) {
				t.Errorf("%q without marks does not find %s", s.Name, id)
			}
		}
	}
}

func TestCertificateKeepsItsDay(t *testing.T) {
	t.Parallel()
	x := open(t)
	consent := market.Consent{Version: "1", At: day(1)}
	err := x.PutWorkers(ctx, []market.Worker{
		{Meta: market.Meta{ID: "mixed"}, Name: "A", State: market.WorkerSeeking, Consent: consent, Certificates: []market.HeldCertificate{{ID: "gplx-c", Expires: "2025-05-01"}, {ID: "gplx-a1"}}},
		{Meta: market.Meta{ID: "valid"}, Name: "B", State: market.WorkerSeeking, Consent: consent, Certificates: []market.HeldCertificate{{ID: "gplx-c", Expires: "2027-05-01"}}},
		{Meta: market.Meta{ID: "twice"}, Name: "C", State: market.WorkerSeeking, Consent: consent, Certificates: []market.HeldCertificate{{ID: "gplx-c", Expires: "2020-05-01"}, {ID: "gplx-c"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	q := search.Query{Kind: search.Worker, Facets: true, Filters: search.Filters{Certificates: []string{"gplx-c"}, CertificateOn: "2027-01-01"}}
	got := ids(find(t, x, q))
	slices.Sort(got)
	if d := cmp.Diff([]string{"twice", "valid"}, got); d != "" {
		t.Error(d)
	}
	q.Filters = search.Filters{Certificates: []string{"gplx-c"}}
	if n := find(t, x, q).Total; n != 3 {
		t.Errorf("any day: got %d, want 3", n)
	}
}

// TestFacetCounts taps every facet value and compares the total with the count that was shown.
func TestFacetCounts(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(500, 2))
	one := []search.Filters{{}, {Shift: "night"}, {Benefits: []string{"meals"}, MinMonthlyPay: 7_000_000}, {NoExperience: true, Provinces: []string{"01"}}, {States: []string{"open", "filled"}}}
	for _, base := range one {
		for _, text := range []string{"", "nha may"} {
			r := find(t, x, search.Query{Text: text, Filters: base, Facets: true})
			checked := 0
			for name, list := range r.Facets {
				for _, c := range list {
					tapped, ok := tap(base, name, c.Code)
					if !ok {
						continue
					}
					checked++
					if got := find(t, x, search.Query{Text: text, Filters: tapped}).Total; got != c.Count {
						t.Errorf("%+v %q: %s %s shows %d, tapping gives %d", base, text, name, c.Code, c.Count, got)
					}
				}
			}
			if checked < 10 {
				t.Errorf("%+v: only %d values checked", base, checked)
			}
		}
	}
}

// tap gives the filters with one more value: in a list of alternatives it stands alone.
func tap(f search.Filters, facet, code string) (search.Filters, bool) {
	switch facet {
	case search.FacetSkills:
		f.Skills = append(slices.Clone(f.Skills), code)
	case search.FacetBenefits:
		f.Benefits = append(slices.Clone(f.Benefits), code)
	case search.FacetCommunes:
		f.Communes = []string{code}
	case search.FacetProvinces:
		f.Provinces = []string{code}
	case search.FacetOccupations:
		f.Occupations = []string{code}
	case search.FacetShift:
		f.Shift = code
	case search.FacetAbroad:
		f.Abroad = []string{code}
	case search.FacetExperience:
		f.NoExperience = true
	case search.FacetStates:
		f.States = []string{code}
	case search.FacetPay:
		f.MinMonthlyPay, _ = strconv.ParseInt(code, 10, 64)
	default:
		return f, false
	}
	return f, true
}

// TestPublicSeesOpenOnly counts what may be shown by hand.
func TestPublicSeesOpenOnly(t *testing.T) {
	t.Parallel()
	x := open(t)
	all := invented(300, 3)
	put(t, x, all)
	want := 0
	for i := range all {
		if all[i].Matchable(today) {
			want++
		}
	}
	r := find(t, x, search.Query{Limit: 1})
	if r.Total != want || want == 0 || want == len(all) {
		t.Errorf("got %d, want %d", r.Total, want)
	}
	if n, _ := x.Count(); n != len(all) {
		t.Errorf("count: got %d, want %d", n, len(all))
	}
}

func TestPagesDoNotOverlap(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(300, 4))
	whole := ids(find(t, x, search.Query{Text: "tuyển", Limit: 200}))
	var paged []string
	for offset := 0; offset < len(whole); offset += 7 {
		paged = append(paged, ids(find(t, x, search.Query{Text: "tuyển", Offset: offset, Limit: 7}))...)
	}
	if d := cmp.Diff(whole, paged[:len(whole)]); d != "" || len(whole) < 20 {
		t.Error(d)
	}
}

func TestRemovedAndReplaced(t *testing.T) {
	t.Parallel()
	x := open(t)
	all := invented(50, 5)
	put(t, x, all)
	all[0].Rev, all[0].Title, all[0].State, all[0].Deadline, all[0].Taken = 99, "Nghề lạ zzqq", market.PostingOpen, "", 0
	put(t, x, all[:1])
	if err := x.Remove(ctx, all[1].ID, "missing"); err != nil {
		t.Fatal(err)
	}
	stamps, err := x.Stamps(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, there := stamps[all[1].ID]; there || len(stamps) != 49 || stamps[all[0].ID] != 99 {
		t.Errorf("stamps: %d, %v", len(stamps), stamps[all[0].ID])
	}
	if got := ids(find(t, x, search.Query{Text: "zzqq"})); !slices.Equal(got, []string{string(all[0].ID)}) {
		t.Errorf("replaced: got %v", got)
	}
	all[0].State = market.PostingClosed
	put(t, x, all[:1])
	if n := find(t, x, search.Query{Text: "zzqq"}).Total; n != 0 {
		t.Errorf("closed: got %d, want 0", n)
	}
}

func TestHostileText(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(20, 6))
	put(t, x, []market.Posting{{Meta: market.Meta{ID: "bad"}, Title: "Th\xff\xfe hàn\x1f\x1e", Text: "\x80\xbf\x00", Openings: 1, State: market.PostingOpen}})
	for _, text := range []string{"\xff\xfe", "tho\xff han", strings.Repeat("\u0301", 5000), strings.Repeat("a ", 5000), "\x00", "+-=&|><!(){}[]^\"~*?:\\/", "body_fold:x*", "....", "10 triệu", "lương", "99999999999999999999tr"} {
		r, err := x.Search(ctx, search.Query{Text: text, Facets: true})
		if err != nil || r.Took > time.Second {
			t.Errorf("%.20q: %v in %v", text, err, r.Took)
		}
	}
	for _, text := range []string{"asdfgh", "....", "\xff", "qwxz wqzx"} {
		if n := find(t, x, search.Query{Text: text}).Total; n != 0 {
			t.Errorf("%q: got %d, want nothing", text, n)
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	x := open(t)
	put(t, x, invented(20, 6))
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := x.Search(gone, search.Query{Text: "hàn"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestOrderDoesNotDependOnHistory fills one index at once and another in many small batches with detours: both
// must answer alike, or a page would change its order when Bleve merges segments in the background.
func TestOrderDoesNotDependOnHistory(t *testing.T) {
	t.Parallel()
	all := invented(240, 15)
	once, often := open(t), open(t)
	put(t, once, all)
	put(t, often, invented(60, 16))
	for _, p := range invented(60, 16) {
		if err := often.Remove(ctx, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	for batch := range slices.Chunk(all, 7) {
		put(t, often, batch)
		put(t, often, batch[:1])
	}
	for _, text := range []string{"tuyển", "hàn", "nha may", "xe đưa đón", "không cần kinh nghiệm", ""} {
		a, b := find(t, once, search.Query{Text: text, Limit: 200, Facets: true}), find(t, often, search.Query{Text: text, Limit: 200, Facets: true})
		a.Took, b.Took = 0, 0
		if d := cmp.Diff(a, b); d != "" {
			t.Errorf("%q: %.600s", text, d)
		}
	}
}

// TestNearestJobsFirst orders jobs by the distance to one's home, those of the own province before those elsewhere; a
// place in the words comes before the home.
func TestNearestJobsFirst(t *testing.T) {
	t.Parallel()
	x, tax := open(t), taxonomy.Default()
	const home = "03127"
	around := tax.WithinKm(home, 400)
	last := ""
	for _, near := range around { // the farthest of the own province
		if near.Commune.Province == "11" {
			last = near.Commune.Code
		}
	}
	job := func(id string, at market.Workplace, seen int) market.Posting {
		return market.Posting{Meta: market.Meta{ID: market.ID(id), Centre: "c", Rev: 1}, Title: "Thợ hàn", Occupation: "7212", State: market.PostingOpen, Openings: 1, Workplaces: []market.Workplace{at},
			ConfirmedOn: market.Date(fmt.Sprintf("2026-11-%02d", seen))}
	}
	err := x.PutPostings(ctx, []market.Posting{
		job("far", market.Workplace{Province: "79"}, 20), job("edge", market.Workplace{Commune: last, Province: "11"}, 10), job("next", market.Workplace{Commune: around[1].Commune.Code, Province: "11"}, 5),
		job("here", market.Workplace{Commune: home, Province: "11"}, 1),
	})
	if err != nil {
		t.Fatal(err)
	}
	order := func(text, home string) string {
		var got []string
		for _, h := range find(t, x, search.Query{Kind: search.Posting, Text: text, Today: "2026-11-26", Filters: search.Filters{NearCommune: home}}).Hits {
			got = append(got, string(h.ID))
		}
		return strings.Join(got, " ")
	}
	for _, text := range []string{"", "thợ hàn"} {
		if got := order(text, home); got != "here next edge far" {
			t.Errorf("%q from home: got %s", text, got)
		}
	}
	if got := order("thợ hàn ở thành phố Hồ Chí Minh", home); !strings.HasPrefix(got, "far") {
		t.Errorf("a place in the words: got %s", got)
	}
	if got := order("thợ hàn", ""); got == "here next edge far" {
		t.Error("the jobs stand in this order without a home, too: the test shows nothing")
	}
}
