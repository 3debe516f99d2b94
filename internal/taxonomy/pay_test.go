package taxonomy

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"noiviec/internal/market"
)

func vnd(least, most int64, period market.PayPeriod) market.Pay {
	return market.Pay{Min: least, Max: most, Currency: "VND", Period: period, Status: market.PayStated}
}

// TestParsePayPhrases reads every phrase of the committed table of ways to write pay.
func TestParsePayPhrases(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/salary_phrases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 31 {
		t.Fatalf("got %d phrases, want 30", len(rows)-1)
	}
	for _, row := range rows[1:] {
		want := market.Pay{Status: market.PayStated, Currency: "VND", Period: market.PayPeriod(row[1]), Stated: row[0]}
		want.Min, _ = strconv.ParseInt(row[2], 10, 64)
		want.Max, _ = strconv.ParseInt(row[3], 10, 64)
		switch row[1] {
		case "negotiable":
			want = market.Pay{Status: market.PayNegotiable, Stated: row[0]}
		case "commission":
			want = market.Pay{Status: market.PayNegotiable, Basis: market.CommissionPay, Stated: row[0]}
		case "month+commission":
			want.Period, want.Basis = market.PerMonth, market.CommissionPay
		case "month_jpy":
			want.Period, want.Currency = market.PerMonth, "JPY"
		case "piece":
			want.Basis = market.PiecePay
		}
		if strings.Contains(row[0], "gross") {
			want.Basis = market.GrossPay
		}
		if got := ParsePay(row[0]); got != want {
			t.Errorf("%q:\n got %+v,\nwant %+v", row[0], got, want)
		}
	}
}

