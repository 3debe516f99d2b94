package search

import (
	"context"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// scores are the points of one segment's documents, by number. A text has fewer words than a byte counts (maxTyped).
type scores struct {
	points []float32
	asked  []uint8 // things asked that are there, where not every one has to be
	titled []uint8 // syllables of the title that were asked for
	about  []uint8 // 1 for what is about the phrase that is being weighed
	nums   []uint32
}

var scorePool = sync.Pool{New: func() any { return &scores{nums: make([]uint32, blockSize)} }}

func (s *scores) reset(n int) {
	if cap(s.points) < n {
		s.points, s.asked, s.titled, s.about = make([]float32, n), make([]uint8, n), make([]uint8, n), make([]uint8, n)
	}
	s.points, s.asked, s.titled, s.about = s.points[:n], s.asked[:n], s.titled[:n], s.about[:n]
	clear(s.points)
	clear(s.asked)
	clear(s.titled)
	clear(s.about)
}

// each walks a bitmap in blocks, which is several times as fast as one by one.
func (s *scores) each(docs *roaring.Bitmap, use func(docs []uint32)) {
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(s.nums)
		if n == 0 {
			return
		}
		use(s.nums[:n])
	}
}

// candidates gives the documents of a segment that have all of what was asked; s.asked tells how many of the words that
// were not recognised each of them has, where it need not have all.
func (s *scores) candidates(l *lookup, segment int, p *plan) *roaring.Bitmap {
	all := l.segments[segment].DocNumbersLive()
	for _, t := range p.known {
		all = l.has(segment, t, all)
	}
	if p.all() {
		for _, t := range p.others {
			all = l.has(segment, t, all)
		}
		return all
	}
	return s.atLeast(s.count(l, segment, p.others, all), all, p.need)
}

// nearly gives those that have only a part of it; s.asked tells how many things each of them has.
func (s *scores) nearly(l *lookup, segment int, p *plan) *roaring.Bitmap {
	live := l.segments[segment].DocNumbersLive()
	all := s.candidates(l, segment, p)
	clear(s.asked)
	main, rest := p.wide, p.others
	if len(main) == 0 {
		main, rest = rest, nil
	}
	some := s.atLeast(s.count(l, segment, main, live), live, (len(main)+1)/2)
	s.count(l, segment, rest, some)
	return roaring.AndNot(some, all) // the others were given before
}

// count adds one to every document for each thing it has, and gives those that have any.
func (s *scores) count(l *lookup, segment int, things []thing, live *roaring.Bitmap) *roaring.Bitmap {
	any := make([]*roaring.Bitmap, len(things))
	for i, t := range things {
		any[i] = l.has(segment, t, live)
		s.each(any[i], func(docs []uint32) {
			for _, doc := range docs {
				s.asked[doc]++
			}
		})
	}
	return roaring.FastOr(any...)
}

// atLeast keeps the documents that have so many things.
func (s *scores) atLeast(some, live *roaring.Bitmap, need int) *roaring.Bitmap {
	if need == 0 {
		return live
	}
	out := roaring.New()
	s.each(some, func(docs []uint32) {
		kept := docs[:0]
		for _, doc := range docs {
			if int(s.asked[doc]) >= need {
				kept = append(kept, doc)
			}
		}
		out.AddMany(kept)
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

// weigh adds up the points of the candidates; what others get is never looked at.
func (s *scores) weigh(l *lookup, segment int, p *plan, candidates *roaring.Bitmap) {
	many, idea := candidates.GetCardinality(), 0
	if many == 0 {
		return
	}
	among := func(docs *roaring.Bitmap) *roaring.Bitmap {
		if docs.GetCardinality() > 2*many { // else to pass over some costs less than to leave them out first
			return roaring.And(docs, candidates)
		}
		return docs
	}
	for _, w := range p.ways {
		docs := l.all(w.group)[segment]
		if docs.IsEmpty() {
			continue
		}
		if w.idea > 0 && w.idea != idea {
			idea = w.idea
			clear(s.about)
			s.each(among(l.having(segment, p.ideas[idea])), func(docs []uint32) {
				for _, doc := range docs {
					s.about[doc] = 1
				}
			})
		}
		s.add(among(docs), w)
	}
}

// add gives documents the points of a way.
func (s *scores) add(docs *roaring.Bitmap, w way) {
	points := float32(w.points)
	if w.idea == 0 {
		s.each(docs, func(docs []uint32) {
			for _, doc := range docs {
				s.points[doc] += points
			}
			if w.title {
				for _, doc := range docs {
					s.titled[doc]++
				}
			}
		})
		return
	}
	either := [2]float32{float32(w.points * doubtShare), points}
	s.each(docs, func(docs []uint32) {
		for _, doc := range docs {
			s.points[doc] += either[s.about[doc]&1]
		}
		if w.title {
			for _, doc := range docs {
				s.titled[doc] += s.about[doc]
			}
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
				s.fill(&b, p, loose)
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
	if loose {
		some := s.nearly(l, segment, p)
		s.weigh(l, segment, p, some)
		return some
	}
	all := s.candidates(l, segment, p)
	s.weigh(l, segment, p, all)
	s.add(all, way{points: pointsAll})
	return all
}

// fill takes the points of a block's documents.
func (s *scores) fill(b *block, p *plan, loose bool) {
	things, every := float64(max(1, len(p.known)+len(p.others))), p.all() && !loose
	for i, doc := range b.docs {
		asked := int(s.asked[doc])
		if every {
			asked = len(p.others)
		}
		share := float64(asked) / things
		b.points[i] = float64(s.points[doc]) + pointsCover*share
		b.titled[i] = s.titled[doc]
	}
}
