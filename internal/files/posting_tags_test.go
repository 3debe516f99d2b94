package files

import (
	"slices"
	"testing"

	"noiviec/internal/market"
)

// TestPostingFilledFromTags fills what columns lack, overrides nothing that they state, and keeps the evidence.
func TestPostingFilledFromTags(t *testing.T) {
	t.Parallel()
	said := []string{
		"title", "Cần 3 thợ hàn ở huyện Tuần Giáo",
		"description", "Công ty chuyên sản xuất hàng may mặc.\nYêu cầu: 2 năm kinh nghiệm, biết tiếng Anh.\nQuyền lợi: lương 8-10 triệu/tháng, đóng BHXH, bao 2 bữa/ngày, làm 2 ca.",
	}
	p, _, errs := postingOf(t, said...)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if p.Openings != 3 || p.MinMonths != 24 || p.MealsPerDay != 2 || p.Shift != "two_shifts" || p.Pay.Min != 8e6 || p.Pay.Max != 10e6 || p.Pay.Status != market.PayStated {
		t.Errorf("got openings %d, months %d, meals %d, shift %q, pay %+v", p.Openings, p.MinMonths, p.MealsPerDay, p.Shift, p.Pay)
	}
	if !slices.Equal(p.Benefits, []string{"insurance"}) || len(p.Languages) != 1 || p.Languages[0].Language != "en" || len(p.Workplaces) != 1 || p.Workplaces[0].Province != "11" {
		t.Errorf("got benefits %v, languages %v, places %+v", p.Benefits, p.Languages, p.Workplaces)
	}
	if slices.ContainsFunc(p.Requirements, func(r market.Requirement) bool { return r.ID == "may-cn" || r.ID == "may-do" }) {
		t.Errorf("the company's trade is asked: %+v", p.Requirements)
	}
	for _, tag := range p.Tags {
		if tag.Said == "" {
			t.Errorf("a tag without its words: %+v", tag)
		}
	}
	p, _, errs = postingOf(t, append(said, "openings", "5", "experience", "không yêu cầu", "pay", "7 triệu", "benefits", "xe đưa đón", "shift", "ca ngày")...)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if p.Openings != 5 || p.MinMonths != 0 || p.Pay.Min != 7e6 || slices.Contains(p.Benefits, "insurance") || p.Shift == "two_shifts" {
		t.Errorf("a stated column was overridden: openings %d, months %d, pay %+v, benefits %v, shift %q", p.Openings, p.MinMonths, p.Pay, p.Benefits, p.Shift)
	}
}
