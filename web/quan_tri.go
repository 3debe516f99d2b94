package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

type runsPage struct {
	Layout
	Jobs []string
	Runs []runRow
	Next string
	Form *Form
}

type runRow struct {
	Run    market.Run
	Took   string
	Counts string
}

// showRuns lists the runs of jobs, newest first, each with a button to run it now.
func (s *Server) showRuns(v *visit) error {
	q := store.Query{Centre: s.Centre, Index: "runs_by_start", Desc: true, Limit: 40, After: v.Query("sau")}
	found, err := store.Find[market.Run](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	page := &runsPage{Layout: v.layout("runs.title"), Form: v.blank(0, nil)}
	if s.Runner != nil {
		page.Jobs = s.Runner.Names()
	}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, run := range found.Items {
		row := runRow{Run: run}
		if !run.Ended.IsZero() {
			row.Took = run.Ended.Sub(run.Started).Round(100 * time.Millisecond).String()
		}
		var counts []string
		for _, name := range slices.Sorted(maps.Keys(run.Counts)) {
			counts = append(counts, fmt.Sprintf("%s %s", name, v.number(int64(run.Counts[name]))))
		}
		row.Counts = strings.Join(counts, " · ")
		page.Runs = append(page.Runs, row)
	}
	return v.render("quan-tri", 200, page)
}

// startRun starts a job now.
func (s *Server) startRun(v *visit) error {
	f := v.form()
	if s.Runner == nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	if err := s.Runner.Start(v.ctx, f.Text("job"), "button", v.actor.User); err != nil {
		return err
	}
	return v.done("/quan-tri", "notice.job_started")
}
