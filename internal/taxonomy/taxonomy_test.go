package taxonomy

import (
	"runtime"
	"testing"
)

func TestLoadCounts(t *testing.T) {
	t.Parallel()
	x := Default()
	mapped := 0
	for _, o := range x.Occupations() {
		if o.ISCO != "" {
			mapped++
		}
	}
	synonyms := 0
	for _, s := range x.Skills() {
		synonyms += len(s.Synonyms)
	}
	for name, c := range map[string][2]int{
		"provinces": {len(x.Provinces()), 34}, "communes": {len(x.Communes()), 3321}, "occupations": {len(x.Occupations()), 509},
		"mapped to ISCO-08": {mapped, 416}, "skills": {len(x.Skills()), 206}, "certificates": {len(x.Certificates()), 65},
		"sectors": {len(x.Sectors()), 464}, "sections": {len(x.Sections()), 22}, "peoples": {len(x.Entries(EthnicGroups)), 55},
		"training fields": {len(x.Entries(TrainingFields)), 110}, "schooling": {len(x.Entries(Schooling)), 5}, "qualification": {len(x.Entries(Qualification)), 10},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %d, want %d", name, c[0], c[1])
		}
	}
	if synonyms < 900 {
		t.Errorf("synonyms: got %d, want at least 900", synonyms)
	}
	for _, l := range x.Lists() {
		if l.Name == "" || l.Version == "" || l.Source == "" || l.Count == 0 {
			t.Errorf("list without name, version, source or entries: %+v", l)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x, _ := Load()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
	runtime.KeepAlive(x)
}
