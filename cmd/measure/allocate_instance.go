package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"noiviec/matcher"
)

// allocateInstance is an invented night's candidates.
type allocateInstance struct {
	c     *matcher.Candidates
	seats []int32
}

// inventInstance invents candidates as congested as real ones: a few occupations and provinces have most of the
// people and of the openings, an opening that is good for one is good for others, and scores are whole numbers with
// many ties. Two candidates in three are of the worker's own occupation and province, as far as there are any.
func inventInstance(workers, postings, edges int, seed uint64) allocateInstance {
	r := rand.New(rand.NewPCG(seed, 11))
	skewed := func(n int) int { return int(math.Pow(float64(n), r.Float64())) - 1 }
	const provinces, occupations = 34, 60
	in := allocateInstance{c: matcher.NewCandidates(workers, workers*edges), seats: make([]int32, postings)}
	appeal := make([]int, postings)
	var cells [provinces * occupations][]int32
	weight := 0
	for j := range postings {
		appeal[j] = r.IntN(25)
		in.seats[j] = int32(1 + skewed(50))
		weight += int(in.seats[j])
		cell := skewed(provinces)*occupations + skewed(occupations)
		cells[cell] = append(cells[cell], int32(j))
	}
	for j := range in.seats {
		in.seats[j] = max(1, int32(math.Round(float64(in.seats[j])*0.9*float64(workers)/float64(weight))))
	}
	var list []matcher.Hit
	taken := make([]int, postings)
	for i := range workers {
		own := cells[skewed(provinces)*occupations+skewed(occupations)]
		list = list[:0]
		add := func(j int32, score int) {
			if taken[j] != i+1 {
				taken[j] = i + 1
				list = append(list, matcher.Hit{Row: j, Score: min(100, score)})
			}
		}
		near := min(len(own), edges*2/3)
		for try := 0; len(list) < near && try < 4*edges; try++ {
			j := own[r.IntN(len(own))]
			add(j, 50+appeal[j]+r.IntN(26))
		}
		for len(list) < min(edges, postings) {
			j := int32(r.IntN(postings))
			add(j, 30+appeal[j]+r.IntN(26))
		}
		slices.SortFunc(list, func(a, b matcher.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Row, b.Row)) })
		in.c.Add(list)
	}
	return in
}

// nextNight is the market a day on: one worker in fifty is another, and some seats have been taken.
func (in allocateInstance) nextNight(seed uint64) allocateInstance {
	r := rand.New(rand.NewPCG(seed, 12))
	next := allocateInstance{c: matcher.NewCandidates(in.c.Workers(), in.c.Pairs()), seats: slices.Clone(in.seats)}
	var list []matcher.Hit
	for i := range int32(in.c.Workers()) {
		postings, values := in.c.Of(i)
		fresh := r.IntN(50) == 0
		list = list[:0]
		for k, j := range postings {
			score := int(values[k])
			if fresh {
				score = max(30, min(100, score+r.IntN(21)-10))
			}
			list = append(list, matcher.Hit{Row: j, Score: score})
		}
		slices.SortStableFunc(list, func(a, b matcher.Hit) int { return cmp.Compare(b.Score, a.Score) })
		next.c.Add(list)
	}
	for j := range next.seats {
		if next.seats[j] > 1 && r.IntN(10) == 0 {
			next.seats[j]--
		}
	}
	return next
}

// greedy is what comes of giving each seat to the best pair left, best pairs first.
func (in allocateInstance) greedy() (value int64) {
	var pairs [1 << 8][][2]int32
	for i := range int32(in.c.Workers()) {
		postings, values := in.c.Of(i)
		for k, j := range postings {
			pairs[min(values[k], 255)] = append(pairs[min(values[k], 255)], [2]int32{i, j})
		}
	}
	room, served := slices.Clone(in.seats), make([]bool, in.c.Workers())
	for score := 255; score > 0; score-- {
		for _, p := range pairs[score] {
			if room[p[1]] > 0 && !served[p[0]] {
				room[p[1]]--
				served[p[0]] = true
				value += int64(score)
			}
		}
	}
	return value
}

// dimacs writes the instance as a min-cost flow: every worker sends one unit, to a posting at minus what the pair is
// worth or straight to the last node for nothing; the cost of the least flow is minus the greatest value.
func (in allocateInstance) dimacs(w io.Writer) error {
	n, m := in.c.Workers(), len(in.seats)
	end := n + m + 1
	fmt.Fprintf(w, "c allocation: %d workers, %d postings\np min %d %d\n", n, m, end, in.c.Pairs()+n+m)
	for i := range n {
		fmt.Fprintf(w, "n %d 1\n", i+1)
	}
	fmt.Fprintf(w, "n %d %d\n", end, -n)
	for i := range int32(n) {
		postings, values := in.c.Of(i)
		for k, j := range postings {
			fmt.Fprintf(w, "a %d %d 0 1 %d\n", i+1, n+1+int(j), -int(values[k]))
		}
		fmt.Fprintf(w, "a %d %d 0 1 0\n", i+1, end)
	}
	for j, s := range in.seats {
		if _, err := fmt.Fprintf(w, "a %d %d 0 %d 0\n", n+1+j, end, s); err != nil {
			return err
		}
	}
	return nil
}
