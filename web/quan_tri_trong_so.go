package web

import (
	"strconv"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/jobs"
)

const weightsPath = "/quan-tri/trong-so"

type weightsPage struct {
	Layout
	Version, Digest string
	Own             bool // those the program comes with
	Unused          bool // an approved set does not fit this engine
	Force           *market.WeightSet
	Parts           []weightRow
	Sets            []weightSetRow
	Next            string
}

// weightRow is one part's whole; Width is in per cent of the longest.
type weightRow struct {
	Name            string
	Today, Proposed int
	Change          string // "+3", "" for none
	Width           string
}

type weightSetRow struct {
	Set       market.WeightSet
	On        market.Date
	By, Moves string
}

// showWeights shows the weights in force and every set that was proposed.
func (s *Server) showWeights(v *visit) error {
	page := &weightsPage{Layout: v.layout("weights.title")}
	version, digest, parts, unused, err := jobs.WeightsToday(v.ctx, s.Store, s.Centre)
	if err != nil {
		return err
	}
	page.Version, page.Digest, page.Unused, page.Own = version, digest, unused != "", true
	for i := range parts {
		parts[i].Proposed = parts[i].Today
	}
	page.Parts = v.weightRows(parts)
	switch set, err := store.First[market.WeightSet](v.ctx, s.Store, s.by("weights_by_state", market.WeightsInForce)); {
	case err == nil && set.Digest == digest:
		page.Own, page.Force = false, &set
	case absent(err) != nil:
		return err
	}
	q := store.Query{Centre: s.Centre, Index: "weights_by_time", Desc: true, Limit: 20, After: v.Query("sau")}
	found, err := store.Find[market.WeightSet](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	for _, set := range found.Items {
		page.Sets = append(page.Sets, weightSetRow{Set: set, On: market.DateOf(set.RecordedAt), By: v.userName(set.DecidedBy), Moves: v.moves(set.Parts)})
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	return v.render("quan-tri-trong-so", 200, page)
}

func (v *visit) weightRows(parts []market.WeightChange) []weightRow {
	longest := 1
	for _, p := range parts {
		longest = max(longest, p.Today, p.Proposed)
	}
	var out []weightRow
	for _, p := range parts {
		row := weightRow{Name: v.word("part", p.Part), Today: p.Today, Proposed: p.Proposed, Width: strconv.Itoa(p.Proposed*100/longest) + "%"}
		if d := p.Proposed - p.Today; d > 0 {
			row.Change = "+" + strconv.Itoa(d)
		} else if d < 0 {
			row.Change = "−" + strconv.Itoa(-d)
		}
		out = append(out, row)
	}
	return out
}

// moves words what a set changes: "Lương 8 → 12, Nghề 20 → 16".
func (v *visit) moves(parts []market.WeightChange) string {
	var out []string
	for _, p := range parts {
		if p.Today != p.Proposed {
			out = append(out, v.T("weights.move", v.word("part", p.Part), p.Today, p.Proposed))
		}
	}
	if len(out) == 0 {
		return v.T("weights.moves_nothing")
	}
	return strings.Join(out, " · ")
}

type weightSetPage struct {
	Layout
	Set                     market.WeightSet
	Parts                   []weightRow
	Policies                []policyRow
	Groups                  []groupRow
	Reliable                []reliableRow
	Verdict, Moved, By, Off string
	Difference, Moves       string
	Beaten                  string // baselines that come out before the proposal in a figure
	Simulated, Worse        bool
	Form                    *Form
	Actions                 []Option
}

// policyRow is what one order of the lists comes to, worded.
type policyRow struct {
	Name                                            string
	Recall1, Recall5, Recall10, MRR, Coverage, Gini string
}

type groupRow struct {
	Name, Today, Proposed string
	N                     int
}

type reliableRow struct {
	Expected, Observed string
	N                  int
}

// showWeightSet shows one set with the figures that speak for and against it.
func (s *Server) showWeightSet(v *visit) error {
	set, err := s.weightSet(v)
	if err != nil {
		return err
	}
	return s.renderWeightSet(v, set, v.blank(set.Rev, nil))
}

func (s *Server) weightSet(v *visit) (market.WeightSet, error) {
	id, err := v.param("id")
	if err != nil {
		return market.WeightSet{}, err
	}
	return load[market.WeightSet](v, id)
}

func (s *Server) renderWeightSet(v *visit, set market.WeightSet, f *Form) error {
	p := &weightSetPage{Layout: v.layout("weights.one", market.DateOf(set.RecordedAt)), Set: set, Form: f, Parts: v.weightRows(set.Parts), By: v.userName(set.DecidedBy),
		Simulated: set.Source != market.FromRecords, Worse: len(set.Worse) > 0, Moves: v.moves(set.Parts)}
	p.Moved, p.Off = p.Percent(set.Moved), p.Percent(set.Off)
	p.Difference = v.T("weights.difference", v.figure(set.Difference), v.figure(set.Low), v.figure(set.High))
	switch {
	case p.Worse:
		var in []string
		for _, name := range set.Worse {
			in = append(in, v.T("weights.in."+strings.NewReplacer("@", "").Replace(name)))
		}
		p.Verdict = v.T("weights.worse", strings.Join(in, ", "))
	case set.Better:
		p.Verdict = v.T("weights.better")
	default:
		p.Verdict = v.T("weights.same")
	}
	for _, row := range set.Policies {
		p.Policies = append(p.Policies, policyRow{v.T("weights.policy." + row.Policy), p.Percent(row.Recall1), p.Percent(row.Recall5), p.Percent(row.Recall10),
			v.figure(row.MRR), p.Percent(row.Coverage), v.figure(row.Gini)})
	}
	for _, g := range set.Groups {
		p.Groups = append(p.Groups, groupRow{v.groupName(g.Group), v.figure(g.Today), v.figure(g.Proposed), g.N})
	}
	for _, r := range set.Reliable {
		p.Reliable = append(p.Reliable, reliableRow{p.Percent(r.Expected), p.Percent(r.Observed), r.N})
	}
	p.Beaten = v.beaten(set.Policies)
	p.Actions = v.weightActions(set)
	return v.render("quan-tri-trong-so-mot", f.status(), p)
}

// beaten names the baselines that find more of those hired than the proposal.
func (v *visit) beaten(list []market.PolicyFigures) string {
	var out []string
	for _, row := range list[min(2, len(list)):] {
		if p := list[0]; row.MRR > p.MRR || row.Recall5 > p.Recall5 || row.Recall10 > p.Recall10 {
			out = append(out, "“"+v.T("weights.policy."+row.Policy)+"”")
		}
	}
	return strings.Join(out, ", ")
}

// figure writes a share or an index with three decimals.
func (v *visit) figure(x float64) string {
	return decimal(v.lang, strings.Replace(strconv.FormatFloat(x, 'f', 3, 64), "-", "−", 1))
}

// weightActions are what an administrator may do with a set.
func (v *visit) weightActions(set market.WeightSet) []Option {
	var events []market.WeightsEvent
	switch set.State {
	case market.WeightsProposed:
		if events = append(events, market.WeightsReject); len(set.Worse) == 0 {
			events = append([]market.WeightsEvent{market.WeightsApprove}, events...)
		}
	case market.WeightsReplaced:
		events = append(events, market.WeightsReturn)
	case market.WeightsInForce:
		events = append(events, market.WeightsReplace)
	}
	var out []Option
	for _, e := range events {
		out = append(out, Option{Value: string(e), Text: v.T("weights.do." + string(e)), On: e == market.WeightsApprove || e == market.WeightsReturn})
	}
	return out
}

// decideWeights takes the decision about a set; lists are made anew with what is then in force.
func (s *Server) decideWeights(v *visit) error {
	set, err := s.weightSet(v)
	if err != nil {
		return err
	}
	f := v.form()
	event := market.WeightsEvent(f.Text("event"))
	if _, err := s.Desk.DecideWeights(v.ctx, v.actor, v.now, set.ID, f.Rev, event, f.Text("why")); err != nil {
		if f.caught(err) {
			return s.renderWeightSet(v, set, f)
		}
		return err
	}
	notice := "notice.weights_decided"
	if s.Runner != nil && event != market.WeightsReject {
		if err := s.Runner.Start(v.ctx, "match", "button", v.actor.User); err == nil {
			notice = "notice.weights_matching"
		}
	}
	return v.done(weightsPath, notice)
}
