package taxonomy

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// nameKeys are the keys of what is found by its name, worked out when first asked for.
type nameKeys struct{ skills, certificates, occupations func() []named }

// named are the keys of the names of one thing.
type named struct{ exact, fold []string }

func (t *Taxonomy) keepNames() {
	t.named.skills = keysOf(t.skills.all, func(s *Skill) []string { return append([]string{s.Name, s.EN}, s.Synonyms...) })
	t.named.certificates = keysOf(t.certificates.all, func(c *Certificate) []string { return append([]string{c.Name, c.EN, c.ID}, c.Synonyms...) })
	t.named.occupations = keysOf(t.occupations.all, func(o *Occupation) []string { return slices.Concat([]string{o.Title}, o.Titles, o.words) })
}

func keysOf[T any](all []T, names func(*T) []string) func() []named {
	return sync.OnceValue(func() []named {
		out := make([]named, len(all))
		for i := range all {
			for _, name := range names(&all[i]) {
				tokens := Tokens(name)
				out[i].exact = append(out[i].exact, join(tokens, func(t Token) string { return t.Exact }))
				out[i].fold = append(out[i].fold, join(tokens, func(t Token) string { return t.Fold }))
			}
		}
		return out
	})
}

// search ranks named things against a typed text: equal, then beginning, then containing whole words. Typed
// without marks it may mean any, and among those of one rank what is truly written so comes first: "may" is sewing
// before it is a machine ("máy").
func search(text string, things []named) []int {
	key := Exact(text)
	if key == "" {
		return nil
	}
	unmarked := key == Fold(text)
	ranks := map[int]int{}
	var found []int
	for i, n := range things {
		of := n.exact
		if unmarked {
			of = n.fold
		}
		if best := bestRank(of, key); best < noRank {
			ranks[i] = best*10 + bestRank(n.exact, key)
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
	return found
}

// noRank is the rank of a name that does not fit.
const noRank = 9

func bestRank(names []string, key string) int {
	best := noRank
	for _, name := range names {
		if strings.Contains(name, key) {
			best = min(best, rank(name, key))
		}
	}
	return best
}

// rank says how a name that contains a key fits it: 0 equal … 3 begins with a part of a word, 9 not at all.
func rank(name, key string) int {
	switch {
	case name == key:
		return 0
	case strings.HasPrefix(name, key+" "):
		return 1
	case wordsContain(name, key):
		return 2
	case strings.HasPrefix(name, key):
		return 3
	}
	return noRank
}
