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

// candidates gives the documents of a segment that have enough of what was asked, and counts how much.
func (s *scores) candidates(l *lookup, segment int, p *plan) *roaring.Bitmap {
	having := make([]*roaring.Bitmap, len(p.covers))
	for i, c := range p.covers {
		having[i] = l.having(segment, c)
	}
	if p.need == len(having) {
		return roaring.FastAnd(having...)
	}
	for _, docs := range having {
		s.each(docs, func(doc uint32) { s.asked[doc]++ })
	}
	out := roaring.New()
	s.each(roaring.FastOr(having...), func(doc uint32) {
		if int(s.asked[doc]) >= p.need {
			out.Add(doc)
		}
	})
	return out
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

// scan gives every document that answers, with its points, segment by segment.
func (l *lookup) scan(ctx context.Context, p *plan, use func(segment int, doc uint32, points float64, titled int)) error {
	s := scorePool.Get().(*scores)
	defer scorePool.Put(s)
	for i, seg := range l.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		if p == nil {
			s.each(seg.DocNumbersLive(), func(doc uint32) { use(i, doc, 0, 0) })
			continue
		}
		s.reset(int(seg.FullSize()))
		candidates := s.candidates(l, i, p)
		s.weigh(l, i, p, candidates)
		whole := p.need == len(p.covers)
		found := candidates.ManyIterator()
		for block := make([]uint32, 1024); ; {
			n := found.NextMany(block)
			if n == 0 {
				break
			}
			for _, doc := range block[:n] {
				points := float64(s.points[doc])
				if !whole {
					points += pointsCover * float64(s.asked[doc]) / float64(len(p.covers))
				}
				use(i, doc, points, int(s.titled[doc]))
			}
		}
	}
	return nil
}
