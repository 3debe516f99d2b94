package web

import (
	"net/url"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

const wordsHome = "/can-bo/tu-khoa"

// Views of the desk in its address.
const (
	viewWords = "da-them"
	viewAside = "bo-qua"
	wordsSize = 30
)

type wordsPage struct {
	Layout
	Views    []Item
	Missed   []missedRow
	Synonyms []synonymRow
	Next     string
	InForce  bool // the list of synonyms, not of searches
	Aside    bool // the searches that were put aside
	Form     *Form
}

// missedRow is one text that found nothing, with what it may mean.
type missedRow struct {
	market.MissedSearch
	Said  string
	Href  string // to say what it means
	Means []meaning
}

// meaning is a skill, an occupation or a certificate that a phrase may stand for.
type meaning struct{ Value, Text string }

// synonymRow is one phrase in force.
type synonymRow struct {
	market.Synonym
	Means, Who string
}

// lexicon gives the words in force: those of the program and those that staff have added.
func (s *Server) lexicon() *taxonomy.Taxonomy {
	if s.Lexicon == nil {
		return s.Tax
	}
	return s.Lexicon.Tax()
}

// refreshWords puts a change in force before the page answers; where that fails the follower does it.
func (s *Server) refreshWords(v *visit) {
	if s.Lexicon == nil {
		return
	}
	if err := s.Lexicon.Refresh(v.ctx); err != nil {
		s.Log.Warn("synonyms are not in force yet", "err", err)
	}
}

// showWords lists the searches that found nothing, most frequent first; or the phrases in force.
func (s *Server) showWords(v *visit) error { return s.renderWords(v, v.blank(0, nil)) }

func (s *Server) renderWords(v *visit, f *Form) error {
	if err := v.can(market.WriteWords, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	view := v.Query("xem")
	p := &wordsPage{Layout: v.layout("words.title"), Form: f, InForce: view == viewWords, Aside: view == viewAside}
	if err := p.views(v, view); err != nil {
		return err
	}
	var err error
	if p.InForce {
		err = p.fillSynonyms(v)
	} else {
		err = p.fillMissed(v)
	}
	if err != nil {
		return err
	}
	return v.render("can-bo-tu-khoa", f.status(), p)
}

// missedIn asks for the searches of a state, most frequent first.
func (v *visit) missedIn(state market.MissedState) store.Query {
	q := v.s.by("missed_by_count", state)
	q.Desc, q.Limit, q.After = true, wordsSize, v.Query("sau")
	return q
}

func (p *wordsPage) views(v *visit, here string) error {
	open, err := store.Count[market.MissedSearch](v.ctx, v.s.Store, v.s.by("missed_by_count", market.MissedOpen))
	if err != nil {
		return err
	}
	aside, err := store.Count[market.MissedSearch](v.ctx, v.s.Store, v.s.by("missed_by_count", market.MissedIgnored))
	if err != nil {
		return err
	}
	added, err := store.Count[market.Synonym](v.ctx, v.s.Store, v.s.by("synonyms_by_time"))
	if err != nil {
		return err
	}
	p.Views = []Item{
		{Href: wordsHome, Text: v.T("words.view_missed", open), Here: !p.InForce && !p.Aside},
		{Href: wordsHome + "?xem=" + viewWords, Text: v.T("words.view_added", added), Here: p.InForce},
		{Href: wordsHome + "?xem=" + viewAside, Text: v.T("words.view_aside", aside), Here: p.Aside},
	}
	return nil
}

func (p *wordsPage) fillMissed(v *visit) error {
	state := market.MissedOpen
	if p.Aside {
		state = market.MissedIgnored
	}
	found, err := store.Find[market.MissedSearch](v.ctx, v.s.Store, v.missedIn(state))
	if err != nil {
		return err
	}
	for _, m := range found.Items {
		p.Missed = append(p.Missed, v.missedRow(m))
	}
	if found.Next != "" {
		p.Next = v.link("sau", found.Next)
	}
	return nil
}

// mostMeanings is how many meanings a row offers with one click.
const mostMeanings = 2

func (v *visit) missedRow(m market.MissedSearch) missedRow {
	row := missedRow{MissedSearch: m, Said: v.T("words.times", m.Count, m.Last), Href: meaningPath(m.Text)}
	for _, name := range append(slices.Clone(m.Maybe), m.Text) {
		for _, means := range v.meanings(name, 1) {
			if len(row.Means) < mostMeanings && !slices.Contains(row.Means, means) {
				row.Means = append(row.Means, means)
			}
		}
	}
	return row
}

func meaningPath(phrase string) string {
	return wordsHome + "/nghia?cum=" + url.QueryEscape(phrase)
}

func (p *wordsPage) fillSynonyms(v *visit) error {
	q := v.s.by("synonyms_by_time")
	q.Desc, q.Limit, q.After = true, wordsSize, v.Query("sau")
	found, err := store.Find[market.Synonym](v.ctx, v.s.Store, q)
	if err != nil {
		return err
	}
	for _, s := range found.Items {
		p.Synonyms = append(p.Synonyms, synonymRow{s, v.meaningWord(s.Kind, s.Of), v.userName(s.By)})
	}
	if found.Next != "" {
		p.Next = v.link("sau", found.Next)
	}
	return nil
}

// meanings gives what a text may stand for, best first.
func (v *visit) meanings(text string, limit int) []meaning {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	lex := v.s.lexicon()
	var out []meaning
	add := func(kind taxonomy.ConceptKind, of string) {
		m := meaning{string(kind) + ":" + of, v.meaningWord(string(kind), of)}
		if len(out) < limit && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	kinds := []taxonomy.ConceptKind{taxonomy.SkillConcept, taxonomy.OccupationConcept, taxonomy.CertificateConcept}
	for _, found := range lex.Suggest(taxonomy.SuggestQuery{Text: text, Kinds: kinds, Limit: limit}) {
		add(found.Kind, found.ID)
	}
	for _, found := range lex.FindOccupations(text, limit) {
		add(taxonomy.OccupationConcept, found.Code)
	}
	for _, found := range lex.FindSkills(text, limit) {
		add(taxonomy.SkillConcept, found.ID)
	}
	for _, found := range lex.FindCertificates(text, limit) {
		add(taxonomy.CertificateConcept, found.ID)
	}
	return out
}

// meaningWord words what a phrase stands for: "Thợ hàn (kỹ năng)".
func (v *visit) meaningWord(kind, of string) string {
	name := map[string]func(string) string{"skill": v.skill, "occupation": v.occupation, "certificate": v.certificate}[kind]
	if name == nil {
		return of
	}
	return v.T("words.kind_"+kind, name(of))
}

// moveMissed puts a search aside, or back on the list.
func (s *Server) moveMissed(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	to, back, notice := market.MissedIgnored, wordsHome, "notice.words_aside"
	if f.Text("answer") == "back" {
		to, back, notice = market.MissedOpen, wordsHome+"?xem="+viewAside, "notice.words_back"
	}
	if err := s.Desk.MoveMissed(v.ctx, v.actor, v.now, id, f.Rev, to); err != nil {
		if f.caught(err) {
			return s.renderWords(v, f)
		}
		return err
	}
	return v.done(back, notice)
}

// dropWord takes a phrase back.
func (s *Server) dropWord(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	f := v.form()
	if _, err := s.Desk.DropSynonym(v.ctx, v.actor, v.now, id, f.Rev); err != nil {
		if f.caught(err) {
			return s.renderWords(v, f)
		}
		return err
	}
	s.refreshWords(v)
	return v.done(wordsHome+"?xem="+viewWords, "notice.words_dropped")
}
