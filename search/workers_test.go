package search_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/search"
)

// people puts five workers into an index: by their skill, how it is known, how far they go.
func people(t *testing.T) *search.Index {
	t.Helper()
	x := open(t)
	home := taxonomy.Default().WithinKm("03127", 40)
	worker := func(name string, commune int, kind market.MobilityKind, skills ...market.HeldSkill) market.Worker {
		return market.Worker{Meta: market.Meta{ID: market.ID(name), Centre: "c", Rev: 1}, Name: name, State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: time.Unix(1, 0)}, Commune: home[commune].Commune.Code,
			Mobility: market.Mobility{Kind: kind}, Skills: skills}
	}
	err := x.PutWorkers(ctx, []market.Worker{
		worker("said", 0, market.OwnCommune, market.HeldSkill{ID: "han", Level: 3}),
		worker("confirmed", len(home)-1, market.Anywhere, market.HeldSkill{ID: "han", Level: 2, Evidence: market.Confirmed}, market.HeldSkill{ID: "may-cn", Level: 1, Evidence: market.Certified}),
		worker("certified", 1, market.Abroad, market.HeldSkill{ID: "han", Level: 1, Evidence: market.Certified}),
		worker("twice", 2, market.Anywhere, market.HeldSkill{ID: "han", Level: 1}, market.HeldSkill{ID: "han", Level: 3, Evidence: market.Confirmed}),
		worker("none", 3, "", market.HeldSkill{ID: "may-cn"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func names(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, string(h.ID))
	}
	slices.Sort(out)
	return out
}

func TestSkillsByEvidence(t *testing.T) {
	t.Parallel()
	x := people(t)
	for _, c := range []struct {
		f    search.Filters
		want []string
	}{
		{search.Filters{Skills: []string{"han"}}, []string{"certified", "confirmed", "said", "twice"}},
		{search.Filters{Skills: []string{"han"}, Evidence: market.SelfStated}, []string{"certified", "confirmed", "said", "twice"}},
		{search.Filters{Skills: []string{"han"}, Evidence: market.Confirmed}, []string{"certified", "confirmed", "twice"}},
		{search.Filters{Skills: []string{"han"}, Evidence: market.Certified}, []string{"certified"}},
		{search.Filters{Skills: []string{"han"}, SkillLevel: 2}, []string{"confirmed", "said", "twice"}},
		{search.Filters{Skills: []string{"han"}, SkillLevel: 3, Evidence: market.Confirmed}, []string{"twice"}},
		{search.Filters{Evidence: market.Certified}, []string{"certified", "confirmed"}}, // any skill
		{search.Filters{Skills: []string{"han", "may-cn"}, Evidence: market.Confirmed}, []string{"confirmed"}},
		{search.Filters{Mobility: []string{"country", "abroad"}}, []string{"certified", "confirmed", "twice"}},
		{search.Filters{Mobility: []string{"commune"}, Skills: []string{"may-cn"}}, nil},
	} {
		if d := cmp.Diff(c.want, names(find(t, x, search.Query{Kind: search.Worker, Filters: c.f}))); d != "" {
			t.Errorf("%+v: %s", c.f, d)
		}
	}
	r := find(t, x, search.Query{Kind: search.Worker, Facets: true, Filters: search.Filters{Skills: []string{"han"}}})
	if d := cmp.Diff([]search.FacetCount{{Code: "country", Count: 2}, {Code: "abroad", Count: 1}, {Code: "commune", Count: 1}}, r.Facets[search.FacetMobility]); d != "" {
		t.Error(d)
	}
	r = find(t, x, search.Query{Kind: search.Worker, Text: "hàn", Filters: search.Filters{Skills: []string{"may-cn"}, Evidence: market.Certified, Mobility: []string{"commune"}}})
	if r.Total != 0 || !slices.ContainsFunc(r.Without, func(w search.Without) bool { return w.Filter == search.FacetMobility && w.Count == 1 }) {
		t.Errorf("what to leave out: got %+v", r.Without)
	}
}

// TestNearestPeopleFirst orders people by the distance to a workplace.
func TestNearestPeopleFirst(t *testing.T) {
	t.Parallel()
	x := people(t)
	r := find(t, x, search.Query{Kind: search.Worker, Filters: search.Filters{NearCommune: "03127", Km: 60}})
	var got []string
	for _, h := range r.Hits {
		got = append(got, string(h.ID))
	}
	if d := cmp.Diff([]string{"said", "certified", "twice", "none", "confirmed"}, got); d != "" {
		t.Error(d)
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	x := open(t)
	var all []market.Worker
	for i := range 450 {
		all = append(all, market.Worker{Meta: market.Meta{ID: market.ID(fmt.Sprintf("w%03d", i)), Rev: 1}, Name: "Người", State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: time.Unix(1, 0)}})
	}
	if err := x.PutWorkers(ctx, all); err != nil {
		t.Fatal(err)
	}
	ids, total, err := x.IDs(ctx, search.Query{Kind: search.Worker, Limit: 3, Offset: 7}, 400)
	if err != nil || len(ids) != 400 || total != 450 {
		t.Errorf("got %d of %d, %v; want 400 of 450", len(ids), total, err)
	}
}
