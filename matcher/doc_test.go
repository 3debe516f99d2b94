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
	if evenHalves != 3 {
		t.Error("doc.go says one and a half times the fair share")
	}
	for _, fact := range []string{
		fmt.Sprintf("for more than %d days", w.StaleDays), fmt.Sprintf("earns %d of %d there", w.SkillsUnasked, w.Skills),
		fmt.Sprintf("worth %d per cent of its occupation", w.SecondWish), fmt.Sprintf("at %d per cent", w.WorkedIn),
		fmt.Sprintf("45 and 45 make %d; 50 and 20 make %d, of which one_sided took %d", join(45, 45), join(50, 20), 70-join(50, 20)),
		fmt.Sprintf("blocks of %d. A list knows", blockSize), fmt.Sprintf("one of %d classes", classCount),
		fmt.Sprintf("at most %d per cent (a tailor", w.Related), fmt.Sprintf("else %d per cent in the same two-digit group, %d in the same", w.SameGroup, w.SameField),
		fmt.Sprintf("own commune earns %d, up to %d km %d, up to %d km %d, up to %d km %d, up to %d km %d, further in the own province %d.",
			w.Place, w.PlaceBands[0].Km, w.PlaceBands[0].Points, w.PlaceBands[1].Km, w.PlaceBands[1].Points,
			w.PlaceBands[2].Km, w.PlaceBands[2].Points, w.PlaceBands[3].Km, w.PlaceBands[3].Points, w.PlaceFar),
		fmt.Sprintf("or %d in the own province. Another province on the person's list earns %d, another one where any would do %d.", w.PlaceWished, w.PlaceListed, w.PlaceAnywhere),
		fmt.Sprintf("%d when a posting says \"from\"", w.PayFromBelow), fmt.Sprintf("counts %d per cent, since it may be given", w.UnstatedGiven),
		fmt.Sprintf("beyond %d km. A shift that the person listed earns %d", w.CommutingKm, w.Shift),
		fmt.Sprintf("One level short counts %d per cent, two levels %d, a level nobody stated %d, good or expert by one's own word alone %d.",
			w.LevelOneShort, w.LevelTwoShort, w.LevelUnknown, w.LevelSelfSaid),
		fmt.Sprintf("nothing for %d months, then by half for every %d; a skill never falls below %d per cent", w.FadeAfter, w.FadeHalf, w.SkillKept),
		fmt.Sprintf("within %d days loses nothing, then up to %d points until, at %d days", w.FreshDays, w.StaleMost, w.StaleDays),
		fmt.Sprintf("fewer than %d per cent of referrals, or keeps fewer than %d per cent of people past the trial, loses up to %d for each; %d at most", w.AnswersFair, w.StaysFair, w.AnswersMost, w.UntrustedMost),
		fmt.Sprintf("they earn %d there instead of %d", w.NightUnknown, w.ShiftUnknown),
		spelt("%s times its fair share, or %s where that is more", mostShares, leastLimit), spelt("in one and a half times its fair share at most, or %s lists", leastEven),
	} {
		if !strings.Contains(strings.Join(strings.Fields(doc), " "), fact) {
			t.Errorf("doc.go does not say %q", fact)
		}
	}
}

// TestDocumentationWorksOutTheExample holds the worked example equal to what the engine says of that pair.
func TestDocumentationWorksOutTheExample(t *testing.T) {
	t.Parallel()
	doc := packageDoc(t)
	postings := goldenLines[goldenPosting](t, "postings.jsonl")
	at := slices.IndexFunc(postings, func(p goldenPosting) bool { return p.ID == "han-ta" })
	cases := goldenLines[goldenCase](t, "cases.jsonl")
	who := slices.IndexFunc(cases, func(c goldenCase) bool { return c.Case == "welder-not-korean" })
	if at < 0 || who < 0 {
		t.Fatal("the example is not in the golden set")
	}
	e := buildMarket(t, loadGoldenTables(t), testDay, []Worker{cases[who].Worker.worker(t, "w")}, []Posting{postings[at].posting(t)}).Explain(0, 0)
	for _, p := range e.Parts {
		points := fmt.Sprintf("%3d of %2d", p.Points, p.Max)
		if p.Max == 0 {
			points = fmt.Sprintf("%3d      ", p.Points)
		}
		if line := fmt.Sprintf("\n\t%-12s %s  %-24s", p.Name, points, p.Reason.Code); !strings.Contains(doc, line) {
			t.Errorf("doc.go has no line %q", line)
		}
	}
	for _, fact := range []string{fmt.Sprintf("Together %d.", e.Score), fmt.Sprintf("%d and %d make %d\n", e.Wish, e.Requirement, join(e.Wish, e.Requirement)), fmt.Sprintf("would add %d.", e.Change.Gain)} {
		if !strings.Contains(doc, fact) {
			t.Errorf("doc.go does not say %q", fact)
		}
	}
}

// spelt writes figures as the documentation does.
func spelt(text string, n ...int) string {
	named := map[int]string{3: "three", 5: "five", 10: "ten"}
	var args []any
	for _, n := range n {
		args = append(args, named[n])
	}
	return fmt.Sprintf(text, args...)
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
