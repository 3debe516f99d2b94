package labour

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// province is Điện Biên, centre the ward its firms crowd in.
const (
	province = "11"
	centre   = "03127"
)

// firstDay is the day 0 of every market.
var firstDay = matcher.NewDay(2026, 1, 5)

// World is one invented market: everybody who will come within its days, with card and truth. It does not change,
// and any number of runs share it.
type World struct {
	parameters Parameters
	dice       dice
	days       int
	tables     matcher.Tables
	communes   []commune
	trades     []trade
	seekers    []seeker
	openings   []opening
	scores     *scores
	wantedBar  float64 // utility from which a person would have a posting
	hiredBar   float64 // value from which an employer would have a person
}

type commune struct {
	code     string
	town     bool
	km       []float64 // to every other
	remote   float64   // km to the centre
	villages float64   // how often people live there
}

// NewWorld draws a market from a seed. like is a market whose scores are taken over when all cards are the same; nil
// is none.
func NewWorld(ctx context.Context, p Parameters, tables matcher.Tables, tax *taxonomy.Taxonomy, seed uint64, days int, like *World) (*World, error) {
	w := &World{parameters: p, dice: dice(mix(seed)), days: days, tables: localTables(tables)}
	if err := w.settle(tax); err != nil {
		return nil, err
	}
	var err error
	if w.trades, err = prepareTrades(tax, w.dice); err != nil {
		return nil, err
	}
	w.drawSeekers()
	w.drawOpenings()
	if w.scores, err = w.scored(ctx, like); err != nil {
		return nil, fmt.Errorf("score the market: %w", err)
	}
	return w, w.setBars()
}

// localTables leaves out the communes of other provinces: work there is known by the province.
func localTables(t matcher.Tables) matcher.Tables {
	t.Communes = slices.DeleteFunc(slices.Clone(t.Communes), func(c matcher.Commune) bool { return c.Province != province })
	return t
}

func (w *World) settle(tax *taxonomy.Taxonomy) error {
	for _, c := range tax.Communes() {
		if c.Province == province {
			w.communes = append(w.communes, commune{code: c.Code})
		}
	}
	slices.SortFunc(w.communes, func(a, b commune) int { return cmp.Compare(a.code, b.code) })
	for i := range w.communes {
		c := &w.communes[i]
		for _, other := range w.communes {
			km, ok := tax.DistanceKm(c.code, other.code)
			if !ok {
				return fmt.Errorf("no distance from %s to %s", c.code, other.code)
			}
			c.km = append(c.km, km)
			if other.code == centre {
				c.remote = km
			}
		}
		c.town = c.remote < 6 // the two wards of the town
		c.villages = 1
		if c.town {
			c.villages = 3
		}
	}
	if len(w.communes) == 0 {
		return fmt.Errorf("province %s has no communes", province)
	}
	return nil
}

// flow spreads arrivals evenly over the days: how many come on a day at a monthly rate of a stock.
func flow(stock, monthly float64, day int) int {
	perDay := stock * monthly / 30
	return int(perDay*float64(day+1)) - int(perDay*float64(day))
}

// samplePairs is how many pairs the bars are read from.
const samplePairs = 20_000

// setBars turns the shares of what people want and whom employers would have into bars, from pairs of the first day
// that pass every hard condition.
func (w *World) setBars() error {
	var people, postings []int
	for i, s := range w.seekers {
		if s.arrives == 0 {
			people = append(people, i)
		}
	}
	for i, o := range w.openings {
		if o.opens <= 0 {
			postings = append(postings, i)
		}
	}
	if len(people) == 0 || len(postings) == 0 {
		return fmt.Errorf("a market that begins with %d people and %d postings", len(people), len(postings))
	}
	var pairs [][2]int
	for k := range samplePairs {
		i, j := people[w.dice.pick(ofSample, k, 0, len(people))], postings[w.dice.pick(ofSample, k, 1, len(postings))]
		if _, passes := w.scores.of(i, j); passes {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	w.wantedBar = topShare(pairs, w.parameters.WantedShare, w.utility)
	wanted := slices.DeleteFunc(pairs, func(x [2]int) bool { return w.utility(x[0], x[1]) < w.wantedBar })
	w.hiredBar = topShare(wanted, w.parameters.HiredShare, w.seenValue)
	return nil
}

// topShare gives the bar that a share of the pairs reaches.
func topShare(pairs [][2]int, share float64, of func(seeker, posting int) float64) float64 {
	if len(pairs) == 0 {
		return math.Inf(1)
	}
	values := make([]float64, len(pairs))
	for i, x := range pairs {
		values[i] = of(x[0], x[1])
	}
	slices.Sort(values)
	return values[clampIndex(int(math.Round(float64(len(values))*(1-share))), len(values))]
}

func clampIndex(i, n int) int { return min(max(i, 0), n-1) }
