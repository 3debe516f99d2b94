package matcher

import (
	"maps"
	"slices"
)

// Supposed is a market in which other workers, or other postings, stand in place of its own: the same person
// with a certificate more, the same posting with a requirement less. It answers "what if" and "why not" without
// building the other side again. Rows of the supposed side are numbered as they were given. It never changes and
// may be used by any number of goroutines; the market it was made from stays as it is.
type Supposed struct{ m *Market }

// SupposeWorkers keeps the postings and puts other workers in place of the market's own.
func (m *Market) SupposeWorkers(list ...Worker) (*Supposed, error) {
	b := newBuilder(m.vocabulary.knowing(wordsOfWorkers(list)), m.day, m.weights)
	for _, w := range list {
		if err := b.AddWorker(w); err != nil {
			return nil, err
		}
	}
	b.validCertificates()
	return &Supposed{&Market{day: m.day, weights: m.weights, vocabulary: b.vocabulary, workers: b.workers, postings: m.postings}}, nil
}

// SupposePostings keeps the workers and puts other postings in place of the market's own.
func (m *Market) SupposePostings(list ...Posting) (*Supposed, error) {
	b := newBuilder(m.vocabulary.knowing(wordsOfPostings(list)), m.day, m.weights)
	for _, p := range list {
		if err := b.AddPosting(p); err != nil {
			return nil, err
		}
	}
	return &Supposed{&Market{day: m.day, weights: m.weights, vocabulary: b.vocabulary, workers: m.workers, postings: b.postings}}, nil
}

// SupposePair puts one worker and one posting in place of all others.
func (m *Market) SupposePair(w Worker, p Posting) (*Supposed, error) {
	s, err := m.SupposeWorkers(w)
	if err != nil {
		return nil, err
	}
	return s.m.SupposePostings(p)
}

// Explain explains one pair.
func (s *Supposed) Explain(worker, posting int32) Explanation { return s.m.Explain(worker, posting) }

// Tally counts the other side for one row: whom the hard conditions removed, and who is left.
type Tally struct {
	Drops
	Fits  int                 // passed, and reach the score asked for
	Alone [ConditionCount]int // by condition: those who fail it and no other, whom it alone keeps out
}

func (t *Tally) add(fails ConditionSet, score, least int) {
	t.Drops.add(fails)
	switch {
	case fails == 0 && score >= least:
		t.Fits++
	case fails != 0 && fails&(fails-1) == 0:
		t.Alone[fails.List()[0]]++
	}
}

// TallyWorker counts the postings for one worker.
func (s *Supposed) TallyWorker(row int32, least int) Tally { return s.m.TallyWorker(row, least) }

// TallyPosting counts the workers for one posting.
func (s *Supposed) TallyPosting(row int32, least int) Tally { return s.m.TallyPosting(row, least) }

// TallyWorker counts the postings for one worker; those fit that pass and reach the least score.
func (m *Market) TallyWorker(row int32, least int) (t Tally) {
	q := m.takeWorkerQuery()
	defer m.queries.workers.Put(q)
	q.prepare(&m.workers.rows[row], 0)
	for i := range m.postings.rows {
		p := &m.postings.rows[i]
		sides := q.weigh(p)
		t.add(sides.fails, sides.score(p), least)
	}
	return t
}

// TallyPosting counts the workers for one posting; those fit who pass and reach the least score.
func (m *Market) TallyPosting(row int32, least int) (t Tally) {
	q := m.takePostingQuery()
	defer m.queries.postings.Put(q)
	q.prepare(&m.postings.rows[row], 0)
	for i := range m.workers.rows {
		sides := q.weigh(&m.workers.rows[i])
		t.add(sides.fails, sides.score(q.p), least)
	}
	return t
}

// Asked is what open postings ask for, each code once and in order: what somebody could learn or get.
type Asked struct{ Skills, Certificates, Languages, Occupations, Provinces []string }

// Asked lists what the open postings with a seat left ask for.
func (m *Market) Asked() Asked {
	v, t := m.vocabulary, &m.postings
	sets := [5]map[int32]bool{{}, {}, {}, {}, {}}
	for i := range t.rows {
		p := &t.rows[i]
		if p.static&p.must != 0 {
			continue
		}
		for _, list := range []span{p.mustSkills, p.niceSkills} {
			for _, s := range cut(t.skills, list) {
				sets[0][s.skill] = true
			}
		}
		for _, list := range []span{p.mustCerts, p.niceCerts} {
			for _, c := range cut(t.certs, list) {
				sets[1][c.certificate] = true
			}
		}
		for _, l := range cut(t.languages, p.languages) {
			sets[2][l.language] = true
		}
		sets[3][p.occupation] = true
		for _, s := range t.siteSets[p.sites] {
			sets[4][s.province] = true
		}
	}
	words := func(set map[int32]bool, list *terms) []string {
		delete(set, 0)
		out := make([]string, 0, len(set))
		for id := range set {
			out = append(out, list.words[id])
		}
		return sorted(out)
	}
	return Asked{words(sets[0], &v.skills), words(sets[1], &v.certificates), words(sets[2], &v.languages), words(sets[3], &v.occupations), words(sets[4], &v.provinces)}
}

