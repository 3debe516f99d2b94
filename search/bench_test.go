package search_test

import (
	"slices"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/search"
)

// BenchmarkRebuild builds an index of 20,000 postings on disk.
func BenchmarkRebuild(b *testing.B) {
	all := invented(20_000, 20)
	for b.Loop() {
		x := open(b)
		if err := x.Rebuild(ctx, func(put func([]market.Posting, []market.Worker) error) error { return put(all, nil) }); err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

// BenchmarkSearch asks 20,000 postings with all facets, and reports the middle and the slow end in ms.
func BenchmarkSearch(b *testing.B) {
	x := open(b)
	put(b, x, invented(20_000, 20))
	texts := []string{"thợ hàn", "may cong nghiep", "kế toán", "lái xe", "nhân viên nhà máy lương cao", "", "tuyển", "bao an o"}
	for i, name := range []string{"facets", "text"} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				took = append(took, find(b, x, search.Query{Text: texts[n%len(texts)], Facets: i == 0}).Took)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2])/1e6, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100])/1e6, "p95-ms")
		})
	}
}
