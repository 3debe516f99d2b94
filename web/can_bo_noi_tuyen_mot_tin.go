package web

import "noiviec/internal/market"

// firmPostingForm is the employer's form for a vacancy, on the staff's page of that employer.
func firmPostingForm(e market.Employer) postingForm {
	return postingForm{home: firmHome + "/" + string(e.ID), heading: e.Name}
}

// showFirmPosting gives the employer's own form for a vacancy, empty.
func (s *Server) showFirmPosting(v *visit) error {
	e, err := s.firm(v, market.WritePosting)
	if err != nil {
		return err
	}
	return s.renderPostingForm(v, v.blank(0, switchValues(market.Posting{})), firmPostingForm(e), market.Posting{State: market.PostingDraft, Employer: e.ID})
}

// saveFirmPosting stores a vacancy that staff wrote for an employer; it waits for its check as any other.
func (s *Server) saveFirmPosting(v *visit) error {
	e, err := s.firm(v, market.WritePosting)
	if err != nil {
		return err
	}
	return s.savePosting(v, v.form(), firmPostingForm(e), market.Posting{State: market.PostingDraft, Employer: e.ID})
}

// firmPosting loads an employer and one of its vacancies.
func (s *Server) firmPosting(v *visit) (market.Employer, market.Posting, error) {
	e, err := s.firm(v, market.WritePosting)
	if err != nil {
		return e, market.Posting{}, err
	}
	p, err := s.writablePosting(v, "tin")
	if err == nil && p.Employer != e.ID {
		err = market.Fail(market.NotFound, "error.not_found")
	}
	return e, p, err
}

// showFirmPostingEdit gives the form filled with a vacancy of the employer.
func (s *Server) showFirmPostingEdit(v *visit) error {
	e, p, err := s.firmPosting(v)
	if err != nil {
		return err
	}
	return s.renderPostingForm(v, v.blank(p.Rev, v.postingValues(p)), firmPostingForm(e), p)
}

// saveFirmPostingEdit stores a vacancy that staff changed for the employer.
func (s *Server) saveFirmPostingEdit(v *visit) error {
	e, p, err := s.firmPosting(v)
	if err != nil {
		return err
	}
	return s.saveStoredPosting(v, firmPostingForm(e), p)
}
