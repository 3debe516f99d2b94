package matcher

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Renewal is what has changed since a market was built. A worker or posting takes the place of the one of its id.
type Renewal struct {
	Workers      []Worker
	Postings     []Posting
	GoneWorkers  []string // ids; those not in the market are no error
	GonePostings []string
}

// Renew gives the market as it is after some changes, without building it again: lists are the same to the byte as
// those of a market built anew. The receiver stays as it is and may be used on; both share all that has not changed.
// Replaced rows keep their numbers, are gone (see [Market.WorkerGone]) and in no list; new ones follow behind the
// others and are looked at one by one, so that a market that has been renewed some thousand times is better built
// anew.
func (m *Market) Renew(r Renewal) (*Market, error) {
	m.line.mu.Lock()
	defer m.line.mu.Unlock()
	v := m.vocabulary.knowing(func(say hear) {
		wordsOfWorkers(r.Workers)(say)
		wordsOfPostings(r.Postings)(say)
	})
	b := newBuilder(v, m.day, m.weights)
	b.workers, b.postings = m.workers, m.postings
	line := m.line
	if line.last != m { // another renewal has written behind these rows
		b.workers.part()
		b.postings.part()
		line = &renewals{}
	}
	for _, w := range r.Workers {
		if err := b.AddWorker(w); err != nil {
			return nil, err
		}
	}
	for _, p := range r.Postings {
		if err := b.AddPosting(p); err != nil {
			return nil, err
		}
	}
	b.validCertificates(m.Workers())
	next := &Market{day: m.day, weights: m.weights, vocabulary: v, workers: b.workers, postings: b.postings, index: m.index, queries: m.queries, line: line}
	if v != m.vocabulary {
		next.queries = &queries{}
	}
	if err := next.replace(m, r); err != nil {
		return nil, err
	}
	line.last = next
	return next, nil
}

// renewals is a line of markets that share the memory behind their rows: only the last may be continued in place.
type renewals struct {
	mu   sync.Mutex
	last *Market
}

// spare is how many rows find room behind n of them before they must move elsewhere.
func spare(n int) int { return n/64 + 256 }

func reserve[T any](list []T, rows int) []T {
	if len(list) == 0 {
		return list
	}
	return slices.Grow(list, max(256, len(list)/max(1, rows)*spare(rows)))
}

// reserve makes room behind what belongs to the rows.
func (t *workerTable) reserve() {
	n := len(t.rows)
	t.homings, t.skills, t.valid, t.held = reserve(t.homings, n), reserve(t.skills, n), reserve(t.valid, n), reserve(t.held, n)
	t.languages, t.experience = reserve(t.languages, n), reserve(t.experience, n)
	t.notPostings, t.notFirms = reserve(t.notPostings, n), reserve(t.notFirms, n)
}

func (t *postingTable) reserve() {
	n := len(t.rows)
	t.siteSets, t.skills, t.certs, t.languages = reserve(t.siteSets, n), reserve(t.skills, n), reserve(t.certs, n), reserve(t.languages, n)
}

// part makes sure that what is appended goes into memory of its own.
func (t *workerTable) part() {
	t.ids, t.rows, t.homings = slices.Clip(t.ids), slices.Clip(t.rows), slices.Clip(t.homings)
	t.skills, t.valid, t.held, t.languages = slices.Clip(t.skills), slices.Clip(t.valid), slices.Clip(t.held), slices.Clip(t.languages)
	t.experience, t.notPostings, t.notFirms = slices.Clip(t.experience), slices.Clip(t.notPostings), slices.Clip(t.notFirms)
}

func (t *postingTable) part() {
	t.ids, t.rows, t.siteSets = slices.Clip(t.ids), slices.Clip(t.rows), slices.Clip(t.siteSets)
	t.skills, t.certs, t.languages = slices.Clip(t.skills), slices.Clip(t.certs), slices.Clip(t.languages)
}

// replace lets the new rows stand for those of their ids, and the gone ones go.
func (m *Market) replace(before *Market, r Renewal) error {
	w, p := &m.workers, &m.postings
	w.gone, p.gone = w.gone.of(len(w.ids)), p.gone.of(len(p.ids))
	var err error
	if w.late, err = renewRows(w.ids, w.byID, w.late, w.gone, before.Workers(), r.GoneWorkers); err != nil {
		return fmt.Errorf("renew market: worker %w", err)
	}
	if p.late, err = renewRows(p.ids, p.byID, p.late, p.gone, before.Postings(), r.GonePostings); err != nil {
		return fmt.Errorf("renew market: posting %w", err)
	}
	return nil
}

// renewRows gives the rows that came late, in the order of their ids, after those from a number on have come.
func renewRows(ids []string, byID, late []int32, gone rowSet, from int, left []string) ([]int32, error) {
	late = slices.Clone(late)
	leave := func(id string) {
		if row, ok := find(ids, byID, id); ok {
			gone.add(row)
		}
		if at, ok := findAt(ids, late, id); ok {
			gone.add(late[at])
			late = slices.Delete(late, at, at+1)
		}
	}
	for _, id := range left {
		leave(id)
	}
	for row := from; row < len(ids); row++ {
		if at, ok := findAt(ids, late, ids[row]); ok && int(late[at]) >= from {
			return nil, fmt.Errorf("%q is there twice", ids[row])
		}
		leave(ids[row])
		at, _ := findAt(ids, late, ids[row])
		late = slices.Insert(late, at, int32(row))
	}
	return late, nil
}

func findAt(ids []string, rows []int32, id string) (at int, ok bool) {
	return slices.BinarySearchFunc(rows, id, func(row int32, id string) int { return strings.Compare(ids[row], id) })
}

// rowSet is a set of rows, a bit each; nil is the empty set.
type rowSet []uint64

func (s rowSet) has(row int32) bool {
	return int(row>>6) < len(s) && s[row>>6]>>(row&63)&1 == 1
}

func (s rowSet) add(row int32) { s[row>>6] |= 1 << (row & 63) }

// of gives a copy with room for n rows.
func (s rowSet) of(n int) rowSet {
	out := make(rowSet, (n+63)/64)
	copy(out, s)
	return out
}

// WorkerGone reports whether the worker of a row has left a renewed market, or another row stands for the person.
func (m *Market) WorkerGone(row int32) bool { return m.workers.gone.has(row) }

// PostingGone reports whether the posting of a row has left a renewed market, or another row stands for it.
func (m *Market) PostingGone(row int32) bool { return m.postings.gone.has(row) }
