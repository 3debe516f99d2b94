package matcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Market is everybody and everything as of one day, packed for ranking. It never changes and may be used by
// any number of goroutines. Workers and postings are numbered by row, in an order of no meaning to people.
type Market struct {
	day        Day
	weights    Weights
	vocabulary *vocabulary
	workers    workerTable
	postings   postingTable
	index      index
	queries    *queries
	line       *renewals
}

// Build ends the building; the Builder must not be used afterwards. Two workers, or two postings, of one id
// are an error.
func (b *Builder) Build() (*Market, error) {
	b.vocabulary.settle()
	b.validCertificates(0)
	m := &Market{day: b.day, weights: b.weights, vocabulary: b.vocabulary, workers: b.workers, postings: b.postings, queries: &queries{}, line: &renewals{}}
	m.line.last = m
	order := b.order(b.workerKeys, m.workers.ids, func(i, j int32) int {
		return slices.CompareFunc(cut(m.workers.skills, m.workers.rows[i].skills), cut(m.workers.skills, m.workers.rows[j].skills),
			func(a, b heldSkill) int { return cmp.Compare(a.skill, b.skill) })
	})
	m.workers.rows, m.workers.ids = permute(m.workers.rows, order), permute(m.workers.ids, order)
	order = b.order(b.postingKeys, m.postings.ids, func(i, j int32) int {
		return 0
	})
	m.postings.rows, m.postings.ids = permute(m.postings.rows, order), permute(m.postings.ids, order)
	m.workers.inOrder()
	m.postings.inOrder()
	m.workers.reserve()
	m.postings.reserve()
	var wrongWorker, wrongPosting error
	var wait sync.WaitGroup
	wait.Go(func() {
		m.workers.byID, wrongWorker = byID(m.workers.ids)
		m.postings.byID, wrongPosting = byID(m.postings.ids)
	})
	m.index = newIndex(m)
	wait.Wait()
	if wrongWorker != nil {
		return nil, fmt.Errorf("build market: worker %w", wrongWorker)
	}
	if wrongPosting != nil {
		return nil, fmt.Errorf("build market: posting %w", wrongPosting)
	}
	return m, nil
}

// validCertificates lists, for each worker from a row on, what is valid on the day, with all it implies at any level.
func (b *Builder) validCertificates(from int) {
	t := &b.workers
	for i := from; i < len(t.rows); i++ {
		row := &t.rows[i]
		var list []validCertificate
		for _, c := range cut(t.held, row.held) {
			if c.expires != NoDay && c.expires < b.day {
				continue
			}
			for k, implied := range b.vocabulary.implied.of(c.certificate) {
				level := c.level
				if k > 0 {
					level = anyLevel
				}
				list = append(list, validCertificate{implied, level})
			}
		}
		slices.SortFunc(list, func(a, b validCertificate) int {
			return cmp.Or(cmp.Compare(a.certificate, b.certificate), cmp.Compare(b.level, a.level))
		})
		list = slices.CompactFunc(list, func(a, b validCertificate) bool { return a.certificate == b.certificate })
		t.valid, row.valid = extend(t.valid, list)
	}
}

// order sorts rows so that those alike lie together, by words and not by numbers, so that it does not
// depend on the order in which rows came.
func (b *Builder) order(keys []sortKey, ids []string, bySkills func(i, j int32) int) []int32 {
	occupation := ranks(b.vocabulary.occupations.words)
	province, commune := ranks(b.vocabulary.provinces.words), ranks(b.vocabulary.communes.words)
	list := make([]keyed, len(keys))
	for i, k := range keys {
		list[i] = keyed{listKey(k.idle, k.mobile, province[k.province], occupation[k.occupation]), int32(i)}
	}
	return sortKeyed(list, func(i, j int32) int {
		if by := bySkills(i, j); by != 0 {
			return by
		}
		if by := cmp.Compare(commune[keys[i].place], commune[keys[j].place]); by != 0 {
			return by
		}
		return strings.Compare(ids[i], ids[j])
	})
}

// keyed is a row with what it is sorted by first.
type keyed struct {
	key uint64
	row int32
}

