package web

import (
	"slices"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const fitsShown = 3

// casePage is one person's file: who they are, what may be done now, what was done.
type casePage struct {
	Layout
	Form                      *Form
	Worker                    market.Worker
	Base, Home                string
	Wishes                    []caseWish
	Skills                    []caseSkill
	Certificates              []casePaper
	Mobility                  string
	Shift, Needs, Tongues     []string
	Barriers, Priority        []string
	Counsellor, RegisteredBy  string
	Mine, Withdrawn, Readable bool
	Moves                     []Option
	Withdraw                  bool
	Helpers, Kinds, Ways      Field
	ConsentBy, ConsentVersion string
	Fits                      []caseFit
	MoreFits                  int
	FitsOn                    market.Date
	Gains                     *gains
	JobsFor                   string // where jobs for the person are looked for
	NoCapacity                bool   // what fits is shown to enough others already
	Moments                   []moment
	Pager                     Pager
	Learned                   []learnedRow // what refusals taught
}

type caseWish struct{ Text, Pay string }

type caseSkill struct{ Name, Level, Evidence string }

// casePaper is a certificate with what is known of its validity.
type casePaper struct {
	Name, Number, Until, Checked string
	Expired, Soon                bool
}

// caseFit is a suggested posting with its reasons.
type caseFit struct {
	Posting  market.Posting
	Score    int
	Pay      string
	Place    string
	Reasons  []string
	Warning  string
	Moved    string // why it stands elsewhere than its score says
	Decided  string
	Review   string // the pair in the workbench
	Referred bool   // nothing is left to do here
}

// soonDays is when a certificate counts as about to run out.
const soonDays = 60

// showCase shows one person's file.
func (s *Server) showCase(v *visit) error {
	w, err := s.caseWorker(v, market.ReadWorker)
	if err != nil {
		return err
	}
	if w.State == market.WorkerMerged && w.AliasOf.Valid() {
		return v.to(peopleHome + "/" + string(w.AliasOf))
	}
	return s.renderCase(v, w, v.blank(w.Rev, nil))
}

// caseWorker loads the person of the address.
func (s *Server) caseWorker(v *visit, action market.Action) (market.Worker, error) {
	id, err := v.param("id")
	if err != nil {
		return market.Worker{}, err
	}
	w, err := load[market.Worker](v, id)
	if err != nil {
		return w, err
	}
	return w, v.can(action, market.Subject{Centre: w.Centre, Worker: w.ID, Commune: w.Commune})
}

// readable says whether a person may still be matched: who took the consent back, is another's duplicate or is
// anonymised may not.
func readable(w market.Worker) bool {
	return slices.Contains([]market.WorkerState{market.WorkerSeeking, market.WorkerPaused, market.WorkerEmployed}, w.State)
}

// matchedWorker loads the person of the address for a page that matches them.
func (s *Server) matchedWorker(v *visit) (market.Worker, error) {
	w, err := s.caseWorker(v, market.ReadWorker)
	if err == nil && !readable(w) {
		err = market.Fail(market.Conflict, "error.worker.not_available")
	}
	return w, err
}

func (s *Server) renderCase(v *visit, w market.Worker, f *Form) error {
	p := &casePage{Layout: v.layout("case.title", w.Name), Form: f, Worker: w, Base: peopleHome + "/" + string(w.ID), Home: v.home(w), JobsFor: jobsFor(w),
		Counsellor: v.userName(w.Counsellor), RegisteredBy: v.userName(w.RegisteredBy), ConsentBy: v.userName(w.Consent.By),
		Mine: w.Counsellor == v.actor.User, Withdrawn: w.State == market.WorkerWithdrawn}
	p.Title = w.Name
	p.Readable = readable(w)
	v.caseProfile(p)
	p.Learned = v.learnedRows(w)
	v.caseMoves(p)
	helpers, err := v.counsellors(w.Counsellor)
	if err != nil {
		return err
	}
	p.Helpers = f.Choose("counsellor", "case.hand_over", helpers)
	p.Kinds = f.Choose("kind", "case.kind", v.options("contact", market.ContactKinds))
	p.Ways, p.ConsentVersion = v.consentWays(f), consentVersion
	if p.Readable {
		if err := s.caseFits(v, p); err != nil {
			return err
		}
		if p.Gains, err = s.gains(v, w); err != nil {
			return err
		}
	}
	moments, err := v.timeline(w)
	if err != nil {
		return err
	}
	p.Pager = v.pager(len(moments), momentsSize)
	from := min(len(moments), (v.page()-1)*momentsSize)
	p.Moments = moments[from:min(len(moments), from+momentsSize)]
	return v.render("can-bo-ho-so-mot", f.status(), p)
}

// caseProfile words the profile.
func (v *visit) caseProfile(p *casePage) {
	w := p.Worker
	words := func(prefix string, codes []string) (out []string) {
		for _, code := range codes {
			out = append(out, v.known(prefix+code, code))
		}
		return out
	}
	for _, wish := range w.Wishes {
		line := caseWish{Text: v.wishWord(wish)}
		if wish.Pay.Known() {
			line.Pay = p.Pay(wish.Pay)
		}
		p.Wishes = append(p.Wishes, line)
		p.Shift = words("shift.", wish.Shift)
	}
	for _, skill := range w.Skills {
		line := caseSkill{Name: v.skill(skill.ID), Evidence: p.Word("evidence", skill.Evidence)}
		if skill.Level > 0 {
			line.Level = p.Word("level.skill", skill.Level)
		}
		p.Skills = append(p.Skills, line)
	}
	for _, c := range w.Certificates {
		line := casePaper{Name: v.certificate(c.ID), Number: c.Number, Until: p.Date(c.Expires), Checked: v.userName(c.CheckedBy), Expired: !c.ValidOn(v.today)}
		line.Soon = !line.Expired && c.Expires.Whole() && v.today.DaysUntil(c.Expires) <= soonDays
		p.Certificates = append(p.Certificates, line)
	}
	if w.Mobility.Kind != "" {
		p.Mobility = p.Word("mobility", w.Mobility.Kind)
		if w.Mobility.Kind == market.WithinKm && w.Mobility.Km > 0 {
			p.Mobility = v.T("case.within_km", w.Mobility.Km)
		}
	}
	p.Needs, p.Barriers, p.Priority = words("benefit.", w.Needs), words("barrier.", w.Barriers), words("priority.", w.Priority)
	for _, l := range w.Languages {
		p.Tongues = append(p.Tongues, p.Word("language", l.Language))
	}
}

// caseMoves offers what a counsellor may do with the file now; merging and anonymising are done elsewhere.
func (v *visit) caseMoves(p *casePage) {
	for _, event := range p.Worker.Events() {
		switch {
		case event == market.WorkerWithdraw:
			p.Withdraw = true
		case p.Withdrawn: // comes back by a new consent only
		case slices.Contains([]market.WorkerEvent{market.WorkerPause, market.WorkerResume, market.WorkerEmploy}, event):
			p.Moves = append(p.Moves, Option{Value: string(event), Text: v.T("case.move." + string(event))})
		}
	}
}

// counsellors lists who may follow a person, for handing over.
func (v *visit) counsellors(now market.ID) ([]Option, error) {
	out := []Option{{Value: "", Text: v.T("case.nobody"), On: now == ""}}
	for _, role := range []market.Role{market.Counsellor, market.Administrator} {
		found, err := store.Find[market.User](v.ctx, v.s.Store, store.Query{Centre: v.s.Centre, Index: "users_by_role", Equal: []any{role}, Limit: 500})
		if err != nil {
			return nil, err
		}
		for _, u := range found.Items {
			if !u.Disabled {
				out = append(out, Option{Value: string(u.ID), Text: u.Name, On: u.ID == now})
			}
		}
	}
	sortVietnamese(out[1:])
	return out, nil
}

// caseFits lists what the last run suggests to this person, with what was decided since.
func (s *Server) caseFits(v *visit, p *casePage) error {
	list, err := load[market.Suggestions](v, market.SuggestionsID(s.Centre, market.ForWorker, p.Worker.ID))
	if market.KindOf(err) == market.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	p.FitsOn, p.NoCapacity = list.On, list.NoCapacity
	referred, err := newest[market.Referral](v, "referrals_by_worker", p.Worker.ID)
	if err != nil {
		return err
	}
	most := fitsShown
	if v.Query("viec") == "het" {
		most = len(list.Items)
	}
	var places []int
	for i, item := range list.Items {
		if len(p.Fits) == most {
			p.MoreFits = len(list.Items) - i
			break
		}
		posting, err := load[market.Posting](v, item.Posting)
		if market.KindOf(err) == market.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		fit, err := v.caseFit(p.Layout, item, posting)
		if err != nil {
			return err
		}
		for _, r := range referred {
			if r.Posting == posting.ID && (r.Pending() || r.HoldsSeat()) {
				fit.Decided, fit.Referred = p.Word("state.referral", r.State), true
			}
		}
		p.Fits, places = append(p.Fits, fit), append(places, i)
	}
	if len(places) > 0 {
		v.showed(list, places[len(places)-1]+1, places...)
	}
	return nil
}

func (v *visit) caseFit(l Layout, item market.Suggestion, posting market.Posting) (caseFit, error) {
	fit := caseFit{Posting: posting, Score: item.Score, Pay: l.Pay(posting.Pay), Place: v.places(posting),
		Review: "/can-bo/ghep?tin=" + string(item.Posting) + "&nguoi=" + string(item.Worker)}
	for _, r := range item.Reasons[:min(2, len(item.Reasons))] {
		if text := v.reason(r); text != "" {
			fit.Reasons = append(fit.Reasons, upperFirst(text))
		}
	}
	if item.Moved != nil {
		fit.Moved = upperFirst(v.reason(*item.Moved))
	}
	if len(item.Warnings) > 0 {
		if text := v.reason(item.Warnings[0]); text != "" {
			fit.Warning = v.T("fitting.warning", text)
		}
	}
	m, err := load[market.Match](v, market.MatchID(item.Posting, item.Worker))
	if err != nil && market.KindOf(err) != market.NotFound {
		return fit, err
	}
	if err == nil && m.State != market.MatchSuggested {
		fit.Decided = l.Word("state.match", m.State)
		fit.Referred = m.State == market.MatchRejected || m.State == market.MatchStale
	}
	return fit, nil
}
