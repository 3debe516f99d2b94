package web

import (
	"strings"
	"time"

	"noiviec/internal/market"
)

// reportRefill is how long ten warnings from one address take to come back.
const reportRefill = 10 * time.Minute

// paragraphs cuts a text at line breaks; a line that lists keeps its own line.
func paragraphs(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// ledger says what remains of the pay each month; every line but the pay can be changed by the reader.
type ledger struct {
	Pay, Remains string
	Share        int // per cent of the pay that remains, for the bar
	Ten          int // of every ten đồng
	Lines        []ledgerLine
}

type ledgerLine struct {
	Name, Label, Note, Amount string
	Value                     int64
	Open                      bool // may be changed
}

// What a worker pays into social, health and unemployment insurance, in tenths of a per cent of the pay:
// 8 + 1.5 + 1 (Social Insurance Law 41/2024/QH15, Health Insurance Law, Employment Law 74/2025/QH15).
const insuranceShare = 105

// ledger reckons with the least stated monthly pay in đồng. What living costs is not known: the lines begin
// at nothing and the reader fills in their own.
func (v *visit) ledger(p market.Posting) *ledger {
	if !p.Pay.Known() || p.Pay.Period != market.PerMonth || p.Pay.Currency != "VND" {
		return nil
	}
	pay := p.Pay.Min
	if pay == 0 {
		return nil
	}
	out := &ledger{Pay: v.number(pay)}
	rest := pay
	if p.Pay.Basis != market.NetPay && len(p.Benefits) > 0 && has(p.Benefits, "insurance") {
		amount := round(pay*insuranceShare/1000, 1000)
		rest -= amount
		out.Lines = append(out.Lines, ledgerLine{Label: v.T("ledger.insurance"), Note: v.T("ledger.insurance_note"), Amount: "− " + v.number(amount)})
	}
	for _, name := range []string{"o", "an", "ve", "rieng"} {
		value, _ := moneyText(v.Query(name))
		value = min(max(value, 0), 1_000_000_000)
		rest -= value
		line := ledgerLine{Name: name, Label: v.T("ledger." + name), Amount: "− " + v.number(value), Value: value, Open: true}
		if value == 0 {
			line.Amount = v.T("ledger.unset")
		}
		if benefit := map[string]string{"o": "dormitory", "an": "meals", "ve": "travel"}[name]; benefit != "" && has(p.Benefits, benefit) {
			line.Note = v.T("ledger.given")
		}
		out.Lines = append(out.Lines, line)
	}
	out.Remains = v.number(rest)
	out.Share = int(min(max(rest*100/pay, 0), 100))
	out.Ten = (out.Share + 5) / 10
	return out
}

func has(list []string, value string) bool {
	for _, v := range list {
		if v == value {
			return true
		}
	}
	return false
}

func round(n, to int64) int64 { return (n + to/2) / to * to }

// jobPosting describes the vacancy as schema.org's JobPosting; unknown fields are left out.
func (v *visit) jobPosting(p market.Posting) map[string]any {
	firm := p.EmployerName
	if firm == "" {
		firm = v.centre().Name
	}
	out := map[string]any{
		"@context": "https://schema.org/", "@type": "JobPosting", "title": p.Title,
		"description":        strings.Join(append(paragraphs(p.Text), p.Title)[:max(1, len(paragraphs(p.Text)))], "\n"),
		"identifier":         map[string]any{"@type": "PropertyValue", "name": v.centre().Name, "value": string(p.ID)},
		"hiringOrganization": map[string]any{"@type": "Organization", "name": firm},
		"totalJobOpenings":   p.Left(),
		"directApply":        false,
	}
	posted := p.OpenedAt
	if posted.IsZero() {
		posted = p.RecordedAt
	}
	out["datePosted"] = string(market.DateOf(posted))
	if p.Deadline.Whole() {
		out["validThrough"] = p.Deadline.AddDays(1).Time().Add(-time.Second).Format(time.RFC3339)
	}
	if p.Occupation != "" {
		out["occupationalCategory"] = v.occupationTyped(p.Occupation)
	}
	switch kind := employmentTypes[p.ContractType]; {
	case p.Shift == "part_time":
		out["employmentType"] = "PART_TIME"
	case kind != "":
		out["employmentType"] = kind
	}
	if salary := salary(p.Pay); salary != nil {
		out["baseSalary"] = salary
	}
	out["jobLocation"] = v.jobLocations(p)
	return out
}

var employmentTypes = map[string]string{"indefinite": "FULL_TIME", "from_12_to_36_months": "FULL_TIME", "under_12_months": "TEMPORARY", "seasonal": "TEMPORARY"}

var salaryUnits = map[market.PayPeriod]string{market.PerHour: "HOUR", market.PerDay: "DAY", market.PerWeek: "WEEK", market.PerMonth: "MONTH", market.PerYear: "YEAR"}

func salary(p market.Pay) map[string]any {
	if !p.Known() || salaryUnits[p.Period] == "" {
		return nil
	}
	value := map[string]any{"@type": "QuantitativeValue", "unitText": salaryUnits[p.Period]}
	if p.Min > 0 {
		value["minValue"] = p.Min
	}
	if p.Max > 0 {
		value["maxValue"] = p.Max
	}
	return map[string]any{"@type": "MonetaryAmount", "currency": p.Currency, "value": value}
}

func (v *visit) jobLocations(p market.Posting) []any {
	var out []any
	for _, w := range p.Workplaces {
		address := map[string]any{"@type": "PostalAddress", "addressCountry": "VN"}
		commune, isCommune := v.s.Tax.Commune(w.Commune)
		code := w.Province
		if isCommune {
			address["addressLocality"], code = commune.Type+" "+commune.Name, commune.Province
		}
		if province, ok := v.s.Tax.Province(code); ok {
			address["addressRegion"] = province.FullName
		}
		if w.Country != "" {
			address["addressCountry"] = w.Country
		}
		if w.Known() {
			out = append(out, map[string]any{"@type": "Place", "address": address})
		}
	}
	if len(out) == 0 { // search engines refuse a vacancy without any place
		out = append(out, map[string]any{"@type": "Place", "address": map[string]any{"@type": "PostalAddress", "addressCountry": "VN"}})
	}
	return out
}
