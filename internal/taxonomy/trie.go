package taxonomy

import (
	"cmp"
	"slices"
)

// trie finds phrases by their syllables. Its nodes are numbers; the edges of a node lie side by side in the
// order of their syllables, so that following one is a look at a few neighbouring words of memory.
type trie[T any] struct {
	root  []int32 // syllable → node, 0 for none
	first []int32 // node → its first edge; one more at the end
	edges []edge
	from  []int32 // node → its first phrase; one more at the end
	names []T
	forms []int32 // by phrase: where its forms start in pool
	pool  []int32
}

type edge struct{ syllable, node int32 }

// phrase is what is put into a trie: the forms of its syllables and what it means.
type phrase[T any] struct {
	forms []int32
	name  T
}

// build makes a trie of phrases. Phrases of one node keep their order.
func build[T any](x *lexicon, phrases []phrase[T]) *trie[T] {
	type step struct {
		node, syllable, next int32
	}
	next := map[uint64]int32{}
	var steps []step
	nodes := int32(1)
	at := make([]int32, len(phrases))
	order := make([]int, len(phrases))
	for i, p := range phrases {
		node := int32(0)
		for _, form := range p.forms {
			s := x.fold[form]
			key := uint64(node)<<32 | uint64(uint32(s))
			child, ok := next[key]
			if !ok {
				child = nodes
				nodes++
				next[key] = child
				steps = append(steps, step{node, s, child})
			}
			node = child
		}
		at[i], order[i] = node, i
	}
	t := &trie[T]{root: make([]int32, len(x.size)), first: make([]int32, nodes+1), from: make([]int32, nodes+1)}
	slices.SortFunc(steps, func(a, b step) int { return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.syllable, b.syllable)) })
	for _, s := range steps {
		if s.node == 0 {
			t.root[s.syllable] = s.next
		}
		t.first[s.node+1]++
		t.edges = append(t.edges, edge{s.syllable, s.next})
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	for _, i := range order {
		t.from[at[i]+1]++
		t.names = append(t.names, phrases[i].name)
		t.forms = append(t.forms, int32(len(t.pool)))
		t.pool = append(t.pool, phrases[i].forms...)
	}
	for n := int32(0); n < nodes; n++ {
		t.first[n+1] += t.first[n]
		t.from[n+1] += t.from[n]
	}
	return t
}

// start gives the node of a first syllable, 0 for none.
func (t *trie[T]) start(syllable int32) int32 {
	if syllable < 0 || int(syllable) >= len(t.root) {
		return 0
	}
	return t.root[syllable]
}

// step follows an edge, 0 when there is none.
func (t *trie[T]) step(node, syllable int32) int32 {
	if syllable < 0 {
		return 0
	}
	edges := t.edges[t.first[node]:t.first[node+1]]
	for len(edges) > 12 {
		if half := len(edges) / 2; edges[half].syllable <= syllable {
			edges = edges[half:]
		} else {
			edges = edges[:half]
		}
	}
	for _, e := range edges {
		if e.syllable == syllable {
			return e.node
		}
	}
	return 0
}

// same reports whether a phrase is written in just these forms.
func (t *trie[T]) same(name int32, typed []syllable) bool {
	forms := t.pool[t.forms[name]:]
	for i := range typed {
		if typed[i].form != forms[i] {
			return false
		}
	}
	return true
}

// forgives reports whether every syllable is written as in the phrase or without its marks.
func (t *trie[T]) forgives(name int32, typed []syllable) bool {
	forms := t.pool[t.forms[name]:]
	for i := range typed {
		if typed[i].marked && typed[i].form != forms[i] {
			return false
		}
	}
	return true
}
