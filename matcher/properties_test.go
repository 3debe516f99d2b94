package matcher

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestOrderOfWhatIsSaidDoesNotMatter turns the order of people, of postings and of every list in them: the lists, the
// counts and every explanation stay the same, and a second run of the same input gives them again.
func TestOrderOfWhatIsSaidDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := rapidDice{t}
		s := drawSample(t)
		o := BatchOptions{Options: Options{K: 5, Counts: d.upTo(1) == 0}, Parallel: 1}
		want := named(fataler{t: t}, s.m, o)
		again := named(fataler{t: t}, buildMarket(fataler{t: t}, testTables(), testDay, s.workers, s.postings), o)
		if diff := cmp.Diff(want, again); diff != "" {
			t.Fatalf("the same input again (-want +got):\n%s", diff)
		}
		workers, postings := shuffled(d, s.workers), shuffled(d, s.postings)
		for i := range workers {
			workers[i] = turnedWorker(d, workers[i])
		}
		for i := range postings {
			postings[i] = turnedPosting(d, postings[i])
		}
		got := named(fataler{t: t}, buildMarket(fataler{t: t}, testTables(), testDay, workers, postings), o)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("turned (-want +got):\n%s\nworkers %+v\npostings %+v", diff, s.workers, s.postings)
		}
	})
}

// shuffled gives a copy in another order.
func shuffled[T any](d dice, list []T) []T {
	out := slices.Clone(list)
	for i := len(out) - 1; i > 0; i-- {
		j := d.upTo(i)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func turnedWorker(d dice, w Worker) Worker {
	w.Mobility.Provinces, w.Mobility.Countries = shuffled(d, w.Mobility.Provinces), shuffled(d, w.Mobility.Countries)
	w.Never, w.Needs, w.Skills, w.Certificates = shuffled(d, w.Never), shuffled(d, w.Needs), shuffled(d, w.Skills), shuffled(d, w.Certificates)
	w.Languages, w.Experience, w.BarredFrom = shuffled(d, w.Languages), shuffled(d, w.Experience), shuffled(d, w.BarredFrom)
	w.Wishes = slices.Clone(w.Wishes) // their order is what the person wants first
	for i := range w.Wishes {
		w.Wishes[i].Places, w.Wishes[i].Shifts, w.Wishes[i].Benefits = shuffled(d, w.Wishes[i].Places), shuffled(d, w.Wishes[i].Shifts), shuffled(d, w.Wishes[i].Benefits)
	}
	return w
}

// turnedPosting leaves the workplaces: of two that are worth the same the first is the one that is named.
func turnedPosting(d dice, p Posting) Posting {
	p.Skills, p.Certificates, p.Languages = shuffled(d, p.Skills), shuffled(d, p.Certificates), shuffled(d, p.Languages)
	p.Benefits, p.Bars, p.Off, p.On = shuffled(d, p.Benefits), shuffled(d, p.Bars), shuffled(d, p.Off), shuffled(d, p.On)
	return p
}
