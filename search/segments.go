package search

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"noiviec/internal/taxonomy"
)

// leaf is one key of one field.
type leaf struct{ field, key string }

// group is leaves that must all be there.
type group []leaf

// name tells groups apart.
func (g group) name() string {
	var name strings.Builder
	for _, f := range g {
		name.WriteString(f.field)
		name.WriteByte(' ') // which is in no key
		name.WriteString(f.key)
		name.WriteByte(' ')
	}
	return name.String()
}

// lookup holds which documents have which keys, in one snapshot: all that Bleve is asked. A key is looked up when it is
// first asked for. Deleted documents are left out, so that what is counted does not depend on how the index was written.
type lookup struct {
	segments     []*scorch.SegmentSnapshot
	dictionaries []map[string]segment.TermDictionary // by segment and field
	docs         map[leaf][]*roaring.Bitmap          // by leaf and segment; read only
	groups       map[string][]*roaring.Bitmap        // of groups of several leaves, by name
	live         float64                             // documents in the snapshot
	err          error                               // the first one; what was found is worth nothing then
}

func newLookup(s *scorch.IndexSnapshot) *lookup {
	l := &lookup{segments: s.Segments(), docs: map[leaf][]*roaring.Bitmap{}, groups: map[string][]*roaring.Bitmap{}}
	for _, seg := range l.segments {
		l.live += float64(seg.LiveSize())
		l.dictionaries = append(l.dictionaries, map[string]segment.TermDictionary{})
	}
	return l
}

// of gives the documents that have a leaf, by segment.
func (l *lookup) of(f leaf) []*roaring.Bitmap {
	docs, ok := l.docs[f]
	if !ok {
		docs = make([]*roaring.Bitmap, len(l.segments))
		for i := range docs {
			var err error
			if docs[i], err = l.fetch(i, f); err != nil {
				docs[i] = noDocuments
				l.err = cmp.Or(l.err, fmt.Errorf("documents with %s: %w", f.key, err))
			}
		}
		l.docs[f] = docs
	}
	return docs
}

func (l *lookup) fetch(segment int, f leaf) (*roaring.Bitmap, error) {
	seg := l.segments[segment]
	d, ok := l.dictionaries[segment][f.field]
	if !ok {
		var err error
		if d, err = seg.Segment().Dictionary(f.field); err != nil {
			return nil, fmt.Errorf("dictionary of %s: %w", f.field, err)
		}
		l.dictionaries[segment][f.field] = d
	}
	return documents(d, f.key, seg.Deleted())
}

var noDocuments = roaring.New()

// documents gives those with a key; the bitmap belongs to the index.
func documents(d segment.TermDictionary, key string, deleted *roaring.Bitmap) (*roaring.Bitmap, error) {
	list, err := d.PostingsList([]byte(key), deleted, nil)
	if err != nil {
		return nil, err
	}
	it := list.Iterator(false, false, false, nil)
	if fast, ok := it.(segment.OptimizablePostingsIterator); ok {
		if doc, one := fast.DocNum1Hit(); one {
			return roaring.BitmapOf(uint32(doc)), nil
		}
		if b := fast.ActualBitmap(); b != nil {
			return b, nil
		}
		return noDocuments, nil
	}
	out := roaring.New()
	for p, err := it.Next(); ; p, err = it.Next() {
		if err != nil || p == nil {
			return out, err
		}
		out.Add(uint32(p.Number()))
	}
}

// count gives how many documents of the snapshot have a key, counting each field.
func (l *lookup) count(key string, fields ...string) (n int) {
	for _, field := range fields {
		for _, docs := range l.of(leaf{field, key}) {
			n += int(docs.GetCardinality())
		}
	}
	return n
}

// all gives the documents of each segment that have every leaf of a group; read only.
func (l *lookup) all(g group) []*roaring.Bitmap {
	if len(g) == 1 {
		return l.of(g[0])
	}
	name := g.name()
	docs, ok := l.groups[name]
	if !ok {
		docs = slices.Clone(l.of(g[0]))
		for _, f := range g[1:] {
			for i, more := range l.of(f) {
				docs[i] = roaring.And(docs[i], more)
			}
		}
		l.groups[name] = docs
	}
	return docs
}

// countAll gives how many documents of the snapshot have a group.
func (l *lookup) countAll(g group) (n int) {
	for _, docs := range l.all(g) {
		n += int(docs.GetCardinality())
	}
	return n
}

// written reports whether documents have two words side by side with these marks, and not just each of them somewhere
// beside the same two with others: at least half of those with the pair.
func (l *lookup) written(a, b taxonomy.Token) bool {
	exact, folded := 0, 0
	for _, f := range []string{titleField, bodyField, otherField} {
		pair := exactPair(f, a, b)
		exact, folded = exact+l.countAll(pair), folded+l.countAll(pair[:1])
	}
	return exact > 0 && 2*exact >= folded
}

// rarity of a key that n documents have.
func (l *lookup) rarity(n int) float64 { return math.Log1p(l.live / float64(max(n, 1))) }
