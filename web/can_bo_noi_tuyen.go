package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

const (
	firmHome = "/can-bo/noi-tuyen"
	firmSize = 30
)

type firmsPage struct {
	Layout
	Text   string
	State  market.EmployerState
	States []facetOption
	Total  int
	Rows   []firmRow
	Pager  Pager // of a search
	Next   string
}

// firmRow is an employer in a list.
type firmRow struct {
	Employer            market.Employer
	Href, Place, Answer string
}

var firmStates = []market.EmployerState{market.EmployerPending, market.EmployerVerified, market.EmployerRefused, market.EmployerSuspended}

// showFirms lists employers of one state, or those whose name or tax code was asked for.
func (s *Server) showFirms(v *visit) error {
	if err := v.can(market.VerifyEmployer, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	page := &firmsPage{Layout: v.layout("firms.title"), Text: strings.TrimSpace(v.Query("q")), State: market.EmployerState(v.Query("trang-thai"))}
	if !slices.Contains(firmStates, page.State) {
		page.State = market.EmployerVerified
	}
	for _, state := range firmStates {
		n, err := store.Count[market.Employer](v.ctx, s.Store, s.by("employers_by_state", state))
		if err != nil {
			return err
		}
		page.States = append(page.States, facetOption{Value: firmHome + "?" + url.Values{"trang-thai": {string(state)}}.Encode(), Text: upperFirst(page.Word("state.employer", state)), Count: n, On: state == page.State && page.Text == ""})
		if state == page.State {
			page.Total = n
		}
	}
	if page.Text != "" {
		return s.searchFirms(v, page)
	}
	q := s.by("employers_by_state", page.State)
	q.Desc, q.Limit, q.After = true, firmSize, v.Query("sau")
	found, err := store.Find[market.Employer](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, e := range found.Items {
		page.Rows = append(page.Rows, v.firmRow(e))
	}
	return v.render("can-bo-noi-tuyen", 200, page)
}

// searchFirms finds a tax code by its index; names are read through: a province has some thousands of employers.
func (s *Server) searchFirms(v *visit, page *firmsPage) error {
	var found []market.Employer
	code := strings.ReplaceAll(page.Text, " ", "")
	byCode, err := store.First[market.Employer](v.ctx, s.Store, s.by("employers_by_tax_code", code))
	switch {
	case err == nil:
		found = append(found, byCode)
	case market.KindOf(err) != market.NotFound:
		return err
	default:
		words := strings.Fields(taxonomy.Fold(page.Text))
		err = store.Each(v.ctx, s.Store, s.Centre, func(e market.Employer) error {
			name := taxonomy.Fold(e.Name)
			if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(name, word) }) {
				found = append(found, e)
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b market.Employer) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	}
	page.Total, page.Pager = len(found), v.pager(len(found), firmSize)
	from := min(len(found), (v.page()-1)*firmSize)
	for _, e := range found[from:min(len(found), from+firmSize)] {
		page.Rows = append(page.Rows, v.firmRow(e))
	}
	return v.render("can-bo-noi-tuyen", 200, page)
}

func (v *visit) firmRow(e market.Employer) firmRow {
	row := firmRow{Employer: e, Href: firmHome + "/" + string(e.ID), Place: v.firmPlace(e), Answer: v.answers(e)}
	return row
}

// firmPlace words where an employer is.
func (v *visit) firmPlace(e market.Employer) string {
	place := v.place(market.Workplace{Commune: e.Commune})
	if place == "" {
		place = v.place(market.Workplace{Province: e.Province})
	}
	return place
}

// answers words how often an employer answers, once that is known.
func (v *visit) answers(e market.Employer) string {
	if _, known := e.AnswerRate(); known {
		return v.T("firms.answer", e.Answered, e.Asked)
	}
	return v.T("firms.answer_few")
}
