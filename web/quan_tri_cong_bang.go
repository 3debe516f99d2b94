package web

import (
	"bytes"
	"strconv"
	"strings"

	"noiviec/internal/files"
	"noiviec/internal/market"
)

const fairnessPath = "/quan-tri/cong-bang"

type fairnessPage struct {
	Layout
	Month          market.Month
	Pick           *Form
	Previous, Next string
	CSV            string
	Record         *market.Fairness // nil: nothing was recorded
	Kinds          []fairnessKind
	Thin           string // the steps of which no figure at all can be told
	Nights         []nightRow
	Engines        string
}

// fairnessKind is the table of one kind of groups.
type fairnessKind struct {
	Title, Note string
	Rows        []fairnessRow
}

type fairnessRow struct {
	Name  string
	Total bool
	Cells []fairnessCell
}

// fairnessCell is one count with its share of those the group could have had; Label names the column on a phone.
type fairnessCell struct{ Label, Count, Share string }

type nightRow struct {
	On                                 market.Date
	Gini, NeverShown, NoCapacity, Loss string
}

// showFairness shows what became of the people of each group in a month, as recorded; "?dang=csv" gives it as a file.
func (s *Server) showFairness(v *visit) error {
	f := v.blank(0, map[string][]string{"thang": {v.Query("thang")}})
	month := v.reportMonth(f)
	page := &fairnessPage{Layout: v.layout("fairness.title", month), Month: month, Pick: f}
	page.Wide = true
	here := fairnessPath + "?thang="
	page.Previous, page.CSV = here+string(month.Add(-1)), here+string(month)+"&dang=csv"
	if next := month.Add(1); next <= v.today.Month() {
		page.Next = here + string(next)
	}
	record, err := s.Desk.Fairness(v.ctx, v.actor, month)
	if absent(err) != nil {
		return err
	}
	if err == nil {
		if v.Query("dang") == "csv" {
			return v.sendFairnessCSV(record)
		}
		page.Record, page.Engines = &record, strings.Join(record.Engines, ", ")
		page.fill(v, record)
	}
	return v.render("quan-tri-cong-bang", f.status(), page)
}

func (p *fairnessPage) fill(v *visit, record market.Fairness) {
	for _, kind := range market.FairnessKinds {
		k := fairnessKind{Title: v.T("fairness.kind." + kind)}
		for _, g := range record.Kind(kind) {
			k.Rows = append(k.Rows, v.fairnessRow(p.Layout, g))
		}
		if len(k.Rows) > 1 {
			p.Kinds = append(p.Kinds, k)
		}
	}
	p.dropThin(v, record)
	value := func(n int) string {
		if n < 0 {
			return v.T("fairness.not_reckoned")
		}
		return v.number(int64(n))
	}
	people := func(n int) string {
		if n >= 0 && n < fewest {
			return v.T("fairness.few")
		}
		return value(n)
	}
	for i := len(record.Nights) - 1; i >= 0; i-- {
		n := record.Nights[i]
		row := nightRow{On: n.On, Gini: v.T("fairness.not_reckoned"), NeverShown: value(n.NeverShown), NoCapacity: people(n.NoCapacity), Loss: v.T("fairness.not_reckoned")}
		if n.Gini >= 0 {
			row.Gini = decimal(v.lang, strconv.FormatFloat(float64(n.Gini)/100, 'f', 2, 64))
		}
		if n.Loss >= 0 {
			row.Loss = p.Percent(float64(n.Loss) / 1000)
		}
		p.Nights = append(p.Nights, row)
	}
}

// dropThin takes out the columns that hide every figure, and names them once instead.
func (p *fairnessPage) dropThin(v *visit, record market.Fairness) {
	told := make([]bool, len(market.Stages))
	for _, kind := range market.FairnessKinds {
		for _, g := range record.Kind(kind) {
			for i, c := range g.Cells {
				told[i] = told[i] || !c.Hidden
			}
		}
	}
	var thin []string
	for i, stage := range market.Stages {
		if !told[i] {
			thin = append(thin, lowerFirst(v.T("fairness.stage."+stage)))
		}
	}
	p.Thin = strings.Join(thin, ", ")
	for _, k := range p.Kinds {
		for n := range k.Rows {
			var cells []fairnessCell
			for i, cell := range k.Rows[n].Cells {
				if told[i] {
					cells = append(cells, cell)
				}
			}
			k.Rows[n].Cells = cells
		}
	}
}

func (v *visit) fairnessRow(l Layout, g market.MaskedGroup) fairnessRow {
	row := fairnessRow{Name: v.groupName(g.Kind + ":" + g.Code), Total: g.Code == ""}
	for i, c := range g.Cells {
		cell := fairnessCell{Label: v.T("fairness.stage." + market.Stages[i]), Count: v.T("fairness.hidden")}
		if !c.Hidden {
			cell.Count = v.number(int64(c.N))
		}
		if eligible := g.Cells[0]; i > 0 && !c.Hidden && !eligible.Hidden && eligible.N > 0 {
			cell.Share = l.Percent(float64(c.N) / float64(eligible.N))
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// groupName words a group "kind:code"; the code "" is everybody.
func (v *visit) groupName(group string) string {
	kind, code, _ := strings.Cut(group, ":")
	switch {
	case code == "":
		return v.T("fairness.everybody")
	case code == market.GroupUnsaid || code == market.GroupOther:
		return v.T("fairness." + code)
	case kind == "sex":
		return v.known("sex."+code, code)
	case kind == "disability":
		return v.T("fairness.disability_" + code)
	case kind == "ethnicity":
		return v.entry("dan-toc", code)
	case kind == "commune" && v.s.Tax.HasCommune(code):
		return v.place(market.Workplace{Commune: code})
	}
	return code
}

func (v *visit) sendFairnessCSV(record market.Fairness) error {
	var out bytes.Buffer
	if err := files.FairnessCSV(&out, record, v.groupName, v.T("fairness.hidden")); err != nil {
		return err
	}
	v.Set("Content-Type", "text/csv; charset=utf-8")
	v.Set("Content-Disposition", `attachment; filename="cong-bang-`+string(record.Month)+`.csv"`)
	return v.Send(out.Bytes())
}
