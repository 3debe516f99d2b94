package jobs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/matcher"
)

// Where many people's best openings are the same few, showing everybody the best would send them all to one door. Each
// night the places of the lists that people see are dealt out so that no posting has more than its seats allow, and the
// seats are allocated, which puts people to the top of counsellors' lists. By day, a list that is made anew keeps its
// own places and takes others only of postings that the night's shares leave room in; an allocation holds until the
// next night for those who still pass.

// chooseFrom is how many of the exact best a person's places are chosen from, and widerFrom when all those are full.
const (
	chooseFrom = 50
	widerFrom  = 500
)

// showing is who is shown what now, as the stored lists say.
type showing struct {
	places    map[market.ID][]market.ID // worker → postings
	exposure  map[market.ID]int         // posting → in how many lists
	without   map[market.ID]bool        // workers with a list and no place
	freed     map[market.ID]bool        // postings that lost a place since somebody looked
	allocated map[market.ID][]market.ID // posting → workers, best first
	last      market.Spread
	texts     map[market.ID][sha256.Size]byte // posting → what its text says, to see two alike
}

func newShowing() showing {
	return showing{places: map[market.ID][]market.ID{}, exposure: map[market.ID]int{}, without: map[market.ID]bool{}, freed: map[market.ID]bool{}, allocated: map[market.ID][]market.ID{}, texts: map[market.ID][sha256.Size]byte{}}
}

// load reads what the last night left.
func (s *showing) load(ctx context.Context, st *store.Store, centre market.ID) error {
	last, err := store.Get[market.Spread](ctx, st, centre, market.SpreadID(centre))
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load spread: %w", err)
	}
	s.last = last
	return nil
}

// shares are the night's.
func (s *showing) shares() matcher.Shares {
	return matcher.Shares{Places: s.last.Places, Seats: s.last.Seats}
}

// prices are where an allocation on a day begins: where the last night ended, or where the same day's began.
func (s *showing) prices(on market.Date) []market.SeatPrice {
	if s.last.On == on {
		return s.last.Before
	}
	return s.last.Prices
}

// remember takes in a stored list.
func (s *showing) remember(l market.Suggestions) {
	if l.Side == market.ForWorker {
		var shown []market.ID
		for _, item := range l.Items[:min(l.Places, len(l.Items))] {
			shown = append(shown, item.Posting)
		}
		s.show(l.Subject, shown)
		if s.without[l.Subject] = true; !l.NoCapacity {
			delete(s.without, l.Subject)
		}
		return
	}
	var workers []market.ID
	for _, item := range l.Items {
		if item.Allocated {
			workers = append(workers, item.Worker)
		}
	}
	if s.allocated[l.Subject] = workers; workers == nil {
		delete(s.allocated, l.Subject)
	}
}

// show gives a worker other places.
func (s *showing) show(worker market.ID, postings []market.ID) {
	for _, p := range s.places[worker] {
		s.freed[p] = true
		if s.exposure[p]--; s.exposure[p] == 0 {
			delete(s.exposure, p)
		}
	}
	for _, p := range postings {
		s.exposure[p]++
	}
	if s.places[worker] = postings; len(postings) == 0 {
		delete(s.places, worker)
	}
}

// inTurn orders lists to be made by day as the day draws the people: who comes first takes what there is room for.
func inTurn(on market.Date) func(a, b subject) int {
	turn := func(s subject) uint64 {
		h := fnv.New64a()
		_, _ = h.Write([]byte(string(on) + string(s.id)))
		return h.Sum64()
	}
	return func(a, b subject) int {
		return cmp.Or(cmp.Compare(a.side, b.side), cmp.Compare(turn(a), turn(b)), cmp.Compare(a.id, b.id))
	}
}

// waiting lists the workers without a place for whom there is room now, since somebody gave a place up.
func (e *Engine) waiting() []subject {
	s := &e.showing
	var out []subject
	for worker := range s.without {
		if slices.ContainsFunc(e.lists[worker], func(p market.ID) bool {
			return s.freed[p] && s.exposure[p] < s.shares().Limit(e.postings[string(p)].Left)
		}) {
			out = append(out, subject{market.ForWorker, worker})
		}
	}
	clear(s.freed)
	slices.SortFunc(out, inTurn(s.last.On))
	return out
}

// freeAll has everybody without a place looked at once: what was given up while nobody looked is not known.
func (e *Engine) freeAll() {
	for worker := range e.showing.without {
		for _, p := range e.lists[worker] {
			e.showing.freed[p] = true
		}
	}
}

// noteText keeps what a posting's text says, so that the same ad given twice is seen.
func (s *showing) noteText(p market.Posting) {
	delete(s.texts, p.ID)
	if text := strings.Join(strings.Fields(p.Text), " "); text != "" {
		s.texts[p.ID] = sha256.Sum256([]byte(text))
	}
}

// alike reports whether two postings say nearly the same: of one employer, occupation and place, or with one text.
func (e *Engine) alike(m *matcher.Market, a, b int32) bool {
	x, ok := e.showing.texts[market.ID(m.PostingID(a))]
	y := e.showing.texts[market.ID(m.PostingID(b))]
	return ok && x == y || m.Alike(a, b)
}

