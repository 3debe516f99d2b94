package main

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestTwoBrowsers lets two counsellors decide about one pair at once: one decision stands, the other is told.
func TestTwoBrowsers(t *testing.T) {
	bothStores(t, "40", "8", func(t *testing.T, p *program) {
		p.start()
		running := true
		defer func() {
			if running {
				p.stop()
			}
		}()
		p.loginAs("left", "canbo")
		p.loginAs("right", "canbo")
		forms := map[string]url.Values{"left": {"answer": {"approve"}}, "right": {"answer": {"reject"}, "reason": {market.RefusalReasons[0]}}}
		p.until("suggestions", func() bool {
			page, _ := p.read("left", "/can-bo/ghep")
			return strings.Contains(page, `method="post" action="/can-bo/ghep?`)
		})
		for _, who := range []string{"left", "right"} {
			forms[who] = p.fill(who, "/can-bo/ghep", "/can-bo/ghep", forms[who])
		}
		posting, worker := market.ID(forms["left"].Get("posting")), market.ID(forms["left"].Get("worker"))
		if forms["right"].Get("posting") != string(posting) || forms["right"].Get("worker") != string(worker) {
			t.Fatal("the two browsers look at different pairs")
		}
		var wait sync.WaitGroup
		var mu sync.Mutex
		told := 0
		for who, form := range forms {
			wait.Go(func() {
				_, code, page := p.post(who, "/can-bo/ghep", form)
				mu.Lock()
				defer mu.Unlock()
				if code != http.StatusOK || strings.Contains(page, "⟦") {
					t.Errorf("%s: %d\n%.400s", who, code, page)
				}
				if strings.Contains(page, "Quyết định vừa gửi không được ghi") {
					told++
				}
			})
		}
		wait.Wait()
		if told != 1 {
			t.Errorf("%d were told that somebody decided before them, want one", told)
		}
		p.stop()
		running = false
		p.records(func(e *env) {
			m := must[market.Match](t)(store.Get[market.Match](e.ctx, e.st, centreID, market.MatchID(posting, worker)))
			audit := must[store.Page[market.AuditEntry]](t)(store.Find[market.AuditEntry](e.ctx, e.st, store.Query{Centre: centreID, Index: "audit_by_document", Equal: []any{m.ID}}))
			if m.Rev != 1 || len(audit.Items) != 1 || audit.Items[0].To != string(m.State) {
				t.Errorf("the match is %s at revision %d with %d audit entries, want one decision", m.State, m.Rev, len(audit.Items))
			}
		})
	})
}

// TestBadForms sends an employer's form that cannot be taken: each time it comes back with a message at the
// field and with everything that was typed, and nothing is stored.
func TestBadForms(t *testing.T) {
	t.Parallel()
	p := newProgram(t, false, "20", "8")
	p.start()
	defer func() { p.stop() }()
	p.login("congty")
	good := url.Values{"title": {norm.NFD.String("Thợ điện lạnh Mường Thanh")}, "openings": {"2"}, "province": {"11"}, "pay": {"8 - 10 triệu"}, "text": {norm.NFD.String("Việc thử có dấu rời")}, "then": {"submit"}}
	for name, c := range map[string]struct{ field, value string }{
		"a title of 300 letters":            {"title", strings.Repeat("ệ", 300)},
		"pay abc":                           {"pay", "abc"},
		"pay nobody means":                  {"pay", "78 - 13 triệu"},
		"a past deadline":                   {"deadline", "2020-01-31"},
		"a deadline that is no day":         {"deadline", "31/02/2027"},
		"a commune that no longer exists":   {"commune", "03124"},
		"a commune that is none":            {"commune", "mường thanh"},
		"a commune of another province":     {"commune", "00004"},
		"no title":                          {"title", "  "},
		"openings in words":                 {"openings", "hai"},
		"no openings":                       {"openings", "0"},
		"a skill nobody knows":              {"must", "xyzzy plugh"},
		"an occupation nobody knows":        {"occupation", "xyzzy plugh"},
		"bytes that are no text":            {"pay", "\xff\xfe<script>alert(1)</script>"},
		"a benefit that is not in the list": {"benefits", "gold"},
	} {
		t.Run(name, func(t *testing.T) {
			form := maps.Clone(good)
			form[c.field] = []string{c.value}
			form = p.fill("congty", "/nha-tuyen-dung/tin-moi", "/nha-tuyen-dung/tin-moi", form)
			_, code, page := p.post("congty", "/nha-tuyen-dung/tin-moi", form)
			if code != http.StatusUnprocessableEntity && code != http.StatusBadRequest && code != http.StatusConflict {
				t.Fatalf("answered %d, want a refusal:\n%.300s", code, page)
			}
			if !strings.Contains(page, `action="/nha-tuyen-dung/tin-moi"`) || strings.Contains(page, "⟦") || strings.Contains(page, "<script>alert") {
				t.Errorf("the form does not come back, or has no words:\n%.1500s", page)
			}
			text := html.UnescapeString(page)
			for _, field := range []string{"title", "pay", "text"} {
				typed := strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(form.Get(field), "\uFFFD")))
				if !strings.Contains(text, typed) {
					t.Errorf("what was typed as %s is lost: %q", field, typed)
				}
			}
		})
	}
	t.Run("nothing was stored", func(t *testing.T) {
		page, _ := p.read("congty", "/nha-tuyen-dung")
		if strings.Contains(norm.NFC.String(page), "Mường Thanh") {
			t.Error("a refused form made a vacancy")
		}
	})
	t.Run("decomposed letters are the same words", func(t *testing.T) {
		p.send("congty", "/nha-tuyen-dung/tin-moi", "/nha-tuyen-dung/tin-moi", maps.Clone(good))
		page, _ := p.read("congty", "/nha-tuyen-dung")
		if !strings.Contains(page, "Thợ điện lạnh Mường Thanh") {
			t.Errorf("the vacancy is not there in composed letters:\n%.800s", page)
		}
	})
	t.Run("a person's name of 300 letters", func(t *testing.T) {
		p.browser("nobody")
		form := p.fill("nobody", "/dang-ky", "/dang-ky", url.Values{"name": {strings.Repeat("Nguyễn", 50)}, "phone": {"0900000123"}, "consent": {"on"}})
		_, code, page := p.post("nobody", "/dang-ky", form)
		if code == http.StatusOK || !strings.Contains(page, strings.Repeat("Nguyễn", 50)) || strings.Contains(page, "⟦") {
			t.Errorf("answered %d, want a refusal with the name still there", code)
		}
	})
}
