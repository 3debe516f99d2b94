package casework

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

func TestCheckPosting(t *testing.T) {
	t.Parallel()
	d := New(nil, taxonomy.Default())
	muongPhang := taxonomy.Default().FindPlaces("xã Mường Phăng, tỉnh Điện Biên")[0].Communes[0]
	month := func(least, most int64) market.Pay {
		return market.Pay{Min: least, Max: most, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}
	}
	for name, c := range map[string]struct {
		p    market.Posting
		want []string
	}{
		"fine":                   {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 9_000_000), Text: "Không thu phí, không phải đặt cọc. Nhận nam, nữ từ 18 tuổi."}, nil},
		"no pay":                 {market.Posting{Title: "Thợ may"}, []string{"check_no_pay"}},
		"negotiable":             {market.Posting{Title: "Thợ may", Pay: market.Pay{Status: market.PayNegotiable}}, []string{"check_no_pay"}},
		"under the minimum":      {market.Posting{Title: "Thợ may", Pay: month(2_000_000, 3_000_000)}, []string{"check_pay_low"}},
		"only a most, under":     {market.Posting{Title: "Thợ may", Pay: month(0, 3_000_000)}, []string{"check_pay_low"}},
		"half a day may be":      {market.Posting{Title: "Thợ may", Shift: "part_time", Pay: month(2_000_000, 3_000_000)}, nil},
		"hour under":             {market.Posting{Title: "Thợ may", Pay: market.Pay{Min: 12_000, Currency: "VND", Period: market.PerHour, Status: market.PayStated}}, []string{"check_pay_low"}},
		"deposit":                {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Người lao động đặt cọc 500.000 đồng."}, []string{"check_money"}},
		"fee for papers":         {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Mang theo phí hồ sơ."}, []string{"check_money"}},
		"women only":             {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Chỉ tuyển nữ."}, []string{"check_sex"}},
		"five men":               {market.Posting{Title: "Tuyển 5 nam bốc xếp", Pay: month(7_000_000, 0)}, []string{"check_sex"}},
		"years are no men":       {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Cần 2 năm kinh nghiệm. Tuyển Nam Định."}, nil},
		"capitals":               {market.Posting{Title: "TUYỂN NỮ MAY", Pay: month(7_000_000, 0), Text: "ĐẶT CỌC"}, []string{"check_money", "check_sex"}},
		"not by sex":             {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Tuyển nam hoặc nữ."}, nil},
		"age":                    {market.Posting{Title: "Thợ may", Pay: month(7_000_000, 0), Text: "Tuổi từ 18 - 35 tuổi."}, []string{"check_age"}},
		"everything, decomposed": {market.Posting{Title: "Thợ may", Text: norm.NFD.String("Đặt cọc trước. Chỉ nhận nữ dưới 30 tuổi.")}, []string{"check_no_pay", "check_money", "check_sex", "check_age"}},
	} {
		c.p.Workplaces = []market.Workplace{{Commune: muongPhang}}
		var got []string
		for _, r := range d.CheckPosting(c.p, "2026-11-24") {
			got = append(got, r.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
