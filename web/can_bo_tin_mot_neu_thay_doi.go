package web

import "noiviec/internal/market"

// postingIfPage is how many people could take one vacancy today, who is kept out by what, and what one change would
// add or take.
type postingIfPage struct {
	Layout
	Posting  market.Posting
	Back     string
	WhatIf   market.WhatIf
	Groups   []supposedGroup
	Drops    []chanceLine
	FitScore int
}

// showPostingIf counts the people for one vacancy and what each single change would do.
func (s *Server) showPostingIf(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return err
	}
	if err := v.can(market.CheckPosting, market.Subject{Centre: p.Centre, Employer: p.Employer}); err != nil {
		return err
	}
	x, err := s.Engine.PostingWhatIf(v.ctx, p)
	if err != nil {
		return err
	}
	page := &postingIfPage{Layout: v.layout("if.title"), Posting: p, Back: checkHome + "/" + string(p.ID), WhatIf: x, FitScore: market.FitScore,
		Groups: v.supposals(x, nil, ""), Drops: v.chanceLines(market.ForPosting, x.Now)}
	return v.render("can-bo-tin-mot-neu-thay-doi", 200, page)
}