// hear takes codes of one of the vocabulary's lists.
type hear func(list func(*vocabulary) *terms, codes ...string)

// knowing gives the vocabulary itself if it knows every code that is said, else a copy that does. Numbers stay what
// they are, so rows packed with the one may be read with the other.
func (v *vocabulary) knowing(speak func(hear)) *vocabulary {
	out := v
	speak(func(list func(*vocabulary) *terms, codes ...string) {
		for _, code := range codes {
			if _, known := list(out).ids[code]; known || code == "" {
				continue
			}
			if out == v {
				out = v.clone()
			}
			list(out).id(code)
		}
	})
	if out != v {
		out.settle()
	}
	return out
}

func (v *vocabulary) clone() *vocabulary {
	out := *v
	for _, list := range []*terms{
		&out.occupations, &out.groups, &out.fields, &out.skills, &out.certificates, &out.communes, &out.provinces, &out.countries,
		&out.languages, &out.benefits, &out.shifts, &out.bars, &out.reasons,
	} {
		list.ids, list.words = maps.Clone(list.ids), slices.Clone(list.words)
	}
	out.province = slices.Clone(v.province)
	return &out
}

func inOccupations(v *vocabulary) *terms  { return &v.occupations }
func inSkills(v *vocabulary) *terms       { return &v.skills }
func inCertificates(v *vocabulary) *terms { return &v.certificates }
func inCommunes(v *vocabulary) *terms     { return &v.communes }
func inProvinces(v *vocabulary) *terms    { return &v.provinces }
func inCountries(v *vocabulary) *terms    { return &v.countries }
func inLanguages(v *vocabulary) *terms    { return &v.languages }
func inBenefits(v *vocabulary) *terms     { return &v.benefits }
func inShifts(v *vocabulary) *terms       { return &v.shifts }
func inBars(v *vocabulary) *terms         { return &v.bars }
func inReasons(v *vocabulary) *terms      { return &v.reasons }

func sayPlaces(say hear, list []Place) {
	for _, p := range list {
		say(inCommunes, p.Commune)
		say(inProvinces, p.Province)
		say(inCountries, p.Country)
	}
}

// wordsOfWorkers says every code that the workers name.
func wordsOfWorkers(list []Worker) func(hear) {
	return func(say hear) {
		for i := range list {
			list[i].words(say)
		}
	}
}

func (w *Worker) words(say hear) {
	sayPlaces(say, []Place{{Commune: w.Commune, Province: w.Province}})
	say(inProvinces, w.Mobility.Provinces...)
	say(inCountries, w.Mobility.Countries...)
	sayPlaces(say, w.Never)
	say(inBenefits, w.Needs...)
	say(inBars, w.BarredFrom...)
	for _, wish := range w.Wishes {
		say(inOccupations, wish.Occupation)
		sayPlaces(say, wish.Places)
		say(inShifts, wish.Shifts...)
		say(inBenefits, wish.Benefits...)
	}
	for _, s := range w.Skills {
		say(inSkills, s.ID)
	}
	for _, c := range w.Certificates {
		say(inCertificates, c.ID)
	}
	for _, l := range w.Languages {
		say(inLanguages, l.ID)
	}
	for _, e := range w.Experience {
		say(inOccupations, e.Occupation)
	}
	for _, r := range slices.Concat(w.RefusedPostings, w.RefusedEmployers) {
		say(inReasons, r.Reason)
	}
}

// wordsOfPostings says every code that the postings name.
func wordsOfPostings(list []Posting) func(hear) {
	return func(say hear) {
		for i := range list {
			list[i].words(say)
		}
	}
}

func (p *Posting) words(say hear) {
	say(inOccupations, p.Occupation)
	sayPlaces(say, p.Workplaces)
	say(inBenefits, p.Benefits...)
	say(inShifts, p.Shift)
	say(inBars, p.Bars...)
	for _, s := range p.Skills {
		say(inSkills, s.ID)
	}
	for _, c := range p.Certificates {
		say(inCertificates, c.ID)
	}
	for _, l := range p.Languages {
		say(inLanguages, l.ID)
	}
}
