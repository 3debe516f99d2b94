package interest

import (
	"fmt"
	"math"
	"time"
)

// How fast what was looked at loses its meaning, in days to fall to 1/e.
const (
	kindFades     = 3.0  // which kind of ads a market shows lately
	interestFades = 10.0 // what people look at
	ownFades      = 14.0 // what the person looked at before
	ownPerView    = 0.8  // and this much of it with each later view
	pairsBack     = 8    // how many earlier views of a person a new one is paired with
)

// Memory is what was looked at so far, in time order. It cannot be asked about a moment that is not after
// everything it holds, so that no list can know what came later.
type Memory struct {
	m       *Market
	last    time.Time
	own     [][]View  // of each person, every opening once, by its latest view
	viewers [][]int32 // of each opening
	lookAt  []fading  // of each opening
	firms   []fading
	kinds   []fading
	unfiled fading    // openings without a group
	filed   [2]fading // openings without and with a group, fading faster
	words   []fading
	seen    []time.Time // when an opening was last looked at; zero for never
	moves   map[int32]map[int32]float64
	moved   []float64
}

// fading is a sum whose old terms fade.
type fading struct {
	sum float64
	at  time.Time
}

func (f *fading) value(at time.Time, days float64) float64 {
	if f.sum == 0 {
		return 0
	}
	return f.sum * math.Exp(-daysBetween(f.at, at)/days)
}

func (f *fading) add(at time.Time, days float64) {
	f.sum, f.at = f.value(at, days)+1, at
}

func daysBetween(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

// Empty is a memory of nothing.
func (m *Market) Empty() *Memory {
	return &Memory{
		m: m, own: make([][]View, len(m.people)), viewers: make([][]int32, len(m.openings)),
		lookAt: make([]fading, len(m.openings)), firms: make([]fading, len(m.firms.size)), kinds: make([]fading, len(m.kinds.size)),
		words: make([]fading, len(m.texts.rarity)), seen: make([]time.Time, len(m.openings)),
		moves: map[int32]map[int32]float64{}, moved: make([]float64, len(m.places.size)),
	}
}

// Record adds a view. Views must come in time order.
func (y *Memory) Record(v View) error {
	if v.At.Before(y.last) {
		return fmt.Errorf("a view of %s is recorded after one of %s: sort the views by time", v.At, y.last)
	}
	y.last = v.At
	if y.again(v) {
		return nil
	}
	o := &y.m.openings[v.Opening]
	before := y.own[v.Person]
	for _, p := range before[max(0, len(before)-pairsBack):] {
		y.move(y.m.openings[p.Opening].place, o.place)
	}
	y.own[v.Person] = append(before, v)
	y.viewers[v.Opening] = append(y.viewers[v.Opening], v.Person)
	y.lookAt[v.Opening].add(v.At, interestFades)
	y.seen[v.Opening] = v.At
	if o.kind == none {
		y.unfiled.add(v.At, interestFades)
		y.filed[0].add(v.At, kindFades)
	} else {
		y.kinds[o.kind].add(v.At, interestFades)
		y.filed[1].add(v.At, kindFades)
	}
	if o.firm != none {
		y.firms[o.firm].add(v.At, interestFades)
	}
	for _, w := range o.words {
		y.words[w.word].add(v.At, interestFades)
	}
	return nil
}

// again moves an opening that the person looked at before to the end of what is theirs. A second look counts
// for nobody else: one person reloading a page is not interest.
func (y *Memory) again(v View) bool {
	own := y.own[v.Person]
	for i, p := range own {
		if p.Opening == v.Opening {
			y.own[v.Person] = append(append(own[:i:i], own[i+1:]...), v)
			return true
		}
	}
	return false
}

func (y *Memory) move(from, to int32) {
	if from == none || to == none {
		return
	}
	for _, pair := range [2][2]int32{{from, to}, {to, from}} {
		if y.moves[pair[0]] == nil {
			y.moves[pair[0]] = map[int32]float64{}
		}
		y.moves[pair[0]][pair[1]]++
		y.moved[pair[0]]++
	}
}
