package search

import (
	"context"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// scores are the points of one segment's documents, by number.
type scores struct {
	points []float32
	asked  []uint8 // things asked that are there
	titled []uint8 // syllables of the title that were asked for
	nums   []uint32
}

var scorePool = sync.Pool{New: func() any { return &scores{} }}

func (s *scores) reset(n int) {
	if cap(s.points) < n {
		s.points, s.asked, s.titled = make([]float32, n), make([]uint8, n), make([]uint8, n)
	}
	s.points, s.asked, s.titled = s.points[:n], s.asked[:n], s.titled[:n]
	clear(s.points)
	clear(s.asked)
	clear(s.titled)
}

// each walks a bitmap in blocks, which is several times as fast as one by one.
func (s *scores) each(docs *roaring.Bitmap, use func(doc uint32)) {
	if s.nums == nil {
		s.nums = make([]uint32, 1024)
	}
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(s.nums)
		if n == 0 {
			return
		}
		for _, doc := range s.nums[:n] {
			use(doc)
		}
	}
}

// candidates gives the documents of a segment that have all of what was asked, and those that have a part of it where a
// part will do; s.asked tells how many things each of them has.
func (s *scores) candidates(l *lookup, segment int, p *plan, loose bool) (all, some *roaring.Bitmap) {
	live := l.segments[segment].DocNumbersLive()
	all = live
	for _, t := range p.known {
		all = l.has(segment, t, all)
	}
	all = s.atLeast(s.count(l, segment, p.others, all), all, p.need)
	if !loose {
		return all, all
	}
	clear(s.asked)
	main, rest := p.wide, p.others
	if len(main) == 0 {
		main, rest = rest, nil
	}
	some = s.atLeast(s.count(l, segment, main, live), live, (len(main)+1)/2)
	s.count(l, segment, rest, some)
	return all, some
}

// count adds one to every document for each thing it has, and gives those that have any.
func (s *scores) count(l *lookup, segment int, things []thing, live *roaring.Bitmap) *roaring.Bitmap {
	any := make([]*roaring.Bitmap, len(things))
	for i, t := range things {
		any[i] = l.has(segment, t, live)
		s.each(any[i], func(doc uint32) { s.asked[doc]++ })
	}
	return roaring.FastOr(any...)
}

// atLeast keeps the documents that have so many things.
func (s *scores) atLeast(some, live *roaring.Bitmap, need int) *roaring.Bitmap {
	if need == 0 {
		return live
	}
	out := roaring.New()
	s.each(some, func(doc uint32) {
		if int(s.asked[doc]) >= need {
			out.Add(doc)
		}
	})
	return out
}

// has gives the documents among some that have a thing.
func (l *lookup) has(segment int, t thing, among *roaring.Bitmap) *roaring.Bitmap {
	for _, cover := range t {
		among = roaring.And(among, l.having(segment, cover))
	}
	return among
}

// weigh adds up the points of the candidates.
func (s *scores) weigh(l *lookup, segment int, p *plan, candidates *roaring.Bitmap) {
	about := make([]*roaring.Bitmap, len(p.ideas))
	for i, groups := range p.ideas[1:] {
		about[i+1] = roaring.And(l.having(segment, groups), candidates)
	}
	for _, w := range p.ways {
		docs := l.all(segment, w.group)
		if docs.IsEmpty() {
			continue
		}
		docs = roaring.And(docs, candidates)
		if w.idea > 0 {
			s.add(roaring.AndNot(docs, about[w.idea]), w.points*doubtShare, false)
			docs.And(about[w.idea])
		}
		s.add(docs, w.points, w.title)
	}
}

func (s *scores) add(docs *roaring.Bitmap, points float64, title bool) {
	s.each(docs, func(doc uint32) {
		s.points[doc] += float32(points)
		if title && s.titled[doc] < 255 {
			s.titled[doc]++
		}
	})
}

// block is some of the documents of one segment that answer, in order.
type block struct {
	segment int
	docs    []uint32
	points  []float64
	titled  []uint8 // syllables of the title that were asked for
}

// blockSize is how many documents are judged together: enough to read a column at a stretch, few enough for their
// points to stay at hand.
const blockSize = 1024

// scan gives every document that answers, with its points, block by block; loose gives instead those that have only a
// part of what was asked.
func (l *lookup) scan(ctx context.Context, p *plan, loose bool, use func(*block)) error {
	s := scorePool.Get().(*scores)
	defer scorePool.Put(s)
	b := block{docs: make([]uint32, blockSize), points: make([]float64, blockSize), titled: make([]uint8, blockSize)}
	for i := range l.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.segment = i
		for it := s.answers(l, i, p, loose).ManyIterator(); ; {
			n := it.NextMany(b.docs[:blockSize])
			if n == 0 {
				break
			}
			b.docs = b.docs[:n]
			if p != nil {
				s.fill(&b, p)
			}
			use(&b)
		}
	}
	return l.err
}

// answers gives the documents of a segment that answer, after adding up their points; all of them without a plan.
func (s *scores) answers(l *lookup, segment int, p *plan, loose bool) *roaring.Bitmap {
	if p == nil {
		return l.segments[segment].DocNumbersLive()
	}
	s.reset(int(l.segments[segment].FullSize()))
	all, some := s.candidates(l, segment, p, loose)
	if loose {
		some.AndNot(all) // those were given before
	}
	s.weigh(l, segment, p, some)
	if !loose {
		s.add(all, pointsAll, false)
	}
	return some
}

// fill takes the points of a block's documents.
func (s *scores) fill(b *block, p *plan) {
	things := float64(max(1, len(p.known)+len(p.others)))
	for i, doc := range b.docs {
		share := float64(s.asked[doc]) / things
		b.points[i] = float64(s.points[doc]) + pointsCover*share
		b.titled[i] = s.titled[doc]
	}
}
