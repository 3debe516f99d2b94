package taxonomy

import (
	"slices"
	"testing"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	ids := func(list []Proposal) []string {
		var out []string
		for _, p := range list {
			if p.Likely {
				out = append(out, p.ID)
			}
		}
		return out
	}
	for _, c := range []struct {
		text      string
		want, not []string
		months    int
	}{
		{"em biết may, đi làm công ty giày 2 năm, có bằng lái xe máy, biết tiếng Thái", []string{"may-cn", "may-giay", "gplx-a1", "tai"}, []string{"ldpt"}, 24},
		{"chưa biết may, không có bằng lái, làm phụ hồ nửa năm", []string{"9313"}, []string{"may-cn", "gplx-b", "gplx-a1"}, 6},
		{"em lam cong nhan dien tu o bac ninh 3 nam, biet han", []string{"8202", "han"}, nil, 36},
		{"Năm nay 25 tuổi, hai năm rưỡi chạy xe ôm", []string{"8321"}, nil, 30},
		{"không biết tiếng Anh nhưng biết tiếng Trung", []string{"zh"}, []string{"en"}, 0},
		{"không ngại ca đêm, biết nấu ăn", []string{"nau-an"}, nil, 0},
		{"", nil, nil, 0},
	} {
		d := Default().Describe(c.text)
		got := slices.Concat(ids(d.Skills), ids(d.Occupations), ids(d.Certificates), ids(d.Languages))
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
		if d.Months != c.months {
			t.Errorf("%q: got %d months, want %d", c.text, d.Months, c.months)
		}
		checkProposals(t, c.text, d)
	}
}

func checkProposals(t *testing.T, text string, d Described) {
	t.Helper()
	for _, p := range slices.Concat(d.Skills, d.Occupations, d.Certificates, d.Languages) {
		if p.ID == "" || p.Start < 0 || p.Start >= p.End || p.End > len(text) {
			t.Errorf("%q: %+v", text, p)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	f.Add("em biết may, làm 2 năm rưỡi, không có bằng lái")
	f.Add("\xff biết \xfe 1,5 năm")
	f.Fuzz(func(t *testing.T, text string) { checkProposals(t, text, Default().Describe(text)) })
}