// listKey keeps together what goes into one list.
func listKey(idle, mobile bool, province, occupation int32) uint64 {
	key := uint64(province)<<31 | uint64(occupation)
	if mobile {
		key |= 1 << 62
	}
	if idle {
		key |= 1 << 63
	}
	return key
}

// sortKeyed sorts rows by their keys and, where these are equal, as is said.
func sortKeyed(list []keyed, otherwise func(i, j int32) int) []int32 {
	slices.SortFunc(list, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return otherwise(a.row, b.row)
	})
	order := make([]int32, len(list))
	for i := range list {
		order[i] = list[i].row
	}
	return order
}

// ranks gives each number the place of its word in the alphabet.
func ranks(words []string) []int32 {
	order := make([]int32, len(words))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(words[i], words[j]) })
	rank := make([]int32, len(words))
	for place, i := range order {
		rank[i] = int32(place)
	}
	return rank
}

// permute puts rows in order, with room behind them for those of a renewed market.
func permute[T any](list []T, order []int32) []T {
	out := make([]T, len(order), len(order)+spare(len(order)))
	for to, from := range order {
		out[to] = list[from]
	}
	return out
}

// inOrder lays out what belongs to the rows in their order, so that what is read together lies together.
func (t *workerTable) inOrder() {
	n := len(t.rows)
	t.skills = gather(t.skills, n, func(i int) *span { return &t.rows[i].skills })
	t.valid = gather(t.valid, n, func(i int) *span { return &t.rows[i].valid })
	t.experience = gather(t.experience, n, func(i int) *span { return &t.rows[i].experience })
}

func (t *postingTable) inOrder() {
	n := 2 * len(t.rows)
	t.skills = gather(t.skills, n, func(i int) *span {
		p := &t.rows[i/2]
		if i%2 == 1 {
			return &p.niceSkills
		}
		return &p.mustSkills
	})
}

// gather copies the parts of a packed list that n spans name, one behind the other.
func gather[T any](list []T, n int, spanOf func(i int) *span) []T {
	out := make([]T, 0, len(list)+spare(n))
	for i := range n {
		s := spanOf(i)
		out, *s = extend(out, cut(list, *s))
	}
	return out
}

func byID(ids []string) ([]int32, error) {
	order := make([]int32, len(ids))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(ids[i], ids[j]) })
	for k := 1; k < len(order); k++ {
		if ids[order[k]] == ids[order[k-1]] {
			return nil, fmt.Errorf("%q is there twice", ids[order[k]])
		}
	}
	return order, nil
}

func find(ids []string, byID []int32, id string) (int32, bool) {
	at, ok := slices.BinarySearchFunc(byID, id, func(row int32, id string) int { return strings.Compare(ids[row], id) })
	if !ok {
		return -1, false
	}
	return byID[at], true
}

// find looks for the row of an id that is not gone: there is one at most.
func (s rowSet) find(ids []string, byID, late []int32, id string) (int32, bool) {
	for _, rows := range [][]int32{late, byID} {
		if row, ok := find(ids, rows, id); ok && !s.has(row) {
			return row, true
		}
	}
	return -1, false
}

// Day is the day the market is as of.
func (m *Market) Day() Day { return m.day }

// Weights are the weights it ranks with.
func (m *Market) Weights() Weights { return m.weights }

// Workers is the number of workers, those gone included; their rows are 0 to Workers()-1.
func (m *Market) Workers() int { return len(m.workers.rows) }

// Postings is the number of postings, those gone included; their rows are 0 to Postings()-1.
func (m *Market) Postings() int { return len(m.postings.rows) }

// WorkerID gives the id of a worker's row.
func (m *Market) WorkerID(row int32) string { return m.workers.ids[row] }

// PostingID gives the id of a posting's row.
func (m *Market) PostingID(row int32) string { return m.postings.ids[row] }

// WorkerRow finds a worker's row by id.
func (m *Market) WorkerRow(id string) (row int32, ok bool) {
	return m.workers.gone.find(m.workers.ids, m.workers.byID, m.workers.late, id)
}

// PostingRow finds a posting's row by id.
func (m *Market) PostingRow(id string) (row int32, ok bool) {
	return m.postings.gone.find(m.postings.ids, m.postings.byID, m.postings.late, id)
}
