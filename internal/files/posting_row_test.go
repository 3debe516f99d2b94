package files

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"noiviec/internal/market"
)

func postingOf(t *testing.T, pairs ...string) (market.Posting, RowFacts, []*market.Error) {
	t.Helper()
	var names, cells []string
	for i := 0; i < len(pairs); i += 2 {
		names, cells = append(names, pairs[i]), append(cells, pairs[i+1])
	}
	return testImport("a.csv").PostingFromRow(NewRow(2, names, cells))
}

func TestPostingFromRowKeepsOutcomesApart(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		pay, place string
		facts      RowFacts
		status     market.PayStatus
		more       int
	}{
		"plain":       {"8 - 10 triệu vnđ", "điện biên", RowFacts{PayStated: true, PayUnderstood: true, PlaceStated: true, PlaceResolved: true}, market.PayStated, 0},
		"negotiable":  {"thoả thuận", "Hồ Chí Minh & 2 nơi khác", RowFacts{PayStated: true, PayUnderstood: true, PlaceStated: true, PlaceResolved: true}, market.PayNegotiable, 2},
		"implausible": {"78 - 13 triệu", "toàn quốc", RowFacts{PayStated: true, PayImplausible: true, PlaceStated: true, PlaceResolved: true, Nationwide: true}, market.PayImplausible, 0},
		"abroad":      {"từ 573 triệu", "nước ngoài", RowFacts{PayStated: true, PayImplausible: true, PlaceStated: true, PlaceResolved: true, Abroad: true}, market.PayImplausible, 0},
		"nothing":     {"", "", RowFacts{}, market.PayUnstated, 0},
		"unreadable":  {"abc", "nơi nào đó", RowFacts{PayStated: true, PlaceStated: true}, market.PayUnreadable, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, facts, errs := postingOf(t, "title", "thợ hàn", "salary", c.pay, "city", c.place)
			if len(errs) > 0 || facts != c.facts || p.Pay.Status != c.status || p.MorePlaces != c.more || p.Employer != "" {
				t.Errorf("got %+v, pay %s, more %d, %v; want %+v, %s, %d", facts, p.Pay.Status, p.MorePlaces, errs, c.facts, c.status, c.more)
			}
		})
	}
}

