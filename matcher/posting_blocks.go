package matcher

import "math/bits"

// opened is a list that is looked into: what its wishes may earn at most, and what is done with its blocks.
type opened struct {
	most   mostWish
	group  int32 // its region's number
	place  int   // the most the place earns there
	wish   int   // of the blocks in hand: what a wish earns at most
	need   int   // and what is asked must earn, in units, to reach the floor
	atOnce bool  // blocks are tried at once, not in their turn
}

// sought is something that is asked for, by the blocks of a map.
type sought struct {
	held uint64 // where anybody has it
	loss int    // where nobody does, in units
}

// openList bounds the blocks of one list, to be tried in their turn or at once.
func (q *postingQuery) openList(number int32, atOnce bool) {
	list := &q.m.index.workers.lists[number]
	o := opened{most: q.mostOf(list), group: list.group, place: int(q.reach[list.group]), atOnce: atOnce}
	if o.most.at(o.place) < q.floor() {
		return
	}
	for from := list.from; from < list.to; {
		to := min(list.to, (from/mapped+1)*mapped)
		mine := ^uint64(0) >> (mapped - (to - from)) << (from % mapped)
		q.turnTo(from / mapped)
		q.openBlocks(&o, mine&q.losing.fit)
		from = to
	}
}

// turnTo turns to the blocks of a map.
func (q *postingQuery) turnTo(number int32) {
	l, m := &q.losing, &q.m.index.workers.maps[number]
	if l.number == number {
		return
	}
	l.number, l.sought, l.fit = number, l.sought[:0], ^uint64(0)
	for i := range l.gains {
		s := sought{m.holding(&q.coverers[i]), int(l.gains[i].most)}
		if l.sought = append(l.sought, s); l.gains[i].least > 0 {
			l.fit &= s.held
		}
	}
	for i, asked := range q.sieve.papers {
		s := sought{anyOf(&m.papers, asked.bit), int(l.papers[i])}
		if l.sought = append(l.sought, s); q.sieve.certs&asked.bit != 0 {
			l.fit &= s.held
		}
	}
}

// openBlocks looks into blocks of the map in hand, those first whose people live where they lose the least.
func (q *postingQuery) openBlocks(o *opened, blocks uint64) {
	near, districts := q.near(o.group), &q.m.index.workers.maps[q.losing.number].districts
	if !near.told {
		q.openNear(o, blocks, o.place)
		return
	}
	for i := range near.levels {
		level := &near.levels[i]
		some := blocks & anyOf(districts, level.districts)
		if blocks &^= some; !q.openNear(o, some, min(o.place, q.m.weights.Place-int(level.loss)/lossUnit)) || blocks == 0 {
			return
		}
	}
}

// openNear looks into blocks where the place earns so much at most, and reports whether that may be enough.
func (q *postingQuery) openNear(o *opened, blocks uint64, place int) bool {
	l := &q.losing
	o.wish = o.most.with(place)
	need := partner(o.wish, q.trusting(q.floor()))
	if need > o.most.requirement {
		return false
	}
	if o.need = lossUnit * need; blocks != 0 {
		q.openHolding(o, blocks, 0, l.asked-l.spare)
	}
	return true
}

// openHolding divides blocks by whether anybody there has what is asked for, from the i-th thing on, what is asked earning so many
// units at most. It looks into those where that may be enough.
func (q *postingQuery) openHolding(o *opened, blocks uint64, i, asked int) {
	l := &q.losing
	for ; i < len(l.sought); i++ {
		if i == len(l.gains) {
			asked = min(asked, l.asked)
		}
		s := &l.sought[i]
		if lacking := blocks &^ s.held; lacking != 0 && asked-s.loss >= o.need {
			q.openHolding(o, lacking, i+1, asked-s.loss)
		}
		if blocks &= s.held; blocks == 0 {
			return
		}
	}
	if asked = min(asked, l.asked); asked >= o.need {
		q.openThese(o, blocks, total(o.wish, min(o.most.requirement, asked/lossUnit), o.most.untrusted))
	}
}

// openThese tries blocks of the map in hand, none of whose wishes can score more than a bound, or lets them wait for their turn.
func (q *postingQuery) openThese(o *opened, blocks uint64, bound int) {
	for ; blocks != 0; blocks &= blocks - 1 {
		number := q.losing.number*mapped + int32(bits.TrailingZeros64(blocks))
		switch most, floor := min(bound, q.told.ofBlock(number)), q.floor(); {
		case most < floor:
		case o.atOnce:
			q.tryBlock(number, most)
		default:
			q.frontier.add(blockStorey, number, most, floor)
		}
	}
}
