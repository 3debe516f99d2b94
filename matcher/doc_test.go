package matcher

import (
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// packageDoc reads the text of doc.go as a reader sees it.
func packageDoc(t *testing.T) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	return file.Doc.Text()
}

func TestDocumentationTellsPartsAndTheirMaxima(t *testing.T) {
	t.Parallel()
	doc, w := packageDoc(t), DefaultWeights()
	most := w.partMax()
	for i, name := range partNames {
		points := 0
		if i < partCount {
			points = most[i]
		}
		if line := fmt.Sprintf("\n\t%-12s %3d  ", name, points); !strings.Contains(doc, line) {
			t.Errorf("doc.go has no line %q", line)
		}
	}
	if got := strings.Join(PartNames(), " "); got != strings.Join(partNames[:], " ") {
		t.Errorf("part names %q", got)
	}
	for _, fact := range []string{
		fmt.Sprintf("for more than %d days", w.StaleDays), fmt.Sprintf("earns %d of %d there", w.SkillsUnasked, w.Skills),
		fmt.Sprintf("worth %d per cent of its occupation", w.SecondWish), fmt.Sprintf("at %d per cent", w.WorkedIn),
		fmt.Sprintf("45 and 45 make %d; 50 and 20 make %d, of which one_sided took %d", join(45, 45), join(50, 20), 70-join(50, 20)),
		fmt.Sprintf("of %d. A block knows", blockSize),
	} {
		if !strings.Contains(strings.Join(strings.Fields(doc), " "), fact) {
			t.Errorf("doc.go does not say %q", fact)
		}
	}
}

func TestDocumentationTellsEveryCondition(t *testing.T) {
	t.Parallel()
	doc := packageDoc(t)
	standingPart, optionalPart, ok := strings.Cut(doc, "where the posting switches them on")
	if !ok {
		t.Fatal("doc.go does not tell the two kinds of conditions apart")
	}
	for c := range conditionCount {
		where := standingPart
		if optional.Has(c) {
			where = optionalPart
		}
		if !strings.Contains(where, "\n\t"+c.String()+" ") {
			t.Errorf("doc.go does not list %s where it belongs", c)
		}
	}
}

var codePattern = regexp.MustCompile(`[a-z]+(_[a-z]+)+|trusted`)

// TestDocumentationTellsEveryCode compares the codes listed with those that come up: none may be missing, and
// none may be listed that nothing can produce.
func TestDocumentationTellsEveryCode(t *testing.T) {
	t.Parallel()
	_, listed, ok := strings.Cut(packageDoc(t), "# Explaining")
	if !ok {
		t.Fatal("doc.go has no section on explaining")
	}
	listed, _, _ = strings.Cut(listed, "# Sources")
	told := map[string]bool{}
	for _, code := range codePattern.FindAllString(listed, -1) {
		told[code] = true
	}
	seen := seenCodes(t)
	for _, code := range slices.Sorted(maps.Keys(seen)) {
		if !told[code] {
			t.Errorf("doc.go does not list %s", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(told)) {
		if !seen[code] {
			t.Errorf("doc.go lists %s, which never came up", code)
		}
	}
}

// seenCodes gathers the codes of many invented pairs.
func seenCodes(t *testing.T) map[string]bool {
	seen := map[string]bool{}
	see := func(reasons ...Reason) {
		for _, r := range reasons {
			seen[r.Code] = true
		}
	}
	for seed := range uint64(6) {
		m := randomSample(t, seeded(700+seed), 120, 120).m
		for w := range int32(m.Workers()) {
			for p := range int32(m.Postings()) {
				e := m.Explain(w, p)
				for _, part := range e.Parts {
					see(part.Reason)
				}
				see(e.Missing...)
				if e.Warning != nil {
					see(*e.Warning)
				}
				if e.Change != nil {
					see(e.Change.Reason)
				}
			}
		}
	}
	return seen
}