func TestPostingFromRowRequiresOnlyWhatIsRequired(t *testing.T) {
	t.Parallel()
	cases := []struct {
		column, words, want string
	}{
		{"requirements", "Biết hàn TIG", "han-tig must"},
		{"requirements", "Ưu tiên biết hàn TIG", "han-tig nice"},
		{"requirements", "Biết hàn TIG là một lợi thế", "han-tig nice"},
		{"requirements", "Không yêu cầu biết hàn TIG", ""},
		{"requirements", "Được đào tạo hàn TIG", ""},
		{"description", "Làm công việc hàn TIG", "han-tig nice"},
		{"description", "Mô tả:\nlàm việc tại xưởng\nYÊU CẦU:\n- Biết hàn TIG\nQUYỀN LỢI:\nthưởng", "han-tig must"},
		{"skills", "hàn TIG", "han-tig nice"},
	}
	for _, c := range cases {
		t.Run(c.words, func(t *testing.T) {
			t.Parallel()
			p, _, _ := postingOf(t, "title", "nhân viên", c.column, c.words)
			var got []string
			for _, r := range p.Requirements {
				how := "must"
				if r.Nice {
					how = "nice"
				}
				got = append(got, r.ID+" "+how)
				if said := strings.ToLower(p.Text[r.Span[0]:r.Span[1]]); !r.Read || !strings.Contains(said, "hàn") {
					t.Errorf("%s was read from %q", r.ID, said)
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %v, want %q", got, c.want)
			}
		})
	}
}

func TestPostingFromRowShortensALongTitle(t *testing.T) {
	t.Parallel()
	title := strings.Repeat("thợ hàn giỏi ", 20)
	p, _, errs := postingOf(t, "title", title)
	if len(errs) > 0 || len([]rune(p.Title)) > market.MaxTitle || !strings.HasSuffix(p.Title, "…") || !strings.HasPrefix(p.Text, strings.TrimSpace(title)) {
		t.Errorf("got title %q, text %q, %v", p.Title, p.Text, errs)
	}
}

func TestReadPostingsAndCorrectTheErrorsFile(t *testing.T) {
	t.Parallel()
	file := "id,title,pay,deadline,note\n1,Thợ hàn,8 triệu,31/12/2026,x\n2,,9 triệu,,y\n1,Thợ hàn,8 triệu,31/12/2026,x\n1,Thợ nề,8 triệu,,z\n3,=Phụ bếp,7 triệu,01/01/2020,w\n"
	im := testImport("a.csv")
	plan, err := im.ReadPostings("a.csv", strings.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Counts{Rows: 5, Imported: 1, Copies: 1, Refused: 3, PayStated: 5, PayUnderstood: 5}
	if diff := cmp.Diff(want, plan.Counts); diff != "" {
		t.Fatalf("counts (-want +got):\n%s", diff)
	}
	var out bytes.Buffer
	message := func(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }
	if err := WriteRefused(&out, plan.Refused, message); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, part := range []string{"id,title,pay,deadline,note,row,error\n", "error.required", "error.row.same_id", "error.deadline.past", "'=Phụ bếp"} {
		if !strings.Contains(text, part) {
			t.Errorf("the errors file lacks %q:\n%s", part, text)
		}
	}
	corrected := strings.NewReplacer("2,,9", "2,Phụ hồ,9", "1,Thợ nề", "4,Thợ nề", "01/01/2020", "01/01/2027").Replace(text)
	again, err := im.ReadPostings("errors.csv", strings.NewReader(corrected), nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Counts.Imported != 3 || again.Counts.Refused != 0 {
		t.Errorf("corrected: got %+v", again.Counts)
	}
	if got := again.Documents[2].Title; got != "=Phụ bếp" {
		t.Errorf("got title %q, want the protecting apostrophe gone", got)
	}
}

func TestImportKnowsAnUnchangedRowWhateverTheFileIsCalled(t *testing.T) {
	t.Parallel()
	first, _, _ := testImport("a.csv").PostingFromRow(NewRow(2, []string{"title", "pay"}, []string{"Thợ hàn", "8 triệu"}))
	second, _, _ := testImport("b.xlsx").PostingFromRow(NewRow(9, []string{"pay", "title", "row", "error"}, []string{"8 triệu", "Thợ hàn ", "2", "x"}))
	if first.ID != second.ID || first.Source.Hash != second.Source.Hash {
		t.Errorf("got %s and %s", first.ID, second.ID)
	}
	link, _, _ := testImport("a").PostingFromRow(NewRow(2, []string{"title", "url"}, []string{"a", "https://www.example.invalid/viec/1.html?utm_source=x"}))
	same, _, _ := testImport("b").PostingFromRow(NewRow(2, []string{"title", "url"}, []string{"b", "http://example.invalid/viec/1.html"}))
	if link.ID != same.ID || link.Source.Hash == same.Source.Hash {
		t.Errorf("one address: got %s and %s", link.ID, same.ID)
	}
}

func each[T any](docs ...*T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func TestExportedPostingsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	im := testImport("export")
	rich, _, _ := postingOf(t, "title", "-2+3+cmd|' /C calc'!A0 thợ hàn", "company_name", "=Công ty", "salary", "8 - 10 triệu", "city", "Hà Nội, Điện Biên & 3 nơi khác",
		"requirements", "Biết hàn TIG\nCó bằng lái xe B2", "experience", "1 - 2 năm", "benefits", "bao ăn trưa, bảo hiểm", "url", "https://example.invalid/1")
	rich.MinSchooling, rich.Conditions.Setting, rich.Deadline, rich.MealsPerDay = "4", "1", "2020-01-01", 2
	rich.Languages = []market.HeldLanguage{{Language: "lo", Level: 2}}
	plain, _, _ := postingOf(t, "title", "'=phụ bếp", "salary", "từ 573 triệu", "city", "nước ngoài")
	ignore := cmpopts.IgnoreFields(market.Source{}, "Hash", "Copies")
	for _, format := range []Format{CSV, XLSX} {
		for _, lang := range []string{"vi", "en"} {
			var out bytes.Buffer
			if err := (Export{format, lang, im.Tax}).Postings(&out, each(&rich, &plain)); err != nil {
				t.Fatal(err)
			}
			if format == CSV && (strings.Contains(out.String(), ",=") || strings.Contains(out.String(), ",-2+")) {
				t.Errorf("a cell of the CSV begins like a formula:\n%s", out.String())
			}
			plan, err := im.ReadPostings("export."+string(format), &out, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]market.Posting{rich, plain}, plan.Documents, ignore, cmpopts.EquateEmpty()); diff != "" || len(plan.Refused) > 0 {
				t.Errorf("%s %s (-exported +imported):\n%s\nrefused: %v", format, lang, diff, plan.Refused)
			}
		}
	}
}

func TestProtectLosesNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "a", "'", "'a", "=1", "'=1", "''=1", "+84", "-", "@x", "\tx", "＝1", "it's"} {
		if got := unprotect(protect(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
		if strings.ContainsAny(firstOf(protect(s)), formulaStarts) {
			t.Errorf("%q is written as %q", s, protect(s))
		}
	}
}

func firstOf(s string) string {
	r := []rune(s)
	return string(r[:min(1, len(r))])
}

func TestWorkerFromRow(t *testing.T) {
	t.Parallel()
	im := testImport("a.csv")
	base := []string{"Họ và tên", "Lò Thị Mẫu", "Năm sinh", "1999", "Xã", "Mường Phăng", "Kỹ năng", "hàn TIG", "Dân tộc", "Thái", "Điện thoại", "0912.345.678 / +84912345679", "Giới tính", "Nữ"}
	read := func(im Import, more ...string) (market.Worker, []string) {
		var names, cells, keys []string
		for i, s := range append(slices.Clone(base), more...) {
			if i%2 == 0 {
				names = append(names, s)
			} else {
				cells = append(cells, s)
			}
		}
		w, _, errs := im.WorkerFromRow(NewRow(2, names, cells))
		for _, e := range errs {
			keys = append(keys, e.Field+" "+e.Key)
		}
		return w, keys
	}
	if _, keys := read(im); !slices.Equal(keys, []string{"consent error.consent.required"}) {
		t.Errorf("without consent: got %v", keys)
	}
	if _, keys := read(im, "Đồng ý", "không"); !slices.Equal(keys, []string{"consent error.consent.refused"}) {
		t.Errorf("consent refused: got %v", keys)
	}
	w, keys := read(im, "Đồng ý", "x", "Văn bản đồng ý", "Phiếu 12", "Ngày đồng ý", "01/10/2026")
	if len(keys) > 0 || !w.Consent.Given() || w.Consent.Witness != "Phiếu 12" || w.Sex != "f" || len(w.Skills) != 1 || len(w.Phones) != 2 {
		t.Errorf("got %+v, %v", w, keys)
	}
	if c, ok := im.Tax.Commune(w.Commune); !ok || c.Province != "11" {
		t.Errorf("got commune %q", w.Commune)
	}
	im.OnBehalf = &OnBehalf{Document: "Danh sách xã 5/2026", By: "officer"}
	if w, keys := read(im); len(keys) > 0 || w.Consent.Witness != im.OnBehalf.Document || w.Consent.By != "officer" {
		t.Errorf("on behalf: got %+v, %v", w.Consent, keys)
	}
	im.Province = ""
	base[5] = "Thanh Bình"
	if _, keys := read(im); !slices.Contains(keys, "commune error.commune.several") {
		t.Errorf("a name of several communes: got %v", keys)
	}
}
