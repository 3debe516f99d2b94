package main

import (
	"context"
	"time"

	"noiviec/matcher"
)

// spreadFigures are what measure scale --spread adds: the lists of ten places that people would see, dealt out under
// the cap, and for comparison the plain first ten of everybody's exact list.
type spreadFigures struct {
	Seconds    float64 `json:"spread_seconds"`
	Places     int     `json:"spread_places"`
	MaxOverCap float64 `json:"spread_max_over_cap"`      // the fullest posting's places by what it may have
	Without    int     `json:"spread_without_list"`      // workers with a candidate, without a place and not reported
	NoCapacity int     `json:"spread_no_capacity"`       // reported
	Loss       float64 `json:"spread_mean_score_loss"`   // against as many places from the top
	FullLoss   float64 `json:"spread_loss_with_missing"` // places that nothing had room for counted as worth nothing
	Missing    int     `json:"spread_places_missing"`
	Widened    int     `json:"spread_widened"`
	Gini       float64 `json:"spread_gini10"`
	NeverShown int     `json:"spread_never_shown"`

	PlainMaxOverCap float64 `json:"plain_max_over_cap"`
	PlainGini       float64 `json:"plain_gini10"`
	PlainNeverShown int     `json:"plain_never_shown"`
}

// spreadWidest is how far down places are looked for when all of a worker's candidates are full.
const spreadWidest = 500

func spreadLists(ctx context.Context, m *matcher.Market, lists *matcher.Lists) (*spreadFigures, error) {
	start := time.Now()
	c, seats := lists.Candidates(), m.Seats()
	s, err := matcher.Spread(ctx, c, seats, matcher.SpreadOptions{Turn: m.SpreadTurn(), Twins: m.Twins(nil), Wider: func(row int32) []matcher.Hit {
		return m.RankWorker(row, matcher.Options{K: spreadWidest}).Hits
	}})
	if err != nil {
		return nil, err
	}
	f := &spreadFigures{Seconds: time.Since(start).Seconds(), Places: s.Places, NoCapacity: len(s.NoCapacity), Loss: s.Loss, FullLoss: s.FullLoss, Missing: s.Short, Widened: s.Widened, Gini: s.Gini}
	plain, places, exposure := make([]int32, len(seats)), 0, make([]int32, len(seats))
	for row := range int32(c.Workers()) {
		postings, _ := c.Of(row)
		for _, p := range postings[:min(len(postings), matcher.DefaultPlaces)] {
			plain[p]++
			places++
		}
		list := s.Of(row)
		for _, p := range list {
			exposure[p.Posting]++
		}
		if len(postings) > 0 && len(list) == 0 {
			f.Without++
		}
	}
	f.Without -= f.NoCapacity
	f.MaxOverCap, f.NeverShown = overCap(exposure, seats, s.Places)
	f.PlainMaxOverCap, f.PlainNeverShown = overCap(plain, seats, places)
	f.PlainGini = matcher.Gini(plain, seats)
	return f, nil
}

// overCap gives the greatest share of what a posting may have that one has, and how many have nothing.
func overCap(exposure, seats []int32, places int) (most float64, none int) {
	shares := matcher.SharesOf(seats, places)
	for j, n := range seats {
		if n > 0 {
			most = max(most, float64(exposure[j])/float64(shares.Limit(int(n))))
			if exposure[j] == 0 {
				none++
			}
		}
	}
	return most, none
}
