package matcher

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
	b.validCertificates(0)
	known := index{postings: m.index.postings}
	return &Supposed{&Market{day: m.day, weights: m.weights, vocabulary: b.vocabulary, workers: b.workers, postings: m.postings, index: known, queries: &queries{}, line: &renewals{}}}, nil
}

// SupposePostings keeps the workers and puts other postings in place of the market's own.
func (m *Market) SupposePostings(list ...Posting) (*Supposed, error) {
	b := newBuilder(m.vocabulary.knowing(wordsOfPostings(list)), m.day, m.weights)
	for _, p := range list {
		if err := b.AddPosting(p); err != nil {
			return nil, err
		}
	}
	return &Supposed{&Market{day: m.day, weights: m.weights, vocabulary: b.vocabulary, workers: m.workers, postings: b.postings, queries: &queries{}, line: &renewals{}}}, nil
}

// SupposeBoth puts other workers and other postings in place of all there are.
func (m *Market) SupposeBoth(workers []Worker, postings []Posting) (*Supposed, error) {
	s, err := m.SupposeWorkers(workers...)
	if err != nil {
		return nil, err
	}
	return s.m.SupposePostings(postings...)
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

// FitWorker counts the postings that fit one worker, as TallyWorker does, and passes over most of the others.
func (s *Supposed) FitWorker(row int32, least int) int {
	return len(s.m.RankWorker(row, Options{K: max(1, s.m.Postings()), LeastScore: least}).Hits)
}

// FitPosting counts the workers who pass for one posting, and those who fit it, as TallyPosting does; who is out of
// reach is passed over.
func (s *Supposed) FitPosting(row int32, least int) (passed, fits int) {
	m := s.m
	q := m.takePostingQuery()
	defer m.returnPostingQuery(q)
	q.prepare(&m.postings.rows[row], 0)
	for i := range m.workers.rows {
		if m.workers.gone.has(int32(i)) {
			continue
		}
		w := &m.workers.rows[i]
		x := q.meet(w, q.placing(w.homing))
		var sides sides
		if !m.promising(x, q.must, 0, &sides) {
			continue
		}
		x.coverage = q.coverage(w)
		if score, passes := m.settle(x, q.must, &sides); passes {
			passed++
			if score >= least {
				fits++
			}
		}
	}
	return passed, fits
}

// TallyWorker counts the postings for one worker.
func (s *Supposed) TallyWorker(row int32, least int) Tally { return s.m.TallyWorker(row, least) }

// TallyPosting counts the workers for one posting.
func (s *Supposed) TallyPosting(row int32, least int) Tally { return s.m.TallyPosting(row, least) }

// TallyWorker counts the postings for one worker; those fit that pass and reach the least score.
func (m *Market) TallyWorker(row int32, least int) (t Tally) {
	q := m.takeWorkerQuery()
	defer m.returnWorkerQuery(q)
	q.prepare(&m.workers.rows[row], 0)
	for i := range m.postings.rows {
		if m.postings.gone.has(int32(i)) {
			continue
		}
		p := &m.postings.rows[i]
		sides := q.weigh(p)
		t.add(sides.fails, sides.score(p), least)
	}
	return t
}

// TallyPosting counts the workers for one posting; those fit who pass and reach the least score.
func (m *Market) TallyPosting(row int32, least int) (t Tally) {
	q := m.takePostingQuery()
	defer m.returnPostingQuery(q)
	q.prepare(&m.postings.rows[row], 0)
	for i := range m.workers.rows {
		if m.workers.gone.has(int32(i)) {
			continue
		}
		sides := q.weigh(&m.workers.rows[i])
		t.add(sides.fails, sides.score(q.p), least)
	}
	return t
}
