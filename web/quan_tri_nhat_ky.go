package web

import (
	"maps"
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

const auditPath = "/quan-tri/nhat-ky"

type auditPage struct {
	Layout
	Form   *Form
	Action Field
	Rows   []auditRow
	Next   string
}

// auditRow is one entry in words.
type auditRow struct {
	Entry                market.AuditEntry
	Who, WhoHref         string
	What, OfWhat, OfHref string
	Change, Reason       string
}

// The audit is read in pages; a filter that fits little looks through at most auditLooks entries at a time.
const (
	auditPerPage = 40
	auditLooks   = 4000
)

// showAudit lists what was decided, newest first, by day, person, action and document.
func (s *Server) showAudit(v *visit) error {
	f := v.blank(0, map[string][]string{"ngay": {v.Query("ngay")}, "nguoi": {v.Query("nguoi")}, "viec": {v.Query("viec")}, "ve": {v.Query("ve")}})
	q, fits := s.auditQuery(v, f)
	page := &auditPage{Layout: v.layout("audit.title"), Form: f}
	page.Action = f.Choose("viec", "audit.action", append([]Option{{Text: v.T("audit.all_actions")}}, v.auditActions()...))
	if !f.refused() {
		entries, next, err := s.audit(v, q, fits)
		if err != nil {
			return err
		}
		if page.Rows = v.auditRows(entries); next != "" {
			page.Next = v.link("sau", next)
		}
	}
	return v.render("quan-tri-nhat-ky", f.status(), page)
}

// auditQuery turns the filters into a query and a test for what the index cannot tell apart.
func (s *Server) auditQuery(v *visit, f *Form) (store.Query, func(market.AuditEntry) bool) {
	q := s.by("audit_by_time")
	if of := f.Text("ve"); of != "" {
		q = s.by("audit_by_document", s.auditSubject(v, of))
	}
	if day := f.Date("ngay"); day.Whole() {
		q.From, q.To = market.Stamp(day.Time()), market.Stamp(day.AddDays(1).Time().Add(-1))
	} else if day != "" {
		f.add(market.Bad("ngay", "error.date", string(day)))
	}
	q.Desc, q.After = true, v.Query("sau")
	var who *market.User
	name := strings.ToLower(f.Text("nguoi"))
	if name != "" && name != "may" {
		var err error
		if who, err = s.account(v, name); err != nil || who == nil {
			f.add(market.Bad("nguoi", "error.account.none", name))
		}
	}
	return q, func(e market.AuditEntry) bool {
		return (f.Text("viec") == "" || e.Action == f.Text("viec")) && (who == nil || e.Actor == who.ID) && (name != "may" || e.Role == market.System)
	}
}

// auditSubject reads which document is meant: an id, or the number of a referral.
func (s *Server) auditSubject(v *visit, text string) market.ID {
	r, err := store.First[market.Referral](v.ctx, s.Store, s.by("referrals_by_number", strings.ToUpper(text)))
	if err == nil {
		return r.ID
	}
	return market.ID(strings.ToLower(text))
}

// audit reads entries that fit until a page is full, and where to go on.
func (s *Server) audit(v *visit, q store.Query, fits func(market.AuditEntry) bool) (out []market.AuditEntry, next string, err error) {
	q.Limit = auditPerPage
	for looked := 0; looked < auditLooks && len(out) < auditPerPage; {
		found, err := store.Find[market.AuditEntry](v.ctx, s.Store, q)
		if err != nil {
			return nil, "", err
		}
		looked += len(found.Items)
		for _, e := range found.Items {
			if fits(e) {
				out = append(out, e)
			}
		}
		if q.After, next = found.Next, found.Next; next == "" {
			break
		}
	}
	return out, next, nil
}

// auditActions lists every action that has words, under what it is done to.
func (v *visit) auditActions() []Option {
	var out []Option
	for _, key := range slices.Sorted(maps.Keys(v.s.words[v.lang])) {
		action, ok := strings.CutPrefix(key, "act.")
		if !ok {
			action, ok = strings.CutPrefix(key, "event.")
		}
		if strings.HasPrefix(key, "event.") && v.s.words[v.lang]["act."+action] != "" {
			continue // the entry is worded by the other
		}
		if noun, _, _ := strings.Cut(action, "."); ok && v.s.words[v.lang]["noun."+noun] != "" {
			out = append(out, Option{Value: action, Text: v.T("noun."+noun) + ": " + v.T(key)})
		}
	}
	sortVietnamese(out)
	return out
}

// auditRows words entries; who did them is looked up once each.
func (v *visit) auditRows(entries []market.AuditEntry) []auditRow {
	people := map[market.ID]*market.User{}
	out := make([]auditRow, len(entries))
	for i, e := range entries {
		if _, known := people[e.Actor]; !known && e.Actor != "" {
			people[e.Actor] = nil
			if u, err := load[market.User](v, e.Actor); err == nil {
				people[e.Actor] = &u
			}
		}
		out[i] = v.auditRow(e, people[e.Actor])
	}
	return out
}

func (v *visit) auditRow(e market.AuditEntry, who *market.User) auditRow {
	noun, verb, _ := strings.Cut(e.Action, ".")
	row := auditRow{Entry: e, Who: v.word("role", string(e.Role)), What: v.auditVerb(e.Action), OfWhat: v.word("noun", noun) + " " + string(e.Of[:min(8, len(e.Of))])}
	if who != nil && who.Role.Staff() { // a seeker's or an employer's name is not repeated here
		row.Who = who.Name
	}
	if market.May(v.actor.Role, market.ManageAccounts) && who != nil {
		row.WhoHref = accountsPath + "/" + string(who.ID)
	}
	row.OfHref = v.auditHref(e)
	row.Change = v.auditChange(noun, e.From, e.To)
	switch reason := e.Reason; {
	case reason == "" || verb == "report":
	case noun == "declared" || noun == "plan":
		row.Reason = reason
	case v.s.words[v.lang]["refusal."+reason] != "":
		row.Reason = v.T("refusal." + reason)
	default: // what somebody wrote about a person or a firm stays in its document
		row.Reason = v.T("audit.note_kept")
	}
	return row
}

// auditVerb words an action; one without words shows its code.
func (v *visit) auditVerb(action string) string {
	for _, prefix := range []string{"act.", "event."} {
		if text := v.s.words[v.lang][prefix+action]; text != "" {
			return text
		}
	}
	return action
}

// word gives a code's words, or the code.
func (v *visit) word(prefix, code string) string {
	if text := v.s.words[v.lang][prefix+"."+code]; text != "" {
		return text
	}
	return code
}

// auditHref is the page of what was decided about, "" where there is none.
func (v *visit) auditHref(e market.AuditEntry) string {
	collection, id, _ := strings.Cut(e.Subject, "/")
	at := map[string]string{"postings": "/viec/", "referrals": "/can-bo/gioi-thieu/", "workers": "/can-bo/ho-so/", "declared": declaredPath + "/"}
	if market.May(v.actor.Role, market.ManageAccounts) {
		at["users"] = accountsPath + "/"
	}
	switch {
	case at[collection] != "":
		return at[collection] + id
	case collection == "plans":
		return planPath
	case collection == "centres":
		return centrePath
	}
	return ""
}

// auditChange words what was before and after: states, roles, figures.
func (v *visit) auditChange(noun, from, to string) string {
	before, after := v.auditValue(noun, from), v.auditValue(noun, to)
	if before == "" || after == "" {
		return before + after
	}
	return before + " → " + after
}

func (v *visit) auditValue(noun, value string) string {
	if noun == "declared" || noun == "plan" {
		return v.auditFigures(value)
	}
	for _, prefix := range []string{"state." + noun, "role", "account"} {
		if text := v.s.words[v.lang][prefix+"."+value]; text != "" {
			return text
		}
	}
	return ""
}

// auditFigures words "new_jobs.loan_fund.2018-04=215; …" as casework keeps figures in the audit.
func (v *visit) auditFigures(text string) string {
	names, err := v.lineNames()
	if err != nil || text == "" {
		return text
	}
	var out []string
	for part := range strings.SplitSeq(text, "; ") {
		what, count, _ := strings.Cut(part, "=")
		fields := strings.Split(what, ".")
		if n, err := moneyText(count); err == nil && len(fields) >= 2 {
			part = names(fields[0], fields[1]) + " " + v.number(n)
			if fields[1] == market.Total {
				part = v.T("indicator."+fields[0]) + " " + v.number(n)
			}
			if len(fields) > 2 {
				part += " (" + month(v.lang, market.Month(fields[2])) + ")"
			}
		}
		out = append(out, part)
	}
	return strings.Join(out, ", ")
}
