package web

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/jobs"
)

type runsPage struct {
	Layout
	Links  []adminLink
	Health []healthLine
	Jobs   []jobRow
	Runs   []runRow
	Next   string
	Form   *Form
}

// jobRow is one job: when it runs, how it went last, and a button where jobs can be started.
type jobRow struct {
	Name, Schedule string
	Due            time.Time
	Last           *runRow
	Button         bool
}

type runRow struct {
	Run          market.Run
	Took, Counts string
	Reference    string // of a failure, to find it in the server's log
}

// adminLink is one page of the administration, named by a key.
type adminLink struct{ Key, Href string }

// adminLinks are the pages of the administration.
var adminLinks = []adminLink{{Key: "accounts.title", Href: accountsPath}, {Key: "plan.link", Href: planPath}, {Key: "declared.link", Href: declaredPath},
	{Key: "fairness.link", Href: fairnessPath}, {Key: "weights.title", Href: weightsPath}, {Key: "audit.title", Href: auditPath}, {Key: "centre.title", Href: centrePath}}

// showRuns is the administration's first page: its links, whether all is well, the jobs and what they did.
func (s *Server) showRuns(v *visit) error { return s.renderRuns(v, v.blank(0, nil)) }

func (s *Server) renderRuns(v *visit, f *Form) error {
	q := store.Query{Centre: s.Centre, Index: "runs_by_start", Desc: true, Limit: 20, After: v.Query("sau")}
	found, err := store.Find[market.Run](v.ctx, s.Store, q)
	if err != nil {
		return err
	}
	page := &runsPage{Layout: v.layout("admin.title"), Form: f, Links: adminLinks}
	if found.Next != "" {
		page.Next = v.link("sau", found.Next)
	}
	for _, run := range found.Items {
		page.Runs = append(page.Runs, v.runRow(run, 4))
	}
	if page.Jobs, err = v.jobRows(); err != nil {
		return err
	}
	page.Health = v.health(page.Jobs)
	return v.render("quan-tri", f.status(), page)
}

// jobRows tells of every job when it is due and how it went last.
func (v *visit) jobRows() ([]jobRow, error) {
	var out []jobRow
	for _, name := range jobs.Names() {
		row := jobRow{Name: name, Button: v.s.Runner != nil}
		if v.s.Runner != nil {
			var line string
			line, row.Due = v.s.Runner.Due(name, v.now)
			row.Schedule = v.scheduleText(line)
		}
		q := v.s.by("runs_by_job", name)
		q.Desc = true
		run, err := store.First[market.Run](v.ctx, v.s.Store, q)
		if err == nil {
			last := v.runRow(run, 4)
			row.Last = &last
		} else if market.KindOf(err) != market.NotFound {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

func (v *visit) runRow(run market.Run, most int) runRow {
	row := runRow{Run: run}
	if !run.Ended.IsZero() {
		row.Took = v.duration(run.Ended.Sub(run.Started))
	}
	counts := v.counts(run.Counts)
	row.Counts = strings.Join(counts[:min(most, len(counts))], " · ")
	if run.State == market.RunFailed {
		row.Reference = string(run.ID)
	}
	return row
}

// counts words what a run counted: what it looked at first, then what it did, what was left out last.
func (v *visit) counts(counts map[string]int) []string {
	names := slices.Sorted(maps.Keys(counts))
	rank := func(name string) int {
		switch {
		case strings.HasPrefix(name, "dropped."):
			return 2
		case name == "looked" || name == "workers" || name == "postings":
			return 0
		}
		return 1
	}
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	var out []string
	for _, name := range names {
		if text := v.s.words[v.lang]["count."+name]; text != "" {
			var n any = counts[name]
			if strings.HasSuffix(name, "_permille") {
				n = Layout{v: v}.Percent(float64(counts[name]) / 1000)
			}
			out = append(out, v.T("count."+name, n))
		} else { // of a newer program: better its own word than none
			out = append(out, strings.ReplaceAll(name, "_", " ")+" "+v.number(int64(counts[name])))
		}
	}
	return out
}

// duration writes how long something took: seconds with one decimal under a minute, then minutes.
func (v *visit) duration(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return v.T("runs.moment", decimal(v.lang, "0.1"))
	case d < time.Minute:
		return v.T("runs.seconds", decimal(v.lang, strconv.FormatFloat(d.Seconds(), 'f', 1, 64)))
	}
	return v.T("runs.minutes", int(d.Minutes()), int(d.Seconds())%60)
}

// scheduleText words a cron line; one that is none of the plain kinds is shown as it stands.
func (v *visit) scheduleText(line string) string {
	f := strings.Fields(line)
	if len(f) != 5 {
		return line
	}
	minute, errM := strconv.Atoi(f[0])
	hour, errH := strconv.Atoi(f[1])
	at := fmt.Sprintf("%02d:%02d", hour, minute)
	every, isEvery := strings.CutPrefix(f[0], "*/")
	switch rest := strings.Join(f[2:], " "); {
	case isEvery && f[1] == "*" && rest == "* * *":
		return v.T("schedule.every", every)
	case errM == nil && f[1] == "*" && rest == "* * *":
		return v.T("schedule.hourly", minute)
	case errM != nil || errH != nil:
		return line
	case rest == "* * *":
		return v.T("schedule.daily", at)
	case f[2] == "*" && f[3] == "*" && len(f[4]) == 1 && f[4] >= "0" && f[4] <= "7":
		return v.T("schedule.weekly", at, v.T("weekday."+strings.Replace(f[4], "7", "0", 1)))
	case f[3] == "*" && f[4] == "*" && strings.Trim(f[2], "0123456789") == "":
		return v.T("schedule.monthly", at, f[2])
	}
	return line
}

// startRun starts a job now.
func (s *Server) startRun(v *visit) error {
	f := v.form()
	if s.Runner == nil {
		return market.Fail(market.NotFound, "error.not_found")
	}
	if err := s.Runner.Start(v.ctx, f.Text("job"), "button", v.actor.User); err != nil {
		if f.caught(err) {
			return s.renderRuns(v, f)
		}
		return err
	}
	return v.done("/quan-tri", "notice.job_started")
}

type runPage struct {
	Layout
	runRow
	All     []string
	By      string
	Same    bool // nothing changed: the same records give the same lists
	Stopped bool
}

// showRun shows one run with everything it counted.
func (s *Server) showRun(v *visit) error {
	id, err := v.param("id")
	if err != nil {
		return err
	}
	run, err := load[market.Run](v, id)
	if err != nil {
		return err
	}
	page := &runPage{Layout: v.layout("runs.one", v.word("job", run.Job)), runRow: v.runRow(run, 0), All: v.counts(run.Counts)}
	page.Stopped = run.State == market.RunStopped
	changed, counted := run.Counts["changed"]
	page.Same = run.State == market.RunDone && counted && changed == 0
	if u, err := load[market.User](v, run.By); run.By != "" && err == nil {
		page.By = u.Name
	}
	return v.render("quan-tri-luot-chay", 200, page)
}
