package web

import (
	"net/url"
	"slices"
	"strconv"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/search"
)

type postingPage struct {
	Layout
	Posting   market.Posting
	Card      card
	Ended     bool
	Must      []need
	Nice      []need
	Perks     []perk
	Text      []string // paragraphs
	Places    []string
	Ledger    *ledger
	Data      map[string]any // schema.org JobPosting, for search engines
	Answer    *Form          // nil for those who cannot say yes here
	Refusals  []Option
	Report    *Form
	Reporting Field
	Answers   string // how often the employer answers
	Back      string // the search the visitor came from
	Similar   []card
	Mine      *market.Referral // the job seeker's own running referral to it
	Refused   bool             // the job seeker said no to it
	Share     string           // a text message about it
	Address   string           // for the printed page
}

// need is one requirement, in words, with whether the visitor has it: "yes", "no" or "ask".
type need struct{ Text, Icon, Class, Have string }

// showPosting shows one vacancy. Only open ones are public; their employer and the staff see the others.
func (s *Server) showPosting(v *visit) error {
	p, err := s.posting(v)
	if err != nil {
		return err
	}
	page, err := s.postingPage(v, p, v.blank(0, nil))
	if err != nil {
		return err
	}
	return v.render("viec", 200, page)
}

// posting loads the posting of the address if this visitor may know of it.
func (s *Server) posting(v *visit) (market.Posting, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Posting{}, err
	}
	p, err := load[market.Posting](v, id)
	if err != nil {
		return p, err
	}
	public := []market.PostingState{market.PostingOpen, market.PostingPaused, market.PostingFilled, market.PostingClosed, market.PostingExpired}
	if !slices.Contains(public, p.State) || len(p.Reports) >= 2 {
		return p, v.canOr404(market.WritePosting, market.Subject{Centre: p.Centre, Employer: p.Employer})
	}
	return p, v.can(market.ReadPosting, market.Subject{Centre: p.Centre})
}

// canOr404 hides what the actor may not know of.
func (v *visit) canOr404(action market.Action, subject market.Subject) error {
	if v.can(action, subject) != nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	return nil
}

func (s *Server) postingPage(v *visit, p market.Posting, report *Form) (*postingPage, error) {
	worker, err := v.ownWorker()
	if err != nil {
		return nil, err
	}
	home := v.Query("xa")
	if worker != nil {
		home = worker.Commune
	}
	cards, err := s.cardsOf(v, []market.Posting{p}, home)
	if err != nil {
		return nil, err
	}
	page := &postingPage{
		Layout: v.layout("posting.page", p.Title), Posting: p, Card: cards[0], Ended: !p.Matchable(v.today),
		Perks: v.perks(p, len(market.Benefits)), Text: paragraphs(p.Text), Report: report, Ledger: v.ledger(p),
	}
	for _, w := range p.Workplaces {
		page.Places = append(page.Places, v.place(w))
	}
	page.Must, page.Nice = v.needs(p, worker)
	if !page.Ended {
		page.Data = v.jobPosting(p)
	}
	page.Address = v.BaseURL() + pathOf(p.ID)
	page.Share = v.T("posting.share_text", p.Title, page.Pay(p.Pay), page.Address)
	page.Back, page.Similar = v.backToSearch(), s.similar(v, p, home)
	page.Reporting = report.Choose("reason", "flag.reason", append([]Option{{Text: v.T("form.choose")}}, v.options("report_reason", casework.ReportReasons)...))
	if worker != nil && !page.Ended {
		page.Answer, page.Refusals, page.Refused = v.blank(0, nil), v.workerRefusals(), worker.Refused(p.ID)
	}
	if worker != nil {
		if page.Mine, err = v.ownReferralTo(p.ID); err != nil {
			return nil, err
		}
	}
	if p.Employer != "" {
		if e, err := load[market.Employer](v, p.Employer); err == nil {
			if rate, known := e.AnswerRate(); known {
				page.Answers = v.T("posting.answers", int(rate*10+0.5))
			}
		}
	}
	return page, nil
}

// ownReferralTo finds the job seeker's running referral to a posting, nil when there is none.
func (v *visit) ownReferralTo(id market.ID) (*market.Referral, error) {
	referrals, err := v.ownReferrals()
	for _, r := range referrals {
		if r.Posting == id && (r.Pending() || r.HoldsSeat()) {
			return &r, err
		}
	}
	return nil, err
}

// backToSearch gives the search that led here, with its filters; else the plain one.
func (v *visit) backToSearch() string {
	from, err := url.Parse(v.Get("Referer"))
	if err != nil || from.Host != string(v.Request().Host()) || from.Path != "/" {
		return "/"
	}
	return localPath(from.RequestURI(), "/")
}

// mostSimilar is how many other postings are offered under one.
const mostSimilar = 3