func TestParsePay(t *testing.T) {
	t.Parallel()
	month := market.PerMonth
	cases := map[string]market.Pay{
		"8 - 10 triệu vnđ":                     vnd(8e6, 10e6, month),
		"6,3 tr - 8 tr vnd":                    vnd(6.3e6, 8e6, month),
		"5.5 - 8.5 triệu":                      vnd(5.5e6, 8.5e6, month),
		"trên 7,5 tr vnd":                      vnd(7.5e6, 0, month),
		"lên đến 6,7 tr vnd":                   vnd(0, 6.7e6, month),
		"đến 20 triệu vnđ":                     vnd(0, 20e6, month),
		"Tới 12.3 triệu":                       vnd(0, 12.3e6, month),
		"Từ 16.8 triệu":                        vnd(16.8e6, 0, month),
		"21 k - 30 k /giờ":                     vnd(21e3, 30e3, market.PerHour),
		"8 triệu 500 nghìn":                    vnd(8.5e6, 8.5e6, month),
		"trên dưới 10 triệu":                   vnd(10e6, 10e6, month),
		"bảy đến chín triệu":                   vnd(7e6, 9e6, month),
		"26 công: 9 triệu":                     vnd(9e6, 9e6, month),
		"9 triệu 200":                          vnd(9.2e6, 9.2e6, month),
		"8tr500":                               vnd(8.5e6, 8.5e6, month),
		"8tr250/tháng":                         vnd(8.25e6, 8.25e6, month),
		"1tr2/ngày":                            vnd(1.2e6, 1.2e6, market.PerDay),
		"8.000.000 - 10.000.000 VNĐ":           vnd(8e6, 10e6, month),
		"8.000.000đ đến 10.000.000đ":           vnd(8e6, 10e6, month),
		"7 000 000 đ":                          vnd(7e6, 7e6, month),
		"7.500.000":                            vnd(7.5e6, 7.5e6, month),
		"từ 10 đến 15 triệu":                   vnd(10e6, 15e6, month),
		"Từ 8tr đến 10tr/tháng":                vnd(8e6, 10e6, month),
		"8 triệu/tháng - 10 triệu/tháng":       vnd(8e6, 10e6, month),
		"8~10tr":                               vnd(8e6, 10e6, month),
		"10 triệu+":                            vnd(10e6, 0, month),
		"10tr++":                               vnd(10e6, 0, month),
		"> 10 triệu":                           vnd(10e6, 0, month),
		"15 triệu trở lên":                     vnd(15e6, 0, month),
		"tối thiểu 6 triệu":                    vnd(6e6, 0, month),
		"tối đa 9 triệu":                       vnd(0, 9e6, month),
		"không dưới 7 triệu":                   vnd(7e6, 0, month),
		"khoảng 9 triệu":                       vnd(9e6, 9e6, month),
		"up to 30 triệu":                       vnd(0, 30e6, month),
		"lương ngày 300k":                      vnd(300e3, 300e3, market.PerDay),
		"350.000đ/người/ngày":                  vnd(350e3, 350e3, market.PerDay),
		"300k/8h":                              vnd(300e3, 300e3, market.PerDay),
		"8tr/26 công":                          vnd(8e6, 8e6, month),
		"25k/1h":                               vnd(25e3, 25e3, market.PerHour),
		"250 - 300/ngày":                       vnd(250e3, 300e3, market.PerDay),
		"500k - 1 triệu/ca":                    vnd(500e3, 1e6, market.PerShift),
		"180 - 240 triệu/năm":                  vnd(180e6, 240e6, market.PerYear),
		"2 triệu/tuần":                         vnd(2e6, 2e6, market.PerWeek),
		"mười hai triệu":                       vnd(12e6, 12e6, month),
		"hai mươi triệu một tháng":             vnd(20e6, 20e6, month),
		"thu nhập: 8 triệu hoặc thoả thuận":    vnd(8e6, 8e6, month),
		"8 trie65u":                            vnd(8e6, 8e6, month),
		"8 trieeuj / thangs":                   vnd(8e6, 8e6, month),
		"7 chai":                               vnd(7e6, 7e6, month),
		"0 - 10 triệu":                         vnd(0, 10e6, month),
		"300 ngàn/công":                        vnd(300e3, 300e3, market.PerDay),
		"8 - 10":                               vnd(8e6, 10e6, month),
		"lương cứng 7tr + phụ cấp 500k":        vnd(7e6, 7e6, month),
		"1,5 triệu/ngày công":                  vnd(1.5e6, 1.5e6, market.PerDay),
		"thu nhập 8-12tr/th":                   vnd(8e6, 12e6, month),
		"250-300k/ca":                          vnd(250e3, 300e3, market.PerShift),
		"lương 25k/h":                          vnd(25e3, 25e3, market.PerHour),
		"50.000đ/giờ":                          vnd(50e3, 50e3, market.PerHour),
		"upto 20tr":                            vnd(0, 20e6, month),
		"hai mươi triệu":                       vnd(20e6, 20e6, month),
		"bảy triệu rưỡi":                       vnd(7.5e6, 7.5e6, month),
		"chín triệu rưỡi một tháng":            vnd(9.5e6, 9.5e6, month),
		"một triệu hai":                        vnd(1.2e6, 1.2e6, month),
		"một triệu hai một ngày":               vnd(1.2e6, 1.2e6, market.PerDay),
		"hai lăm triệu":                        vnd(25e6, 25e6, month),
		"ba mươi lăm nghìn một giờ":            vnd(35e3, 35e3, market.PerHour),
		"hai trăm năm mươi nghìn/ngày":         vnd(250e3, 250e3, market.PerDay),
		"từ 7-9 củ":                            vnd(7e6, 9e6, month),
		"8tr đến 8tr5":                         vnd(8e6, 8.5e6, month),
		"10tr8":                                vnd(10.8e6, 10.8e6, month),
		"lương 9tr, tăng ca 12tr":              vnd(9e6, 9e6, month),
		"lương 8 tr/26 công + ăn ca 30k":       vnd(8e6, 8e6, month),
		"200k một buổi":                        vnd(200e3, 200e3, market.PerShift),
		"lương:7000000":                        vnd(7e6, 7e6, month),
		"7000k/tháng":                          vnd(7e6, 7e6, month),
		"USD 400-600":                          {Min: 40000, Max: 60000, Currency: "USD", Period: month, Status: market.PayStated},
		"lương tháng 13":                       {Status: market.PayUnreadable},
		"8 - 10 TRIỆU":                         vnd(8e6, 10e6, month),
		"lương 5 triệu, thu nhập 9 - 12 triệu": vnd(5e6, 12e6, month),
		"1,000 - 2,000 usd":                    {Min: 100000, Max: 200000, Currency: "USD", Period: month, Status: market.PayStated},
		"$800 - $1,500":                        {Min: 80000, Max: 150000, Currency: "USD", Period: month, Status: market.PayStated},
		"Tới 2,000 USD":                        {Max: 200000, Currency: "USD", Period: month, Status: market.PayStated},
		"1500$":                                {Min: 150000, Max: 150000, Currency: "USD", Period: month, Status: market.PayStated},
		"18 vạn yên":                           {Min: 180000, Max: 180000, Currency: "JPY", Period: month, Status: market.PayStated},
		"180.000 - 200.000 yên/tháng":          {Min: 180000, Max: 200000, Currency: "JPY", Period: month, Status: market.PayStated},
		"2,1 triệu won":                        {Min: 2100000, Max: 2100000, Currency: "KRW", Period: month, Status: market.PayStated},
		"28.590 đài tệ":                        {Min: 2859000, Max: 2859000, Currency: "TWD", Period: month, Status: market.PayStated},
		"2.500 EUR":                            {Min: 250000, Max: 250000, Currency: "EUR", Period: month, Status: market.PayStated},
		"9-11tr net":                           {Min: 9e6, Max: 11e6, Currency: "VND", Period: month, Basis: market.NetPay, Status: market.PayStated},
		"2.000đ/cái":                           {Min: 2000, Max: 2000, Currency: "VND", Period: market.PerPiece, Basis: market.PiecePay, Status: market.PayStated},
		"3k/kg":                                {Min: 3000, Max: 3000, Currency: "VND", Period: market.PerPiece, Basis: market.PiecePay, Status: market.PayStated},
		"lương sản phẩm":                       {Basis: market.PiecePay, Status: market.PayNegotiable},
		"thương lượng":                         {Status: market.PayNegotiable},
		"Thỏa thuận":                           {Status: market.PayNegotiable},
		"tho3a thua65n":                        {Status: market.PayNegotiable},
		"Cạnh tranh":                           {Status: market.PayNegotiable},
		"78 - 13 triệu vnđ":                    {Status: market.PayImplausible},
		"7 - 6 triệu vnđ":                      {Status: market.PayImplausible},
		"từ 573 triệu vnđ":                     {Status: market.PayImplausible},
		"0.0 - 0.0 triệu":                      {Status: market.PayImplausible},
		"5 - 8 triệu /giờ":                     {Status: market.PayImplausible},
		"Tới 55,000 USD":                       {Status: market.PayImplausible},
		"abc":                                  {Status: market.PayUnreadable},
		"":                                     {},
		"nan":                                  {},
		"-":                                    {},
	}
	cases["lương 5 triệu, thu nhập 9 - 12 triệu"] = vnd(9e6, 12e6, month)
	for text, want := range cases {
		want.Stated = strings.TrimSpace(text)
		if got := ParsePay(text); got != want {
			t.Errorf("%q:\n got %+v,\nwant %+v", text, got, want)
		}
	}
}

func FuzzParsePay(f *testing.F) {
	for _, s := range []string{"8 - 10 triệu", "8tr5", "$1,000 - 2,000", "12 man", "25k/1h", "\xff\xfe", "9999999999999999999999 tỷ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := ParsePay(text)
		if p.Status != market.PayStated && (p.Min != 0 || p.Max != 0) {
			t.Errorf("%q: figures in %+v", text, p)
		}
		if err := p.Validate("pay"); err != nil {
			t.Errorf("%q: %+v: %v", text, p, err)
		}
		if p.Status == market.PayStated && !p.Known() {
			t.Errorf("%q: stated without a figure: %+v", text, p)
		}
	})
}
