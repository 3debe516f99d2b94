package web

import (
	"net/url"
	"strings"

	"noiviec/internal/market"
)

const poolHome = peopleHome + "/danh-sach"

type poolsPage struct {
	Layout
	Rows   []poolRow
	Form   *Form
	Failed bool // the index does not answer: nothing is counted
}

// poolRow is one saved list as of now.
type poolRow struct {
	market.Pool
	Says    []string // its conditions in words
	Owner   string   // who shares it, "" for oneself
	Counted bool
	Count   int
	New     int
	Opened  bool // one has opened it before, so that new ones can be told
	Many    bool // too many people to tell who is new
	Mine    bool // one may change it
}

// showPools lists the saved searches, each counted as of now.
func (s *Server) showPools(v *visit) error { return s.renderPools(v, v.blank(0, nil)) }

func (s *Server) renderPools(v *visit, f *Form) error {
	pools, err := s.Desk.Pools(v.ctx, v.actor)
	if err != nil {
		return err
	}
	page := &poolsPage{Layout: v.layout("pools.title"), Form: f}
	for _, p := range pools {
		row, err := s.poolRow(v, p)
		if err != nil {
			return err
		}
		page.Failed = page.Failed || !row.Counted
		page.Rows = append(page.Rows, row)
	}
	return v.render("can-bo-ho-so-danh-sach", f.status(), page)
}

func (s *Server) poolRow(v *visit, p market.Pool) (poolRow, error) {
	row := poolRow{Pool: p, Mine: p.Owner == v.actor.User || v.actor.Role == market.Administrator}
	if p.Owner != v.actor.User {
		row.Owner = v.userName(p.Owner)
	}
	q, err := url.ParseQuery(p.Query)
	if err != nil {
		return row, nil
	}
	if text := strings.TrimSpace(q.Get("q")); text != "" {
		row.Says = append(row.Says, "“"+text+"”")
	}
	posting := s.poolPosting(v, q)
	if posting != nil {
		row.Says = append(row.Says, v.T("people.for", posting.Title))
	}
	for _, c := range v.peopleChips(q, posting) {
		row.Says = append(row.Says, c.Text)
	}
	ids, total, err := s.poolPeople(v, q)
	if err != nil {
		s.Log.Warn("a saved list is not counted", "pool", p.ID, "error", err)
		return row, nil
	}
	_, look, err := s.Desk.PoolFor(v.ctx, v.actor, p.ID)
	row.Counted, row.Count, row.Opened, row.New, row.Many = true, total, look.Opened(), look.NewSince(ids), total > market.MaxSeen
	return row, err
}

// poolPosting loads the posting a list was saved for, nil for none and for one that is gone.
func (s *Server) poolPosting(v *visit, q url.Values) *market.Posting {
	id := market.ID(q.Get(byTin))
	if !id.Valid() {
		return nil
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return nil
	}
	return &p
}

// poolPeople finds who is in a list now.
func (s *Server) poolPeople(v *visit, q url.Values) ([]market.ID, int, error) {
	if s.Index == nil {
		return nil, 0, market.Fail(market.Unavailable, "error.busy")
	}
	return s.Index.IDs(v.ctx, v.peopleQuery(q, s.poolPosting(v, q)), market.MaxSeen)
}

// savePool saves the conditions of the present search, or renames and shares a list that is there.
func (s *Server) savePool(v *visit) error {
	f := v.form()
	p := market.Pool{Name: f.Text("name"), Shared: f.Has("shared", "1"), Query: poolConditions(f.Text("query"))}
	if id := market.ID(f.Text("pool")); id != "" {
		p.ID, p.Rev, p.Query = id, max(f.Rev, 1), ""
	}
	if _, err := s.Desk.SavePool(v.ctx, v.actor, v.now, p); err != nil {
		if f.caught(err) {
			return s.renderPools(v, f)
		}
		return err
	}
	return v.done(poolHome, "notice.pool_saved")
}

// poolConditions keeps of an address what a list may hold, in one order.
func poolConditions(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	kept := url.Values{}
	for _, name := range poolNames() {
		if values := filled(q[name]); len(values) > 0 {
			kept[name] = values
		}
	}
	return kept.Encode()
}

// openPool remembers who is in a list as one opens it, and leads to it; those who were not there the last time are
// marked.
func (s *Server) openPool(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	p, _, err := s.Desk.PoolFor(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(p.Query)
	if err != nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	if ids, _, err := s.poolPeople(v, q); err != nil {
		s.Log.Warn("who is in a saved list is not remembered", "pool", id, "error", err)
	} else if _, err := s.Desk.LookAtPool(v.ctx, v.actor, v.now, id, ids); err != nil {
		return err
	}
	q.Set("ds", string(id))
	return v.done(peopleHome+"?"+q.Encode(), "")
}

// dropPool deletes a saved list; the people in it stay as they are.
func (s *Server) dropPool(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	if err := s.Desk.DropPool(v.ctx, v.actor, v.now, id, max(f.Rev, 1)); err != nil {
		if f.caught(err) {
			return s.renderPools(v, f)
		}
		return err
	}
	return v.done(poolHome, "notice.pool_dropped")
}

// openList names the saved list that is open, with what one has seen of it; one that is gone is not said.
func (s *Server) openList(v *visit, page *peoplePage, q url.Values) (market.PoolLook, error) {
	id := market.ID(q.Get("ds"))
	if !id.Valid() {
		return market.PoolLook{}, nil
	}
	p, look, err := s.Desk.PoolFor(v.ctx, v.actor, id)
	if market.KindOf(err) == market.NotFound {
		return look, nil
	}
	page.List = &p
	return look, err
}