// similar finds other open postings of the same occupation; none when the index does not answer.
func (s *Server) similar(v *visit, p market.Posting, home string) []card {
	q := search.Query{Centre: s.Centre, Province: v.centre().Province, Kind: search.Posting, Today: v.today, Limit: mostSimilar + 1}
	if q.Text = p.Title; p.Occupation != "" {
		q.Text, q.Filters.Occupations = "", []string{p.Occupation}
	}
	found, err := s.find(v, q)
	if err != nil {
		return nil
	}
	var ids []market.ID
	for _, hit := range found.Hits {
		if hit.ID != p.ID && len(ids) < mostSimilar {
			ids = append(ids, hit.ID)
		}
	}
	cards, err := s.cards(v, ids, home)
	if err != nil {
		s.Log.Warn("similar postings", "posting", p.ID, "error", err)
	}
	return cards
}

// reportPosting takes a reader's warning.
func (s *Server) reportPosting(v *visit) error {
	p, err := s.posting(v)
	if err != nil {
		return err
	}
	if !s.limits.allow("report:"+v.IP(), 10, reportRefill, v.now) {
		return market.Fail(market.Unavailable, "error.login.slow")
	}
	f := v.form()
	if err := s.Desk.ReportPosting(v.ctx, v.actor, v.now, p.ID, f.Text("reason"), f.Text("text")); err != nil {
		if !f.caught(err) {
			return err
		}
		page, failed := s.postingPage(v, p, f)
		if failed != nil {
			return failed
		}
		return v.render("viec", f.status(), page)
	}
	return v.done(pathOf(p.ID), "notice.reported")
}

// ownWorker gives the job seeker's own profile, nil for everybody else.
func (v *visit) ownWorker() (*market.Worker, error) {
	if v.actor.Role != market.Seeker || v.actor.Subject == "" {
		return nil, nil
	}
	w, err := load[market.Worker](v, v.actor.Subject)
	if err != nil {
		return nil, err
	}
	return &w, nil
}

// needs words the requirements; with a worker it says which of them they have.
func (v *visit) needs(p market.Posting, w *market.Worker) (must, nice []need) {
	add := func(text string, welcome, have bool) {
		n := need{Text: text, Icon: "okc", Class: "q"}
		switch {
		case w == nil:
		case have:
			n.Class, n.Have = "yes", v.T("need.have")
		case welcome:
			n.Icon, n.Class, n.Have = "noc", "no", v.T("need.still")
		default:
			n.Icon, n.Class, n.Have = "askc", "ask", v.T("need.ask")
		}
		if welcome {
			nice = append(nice, n)
		} else {
			must = append(must, n)
		}
	}
	for _, r := range p.Requirements {
		add(v.requirement(r), r.Nice, w != nil && v.holds(w, r))
	}
	for _, l := range p.Languages {
		text := v.T("language." + l.Language)
		if l.Level > 0 {
			text += " · " + v.T("level.language."+strconv.Itoa(l.Level))
		}
		add(text, false, w != nil && slices.ContainsFunc(w.Languages, func(h market.HeldLanguage) bool { return h.Language == l.Language && h.Level >= l.Level }))
	}
	if p.MinSchooling != "" {
		add(v.T("need.schooling", v.entry("hoc-van", p.MinSchooling)), false, w != nil && w.Schooling >= p.MinSchooling)
	}
	if p.MinQualification != "" {
		add(v.T("need.qualification", v.entry("cmkt", p.MinQualification)), false, w != nil && w.Qualification >= p.MinQualification)
	}
	if p.MinMonths > 0 {
		add(v.T("need.months", p.MinMonths), false, w != nil && monthsWorked(w) >= p.MinMonths)
	}
	return must, nice
}

func (v *visit) requirement(r market.Requirement) string {
	if r.Kind == "certificate" {
		text := v.certificate(r.ID)
		if r.Level != "" {
			text += " " + r.Level
		}
		return text
	}
	text := v.skill(r.ID)
	if level := v.known("level.skill."+r.Level, ""); r.Level != "" && r.Level != "0" && level != "" {
		text += " · " + lowerFirst(level)
	}
	return text
}

// holds reports whether a worker has what is asked, a certificate still valid.
func (v *visit) holds(w *market.Worker, r market.Requirement) bool {
	if r.Kind == "certificate" {
		return slices.ContainsFunc(w.Certificates, func(c market.HeldCertificate) bool {
			return c.ValidOn(v.today) && v.s.Tax.Covers(c.ID, c.Level, r.ID, r.Level)
		})
	}
	level, _ := strconv.Atoi(r.Level)
	return slices.ContainsFunc(w.Skills, func(h market.HeldSkill) bool {
		return (h.ID == r.ID || v.s.Tax.Similarity(h.ID, r.ID) >= 0.9) && (h.Level == 0 || h.Level >= level)
	})
}

func monthsWorked(w *market.Worker) int {
	total := 0
	for _, spell := range w.History {
		total += spell.Months
	}
	return total
}
