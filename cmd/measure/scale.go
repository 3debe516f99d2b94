package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"noiviec/matcher"
)

type scaleCmd struct {
	Workers  int    `default:"1000000" help:"Workers to invent."`
	Postings int    `default:"100000" help:"Postings to invent."`
	Terms    string `type:"existingfile" help:"Lines of a code and a count to draw by: provinces, occupations, skills, certificates (measure terms prints such lines). Those of real ads when left out."`
	Seed     uint64 `default:"1" help:"Of the invented market and of the samples."`
	Sample   int    `default:"200" help:"Lists compared with brute force, half of them of either side."`
	Changes  int    `default:"500" help:"Workers, and postings, changed one at a time afterwards."`
	Table    bool   `help:"Print how cost grows instead, for 10k, 100k and 1M workers by 1k, 10k and 100k postings, up to the sizes asked for."`
	Spread   bool   `help:"Also deal out the lists that people see under the cap, after the clock has stopped."`
}

// scaleFigures are what measure scale prints. The clock runs from packed rows in memory, in the order they were
// added, to both sides' lists in memory: sorting, index and ranking are inside, inventing and packing are not.
type scaleFigures struct {
	Workers        int     `json:"workers"`
	Postings       int     `json:"postings"`
	Seconds        float64 `json:"seconds"`
	BuildSeconds   float64 `json:"build_seconds"`
	RankSeconds    float64 `json:"rank_seconds"`
	CPUSeconds     float64 `json:"cpu_seconds"` // of this process inside the clock, on all processors
	Processors     int     `json:"processors"`
	PeakMiB        float64 `json:"peak_mib"` // of the whole process, inventing included, as the system counts (VmHWM)
	Pairs          int64   `json:"pairs"`
	PairsPerSecond float64 `json:"pairs_per_second"`
	Sampled        int     `json:"sampled"`
	Equal          bool    `json:"equal_to_brute_force"`
	BruteSeconds   float64 `json:"brute_force_seconds_estimated"` // every pair by the plain reading, on as many processors
	TimesFaster    float64 `json:"times_faster"`

	changeFigures
	*spreadFigures
}

func (c *scaleCmd) Run(b *bench) error {
	if c.Workers < 1 || c.Postings < 1 {
		return fmt.Errorf("want at least one worker and one posting")
	}
	t, err := c.terms()
	if err != nil {
		return err
	}
	if c.Table {
		return c.table(b, t)
	}
	f, err := c.measure(b, t)
	if err != nil {
		return err
	}
	sayFigures(b, f)
	sayFigures(b, f.changeFigures)
	if f.spreadFigures != nil {
		sayFigures(b, *f.spreadFigures)
	}
	return b.figures(f)
}

func (c *scaleCmd) terms() (*terms, error) {
	if c.Terms != "" {
		return readFile(c.Terms, readTerms)
	}
	return readTerms(strings.NewReader(adTerms))
}

// sayFigures prints a struct of figures, one a line as "name value"; those that may be missing not when they are.
func sayFigures(b *bench, figures any) {
	v := reflect.ValueOf(figures)
	for i := range v.NumField() {
		value := v.Field(i)
		name, missing, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || missing == "omitempty" && value.IsZero() { // without a name: a part that is printed by itself
			continue
		}
		if value.Kind() == reflect.Float64 {
			b.say("%s %.7g", name, value.Float())
		} else {
			b.say("%s %v", name, value.Interface())
		}
	}
}

func (c *scaleCmd) measure(b *bench, t *terms) (scaleFigures, error) {
	// The garbage of packing is not the engine's, yet counts in the peak: collect early.
	debug.SetGCPercent(25)
	f := scaleFigures{Workers: c.Workers, Postings: c.Postings, Processors: runtime.GOMAXPROCS(0), Pairs: int64(c.Workers) * int64(c.Postings)}
	builder, err := newCountry(t, c.Seed).pack(c.Workers, c.Postings)
	if err != nil {
		return f, err
	}
	debug.FreeOSMemory()
	b.note("%d workers and %d postings packed", c.Workers, c.Postings)
	start, cpu := time.Now(), ownCPU()
	m, err := builder.Build()
	if err != nil {
		return f, err
	}
	f.BuildSeconds = time.Since(start).Seconds()
	forWorkers, forPostings, err := m.RankAll(b.ctx, matcher.BatchOptions{Progress: everyTenth(b)})
	if err != nil {
		return f, err
	}
	f.Seconds, f.CPUSeconds = time.Since(start).Seconds(), (ownCPU() - cpu).Seconds()
	f.RankSeconds = f.Seconds - f.BuildSeconds
	f.PairsPerSecond = float64(f.Pairs) / f.Seconds
	if f.PeakMiB, err = peakMiB(); err != nil {
		return f, err
	}
	c.compare(b, m, forWorkers, forPostings, &f)
	ofWorkers, ofPostings := floorsOf(forWorkers, c.Workers), floorsOf(forPostings, c.Postings)
	if f.changeFigures, err = c.changes(t, m, ofWorkers, ofPostings, c.Changes); err != nil {
		return f, err
	}
	if c.Spread {
		if f.spreadFigures, err = spreadLists(b.ctx, m, forWorkers); err != nil {
			return f, err
		}
	}
	return f, nil
}

// everyTenth notes each tenth of the work.
func everyTenth(b *bench) func(done, total int) {
	told := 0
	return func(done, total int) {
		if tenth := 10 * done / total; tenth > told {
			told = tenth
			b.note("%d of %d lists", done, total)
		}
	}
}

// compare makes lists of both sides again by brute force, and times it.
func (c *scaleCmd) compare(b *bench, m *matcher.Market, forWorkers, forPostings *matcher.Lists, f *scaleFigures) {
	r := rand.New(rand.NewPCG(c.Seed, 13))
	f.Equal = true
	looked, start := int64(0), time.Now()
	check := func(got, want matcher.Ranking) {
		f.Sampled++
		if !reflect.DeepEqual(got, want) {
			f.Equal = false
		}
	}
	for range (c.Sample + 1) / 2 {
		if b.ctx.Err() != nil {
			return
		}
		worker, posting := r.Int32N(int32(c.Workers)), r.Int32N(int32(c.Postings))
		check(forWorkers.Ranking(worker), m.PlainWorker(worker, matcher.Options{}))
		check(forPostings.Ranking(posting), m.PlainPosting(posting, matcher.Options{}))
		looked += int64(c.Workers + c.Postings)
	}
	// Every pair would be looked at once and offered to both its lists.
	f.BruteSeconds = time.Since(start).Seconds() / float64(looked) * float64(f.Pairs) / float64(f.Processors)
	f.TimesFaster = f.BruteSeconds / f.Seconds
}

// ownCPU is what this process has used of all processors.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMiB is the most memory this process has ever had resident.
func peakMiB() (float64, error) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, fmt.Errorf("read the peak of memory: %w", err)
	}
	defer status.Close()
	text, err := io.ReadAll(status)
	if err != nil {
		return 0, fmt.Errorf("read the peak of memory: %w", err)
	}
	var kib float64
	_, after, _ := strings.Cut(string(text), "VmHWM:")
	if _, err := fmt.Sscan(after, &kib); err != nil {
		return 0, fmt.Errorf("read the peak of memory: %w", err)
	}
	return kib / 1024, nil
}
