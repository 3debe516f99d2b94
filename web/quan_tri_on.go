package web

import (
	"noiviec/internal/market"
	"noiviec/internal/store"
)

// healthLine is one thing looked at: in order, or what is wrong and what to do.
type healthLine struct {
	OK   bool
	Text string
}

// health looks at what the service stands on, as "noiviec doctor" does, without writing anything.
func (v *visit) health(rows []jobRow) []healthLine {
	out := []healthLine{v.storeHealth(), v.indexHealth(), v.jobHealth(rows)}
	return append(out, v.accountHealth()...)
}

func (v *visit) storeHealth() healthLine {
	if err := v.s.Store.Ping(v.ctx); err != nil {
		return healthLine{false, v.T("health.store_silent")}
	}
	return healthLine{true, v.T("health.store")}
}

// indexHealth compares how many documents the index and the store have; the nightly job compares each.
func (v *visit) indexHealth() healthLine {
	x := v.s.Index
	if x == nil || x.NeedsRebuild() {
		return healthLine{false, v.T("health.index_missing")}
	}
	if err := x.SelfTest(); err != nil {
		return healthLine{false, v.T("health.index_words")}
	}
	postings, workers := x.Count()
	wantPostings, err := store.Count[market.Posting](v.ctx, v.s.Store, v.s.by("postings_by_state"))
	if err != nil {
		return healthLine{false, v.T("health.store_silent")}
	}
	wantWorkers, err := store.Count[market.Worker](v.ctx, v.s.Store, v.s.by("workers_by_state"))
	if err != nil {
		return healthLine{false, v.T("health.store_silent")}
	}
	if postings != wantPostings || workers != wantWorkers {
		return healthLine{false, v.T("health.index_differs", postings, wantPostings, workers, wantWorkers)}
	}
	return healthLine{true, v.T("health.index", postings, workers)}
}

func (v *visit) jobHealth(rows []jobRow) healthLine {
	failed := ""
	for _, row := range rows {
		if row.Last != nil && row.Last.Run.State == market.RunFailed {
			if failed != "" {
				failed += ", "
			}
			failed += v.word("job", row.Name)
		}
	}
	if failed != "" {
		return healthLine{false, v.T("health.jobs_failed", failed)}
	}
	return healthLine{true, v.T("health.jobs")}
}

// accountHealth counts administrators who can log in, and staff without a second factor.
func (v *visit) accountHealth() []healthLine {
	administrators, without, sample := 0, 0, 0
	for _, role := range []market.Role{market.Administrator, market.Counsellor} {
		q := v.s.by("users_by_role", role)
		q.Limit = 1000
		found, err := store.Find[market.User](v.ctx, v.s.Store, q)
		if err != nil {
			return []healthLine{{false, v.T("health.store_silent")}}
		}
		for _, u := range found.Items {
			switch {
			case u.Disabled || u.Password == "":
				continue
			case role == market.Administrator:
				administrators++
			}
			switch {
			case u.Demo && !u.TOTPOn:
				sample++
			case !u.TOTPOn:
				without++
			}
		}
	}
	out := []healthLine{{administrators > 1, v.T("health.one_administrator")}, {without == 0, v.T("health.no_factor", without)}}
	if administrators > 1 {
		out[0].Text = v.T("health.administrators", administrators)
	}
	switch {
	case without == 0 && sample == 0:
		out[1].Text = v.T("health.factors")
	case without == 0:
		out[1] = healthLine{false, v.T("health.factors_demo", sample)}
	}
	return out
}
