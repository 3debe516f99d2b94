package main

import (
	"math/rand/v2"
	"slices"
	"time"

	"noiviec/matcher"
)

// changeFigures are what one change takes in the engine: taking it into the market and ranking the changed row
// (change), and finding whose lists it reaches (reach), whose floors are known.
type changeFigures struct {
	WorkerP50       float64 `json:"change_worker_p50_ms"`
	WorkerP99       float64 `json:"change_worker_p99_ms"`
	WorkerReachP99  float64 `json:"reach_worker_p99_ms"`
	PostingP50      float64 `json:"change_posting_p50_ms"`
	PostingP99      float64 `json:"change_posting_p99_ms"`
	PostingReachP99 float64 `json:"reach_posting_p99_ms"`
	Changes         int     `json:"changes"` // of either side, one after the other, each on top of those before
}

// changes changes workers, then postings, one at a time, and times each; whom they reach only where floors are known.
func (c *scaleCmd) changes(t *terms, m *matcher.Market, ofWorkers, ofPostings []uint8, n int) (f changeFigures, err error) {
	land, r := newCountry(t, c.Seed+1), rand.New(rand.NewPCG(c.Seed, 17))
	var change, reach []time.Duration
	for range n {
		w := land.worker(workerID(r.IntN(c.Workers)))
		start := time.Now()
		if m, err = m.Renew(matcher.Renewal{Workers: []matcher.Worker{w}}); err != nil {
			return f, err
		}
		row, _ := m.WorkerRow(w.ID)
		m.RankWorker(row, matcher.Options{})
		change = append(change, time.Since(start))
		if ofPostings == nil {
			continue
		}
		start = time.Now()
		m.ReachedByWorker(row, ofPostings, matcher.Options{})
		reach = append(reach, time.Since(start))
	}
	f.WorkerP50, f.WorkerP99, f.WorkerReachP99 = sorted(change, 50), sorted(change, 99), sorted(reach, 99)
	change, reach = nil, nil
	for range n {
		p := land.posting(postingID(r.IntN(c.Postings)))
		start := time.Now()
		if m, err = m.Renew(matcher.Renewal{Postings: []matcher.Posting{p}}); err != nil {
			return f, err
		}
		row, _ := m.PostingRow(p.ID)
		m.RankPosting(row, matcher.Options{})
		change = append(change, time.Since(start))
		if ofWorkers == nil {
			continue
		}
		start = time.Now()
		m.ReachedByPosting(row, ofWorkers, matcher.Options{})
		reach = append(reach, time.Since(start))
	}
	f.PostingP50, f.PostingP99, f.PostingReachP99 = sorted(change, 50), sorted(change, 99), sorted(reach, 99)
	f.Changes = n
	return f, nil
}

// sorted gives a percentile in milliseconds, 0 of nothing.
func sorted(took []time.Duration, p int) float64 {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return float64(took[min(len(took)-1, len(took)*p/100)]) / float64(time.Millisecond)
}

// floorsOf gives, by row, the score one needs to come onto its list.
func floorsOf(l *matcher.Lists, rows int) []uint8 {
	floors := make([]uint8, rows)
	for row := range floors {
		if n := l.Len(int32(row)); n == matcher.DefaultK {
			floors[row] = uint8(l.Hit(int32(row), n-1).Score)
		}
	}
	return floors
}
