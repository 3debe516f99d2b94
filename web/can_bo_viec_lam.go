package web

import (
	"net/url"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const (
	placementHome = "/can-bo/viec-lam"
	placementSize = 50
)

type placementsPage struct {
	Layout
	Month, From market.Month
	Channel     string
	Channels    []Option
	Total       int // as the report counts: without what was recorded in error
	Void        int
	Rows        []placementRow
	Form        *Form
	Previous    string
	Following   string
	Pager       Pager
}

// placementRow is one record behind a figure.
type placementRow struct {
	Placement                          market.Placement
	Href, Name, Title, Employer        string
	Channel, Place, Evidence, StateTag string
}

// showPlacements lists what a figure of the report is made of: ?thang=2026-11&kenh=in_province, and tu=2026-01 for the year so
// far. A row is a record, and the total is the figure.
func (s *Server) showPlacements(v *visit) error {
	if err := v.can(market.ReadPlacements, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	page := &placementsPage{Layout: v.layout("placements.title"), Month: v.today.Month(), Channel: v.Query("kenh"), Form: v.blank(0, nil)}
	page.Month, page.From = page.asked(v, "thang", page.Month), page.asked(v, "tu", "")
	if page.From == "" || page.From > page.Month {
		page.From = page.Month
	}
	channels, err := s.Desk.Channels(v.ctx, s.Centre)
	if err != nil {
		return err
	}
	page.Channels = []Option{{Text: v.T("placements.any_channel"), On: page.Channel == ""}}
	for _, c := range channels {
		page.Channels = append(page.Channels, Option{Value: c.Code, Text: v.channelName(c), On: c.Code == page.Channel})
	}
	page.Previous, page.Following = page.at(page.Month.First().AddDays(-1).Month()), page.at(page.Month.Last().AddDays(1).Month())
	if err := s.gatherPlacements(v, page); err != nil {
		return err
	}
	return v.render("can-bo-viec-lam", page.Form.status(), page)
}

// asked reads a month of the address; what is none is told at the field, and what was there before stays.
func (p *placementsPage) asked(v *visit, name string, otherwise market.Month) market.Month {
	typed := v.Query(name)
	if typed == "" {
		return otherwise
	}
	month, err := market.ParseMonth(name, typed)
	if p.Form.caught(err) {
		return otherwise
	}
	return month
}

// at gives the address of another month with the same channel.
func (p *placementsPage) at(month market.Month) string {
	q := url.Values{"thang": {string(month)}}
	if p.Channel != "" {
		q.Set("kenh", p.Channel)
	}
	return placementHome + "?" + q.Encode()
}

// gatherPlacements walks the months as the report does, counts, and keeps one page of rows.
func (s *Server) gatherPlacements(v *visit, page *placementsPage) error {
	from, q := (v.page()-1)*placementSize, store.Query{Centre: s.Centre, Index: "placements_by_month", From: page.From, To: page.Month, Limit: 1000}
	seen := 0
	for {
		found, err := store.Find[market.Placement](v.ctx, s.Store, q)
		if err != nil {
			return err
		}
		for _, p := range found.Items {
			if page.Channel != "" && p.Channel != page.Channel {
				continue
			}
			if p.State == market.PlacementVoid {
				page.Void++
			} else {
				page.Total++
			}
			if seen++; seen > from && len(page.Rows) < placementSize {
				row, err := v.placementRow(page.Layout, p)
				if err != nil {
					return err
				}
				page.Rows = append(page.Rows, row)
			}
		}
		if q.After = found.Next; q.After == "" {
			page.Pager = v.pager(seen, placementSize)
			return nil
		}
	}
}

func (v *visit) placementRow(l Layout, p market.Placement) (placementRow, error) {
	row := placementRow{Placement: p, Href: placementHome + "/" + string(p.ID), Place: v.place(market.Workplace{Commune: p.Commune}),
		Channel: v.channelWord(p.Channel), Evidence: l.Word("evidence", p.Evidence), StateTag: l.Word("state.placement", p.State)}
	w, err := load[market.Worker](v, p.Worker)
	if err != nil && market.KindOf(err) != market.NotFound {
		return row, err
	}
	row.Name = w.Name
	row.Title, row.Employer, err = v.workOf(p)
	return row, err
}

// channelWord names a channel by its code.
func (v *visit) channelWord(code string) string {
	return v.known("line.new_jobs."+code, code)
}

// channelName names a channel of the centre: in the report's words, or as the centre named its own.
func (v *visit) channelName(c market.Channel) string {
	if word := v.channelWord(c.Code); word != c.Code {
		return word
	}
	if v.lang == "en" && c.NameEN != "" {
		return c.NameEN
	}
	return c.NameVI
}
