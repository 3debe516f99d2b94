package search_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"noiviec/internal/taxonomy"
)

const own = "testdata/own/"

// ownQuery is one query of our own list.
type ownQuery struct {
	id, text, kind, sameAs, half string
	must, mustNot                []string
	grades                       map[string]int
}

// ownQueries reads the ownQuery queries with their grades.
func ownQueries(t testing.TB) []ownQuery {
	t.Helper()
	grades := map[string]map[string]int{}
	for _, r := range rows(t, own+"relevance.csv") {
		grade, err := strconv.Atoi(r[2])
		if err != nil {
			t.Fatalf("relevance of %s in %s: %v", r[1], r[0], err)
		}
		if grades[r[0]] == nil {
			grades[r[0]] = map[string]int{}
		}
		if _, twice := grades[r[0]][r[1]]; twice {
			t.Errorf("%s has two grades in %s", r[1], r[0])
		}
		grades[r[0]][r[1]] = grade
	}
	var out []ownQuery
	for _, r := range rows(t, own+"queries.csv") {
		out = append(out, ownQuery{id: r[0], text: r[1], must: strings.Fields(r[2]), mustNot: strings.Fields(r[3]),
			kind: r[5], sameAs: r[6], half: r[7], grades: grades[r[0]]})
		delete(grades, r[0])
	}
	for id := range grades {
		t.Errorf("grades for the query %s, which is not in the list", id)
	}
	return out
}

// TestOwnDocumentsAreWhole holds the invented documents to their format.
func TestOwnDocumentsAreWhole(t *testing.T) {
	t.Parallel()
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen, texts, count := map[string]bool{}, map[string]string{}, map[string]int{}
	for _, r := range rows(t, "testdata/docs.csv") {
		seen[r[0]] = true
	}
	for _, r := range rows(t, own+"docs.csv") {
		id, kind, title, body, commune := r[0], r[1], r[2], r[3], r[4]
		count[kind]++
		if seen[id] {
			t.Errorf("%s is in the documents twice", id)
		}
		seen[id] = true
		if other := texts[title+body]; other != "" {
			t.Errorf("%s and %s say the same", id, other)
		}
		texts[title+body] = id
		if want := map[string]string{"job": "J", "worker": "W"}[kind]; want == "" || !strings.HasPrefix(id, want) {
			t.Errorf("%s is of kind %q", id, kind)
		}
		if title == "" || body == "" || strings.TrimSpace(title+body) != title+body {
			t.Errorf("%s: empty text or blanks around it", id)
		}
		if _, ok := tax.Commune(commune); !ok {
			t.Errorf("%s: no commune %q", id, commune)
		}
	}
	if count["job"] < 240 || count["worker"] < 80 {
		t.Errorf("got %d postings and %d workers, want at least 240 and 80", count["job"], count["worker"])
	}
}

// TestOwnQueriesAreConsistent holds labels, grades, kinds and halves to the rules of their README.
func TestOwnQueriesAreConsistent(t *testing.T) {
	t.Parallel()
	docs := map[string]bool{}
	for _, r := range rows(t, own+"docs.csv") {
		docs[r[0]] = true
	}
	list := ownQueries(t)
	ids, texts, kinds := map[string]ownQuery{}, map[string]string{}, map[string]int{}
	for _, q := range list {
		if _, twice := ids[q.id]; twice {
			t.Errorf("two queries are called %s", q.id)
		}
		if other := texts[q.text]; other != "" {
			t.Errorf("%s and %s ask the same", q.id, other)
		}
		ids[q.id], texts[q.text] = q, q.id
		kinds[q.kind]++
		checkLabels(t, q, docs)
		checkFamily(t, q, ids)
	}
	if len(list) < 260 || kinds["no_marks"] < 60 || kinds["nonsense"] < 5 {
		t.Errorf("got %d queries, %d pairs without marks, %d of nonsense, want at least 260, 60, 5", len(list), kinds["no_marks"], kinds["nonsense"])
	}
}

func checkLabels(t *testing.T, q ownQuery, docs map[string]bool) {
	t.Helper()
	if q.kind == "" || strings.TrimSpace(q.text) == "" {
		t.Errorf("%s: kind %q, text %q", q.id, q.kind, q.text)
	}
	if (q.kind == "nonsense") != (len(q.must)+len(q.mustNot)+len(q.grades) == 0) {
		t.Errorf("%s %q: nonsense has no labels and everything else has", q.id, q.text)
	}
	ofKind := map[byte]int{}
	for _, id := range q.must {
		ofKind[id[0]]++
		if q.grades[id] < 2 {
			t.Errorf("%s %q expects %s, whose grade is %d", q.id, q.text, id, q.grades[id])
		}
		if slices.Contains(q.mustNot, id) {
			t.Errorf("%s %q both expects and forbids %s", q.id, q.text, id)
		}
	}
	if ofKind['J'] > 10 || ofKind['W'] > 10 {
		t.Errorf("%s %q expects more than ten of a kind", q.id, q.text)
	}
	for _, id := range q.mustNot {
		if !docs[id] {
			t.Errorf("%s forbids %s, which does not exist", q.id, id)
		}
		if grade, graded := q.grades[id]; graded {
			t.Errorf("%s %q forbids %s, whose grade is %d", q.id, q.text, id, grade)
		}
	}
	for id, grade := range q.grades {
		if !docs[id] || grade < 1 || grade > 3 {
			t.Errorf("%s: grade %d for %s", q.id, grade, id)
		}
	}
}

// checkFamily sees that a query stays in the half of the one it is a form of, and has its answer.
func checkFamily(t *testing.T, q ownQuery, before map[string]ownQuery) {
	t.Helper()
	root := q
	if q.sameAs != "" {
		var ok bool
		if root, ok = before[q.sameAs]; !ok || root.sameAs != "" {
			t.Errorf("%s is a form of %q, which is no query before it", q.id, q.sameAs)
			return
		}
		if !slices.Equal(q.must, root.must) || !slices.Equal(q.mustNot, root.mustNot) || !maps.Equal(q.grades, root.grades) {
			t.Errorf("%s and %s have different answers", q.id, root.id)
		}
	}
	marked := strings.ContainsFunc(q.text, func(r rune) bool { return r > unicode.MaxASCII })
	if q.kind == "no_marks" && (marked || taxonomy.Fold(root.text) != taxonomy.Fold(q.text)) {
		t.Errorf("%s: got %q, want %q without marks", q.id, q.text, root.text)
	}
	number, err := strconv.Atoi(strings.TrimPrefix(root.id, "O"))
	if err != nil {
		t.Errorf("%s: %v", root.id, err)
	}
	if want := []string{"held_out", "development"}[number%2]; q.half != want {
		t.Errorf("%s: got half %q, want %q", q.id, q.half, want)
	}
}
