package web

import (
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
)

const accountsPath = "/quan-tri/tai-khoan"

type accountListPage struct {
	Layout
	Form  *Form
	Roles Field
	Items []accountRow
	Next  string
}

type accountRow struct {
	User  market.User
	Href  string
	State string
}

// Accounts are read in pages; a search looks through at most accountLooks of them at a time.
const (
	accountsPerPage = 30
	accountLooks    = 5000
)

// showAccounts lists accounts by their log-in, of one role or of all, found by a part of name or log-in.
func (s *Server) showAccounts(v *visit) error {
	f := v.blank(0, map[string][]string{"tim": {v.Query("tim")}, "vai": {v.Query("vai")}})
	q := s.by("users_by_login")
	if role := f.Text("vai"); role != "" {
		q = s.by("users_by_role", role)
	}
	q.After, q.Limit = v.Query("sau"), accountsPerPage
	page := &accountListPage{Layout: v.layout("accounts.title"), Form: f}
	page.Roles = f.Choose("vai", "accounts.role", append([]Option{{Text: v.T("accounts.all")}}, v.roleOptions()...))
	wanted := taxonomy.Fold(f.Text("tim"))
	if wanted != "" {
		q.Limit = 200
	}
	for looked := 0; looked < accountLooks && len(page.Items) < accountsPerPage; {
		found, err := store.Find[market.User](v.ctx, s.Store, q)
		if err != nil {
			return err
		}
		looked += len(found.Items)
		for _, u := range found.Items {
			if strings.Contains(taxonomy.Fold(u.Name+" "+u.Login), wanted) {
				page.Items = append(page.Items, accountRow{u, accountsPath + "/" + string(u.ID), v.accountState(u)})
			}
		}
		if q.After, page.Next = found.Next, ""; found.Next == "" {
			break
		}
		page.Next = v.link("sau", found.Next)
	}
	return v.render("quan-tri-tai-khoan", 200, page)
}

func (v *visit) roleOptions() []Option {
	var codes []string
	for _, r := range market.Roles {
		codes = append(codes, string(r))
	}
	return v.options("role", codes)
}

// accountState says in words whether somebody can log in.
func (v *visit) accountState(u market.User) string {
	switch {
	case u.Disabled:
		return v.T("account.disabled")
	case u.Password == "":
		return v.T("account.no_password")
	case v.now.Before(u.LockedTill):
		return v.T("account.locked")
	case u.Role.Staff() && !u.TOTPOn && !u.Demo:
		return v.T("account.no_factor")
	}
	return v.T("account.open")
}
