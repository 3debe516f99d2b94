package web

import (
	"strings"

	"noiviec/internal/market"
)

type meaningPage struct {
	Layout
	Phrase, Text string // what people say; what one looks for among the program's words
	Means        []meaning
	Form         *Form
}

// mostFound is how many meanings the page offers.
const mostFound = 12

// showMeaning lets one say what a phrase means: a skill, an occupation or a certificate looked for by name.
func (s *Server) showMeaning(v *visit) error {
	return s.renderMeaning(v, v.Query("cum"), v.Query("tim"), v.blank(0, nil))
}

func (s *Server) renderMeaning(v *visit, phrase, text string, f *Form) error {
	if err := v.can(market.WriteWords, market.Subject{Centre: s.Centre}); err != nil {
		return err
	}
	p := &meaningPage{Layout: v.layout("words.meaning_title"), Phrase: strings.TrimSpace(phrase), Text: strings.TrimSpace(text), Form: f}
	look := p.Text
	if look == "" {
		look = p.Phrase
	}
	p.Means = v.meanings(look, mostFound)
	return v.render("can-bo-tu-khoa-nghia", f.status(), p)
}

// addWord lets a phrase stand for what was chosen; the next search knows it.
func (s *Server) addWord(v *visit) error {
	f := v.form()
	kind, of, _ := strings.Cut(f.Text("means"), ":")
	phrase := f.Text("phrase")
	if _, err := s.Desk.AddSynonym(v.ctx, v.actor, v.now, phrase, kind, of); err != nil {
		if f.caught(err) {
			return s.renderMeaning(v, phrase, f.Text("tim"), f)
		}
		return err
	}
	s.refreshWords(v)
	return v.done(wordsHome, "notice.words_added")
}
