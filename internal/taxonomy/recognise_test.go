package taxonomy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	t.Parallel()
	cases := []struct {
		text string
		want []string // must be there
		not  []string // must not
	}{
		{"Tuyển thợ hàn TIG, biết tiếng Hàn", []string{"skill han", "skill han-tig", "skill tieng-han", "occupation 7212"}, nil},
		{"phiên dịch tiếng Hàn", []string{"skill tieng-han", "skill phien-dich"}, []string{"skill han"}},
		{"tieng han", []string{"skill tieng-han"}, []string{"skill han"}},
		{"hạn nộp hồ sơ", nil, []string{"skill han"}},
		{"phun thuốc bảo vệ thực vật", []string{"skill phun-thuoc"}, []string{"skill bao-ve", "occupation 5401"}},
		{"nhân viên bán thuốc bảo vệ thực vật", nil, []string{"skill phun-thuoc", "skill bao-ve", "occupation 5401"}},
		{"nhân viên bảo vệ", []string{"skill bao-ve", "occupation 5401"}, []string{"skill phun-thuoc"}},
		{"bảo vệ môi trường", nil, []string{"skill bao-ve"}},
		{"biết tiếng Thái", []string{"skill tieng-thai-dt"}, nil},
		{"tiếng Thái Lan", nil, []string{"skill tieng-thai-dt"}},
		{"tỉnh Thái Nguyên", []string{"place 19"}, []string{"skill tieng-thai-dt"}},
		{"may quần áo", []string{"skill may-do"}, []string{"skill lai-may-xuc"}},
		{"máy xúc", []string{"skill lai-may-xuc"}, []string{"skill may-do"}},
		{"cam kết lâu dài, cam", nil, []string{"skill cham-cay"}},
		{"hầm B2", nil, []string{"certificate gplx-b"}},
		{"bằng lái xe hạng B2", []string{"certificate gplx-b"}, nil},
		{"GPLX hạng C1", []string{"certificate gplx-c1"}, []string{"certificate gplx-c"}},
		{"TOPIK 3 trở lên", []string{"certificate topik/3"}, nil},
		{"IELTS 6.5", []string{"certificate ielts/6.5"}, nil},
		{"tiếng Nhật N3", []string{"certificate jlpt/N3", "skill tieng-nhat"}, nil},
		{"N3", nil, []string{"certificate jlpt/N3"}},
		{"hàn CO₂", []string{"skill han-mig-mag"}, nil},
		{"việc làm Hàn Quốc", []string{"place KR"}, []string{"skill han"}},
		{"huyện Tủa Chùa", []string{"place 098"}, nil},
		{"LĐPT", []string{"skill ldpt"}, nil},
		{"Đi Nhật làm giàn giáo", []string{"skill di-nuoc-ngoai", "place JP", "skill gian-giao"}, nil},
		{"hàng xuất khẩu đi Nhật", []string{"place JP"}, []string{"skill di-nuoc-ngoai"}},
		{"XKLĐ Nhật", []string{"skill di-nuoc-ngoai", "place JP"}, nil},
		{"Thực tập sinh may tại Nhật Bản", []string{"skill di-nuoc-ngoai", "place JP"}, nil},
		{"thực tập sinh marketing", []string{"skill digital-mkt"}, []string{"skill di-nuoc-ngoai"}},
		{"Tài xế công 40 feet, yêu cầu FC hoặc CE", []string{"skill lai-dau-keo", "occupation 8332", "certificate gplx-ce"}, nil},
		{"tài xế công ty", []string{"skill lai-xe-con"}, []string{"skill lai-dau-keo"}},
		{"lái xe ép rác hạng C", []string{"skill lai-xe-tai", "occupation 8332", "certificate gplx-c"}, nil},
		{"tòa nhà văn phòng hạng A", nil, []string{"certificate gplx-a"}},
		{"Bảo vệ ca đêm", []string{"skill bao-ve", "occupation 5401", "work_time night"}, nil},
		{"english teacher", []string{"skill tieng-anh", "occupation 2393"}, nil},
		{"korean interpreter", []string{"skill tieng-han", "skill phien-dich"}, nil},
		{"tuyển dụng công nhân sản xuất", []string{"skill van-hanh-may"}, []string{"skill nhan-su", "occupation 2423"}},
		{"nhân viên tuyển dụng", []string{"skill nhan-su", "occupation 2423"}, nil},
		{"dau tu", nil, []string{"skill dien-cong-nghiep"}},
		{"tuan thu quy dinh cua cong ty", nil, []string{"skill thu-quy", "skill sat-dan-dung"}},
		{"nguoi lao dong", nil, []string{"skill tieng-lao"}},
	}
	for _, c := range cases {
		var got []string
		for _, found := range Default().Recognise(c.text) {
			name := fmt.Sprintf("%s %s", found.Kind, found.ID)
			if found.Level != "" {
				name += "/" + found.Level
			}
			got = append(got, name)
			if found.Start < 0 || found.End > len(c.text) || found.Start >= found.End {
				t.Errorf("%q: span %d–%d", c.text, found.Start, found.End)
			}
		}
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q: got %v, want %s", c.text, got, want)
			}
		}
		for _, not := range c.not {
			if slices.Contains(got, not) {
				t.Errorf("%q: got %v, want no %s", c.text, got, not)
			}
		}
	}
}

