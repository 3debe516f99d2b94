package casework

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// CheckPosting gives what a vacancy should be looked at for before it is shown, as reasons that web words: pay
// under the legal minimum of a workplace (stated least, minimum, region), no pay, money asked of workers, a limit
// of sex or age without a stated ground (Labour Code, article 8; Employment Law, on discrimination). It refuses
// nothing: there are lawful exceptions, and a person decides.
func (d *Desk) CheckPosting(p market.Posting, today market.Date) []market.Reason {
	var out []market.Reason
	if r, low := d.payUnderMinimum(p, today); low {
		out = append(out, r)
	}
	if !p.Pay.Known() {
		out = append(out, market.Reason{Code: "check_no_pay"})
	}
	text := taxonomy.Clean(p.Title + "\n" + p.Text)
	for _, check := range []struct {
		code string
		find func(string) string
	}{{"check_money", asksMoney}, {"check_sex", limitsSex}, {"check_age", limitsAge}} {
		if words := check.find(text); words != "" {
			out = append(out, market.Reason{Code: check.code, Args: []string{words}})
		}
	}
	return out
}

// payUnderMinimum compares the least that is offered with the legal minimum of every workplace whose region is
// known; the first that is undercut is given.
func (d *Desk) payUnderMinimum(p market.Posting, today market.Date) (market.Reason, bool) {
	least := p.Pay.Min
	if least == 0 {
		least = p.Pay.Max
	}
	if !p.Pay.Known() || p.Pay.Currency != "VND" {
		return market.Reason{}, false
	}
	for _, w := range p.Workplaces {
		legal, known := d.tax.MinimumPay(w.Commune, today)
		if !known {
			continue
		}
		var floor int64
		switch {
		case p.Pay.Period == market.PerMonth && p.Shift != "part_time":
			floor = legal.Monthly
		case p.Pay.Period == market.PerHour:
			floor = legal.Hourly
		case p.Pay.Period == market.PerDay:
			floor = legal.Hourly * 8
		}
		if least < floor {
			return market.Reason{Code: "check_pay_low", Args: []string{strconv.FormatInt(least, 10), strconv.FormatInt(floor, 10), legal.Region}}, true
		}
	}
	return market.Reason{}, false
}

var (
	moneyWords = regexp.MustCompile(`(?i)đặt cọc|tiền cọc|tiền thế chân|ký quỹ|(?:nộp|đóng|thu) (?:phí|lệ phí|tiền)|phí (?:hồ sơ|giới thiệu|giữ chỗ|xin việc|đồng phục)|giữ (?:giấy tờ gốc|bằng gốc|căn cước|cccd|cmnd)`)
	sexWords   = regexp.MustCompile(`(?i)(?:^|[^\pL])((?:chỉ|ưu tiên)? ?(?:tuyển|nhận|cần|ưu tiên)(?: thêm| gấp)?(?: \d+)?(?: lao động| người| nhân viên)? (?:nam|nữ)|giới tính ?:? ?(?:nam|nữ)|(?:nam|nữ) giới)(?:[^\pL]|$)`)
	bothSexes  = regexp.MustCompile(`(?i)nam ?(?:,|/|và|hoặc|hay|&) ?nữ|nữ ?(?:,|/|và|hoặc|hay|&) ?nam`)
	ageWords   = regexp.MustCompile(`(?i)(?:dưới|không quá|tối đa|đến|tới|[-–]) ?(\d\d) ?tuổi`)
	refusal    = regexp.MustCompile(`(?i)(?:không|miễn|chẳng|chưa)[^.\n;!?]{0,30}$`)
)

// asksMoney finds words that ask workers for money or their papers, unless the sentence says that nobody does.
func asksMoney(text string) string {
	for _, at := range moneyWords.FindAllStringIndex(text, -1) {
		if !refusal.MatchString(text[:at[0]]) {
			return text[at[0]:at[1]]
		}
	}
	return ""
}

func limitsSex(text string) string {
	for _, m := range sexWords.FindAllStringSubmatchIndex(text, -1) {
		both := bothSexes.FindStringIndex(text[m[2]:])
		if (both == nil || both[0] > m[3]-m[2]) && !refusal.MatchString(text[:m[2]]) && !partOfName(text, m[3]) {
			return strings.TrimSpace(text[m[2]:m[3]])
		}
	}
	return ""
}

// partOfName reports whether the word that ends at a place goes on with a capital: "Tuyển Nam Định" names a place.
func partOfName(text string, end int) bool {
	rest, spaced := strings.CutPrefix(text[end:], " ")
	next, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	return spaced && unicode.IsUpper(next) && unicode.IsLower(last)
}

// limitsAge finds an upper age; that children may not work is no limit.
func limitsAge(text string) string {
	for _, m := range ageWords.FindAllStringSubmatchIndex(text, -1) {
		if n, err := strconv.Atoi(text[m[2]:m[3]]); err == nil && n > 18 {
			return text[m[0]:m[1]]
		}
	}
	return ""
}
