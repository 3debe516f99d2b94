package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"noiviec/internal/market"
)

// TestListLeadsOnAndBack reads a long list on, and from there back to its beginning.
func TestListLeadsOnAndBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 45 {
		s.another("Tin thứ mấy")
	}
	b := s.browser(market.EmployerRole)
	_, body := b.get(employerHome + "?lang=vi")
	on := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(body)
	if on == nil || strings.Contains(body, "Về đầu danh sách") {
		t.Fatalf("the first part leads nowhere, or back to itself: %v", on)
	}
	next := strings.ReplaceAll(on[1], "&amp;", "&")
	_, body = b.get(next)
	back := regexp.MustCompile(`href="([^"]+)"><svg class="i" aria-hidden="true"><use href="[^"]+"/></svg>Về đầu danh sách`).FindStringSubmatch(body)
	if back == nil {
		t.Fatal("the second part does not lead back")
	}
	at, err := url.Parse(strings.ReplaceAll(back[1], "&amp;", "&"))
	if err != nil || at.Path != employerHome || at.Query().Has("sau") {
		t.Errorf("back leads to %s, %v", back[1], err)
	}
}
