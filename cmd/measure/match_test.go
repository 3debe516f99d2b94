package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/matcher/interest"
)

// table is a CSV file by name, its headings first.
type table map[string][][]string

// invented reads the invented views; a test changes them and writes them elsewhere.
func invented(t *testing.T) table {
	t.Helper()
	out := table{}
	for _, name := range []string{"openings.csv", "seekers.csv", "history.csv", "truth.csv"} {
		data, err := os.ReadFile(filepath.Join("testdata", "views", name))
		if err != nil {
			t.Fatal(err)
		}
		if out[name], err = csv.NewReader(bytes.NewReader(data)).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func (x table) write(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, lines := range x {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// given are all lists of ours and of the baselines, by way and by the moment's line in truth.csv, each opening by
// its line in openings.csv.
func given(t *testing.T, x table) map[string][]int32 {
	t.Helper()
	v, err := readViews(x.write(t))
	if err != nil {
		t.Fatal(err)
	}
	trial := newTrial(v)
	trial.add("ours", interest.DefaultWeights, interest.Capped())
	out := map[string][]int32{}
	var mu sync.Mutex
	trial.watch = func(name string, m moment, order []int32) {
		mu.Lock()
		defer mu.Unlock()
		out[fmt.Sprint(name, " ", m.at.Format(time.DateTime), " ", m.person)] = slices.Clone(order)
	}
	if err := trial.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMatchListsDoNotDependOnTruth(t *testing.T) {
	x := invented(t)
	want := given(t, x)
	rng := rand.New(rand.NewPCG(3, 3))
	for _, line := range x["truth.csv"][1:] {
		line[1] = x["openings.csv"][1+rng.IntN(70)][0]
	}
	if diff := cmp.Diff(want, given(t, x)); diff != "" {
		t.Errorf("lists changed with what people looked at then (-want +got):\n%s", diff)
	}
}

func TestMatchListsDoNotDependOnWhatCameLater(t *testing.T) {
	x := invented(t)
	want := given(t, x)
	var moments []string
	for _, line := range x["truth.csv"][1:] {
		moments = append(moments, line[2])
	}
	slices.Sort(moments)
	middle := moments[len(moments)/2]
	rng := rand.New(rand.NewPCG(5, 5))
	start, err := time.Parse(viewTime, middle)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 { // the first of them in the very second of the list
		at := start.Add(time.Duration(i*rng.IntN(4)) * time.Minute).Format(viewTime)
		x["history.csv"] = append(x["history.csv"], []string{x["seekers.csv"][1+rng.IntN(20)][0], x["openings.csv"][1+rng.IntN(70)][0], at})
	}
	same, changed := 0, 0
	got := given(t, x)
	for name, order := range want {
		at := strings.SplitN(name, " ", 2)[1][:len(time.DateTime)]
		switch {
		case slices.Equal(order, got[name]):
			same++
		case at <= middle:
			t.Errorf("%s: the list changed with later rows", name)
		default:
			changed++
		}
	}
	if same == 0 || changed == 0 {
		t.Errorf("%d lists stayed and %d changed, want some of both: later lists must see the rows", same, changed)
	}
}

func TestMatchDropsOwnLaterRows(t *testing.T) {
	x := invented(t)
	want := given(t, x)
	late := 0
	for _, line := range x["truth.csv"][1:] {
		x["history.csv"] = append(x["history.csv"], []string{line[0], line[1], line[2]}) // the truth itself, in the same second
		late++
	}
	v, err := readViews(x.write(t))
	if err != nil {
		t.Fatal(err)
	}
	if v.late < late {
		t.Errorf("got %d rows left out, want at least %d", v.late, late)
	}
	if diff := cmp.Diff(want, given(t, x)); diff != "" {
		t.Errorf("lists changed (-want +got):\n%s", diff)
	}
}

func TestMatchIsTheSameUnderOtherIDsAndOrders(t *testing.T) {
	x := invented(t)
	seen := map[string]bool{}
	for _, line := range x["openings.csv"] { // between openings alike in all words only a hash of the id can choose
		for seen[strings.Join(line[1:], "|")] {
			line[2] += " and Sons"
		}
		seen[strings.Join(line[1:], "|")] = true
	}
	want := given(t, x)
	other := map[string]string{}
	for i, line := range x["openings.csv"][1:] {
		other[line[0]] = fmt.Sprint("x", (i*7919)%1000003)
		line[0] = other[line[0]]
	}
	for _, name := range []string{"history.csv", "truth.csv"} {
		for _, line := range x[name][1:] {
			line[1] = other[line[1]]
		}
	}
	rng := rand.New(rand.NewPCG(9, 9))
	rows := x["history.csv"][1:]
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	got := given(t, x)
	for name, order := range want {
		if !slices.Equal(order, got[name]) {
			t.Errorf("%s: got %v, want %v", name, got[name], order)
		}
	}
}

func TestMatchRefusesWhatItCannotRead(t *testing.T) {
	for name, change := range map[string]func(table){
		"unknown opening":   func(x table) { x["history.csv"][3][1] = "nobody's" },
		"nobody's look":     func(x table) { x["truth.csv"][3][0] = "" },
		"no such column":    func(x table) { x["seekers.csv"][0][1] = "past" },
		"twice the same id": func(x table) { x["openings.csv"][3][0] = x["openings.csv"][4][0] },
		"no time":           func(x table) { x["history.csv"][3][2] = "yesterday" },
		"two truths":        func(x table) { x["truth.csv"][3][0] = x["truth.csv"][4][0] },
		"no truth":          func(x table) { x["truth.csv"] = x["truth.csv"][:1] },
	} {
		x := invented(t)
		change(x)
		if _, err := readViews(x.write(t)); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
}

func TestMatchReadsColumnsByTheirHeadings(t *testing.T) {
	x := invented(t)
	want := given(t, x)
	for i, line := range x["openings.csv"] {
		x["openings.csv"][i] = []string{line[5], "unused", line[4], line[3], line[2], line[1], line[0]}
	}
	x["seekers.csv"] = slices.DeleteFunc(x["seekers.csv"], func(line []string) bool { return line[1] == "" && line[2] == "" })
	got := given(t, x)
	if len(got) != len(want) {
		t.Errorf("got %d lists, want %d: who wrote nothing need not be in seekers.csv", len(got), len(want))
	}
}

func TestMatchPrintsEveryFigure(t *testing.T) {
	run := func() map[string]any {
		var b bytes.Buffer
		c := matchCmd{Dir: filepath.Join("testdata", "views"), More: true, Fit: true}
		if err := c.Run(&bench{ctx: context.Background(), out: &b, err: io.Discard, json: true}); err != nil {
			t.Fatal(err)
		}
		var out map[string]any
		if err := json.Unmarshal(b.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		delete(out, "seconds")
		return out
	}
	got := run()
	for _, way := range []string{"", "random.", "popularity.", "bm25.", "bm25_place.", "uncapped.", "without_text.", "nothing_written.", "other_half."} {
		for _, name := range []string{"recall@10", "mrr", "ndcg@10", "gini@10", "coverage"} {
			if _, ok := got[way+name]; !ok {
				t.Errorf("no %s%s", way, name)
			}
		}
	}
	if got["recall@10"].(float64) <= got["random.recall@10"].(float64) {
		t.Errorf("got recall %v, random %v", got["recall@10"], got["random.recall@10"])
	}
	if diff := cmp.Diff(got, run()); diff != "" {
		t.Errorf("a second run differs:\n%s", diff)
	}
}

func TestJudge(t *testing.T) {
	j := newJudge(30)
	order := make([]int32, 30)
	for i := range order {
		order[i] = int32(i)
	}
	j.see(order, 0)
	j.see(order, 3)
	j.see(order, 19)
	got := j.figures()
	want := judgement{Recall: 2.0 / 3, MRR: (1 + 0.25 + 0.05) / 3, NDCG: (1 + 1/math.Log2(5)) / 3, Gini: 2.0 / 3, Coverage: 1.0 / 3}
	for i, pair := range [][2]float64{{got.Recall, want.Recall}, {got.MRR, want.MRR}, {got.NDCG, want.NDCG}, {got.Gini, want.Gini}, {got.Coverage, want.Coverage}} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("figure %d: got %v, want %v", i, pair[0], pair[1])
		}
	}
	better := newJudge(30)
	for range 3 {
		better.see(order, 0)
	}
	if d := bootstrap(better, j, hit); math.Abs(d.mean-1.0/3) > 1e-9 || d.low > d.mean || d.high < d.mean {
		t.Errorf("got %v, want a mean of a third inside its interval", d)
	}
}
