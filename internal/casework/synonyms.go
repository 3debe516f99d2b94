package casework

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

// Missed is one text that found no job, or only nearly, as often as it came since the last count.
type Missed struct {
	Text   string
	Count  int
	Nearly bool
	Maybe  []string // the names that were offered instead
}

// mostDigits is up to how many digits a text may have to be kept: a phone number has ten, an identity number nine or
// twelve. An amount written out in full ("10.000.000") is lost with them, which costs nothing.
const mostDigits = 7

// mostMaybe bounds the offered names that are kept.
const mostMaybe = 3

// MissedText gives a text as it is kept and compared: small letters, single spaces, marks as typed, cut to
// market.MaxPhrase letters. One that may hold a phone number, an identity number, an e-mail or an address of the web is
// never kept: ok is false, as for one without letters.
func MissedText(text string) (kept string, ok bool) {
	kept = strings.ToLower(taxonomy.CleanLine(text))
	digits, letters := 0, 0
	for _, r := range kept {
		if unicode.IsDigit(r) || unicode.IsNumber(r) {
			digits++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if digits > mostDigits || letters == 0 || strings.ContainsAny(kept, "@＠") || webAddress(kept) {
		return "", false
	}
	if runes := []rune(kept); len(runes) > market.MaxPhrase {
		kept = strings.TrimSpace(string(runes[:market.MaxPhrase]))
	}
	return kept, true
}

// MissedJob is MissedText for what was typed into the search for jobs, where nobody meant to leave a person's name: one
// that seems to hold a name is not kept either.
func MissedJob(text string) (kept string, ok bool) {
	if kept, ok = MissedText(text); !ok || taxonomy.Default().PersonName(kept) {
		return "", false
	}
	return kept, true
}

// webAddress reports whether a word looks like the name of a machine: "ten.com", "www.…", "gmail.com".
func webAddress(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		for _, end := range []string{".com", ".vn", ".net", ".org", ".info"} {
			if strings.Contains(word, end) {
				return true
			}
		}
		return strings.HasPrefix(word, "www.") || strings.Contains(word, "://")
	})
}

