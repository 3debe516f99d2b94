package web

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

var (
	quotedKey = regexp.MustCompile(`"([a-z_]+(?:\.[a-z0-9_]+)+)"`)
	argument  = regexp.MustCompile(`\{\d\}`)
)

// keysUsed finds every text that looks like a key in templates and in the program.
func keysUsed(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	for _, root := range []string{".", "../internal", "../jobs", "../search"} {
		err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			data, err := os.ReadFile(root + "/" + path)
			for _, m := range quotedKey.FindAllStringSubmatch(string(data), -1) {
				used[m[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return used
}

// coded are the prefixes whose keys are looked up by a code.
var coded = []string{"benefit.", "shift.", "contract_type.", "language.", "level.", "mobility.", "evidence.", "barrier.", "priority.",
	"employer_type.", "refusal.", "referral.say.", "referral.next.", "role.", "state.", "event.", "reason.", "employer.step.", "employer.check_", "report_reason.", "pay.per.", "pay.basis.", "error.unique.", "ledger.",
	"part.", "staff_reason.", "doubt.", "slip.", "line.", "report.", "indicator.", "job.", "run.",
	"contact.", "consent.", "registered.", "sex.", "did.", "answer.", "case.move.",
	"words.kind_", "bar.", "tag.", "section.", "act.", "noun.", "account.", "count.", "trigger.", "learned.", "weekday.", "source.", "notice.answer.", "refs.do.", "skill_group.",
	"if.", "insist.", "waive.", "drop.", "course.", "weights.from.", "weights.policy.", "weights.in.", "weights.do.", "fairness."}

func TestCatalogues(t *testing.T) {
	t.Parallel()
	words, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for key, vi := range words["vi"] {
		en, ok := words["en"][key]
		if !ok {
			t.Errorf("%s: no English", key)
		}
		if a, b := args(vi), args(en); !slices.Equal(a, b) {
			t.Errorf("%s: arguments %v in Vietnamese, %v in English", key, a, b)
		}
	}
	for key := range words["en"] {
		if words["vi"][key] == "" {
			t.Errorf("%s: no Vietnamese", key)
		}
	}
	used := keysUsed(t)
	heads := []string{"error.", "field.", "notice.", "nav."}
	for key := range used {
		if slices.ContainsFunc(heads, func(h string) bool { return strings.HasPrefix(key, h) }) && words["vi"][key] == "" && !strings.HasSuffix(key, ".") {
			t.Errorf("%s: used, not in the catalogue", key)
		}
	}
	for key := range words["vi"] {
		if !used[key] && !slices.ContainsFunc(coded, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("%s: in the catalogue, used nowhere", key)
		}
	}
}

func args(text string) []string {
	found := argument.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestCodedWords(t *testing.T) {
	t.Parallel()
	words, err := loadCatalogues(embedded)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, k := range market.LearnedKinds {
		kinds = append(kinds, string(k))
	}
	var bars []string
	for _, b := range taxonomy.Default().LegalBars(market.DateOf(testNow)) {
		bars = append(bars, b.Code)
	}
	for prefix, codes := range map[string][]string{
		"learned.": kinds, "bar.": bars,
		"benefit.": market.Benefits, "shift.": market.Shifts, "contract_type.": market.ContractTypes, "language.": market.Languages,
		"barrier.": market.Barriers, "priority.": market.PriorityGroups, "employer_type.": market.EmployerTypes,
		"refusal.": market.RefusalReasons, "report_reason.": casework.ReportReasons,
	} {
		for _, code := range codes {
			if words["vi"][prefix+code] == "" {
				t.Errorf("%s%s: no words", prefix, code)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64][2]string{0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1.000", "1,000"}, 7_800_000: {"7.800.000", "7,800,000"}, -1525: {"−1.525", "−1,525"}} {
		if got := [2]string{number("vi", n), number("en", n)}; got != want {
			t.Errorf("number(%d): got %q, want %q", n, got, want)
		}
	}
}

func TestDatesAndShares(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 0, 30, 0, 0, time.UTC)
	for lang, want := range map[string][]string{
		"vi": {"25/11/2026", "11/2026", "1998", "07:30 25/11/2026", "34,3%", "1.866 · 25/11/2026 · 11/2026"},
		"en": {"25 Nov 2026", "Nov 2026", "1998", "07:30, 25 Nov 2026", "34.3%", "1,866 · 25 Nov 2026 · Nov 2026"},
	} {
		l := Layout{v: &visit{lang: lang}}
		words := catalogues{lang: {"k": "{0} · {1} · {2}"}}
		got := []string{l.Date("2026-11-25"), l.Month("2026-11"), l.Date("1998"), l.Time(at), l.Percent(0.343), words.text(lang, "k", 1866, market.Date("2026-11-25"), market.Month("2026-11"))}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
}