// choose gives where in a worker's exact list the places stand that he or she is shown by day: the best with room, one
// of those that say nearly the same; if that does not fill the list, any there is room for. The night evens out, and
// leaves room for those who come by day.
func (e *Engine) choose(m *matcher.Market, worker market.ID, hits []matcher.Hit) []int {
	s := &e.showing
	s.show(worker, nil)
	var chosen []int
	room := func(row int32) bool {
		id := market.ID(m.PostingID(row))
		return s.exposure[id] < s.shares().Limit(e.postings[string(id)].Left)
	}
	for _, first := range []bool{true, false} {
		for at, h := range hits {
			if len(chosen) == market.ShownPlaces || slices.Contains(chosen, at) || !room(h.Row) {
				continue
			}
			if first && slices.ContainsFunc(chosen, func(k int) bool { return e.alike(m, hits[k].Row, h.Row) }) {
				continue
			}
			chosen = append(chosen, at)
		}
	}
	slices.Sort(chosen)
	var shown []market.ID
	for _, at := range chosen {
		shown = append(shown, market.ID(m.PostingID(hits[at].Row)))
	}
	s.show(worker, shown)
	return chosen
}

// night is what a whole night's spread and allocation decided.
type night struct {
	spread    *matcher.Spreading
	allocated map[int32][]int32 // posting → workers
	prices    []int32
	given     int
}

// night spreads all lists and allocates all seats.
func (e *Engine) night(ctx context.Context, m *matcher.Market, on market.Date) (*night, error) {
	o := matcher.Options{K: chooseFrom, LeastScore: leastScore}
	lists, err := m.RankWorkers(ctx, 0, int32(m.Workers()), matcher.BatchOptions{Options: o})
	if err != nil {
		return nil, err
	}
	c := lists.Candidates()
	seats, prices, texts := m.Seats(), make([]int32, m.Postings()), make([]string, m.Postings())
	begin := map[market.ID]int32{}
	for _, p := range e.showing.prices(on) {
		begin[p.Posting] = int32(min(max(p.Price, 0), math.MaxInt32))
	}
	for row := range seats {
		id := market.ID(m.PostingID(int32(row)))
		prices[row] = begin[id]
		if sum, ok := e.showing.texts[id]; ok {
			texts[row] = string(sum[:])
		}
	}
	wider := matcher.Options{K: widerFrom, LeastScore: leastScore}
	n := &night{allocated: map[int32][]int32{}}
	n.spread, err = matcher.Spread(ctx, c, seats, matcher.SpreadOptions{Places: market.ShownPlaces, Turn: m.SpreadTurn(), Twins: m.Twins(texts),
		Wider: func(row int32) []matcher.Hit { return m.RankWorker(row, wider).Hits }})
	if err != nil {
		return nil, err
	}
	a, err := matcher.Allocate(ctx, c, seats, matcher.AllocateOptions{Prices: prices})
	if err != nil {
		return nil, err
	}
	for w := range int32(m.Workers()) {
		for _, p := range a.Of(w) {
			n.allocated[p] = append(n.allocated[p], w)
		}
	}
	n.prices, n.given = a.Prices, a.Given
	return n, nil
}

// count puts the night's figures into the run's record.
func (n *night) count(counts map[string]int) {
	counts["spread.places"] = n.spread.Places
	counts["spread.allocated"] = n.given
	counts["spread.gini_percent"] = int(math.Round(100 * n.spread.Gini))
	counts["spread.never_shown"] = n.spread.NeverShown
	counts["spread.no_capacity"] = len(n.spread.NoCapacity)
	counts["spread.score_loss_permille"] = int(math.Round(1000 * n.spread.Loss))
}

// keepNight stores what the night leaves for the day and the next night.
func (e *Engine) keepNight(ctx context.Context, w writing) error {
	n := w.night
	id := market.SpreadID(e.cfg.Centre)
	on := market.DateOf(w.now)
	doc := market.Spread{Meta: market.Meta{ID: id, Rev: e.showing.last.Rev, Centre: e.cfg.Centre, RecordedAt: market.Stamp(w.now)}, On: on, Run: w.run,
		Places: n.spread.Places, Seats: n.spread.Seats, Prices: []market.SeatPrice{}, Before: e.showing.prices(on)}
	for row, price := range n.prices {
		if price > 0 {
			doc.Prices = append(doc.Prices, market.SeatPrice{Posting: market.ID(w.m.PostingID(int32(row))), Price: int(price)})
		}
	}
	slices.SortFunc(doc.Prices, func(a, b market.SeatPrice) int { return cmp.Compare(a.Posting, b.Posting) })
	if err := e.cfg.Store.ApplyUnder(ctx, e.lease, store.Put(&doc)); err != nil {
		return fmt.Errorf("store spread: %w", err)
	}
	e.showing.last = doc
	return nil
}

// arrange puts a worker's places first and the rest of the exact list after them. What would have been shown by score
// alone and is not, and what is shown in its stead, say so.
func arrange(items []market.Suggestion, chosen []int) []market.Suggestion {
	out := make([]market.Suggestion, 0, len(items))
	for k, at := range chosen {
		item := items[at]
		if at > k { // something better stands behind it
			item.Moved = &market.Reason{Code: "spread_up", Args: []string{strconv.Itoa(item.Rank)}}
		}
		out = append(out, item)
	}
	for at, item := range items {
		if slices.Contains(chosen, at) {
			continue
		}
		if at < len(chosen) || len(chosen) == 0 && at < market.ShownPlaces {
			item.Moved = &market.Reason{Code: "spread_down", Args: []string{strconv.Itoa(item.Rank)}}
		}
		out = append(out, item)
	}
	return out
}