// RecordMissed adds to the counts of searches that found nothing. It is no decision of a person and leaves no audit
// entry. When the centre has market.MaxMissed of them, the rarest makes room for a new one.
func (d *Desk) RecordMissed(ctx context.Context, centre market.ID, now time.Time, missed []Missed) error {
	for _, m := range missed {
		text, ok := MissedJob(m.Text)
		if !ok || m.Count <= 0 {
			continue
		}
		if err := d.recordMissed(ctx, market.SystemActor(centre), now, text, m); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) recordMissed(ctx context.Context, actor market.Actor, now time.Time, text string, m Missed) error {
	return d.decide(ctx, func(c *changes) error {
		id := market.MissedID(actor.Centre, text)
		doc, err := get[market.MissedSearch](ctx, d, actor, id)
		if isNotFound(err) {
			doc = market.MissedSearch{Meta: fresh(actor.Centre, now), Text: text, State: market.MissedOpen}
			doc.ID = id
			err = d.makeRoom(ctx, c, actor)
		}
		if err != nil {
			return err
		}
		doc.Count += m.Count
		doc.Last, doc.Nearly, doc.Maybe = market.DateOf(now), m.Nearly, slices.Clone(m.Maybe[:min(len(m.Maybe), mostMaybe)])
		c.put(&doc)
		return nil
	})
}

// makeRoom drops the rarest missed search when there are as many as there may be.
func (d *Desk) makeRoom(ctx context.Context, c *changes, actor market.Actor) error {
	total := 0
	for _, state := range []market.MissedState{market.MissedOpen, market.MissedIgnored} {
		n, err := store.Count[market.MissedSearch](ctx, d.st, missedBy(actor, state))
		if err != nil {
			return err
		}
		total += n
	}
	if total < market.MaxMissed {
		return nil
	}
	rarest, err := store.First[market.MissedSearch](ctx, d.st, missedBy(actor, market.MissedOpen))
	if isNotFound(err) {
		rarest, err = store.First[market.MissedSearch](ctx, d.st, missedBy(actor, market.MissedIgnored))
	}
	if err == nil {
		c.drop(&rarest)
	}
	return err
}

func missedBy(actor market.Actor, state market.MissedState) store.Query {
	return store.Query{Centre: actor.Centre, Index: "missed_by_count", Equal: []any{state}}
}

// MoveMissed puts a missed search aside, or back on the list.
func (d *Desk) MoveMissed(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, to market.MissedState) error {
	if err := market.Can(actor, market.WriteWords, market.Subject{Centre: actor.Centre}); err != nil {
		return err
	}
	if to != market.MissedOpen && to != market.MissedIgnored {
		return market.Bad("answer", "error.request")
	}
	return d.decide(ctx, func(c *changes) error {
		doc, err := get[market.MissedSearch](ctx, d, actor, id)
		if err != nil {
			return err
		}
		if err := seen(&doc, rev); err != nil {
			return err
		}
		from := doc.State
		doc.State = to
		c.put(&doc)
		c.note(actor, now, "missed."+string(to), &doc, string(from), string(to), "")
		return nil
	})
}

// AddSynonym lets a phrase stand for a skill, an occupation or a certificate, and takes the missed search of the same
// words off the list. A phrase that stands for it already is a Conflict "error.synonym.exists".
func (d *Desk) AddSynonym(ctx context.Context, actor market.Actor, now time.Time, phrase, kind, of string) (market.Synonym, error) {
	s := market.Synonym{Meta: fresh(actor.Centre, now), Kind: kind, Of: of, By: actor.User}
	if err := market.Can(actor, market.WriteWords, market.Subject{Centre: actor.Centre}); err != nil {
		return s, err
	}
	s.Phrase = strings.ToLower(taxonomy.CleanLine(phrase))
	s.ID = market.SynonymID(actor.Centre, taxonomy.Exact(s.Phrase), kind, of)
	if err := s.Validate(d.tax); err != nil {
		return s, err
	}
	if _, ok := MissedText(s.Phrase); !ok {
		return s, market.Bad("phrase", "error.synonym.phrase")
	}
	if _, err := d.tax.With([]taxonomy.Synonym{{Phrase: s.Phrase, Kind: taxonomy.ConceptKind(kind), ID: of}}); err != nil {
		return s, &market.Error{Kind: market.Invalid, Field: "phrase", Key: "error.synonym.phrase", Cause: err}
	}
	err := d.decide(ctx, func(c *changes) error {
		if _, err := get[market.Synonym](ctx, d, actor, s.ID); err == nil {
			return market.Fail(market.Conflict, "error.synonym.exists", s.Phrase)
		} else if !isNotFound(err) {
			return err
		}
		n, err := store.Count[market.Synonym](ctx, d.st, store.Query{Centre: actor.Centre, Index: "synonyms_by_time"})
		if err != nil {
			return err
		}
		if n >= market.MaxSynonyms {
			return market.Fail(market.Conflict, "error.synonym.many", market.MaxSynonyms)
		}
		s.Rev = 0
		c.put(&s)
		c.note(actor, now, "synonym.add", &s, "", kind+":"+of, s.Phrase)
		missed, err := get[market.MissedSearch](ctx, d, actor, market.MissedID(actor.Centre, s.Phrase))
		if isNotFound(err) {
			return nil
		}
		if err == nil {
			c.drop(&missed)
		}
		return err
	})
	return s, err
}

// DropSynonym takes a phrase back.
func (d *Desk) DropSynonym(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64) (market.Synonym, error) {
	var s market.Synonym
	if err := market.Can(actor, market.WriteWords, market.Subject{Centre: actor.Centre}); err != nil {
		return s, err
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if s, err = get[market.Synonym](ctx, d, actor, id); err != nil {
			return err
		}
		if err := seen(&s, rev); err != nil {
			return err
		}
		c.drop(&s)
		c.note(actor, now, "synonym.drop", &s, s.Kind+":"+s.Of, "", s.Phrase)
		return nil
	})
	return s, err
}
