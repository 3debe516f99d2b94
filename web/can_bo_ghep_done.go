package web

import (
	"cmp"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// mostDecided bounds what is read of one state of a day; nobody decides more.
const mostDecided = 500

// decidedToday lists what this counsellor has approved and rejected today, the last first.
func (s *Server) decidedToday(v *visit) ([]decidedMatch, error) {
	var out []decidedMatch
	for _, state := range []market.MatchState{market.MatchApproved, market.MatchRejected} {
		q := s.by("matches_by_state", state)
		q.From, q.Desc, q.Limit = market.Stamp(dayStart(v.today)), true, mostDecided
		found, err := store.Find[decidedMatch](v.ctx, s.Store, q)
		if err != nil {
			return nil, err
		}
		for _, m := range found.Items {
			if m.DecidedBy == v.actor.User {
				out = append(out, m)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b decidedMatch) int { return cmp.Compare(b.RecordedAt.UnixMilli(), a.RecordedAt.UnixMilli()) })
	return out, nil
}

// dayStart is the first instant of a day where the centre is.
func dayStart(day market.Date) time.Time {
	t := day.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, market.Zone)
}

// decidedRow is one decision of today, with what is needed to take it back.
type decidedRow struct {
	decidedMatch
	Title, Name, Href string
}

func (s *Server) decidedRows(v *visit, matches []decidedMatch) ([]decidedRow, error) {
	out := make([]decidedRow, 0, len(matches))
	for _, m := range matches[:min(len(matches), 2*portion)] {
		row, err := s.decidedRow(v, m)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

func (s *Server) decidedRow(v *visit, m decidedMatch) (decidedRow, error) {
	row := decidedRow{decidedMatch: m, Href: reviewAsk{}.to(m.Posting, m.Worker)}
	p, err := load[market.Posting](v, m.Posting)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	w, err := load[market.Worker](v, m.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	row.Title, row.Name = p.Title, w.Name
	return row, nil
}

// justDecided says what became of the pair before this one.
type justDecided struct {
	decidedRow
	Text  string
	By    string // who was first, when that was somebody else
	Slip  string // address of the referral that was made
	Undo  bool
	First bool // somebody else was first
}

func (s *Server) justDecided(v *visit) (*justDecided, error) {
	id := market.ID(v.Query("vua"))
	if !id.Valid() || v.Method() != "GET" {
		return nil, nil
	}
	m, err := load[decidedMatch](v, id)
	if market.KindOf(err) == market.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	row, err := s.decidedRow(v, m)
	if err != nil {
		return nil, err
	}
	j := &justDecided{decidedRow: row, First: v.Query("truoc") != "", Text: v.T("state.match." + string(m.State))}
	if slip := market.ID(v.Query("phieu")); slip.Valid() {
		j.Slip, j.Text = "/can-bo/gioi-thieu/"+string(slip), v.T("review.referred")
	}
	j.Undo = !j.First && j.Slip == "" && m.State != market.MatchSuggested && m.DecidedBy == v.actor.User
	if j.First {
		if u, err := load[market.User](v, m.DecidedBy); err == nil && m.DecidedBy != v.actor.User {
			j.By = u.Name
		}
	}
	return j, nil
}
