package matcher

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func explainPerfect(t *testing.T, spoil func(*Worker, *Posting)) Explanation {
	t.Helper()
	w, p := perfect()
	p.On = nil
	if spoil != nil {
		spoil(&w, &p)
	}
	return buildMarket(t, testTables(), testDay, []Worker{w}, []Posting{p}).Explain(0, 0)
}

func part1(t *testing.T, e Explanation, name string) Part {
	t.Helper()
	i := slices.IndexFunc(e.Parts, func(p Part) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no part %s in %+v", name, e.Parts)
	}
	return e.Parts[i]
}

func TestExplanationOfAPerfectPair(t *testing.T) {
	t.Parallel()
	e := explainPerfect(t, nil)
	want := []Part{
		{"occupation", 20, 20, Reason{"occupation_exact", []string{"7212", "7212"}}},
		{"place", 11, 12, Reason{"place_near", []string{"03334", "5"}}},
		{"pay", 8, 8, Reason{"pay_above", []string{"1000000", "9000000", "12000000"}}},
		{"benefits", 5, 5, Reason{"benefits_all", []string{"bus", "meals"}}},
		{"shift", 3, 3, Reason{"shift_wanted", []string{"day"}}},
		{"conditions", 1, 2, Reason{"conditions_not_stated", nil}},
		{"skills", 22, 22, Reason{"skills_all", []string{"1", "1"}}},
		{"certificates", 8, 8, Reason{"certificates_all", []string{"b", "safety"}}},
		{"nice", 3, 5, Reason{"nice_not_asked", nil}},
		{"experience", 7, 7, Reason{"experience_enough", []string{"30", "24"}}},
		{"education", 4, 4, Reason{"education_met", []string{"5", "4", "4", "3"}}},
		{"language", 4, 4, Reason{"language_met", []string{"vi"}}},
		{"one_sided", 0, 0, Reason{"both_sides_alike", []string{"48", "48"}}},
		{"untrusted", 0, 0, Reason{"trusted", nil}},
	}
	if diff := cmp.Diff(want, e.Parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if e.Score != 96 || e.Warning != nil || e.Missing != nil || e.Change != nil || e.WishNumber != 1 {
		t.Errorf("score %d, warning %v, missing %v, change %v, wish %d", e.Score, e.Warning, e.Missing, e.Change, e.WishNumber)
	}
	if diff := cmp.Diff([]Reason{want[0].Reason, want[6].Reason}, e.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

func TestOneWarning(t *testing.T) {
	t.Parallel()
	soon := testDay + 40
	for _, c := range []struct {
		name  string
		spoil func(*Worker, *Posting)
		want  Reason
	}{
		{"certificate ends soon", func(w *Worker, _ *Posting) { w.Certificates[1].Expires = soon }, Reason{"certificate_runs_out", []string{"safety", "40", soon.String()}}},
		{"ends today", func(w *Worker, _ *Posting) { w.Certificates[1].Expires = testDay }, Reason{"certificate_runs_out", []string{"safety", "0", testDay.String()}}},
		{"need not stated", func(w *Worker, p *Posting) { p.BenefitsComplete, w.Needs = false, []string{"insurance"} }, Reason{"need_not_stated", []string{"insurance"}}},
		{"certificate level unknown", func(_ *Worker, p *Posting) { p.Certificates[1].Level = 2 }, Reason{"certificates_level_unknown", []string{"safety"}}},
		{"deadline near", func(_ *Worker, p *Posting) { p.Deadline = testDay + 2 }, Reason{"deadline_soon", []string{"2"}}},
		{"pay from below", func(_ *Worker, p *Posting) { p.PayMin, p.PayMax = 7_500_000, 0 }, Reason{"pay_from_below", []string{"500000", "7500000"}}},
		{"shift unwanted", func(_ *Worker, p *Posting) { p.Shift = "night" }, Reason{"shift_unwanted", []string{"night"}}},
		{"place unknown", func(_ *Worker, p *Posting) { p.Workplaces = nil }, Reason{"place_unknown", []string{"", ""}}},
		{"place vague", func(_ *Worker, p *Posting) { p.Workplaces = []Place{{Province: "11"}} }, Reason{"place_vague", []string{"11", ""}}},
		{"far", func(w *Worker, p *Posting) {
			w.Mobility.Reach, p.Workplaces = ReachCountry, []Place{{Commune: "27000"}}
		}, Reason{"far_from_home", []string{"27000", "313"}}},
		{"employer silent", func(_ *Worker, p *Posting) { p.Answers = Rate{10, true} }, Reason{"answers_seldom", []string{"10"}}},
		{"people leave", func(_ *Worker, p *Posting) { p.Stays = Rate{20, true} }, Reason{"people_leave", []string{"20"}}},
		{"long unconfirmed", func(_ *Worker, p *Posting) { p.Confirmed = testDay - 25 }, Reason{"not_confirmed_since", []string{"25"}}},
		{"pay not stated", func(_ *Worker, p *Posting) { p.PayMin, p.PayMax = 0, 0 }, Reason{"pay_not_stated", nil}},
		{"shift not stated", func(_ *Worker, p *Posting) { p.Shift = "" }, Reason{"shift_not_stated", nil}},
	} {
		e := explainPerfect(t, c.spoil)
		if e.Warning == nil {
			t.Errorf("%s: no warning", c.name)
		} else if diff := cmp.Diff(c.want, *e.Warning); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestAnotherHoldingOutlastsTheOneThatEnds(t *testing.T) {
	t.Parallel()
	e := explainPerfect(t, func(w *Worker, p *Posting) {
		w.Certificates = append(w.Certificates, Certificate{ID: "ce", Expires: testDay + 20}, Certificate{ID: "safety", Expires: testDay + 10})
	})
	if e.Warning != nil {
		t.Errorf("warns of %v though longer ones are held", e.Warning)
	}
}

func TestWhatWouldChangeIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(*Worker, *Posting)
		want  Change
	}{
		{"learn a skill", func(w *Worker, _ *Posting) { w.Skills = nil }, Change{Reason{"learn_skill", []string{"weld", "2"}}, 21}},
		{"learn a welcome skill", func(_ *Worker, p *Posting) { p.Skills = append(p.Skills, AskedSkill{ID: "sew", Nice: true}) }, Change{Reason{"learn_skill", []string{"sew", "0"}}, 4}},
		{"learn a language", func(w *Worker, _ *Posting) { w.Languages = nil }, Change{Reason{"learn_language", []string{"vi", "3"}}, 4}},
		{"work longer", func(w *Worker, _ *Posting) { w.Experience = nil }, Change{Reason{"gain_experience", []string{"24"}}, 6}},
		{"other shift", func(_ *Worker, p *Posting) { p.Shift = "night" }, Change{Reason{"accept_shift", []string{"night"}}, 4}},
		{"welcome certificate run out", func(w *Worker, p *Posting) {
			w.Certificates = append(w.Certificates, Certificate{ID: "topik", Level: 2, Expires: testDay - 9})
			p.Certificates = append(p.Certificates, AskedCertificate{ID: "topik", Level: 2, Nice: true})
		}, Change{Reason{"renew_certificate", []string{"topik", "2"}}, 4}},
		{"fails: certificate", func(w *Worker, _ *Posting) { w.Certificates = w.Certificates[:1] }, Change{Reason{"get_certificate", []string{"safety", "0"}}, 96}},
		{"fails: two certificates", func(w *Worker, _ *Posting) { w.Certificates = nil }, Change{Reason{"get_certificates", []string{"b", "safety"}}, 96}},
		{"fails: certificate run out", func(w *Worker, _ *Posting) { w.Certificates[1].Expires = testDay - 1 }, Change{Reason{"renew_certificate", []string{"safety", "0"}}, 96}},
		{"fails: too far", func(w *Worker, p *Posting) { p.Workplaces = []Place{{Commune: "03158"}, {Commune: "03253"}} }, Change{Reason{"go_to", []string{"03253", "47"}}, 90}},
		{"fails: pay", func(w *Worker, _ *Posting) { w.Wishes[0].LeastPay = 13_000_000 }, Change{Reason{"accept_pay", []string{"12000000", "13000000"}}, 92}},
		{"fails: need", func(w *Worker, _ *Posting) { w.Needs = []string{"insurance"} }, Change{Reason{"offer_benefit", []string{"insurance"}}, 96}},
		{"fails: stale", func(_ *Worker, p *Posting) { p.Confirmed = testDay - 40 }, Change{Reason{"confirm_posting", nil}, 96}},
		{"fails: schooling", func(w *Worker, p *Posting) { w.Schooling, p.On = 1, []Condition{SchoolingShort} }, Change{Reason{"raise_education", []string{"1", "4", "4", "3"}}, 96}},
		{"fails: experience", func(w *Worker, p *Posting) { w.Experience, p.On = nil, []Condition{ExperienceShort} }, Change{Reason{"gain_experience", []string{"24"}}, 96}},
		{"fails: skill", func(w *Worker, p *Posting) { w.Skills, p.On = nil, []Condition{SkillMissing} }, Change{Reason{"learn_skills", []string{"weld"}}, 96}},
		{"fails: language", func(w *Worker, p *Posting) { w.Languages, p.On = nil, []Condition{LanguageMissing} }, Change{Reason{"learn_languages", []string{"vi"}}, 96}},
		{"fails: shift", func(_ *Worker, p *Posting) { p.Shift, p.On = "night", []Condition{ShiftUnwanted} }, Change{Reason{"accept_shift", []string{"night"}}, 96}},
	} {
		e := explainPerfect(t, c.spoil)
		if e.Change == nil {
			t.Errorf("%s: nothing", c.name)
		} else if diff := cmp.Diff(c.want, *e.Change); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Nobody is asked to take back a refusal, to grow older, or to mend several things at once.
func TestNoChangeIsOfferedWhereNoneHelps(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Worker, *Posting){
		"refused":     func(w *Worker, _ *Posting) { w.RefusedPostings = []Refusal{{"p", "far"}} },
		"barred":      func(w *Worker, p *Posting) { w.BarredFrom, p.Bars = []string{"minor"}, []string{"minor"} },
		"never there": func(w *Worker, _ *Posting) { w.Never = []Place{{Commune: "03334"}} },
		"full":        func(_ *Worker, p *Posting) { p.Left = 0 },
		"two things":  func(w *Worker, _ *Posting) { w.Certificates, w.Mobility.Km = nil, 1 },
	} {
		if e := explainPerfect(t, spoil); e.Passes || e.Change != nil {
			t.Errorf("%s: passes %v, change %v", name, e.Passes, e.Change)
		}
	}
}

// The gain must be what the score rises by once the change has come true.
func TestTheGainIsReal(t *testing.T) {
	t.Parallel()
	before := explainPerfect(t, func(w *Worker, _ *Posting) { w.Skills = nil })
	after := explainPerfect(t, nil)
	if got := after.Score - before.Score; before.Change == nil || got != before.Change.Gain {
		t.Errorf("promised %v, came to %d", before.Change, got)
	}
	far := explainPerfect(t, func(_ *Worker, p *Posting) { p.Workplaces = []Place{{Commune: "03253"}} })
	gone := explainPerfect(t, func(w *Worker, p *Posting) {
		p.Workplaces, w.Mobility.Reach = []Place{{Commune: "03253"}}, ReachCountry
	})
	if far.Change == nil || far.Change.Gain != gone.Score {
		t.Errorf("promised %v, came to %d", far.Change, gone.Score)
	}
}

func TestMissingIsListed(t *testing.T) {
	t.Parallel()
	e := explainPerfect(t, func(w *Worker, p *Posting) {
		w.Skills, w.Languages, w.Experience, w.Schooling = []Skill{{ID: "tig", Level: 1}}, nil, nil, 2
		w.Certificates = []Certificate{{ID: "b"}}
		p.Skills = []AskedSkill{{ID: "weld", Level: 2}, {ID: "sew"}, {ID: "cook", Nice: true}}
		p.Certificates = append(p.Certificates, AskedCertificate{ID: "topik", Nice: true})
	})
	want := []Reason{
		{"certificate_missing", []string{"safety"}},
		{"skill_missing", []string{"sew"}}, {"skill_partly", []string{"weld", "70", "tig"}},
		{"language_missing", []string{"vi", "3"}},
		{"experience_short", []string{"0", "24"}}, {"education_short", []string{"2", "4", "4", "3"}},
		{"certificate_welcome", []string{"topik"}}, {"skill_welcome", []string{"cook"}},
	}
	if diff := cmp.Diff(want, e.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestOccupationReasons(t *testing.T) {
	t.Parallel()
	wish := func(first, second string) func(*Worker, *Posting) {
		return func(w *Worker, _ *Posting) {
			w.Wishes = append(w.Wishes, w.Wishes[0])
			w.Wishes[0].Occupation, w.Wishes[1].Occupation = first, second
		}
	}
	for _, c := range []struct {
		name   string
		spoil  func(*Worker, *Posting)
		points int
		code   string
	}{
		{"first wish", wish("7212", "9321"), 20, "occupation_exact"},
		{"second wish", wish("9321", "7212"), 16, "occupation_second"},
		{"same field", wish("7531", "9321"), 5, "occupation_field"},
		{"same two digits", func(w *Worker, p *Posting) { w.Wishes[0].Occupation, p.Occupation = "9321", "9329" }, 11, "occupation_group"},
		{"linked", func(w *Worker, p *Posting) { w.Wishes[0].Occupation, p.Occupation = "7531", "8153" }, 16, "occupation_related"},
		{"link weaker than the group", func(w *Worker, p *Posting) { w.Wishes[0].Occupation, p.Occupation = "7212", "7213" }, 11, "occupation_group"},
		{"other", wish("5120", "9321"), 0, "occupation_other"},
		{"posting does not say", func(_ *Worker, p *Posting) { p.Occupation = "" }, 8, "occupation_not_stated"},
		{"worker does not say", func(w *Worker, _ *Posting) { w.Wishes, w.Experience = nil, nil }, 8, "occupation_no_wish"},
		{"has done it", func(w *Worker, _ *Posting) { w.Wishes = nil }, 14, "occupation_worked_in"},
		{"has done something else", func(w *Worker, _ *Posting) {
			w.Wishes, w.Experience = nil, []Experience{{Occupation: "5120", Months: 9}}
		}, 8, "occupation_no_wish"},
	} {
		if got := part1(t, explainPerfect(t, c.spoil), "occupation"); got.Points != c.points || got.Reason.Code != c.code {
			t.Errorf("%s: got %d %s, want %d %s", c.name, got.Points, got.Reason.Code, c.points, c.code)
		}
	}
}

func TestPlaceReasons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		mobility Mobility
		wished   []Place
		at       []Place
		points   int
		code     string
	}{
		{"own commune", Mobility{Reach: ReachCommune}, nil, []Place{{Commune: "03127"}}, 12, "place_same_commune"},
		{"5 km", Mobility{}, nil, []Place{{Commune: "03334"}}, 11, "place_near"},
		{"47 km", Mobility{}, nil, []Place{{Commune: "03253"}}, 6, "place_distant"},
		{"133 km", Mobility{}, nil, []Place{{Commune: "03158"}}, 5, "place_far"},
		{"133 km, wished by name", Mobility{}, []Place{{Commune: "03158"}}, []Place{{Commune: "03158"}}, 12, "place_wished"},
		{"133 km, province wished", Mobility{}, []Place{{Province: "11"}}, []Place{{Commune: "03158"}}, 9, "place_wished"},
		{"nearest of two", Mobility{}, nil, []Place{{Commune: "03158"}, {Commune: "03334"}}, 11, "place_near"},
		{"province, anywhere in it", Mobility{Reach: ReachProvince}, nil, []Place{{Province: "11"}}, 8, "place_same_province"},
		{"province, within km", Mobility{Reach: ReachKm, Km: 9}, nil, []Place{{Province: "11"}}, 6, "place_vague"},
		{"no coordinates", Mobility{}, nil, []Place{{Commune: "00000"}}, 8, "place_same_province"},
		{"listed province", Mobility{Reach: ReachProvinces, Provinces: []string{"24"}}, nil, []Place{{Commune: "27000"}}, 9, "place_listed"},
		{"any province", Mobility{Reach: ReachCountry}, nil, []Place{{Province: "24"}}, 6, "place_anywhere"},
		{"other province, near the border", Mobility{Reach: ReachKm, Km: 60}, nil, []Place{{Commune: "03700"}}, 8, "place_near"},
		{"other province, too far", Mobility{Reach: ReachKm, Km: 20}, nil, []Place{{Commune: "03700"}}, 0, "place_too_far"},
		{"other province, not asked", Mobility{}, nil, []Place{{Commune: "03700"}}, 0, "place_too_far"},
		{"wished province", Mobility{}, []Place{{Province: "24"}}, []Place{{Commune: "27000"}}, 12, "place_wished"},
		{"nationwide", Mobility{Reach: ReachCommune}, nil, []Place{{Nationwide: true}}, 7, "place_open"},
		{"nowhere", Mobility{Reach: ReachCommune}, nil, nil, 6, "place_unknown"},
		{"abroad, wished", Mobility{Reach: ReachAbroad}, []Place{{Country: "KR"}}, []Place{{Country: "KR"}}, 12, "place_wished"},
		{"abroad, listed", Mobility{Reach: ReachAbroad, Countries: []string{"KR"}}, nil, []Place{{Country: "KR"}}, 9, "place_listed"},
		{"abroad, another", Mobility{Reach: ReachAbroad, Countries: []string{"JP"}}, nil, []Place{{Country: "KR"}}, 0, "place_too_far"},
		{"abroad, any", Mobility{Reach: ReachAbroad}, nil, []Place{{Country: "KR"}}, 6, "place_anywhere"},
		{"abroad, no", Mobility{Reach: ReachCountry}, nil, []Place{{Country: "KR"}}, 0, "place_too_far"},
	} {
		e := explainPerfect(t, func(w *Worker, p *Posting) {
			w.Mobility, w.Wishes[0].Places, p.Workplaces = c.mobility, c.wished, c.at
		})
		if got := part1(t, e, "place"); got.Points != c.points || got.Reason.Code != c.code {
			t.Errorf("%s: got %d %v, want %d %s", c.name, got.Points, got.Reason, c.points, c.code)
		}
		if want := c.code != "place_too_far"; e.Passes != want {
			t.Errorf("%s: passes %v, want %v", c.name, e.Passes, want)
		}
	}
}

func TestDormitoryIsNeededAwayFromHomeOnly(t *testing.T) {
	t.Parallel()
	near := explainPerfect(t, func(w *Worker, _ *Posting) { w.Needs = []string{"dormitory"} })
	away := explainPerfect(t, func(w *Worker, p *Posting) {
		w.Needs, w.Mobility, p.Workplaces = []string{"dormitory"}, Mobility{Reach: ReachCountry}, []Place{{Province: "24"}}
	})
	if !near.Passes || away.Passes {
		t.Errorf("passes near home %v, far away %v; want true, false", near.Passes, away.Passes)
	}
}

func TestTheBetterWishCounts(t *testing.T) {
	t.Parallel()
	e := explainPerfect(t, func(w *Worker, _ *Posting) {
		w.Wishes = []Wish{{Occupation: "7212", LeastPay: 20_000_000}, {Occupation: "7213", LeastPay: 8_000_000}}
	})
	if !e.Passes || e.WishNumber != 2 {
		t.Errorf("passes %v by wish %d, want the second, whose pay is met", e.Passes, e.WishNumber)
	}
}
