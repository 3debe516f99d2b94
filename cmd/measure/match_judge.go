package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"noiviec/matcher"
)

// listed is how many openings a person's page shows first.
const listed = 10

// judge collects how well one way of ranking did.
type judge struct {
	ranks []int   // of what was looked at, one per moment, from 1
	shown []int32 // how often each opening stood in a first ten
}

// judgement is what is printed of a judge.
type judgement struct{ Recall, MRR, NDCG, Gini, Coverage float64 }

func newJudge(openings int) *judge { return &judge{shown: make([]int32, openings)} }

// see judges one full ranking. It alone knows the truth.
func (j *judge) see(order []int32, truth int32) {
	j.ranks = append(j.ranks, slices.Index(order, truth)+1)
	for _, o := range order[:min(listed, len(order))] {
		j.shown[o]++
	}
}

func (j *judge) figures() judgement {
	out := judgement{Gini: matcher.Gini(j.shown, slices.Repeat([]int32{1}, len(j.shown)))}
	for _, r := range j.ranks {
		out.Recall += hit(r)
		out.MRR += reciprocal(r)
		out.NDCG += hit(r) / math.Log2(float64(r)+1)
	}
	n := float64(len(j.ranks))
	out.Recall, out.MRR, out.NDCG = out.Recall/n, out.MRR/n, out.NDCG/n
	for _, times := range j.shown {
		out.Coverage += float64(min(times, 1)) / float64(len(j.shown))
	}
	return out
}

func hit(rank int) float64 {
	if rank <= listed {
		return 1
	}
	return 0
}

func reciprocal(rank int) float64 { return 1 / float64(rank) }

// only judges some of the moments, by their number.
func (j *judge) only(mine func(i int) bool) (recall, mrr float64) {
	var n float64
	for i, r := range j.ranks {
		if mine(i) {
			recall, mrr, n = recall+hit(r), mrr+reciprocal(r), n+1
		}
	}
	return recall / max(n, 1), mrr / max(n, 1)
}

// interval is a difference of means over people, and where 95 of 100 drawings of as many people put it.
type interval struct{ mean, low, high float64 }

// bootstrap compares two judges person by person.
func bootstrap(a, b *judge, of func(rank int) float64) (out interval) {
	const draws = 4000
	difference := make([]float64, len(a.ranks))
	for i := range difference {
		difference[i] = of(a.ranks[i]) - of(b.ranks[i])
		out.mean += difference[i] / float64(len(difference))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	means := make([]float64, draws)
	for d := range means {
		for range difference {
			means[d] += difference[rng.IntN(len(difference))]
		}
		means[d] /= float64(len(difference))
	}
	slices.Sort(means)
	out.low, out.high = means[draws*25/1000], means[draws*975/1000]
	return out
}
