package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"noiviec/internal/market"
)

const declaredPath = "/can-bo/khai-bao"

type declaredListPage struct {
	Layout
	Pick                *Form
	Months, Years, Line Field
	Previous, Next, New string
	Items               []declaredRow
	Sum                 int // of those that count, on all pages
	Pager               Pager
}

type declaredRow struct {
	market.Declared
	Href, Name, From string
}

const declaredPerPage = 25

// showDeclaredList lists a month's declared figures, of one line or of all, voided ones marked.
func (s *Server) showDeclaredList(v *visit) error {
	if year := v.Query("nam"); year != "" {
		return v.to(declaredPath + "?thang=" + url.QueryEscape(year+"-"+v.Query("thang")) + "&dong=" + url.QueryEscape(v.Query("dong")))
	}
	f := v.blank(0, map[string][]string{"thang": {v.Query("thang")}})
	month := v.reportMonth(f)
	list, err := s.Desk.DeclaredIn(v.ctx, v.actor, month)
	if err != nil {
		return err
	}
	names, err := v.lineNames()
	if err != nil {
		return err
	}
	lines, err := v.lineOptions()
	if err != nil {
		return err
	}
	page := &declaredListPage{Layout: v.layout("declared.title", month), Pick: f, Previous: v.link("thang", string(month.Add(-1))), New: declaredPath + "/moi?thang=" + string(month)}
	if next := month.Add(1); next <= v.today.Month() {
		page.Next = v.link("thang", string(next))
	}
	page.Months, page.Years = v.monthFields(f, month, "thang", "nam", month.Year()-8)
	wanted := v.Query("dong")
	for i := range lines {
		lines[i].On = lines[i].Value == wanted
	}
	page.Line = f.Choose("dong", "declared.line", append([]Option{{Text: v.T("declared.all_lines")}}, lines...))
	list = slices.DeleteFunc(list, func(d market.Declared) bool { return wanted != "" && d.Indicator+"."+d.Line != wanted })
	for _, d := range list {
		if d.Voided == "" {
			page.Sum += d.Count
		}
	}
	page.Pager = v.pager(len(list), declaredPerPage)
	from := min((v.page()-1)*declaredPerPage, len(list))
	for _, d := range list[from:min(from+declaredPerPage, len(list))] {
		page.Items = append(page.Items, declaredRow{Declared: d, Href: declaredPath + "/" + string(d.ID), Name: names(d.Indicator, d.Line), From: v.declaredBy(d)})
	}
	return v.render("can-bo-khai-bao", f.status(), page)
}

// declaredBy names who declared a figure: the commune, the agency, or both.
func (v *visit) declaredBy(d market.Declared) string {
	commune := ""
	if d.Commune != "" {
		commune = v.place(market.Workplace{Commune: d.Commune})
	}
	if commune != "" && d.Agency != "" {
		return commune + " · " + d.Agency
	}
	return commune + d.Agency
}

// lineOptions gives every line that can be declared, the channels first, then the levels of training.
func (v *visit) lineOptions() ([]Option, error) {
	names, err := v.lineNames()
	if err != nil {
		return nil, err
	}
	channels, err := v.s.Desk.Channels(v.ctx, v.s.Centre)
	if err != nil {
		return nil, err
	}
	var out []Option
	add := func(indicator, line string) {
		out = append(out, Option{Value: indicator + "." + line, Text: v.T("indicator."+indicator) + ": " + names(indicator, line)})
	}
	for _, ch := range channels {
		if !ch.Closed {
			add(market.NewJobs, ch.Code)
		}
	}
	for _, line := range market.TrainingLines {
		add(market.Training, line)
	}
	return out, nil
}

// monthName names a month of the year: Tháng 4, April.
func (v *visit) monthName(n int) string {
	if v.lang == "en" {
		return time.Month(n).String()
	}
	return v.T("monthly.month", n)
}

// monthFields gives a month as two fields, with years back to the first; what was typed stays chosen.
func (v *visit) monthFields(f *Form, month market.Month, monthName, yearName string, first int) (Field, Field) {
	var months, years []Option
	if month != "" {
		first = min(first, month.Year())
	}
	for n := 1; n <= 12; n++ {
		months = append(months, Option{Value: fmt.Sprintf("%02d", n), Text: v.monthName(n), On: n == month.Number()})
	}
	for year := v.today.Year(); year >= first; year-- {
		years = append(years, Option{Value: strconv.Itoa(year), Text: strconv.Itoa(year), On: year == month.Year()})
	}
	return f.Choose(monthName, "monthly.pick", months), f.Choose(yearName, "monthly.year", years)
}