func TestRecogniseNear(t *testing.T) {
	t.Parallel()
	for _, c := range Default().RecogniseNear("tìm việc ở Tuần Giáo", "11") {
		if c.Kind == PlaceConcept && c.ID == "099" {
			return
		}
	}
	t.Error("Tuần Giáo is not found at home")
}

// TestSynonymsAreRecognised finds every synonym that may stand alone in a text of its own.
func TestSynonymsAreRecognised(t *testing.T) {
	t.Parallel()
	x := Default()
	missed, all := 0, 0
	for _, s := range x.Skills() {
		for _, word := range s.Synonyms {
			if s.needsCompany(word) {
				continue
			}
			all++
			if !slices.ContainsFunc(x.Recognise("biết "+word), func(c Concept) bool { return c.Kind == SkillConcept && c.ID == s.ID }) {
				missed++
				t.Logf("%s: %q is found as %v", s.ID, word, x.Recognise("biết "+word))
			}
		}
	}
	if missed*50 > all {
		t.Errorf("%d of %d synonyms are not found, want at most 2 %%", missed, all)
	}
}

func TestSimilarity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		have, want string
		similarity float64
	}{
		{"han", "han", 1}, {"han-tig", "han", 1}, {"han", "han-tig", 0.5}, {"han-tig", "han-mig-mag", 0.7}, {"han-mig-mag", "han-tig", 0.6},
		{"lap-trinh-cnc", "co-khi-chung", 1}, {"co-khi-chung", "lap-trinh-cnc", 0.25}, {"han", "ke-toan", 0}, {"han", "", 0}, {"x", "x", 0},
	} {
		if got := Default().Similarity(c.have, c.want); got != c.similarity {
			t.Errorf("Similarity(%s, %s): got %v, want %v", c.have, c.want, got, c.similarity)
		}
	}
	for _, a := range Default().Skills() {
		for _, b := range Default().Skills() {
			if s := Default().Similarity(a.ID, b.ID); s < 0 || s > 1 {
				t.Errorf("Similarity(%s, %s): got %v", a.ID, b.ID, s)
			}
		}
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		have, haveLevel, want, wantLevel string
		covers                           bool
	}{
		{"gplx-c", "", "gplx-b", "", true}, {"gplx-b", "", "gplx-c", "", false}, {"gplx-d1e", "", "gplx-b", "", true}, {"gplx-b", "", "gplx-b", "", true},
		{"jlpt", "N2", "jlpt", "N3", true}, {"jlpt", "N4", "jlpt", "N3", false}, {"jlpt", "", "jlpt", "N3", false}, {"jlpt", "N4", "jlpt", "", true},
		{"ielts", "6.5", "ielts", "6", true}, {"ielts", "5,5", "ielts", "6", false}, {"toeic", "600", "toeic", "600", true}, {"cchn-xd", "I", "cchn-xd", "III", true},
		{"the-hdv-qt", "", "the-hdv-nd", "", true}, {"topik", "3", "hsk", "3", false}, {"x", "", "x", "", false},
	} {
		if got := Default().Covers(c.have, c.haveLevel, c.want, c.wantLevel); got != c.covers {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

func TestOccupations(t *testing.T) {
	t.Parallel()
	x := Default()
	for text, want := range map[string]string{
		"thợ hàn": "7212", "tho han": "7212", "7212": "7212", "cần tuyển gấp thợ hàn đi làm ngay": "7212", "lái xe nâng": "8344", "lái xe tải": "8332",
		"kế toán": "3313", "giáo viên mầm non": "2342", "bảo vệ": "5401", "phụ hồ": "9313", "công nhân may": "8153", "tạp vụ": "9112", "Kiểm lâm": "2445",
	} {
		found := x.FindOccupations(text, 5)
		if len(found) == 0 || found[0].Code != want {
			t.Errorf("FindOccupations(%q): got %v, want %s first", text, found, want)
		}
	}
	o, _ := x.Occupation("7212")
	if o.Group() != "72" || o.Field() != "7" || x.GroupName("72") == "" || x.GroupName("7") == "" || o.ISCO != "7212" {
		t.Errorf("got %+v", o)
	}
	if !slices.ContainsFunc(x.SkillsOfOccupation("7212"), func(s Skill) bool { return s.ID == "han" }) {
		t.Error("welding is no skill of welders")
	}
	if _, ok := x.OccupationOf("asdf qwer"); ok {
		t.Error("nonsense has an occupation")
	}
	if x.HasOccupation("72") || !x.HasOccupation("7212") {
		t.Error("HasOccupation takes four digits")
	}
}

func TestFindByWords(t *testing.T) {
	t.Parallel()
	x := Default()
	if s := x.FindSkills("hàn", 10); len(s) == 0 || s[0].Group != "co-khi" {
		t.Errorf("got %v, want welding", s)
	}
	if s := x.FindSkills("qc", 3); len(s) == 0 || s[0].ID != "kcs" {
		t.Errorf("got %v, want kcs: the picker knows short words", s)
	}
	if c := x.FindCertificates("b2", 3); len(c) == 0 || c[0].ID != "gplx-b" {
		t.Errorf("got %v, want gplx-b", c)
	}
	if s := x.FindSectors("trồng lúa", 3); len(s) == 0 || s[0].Code != "0111" {
		t.Errorf("got %v, want 0111", s)
	}
	if e, ok := x.FindEntry(EthnicGroups, "Mông"); !ok || e.Code != "08" {
		t.Errorf("got %v, want 08", e)
	}
	if e, ok := x.FindEntry(Qualification, "cao dang"); !ok || e.Code != "6" {
		t.Errorf("got %v, want 6", e)
	}
	if _, ok := x.FindEntry(EthnicGroups, ""); ok {
		t.Error("the empty text is a people")
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"thợ hàn TIG", "bằng lái hạng B2, IELTS 6.5", "huyện Tủa Chùa\nTIẾNG HÀN", "\xff\xfe hàn", strings.Repeat("hàn ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range Default().RecogniseNear(text, "11") {
			if c.Start < 0 || c.Start >= c.End || c.End > len(text) || c.ID == "" {
				t.Errorf("%q: %+v", text, c)
			}
		}
	})
}

func BenchmarkRecognise(b *testing.B) {
	text := strings.Repeat("Tuyển thợ hàn TIG biết tiếng Hàn, có bằng lái xe hạng B2, làm việc tại huyện Tủa Chùa, lương 8 - 10 triệu.\n", 20)
	Default()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Default().Recognise(text)
	}
}

func BenchmarkParsePlaces(b *testing.B) {
	Default()
	b.ReportAllocs()
	for b.Loop() {
		Default().ParsePlaces("P.12, Q. Bình Thạnh, TP. Hồ Chí Minh & 2 nơi khác")
	}
}

func BenchmarkParsePay(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParsePay("Từ 8tr5 đến 10 triệu/tháng + hoa hồng")
	}
}

// TestFindSkillsTypedWithoutMarks: what is truly written so comes before what only folds to it, and an id is no name.
func TestFindSkillsTypedWithoutMarks(t *testing.T) {
	t.Parallel()
	x := Default()
	for typed, want := range map[string]string{"may": "may-cn", "May": "may-cn", "han": "han", "may-do": "may-do"} {
		if s := x.FindSkills(typed, 1); len(s) == 0 || s[0].ID != want {
			t.Errorf("%q: got %v, want %s", typed, s, want)
		}
	}
}
