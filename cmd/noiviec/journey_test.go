package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// bothStores runs a test on the program with each kind of records, at the same time.
func bothStores(t *testing.T, workers, postings string, run func(t *testing.T, p *program)) {
	t.Parallel()
	for _, backend := range []string{"embedded", "mongo"} {
		t.Run(backend, func(t *testing.T) {
			t.Parallel()
			run(t, newProgram(t, backend == "mongo", workers, postings))
		})
	}
}

// TestJourney walks one vacancy over HTTP on the real program: the employer's form, the check, the suggestion,
// the pair approved and referred, the person's own yes, the introduction, the employer's answer, the first day, the
// placement by the job's own schedule, and the month's report. The program is stopped and started before every
// step, and everybody sees only what they may.
func TestJourney(t *testing.T) {
	bothStores(t, "60", "8", func(t *testing.T, p *program) {
		p.serve.Schedule = map[string]string{"placements": "* * * * *"}
		j := prepare(t, p)
		p.start()
		defer func() { p.stop() }()
		for _, login := range []string{"canbo", "quantri", "congty", "nguoilaodong", "congtykhac", "nguoikhac"} {
			p.login(login)
		}
		j.walk()
	})
}

// journey is one vacancy on its way, with the one person it is meant for.
type journey struct {
	*program
	person  market.Worker
	firm    market.Employer
	posting market.ID
	at      string // the counsellors' page of the referral
	ref     market.ID
}

// prepare finds the demo's seeker and employer, and makes log-ins for others of their kind.
func prepare(t *testing.T, p *program) *journey {
	t.Helper()
	j := &journey{program: p}
	p.records(func(e *env) {
		of := func(login string) market.ID {
			return must[market.User](t)(store.First[market.User](e.ctx, e.st, store.Query{Centre: centreID, Index: "users_by_login", Equal: []any{login}})).Subject
		}
		j.person = must[market.Worker](t)(store.Get[market.Worker](e.ctx, e.st, centreID, of("nguoilaodong")))
		j.firm = must[market.Employer](t)(store.Get[market.Employer](e.ctx, e.st, centreID, of("congty")))
		firms := must[store.Page[market.Employer]](t)(store.Find[market.Employer](e.ctx, e.st, store.Query{Centre: centreID, Index: "employers_by_state", Equal: []any{market.EmployerVerified}}))
		people := must[store.Page[market.Worker]](t)(store.Find[market.Worker](e.ctx, e.st, store.Query{Centre: centreID, Index: "workers_by_state", Equal: []any{market.WorkerSeeking}}))
		for _, f := range firms.Items {
			if f.ID != j.firm.ID {
				account(t, e, "congtykhac", market.EmployerRole, f.ID)
				break
			}
		}
		for _, w := range people.Items {
			if w.ID != j.person.ID {
				account(t, e, "nguoikhac", market.Seeker, w.ID)
				break
			}
		}
	})
	return j
}

var referralPage = regexp.MustCompile(`/can-bo/gioi-thieu/([a-z2-7]{26})`)

var ownPosting = regexp.MustCompile(`/nha-tuyen-dung/tin/([a-z2-7]{26})`)

// write fills the employer's form so that the vacancy is just what the person asks for, and submits it.
func (j *journey) write(values url.Values) {
	j.t.Helper()
	j.send("congty", "/nha-tuyen-dung/tin-moi", "/nha-tuyen-dung/tin-moi", values)
	html, _ := j.read("congty", "/nha-tuyen-dung")
	at := strings.Index(html, values.Get("title"))
	if at < 0 {
		j.t.Fatalf("the employer does not see the vacancy that was submitted:\n%.1500s", html)
	}
	for _, m := range ownPosting.FindAllStringSubmatch(html, -1) {
		if page, _ := j.read("congty", m[0]); strings.Contains(page, values.Get("title")) {
			j.posting = market.ID(m[1])
		}
	}
	if j.posting == "" {
		j.t.Fatal("no form of the employer shows the new vacancy")
	}
}

func (j *journey) wanted() url.Values {
	wish := j.person.Wishes[0]
	return url.Values{"title": {wish.Title + " hành trình thử"}, "occupation": {wish.Title}, "openings": {"1"}, "commune": {j.person.Commune}, "pay": {"15 - 20 triệu/tháng"},
		"benefits": {"meals", "dormitory", "insurance"}, "deadline": {market.DateOf(time.Now()).AddDays(30).String()}, "text": {"Việc thử của một hành trình"}, "then": {"submit"}}
}

func (j *journey) walk() {
	t := j.t
	j.write(j.wanted())
	public := "/viec/" + string(j.posting)
	j.hidden("before the check", "nguoilaodong", public)
	j.hidden("before the check", "congtykhac", "/nha-tuyen-dung/tin/"+string(j.posting))
	j.restart()

	j.send("canbo", "/can-bo/tin/"+string(j.posting), "/can-bo/tin/"+string(j.posting), url.Values{"answer": {"approve"}})
	approved := time.Now()
	pair := "/can-bo/ghep?tin=" + string(j.posting) + "&nguoi=" + string(j.person.ID)
	j.until("the suggestion", func() bool {
		html, _ := j.read("canbo", pair)
		return strings.Contains(html, `name="posting" value="`+string(j.posting)) && strings.Contains(html, `name="worker" value="`+string(j.person.ID))
	})
	took := time.Since(approved)
	if t.Logf("suggested %v after the approval", took.Round(time.Millisecond)); took > 10*time.Second {
		t.Errorf("suggested %v after the approval, want 1 s (safety limit ten times)", took)
	}
	if _, code := j.read("nguoilaodong", public); code != http.StatusOK {
		t.Errorf("the approved posting answers %d to a seeker", code)
	}
	j.restart()

	slip := referralPage.FindStringSubmatch(j.send("canbo", pair, "/can-bo/ghep", url.Values{"answer": {"refer"}}))
	if slip == nil {
		t.Fatal("the page after a referral leads to no slip")
	}
	j.at, j.ref = slip[0], market.ID(slip[1])
	firmPage := "/nha-tuyen-dung/gioi-thieu/" + string(j.ref)
	j.restart()

	j.send("canbo", j.at, j.at, url.Values{"event": {"send"}})
	j.hidden("before the person agreed", "congty", firmPage)
	j.restart()

	j.send("nguoilaodong", "/toi/gioi-thieu", "/toi/gioi-thieu/"+string(j.ref), url.Values{"answer": {"yes"}})
	j.hidden("before the introduction", "congty", firmPage)
	for _, page := range []string{"/nha-tuyen-dung", "/nha-tuyen-dung/tin/" + string(j.posting), public} {
		j.lacks("congty", page, j.person.Phones[0], j.person.Name)
	}
	j.restart()

	j.send("canbo", j.at, j.at, url.Values{"event": {"introduce"}})
	if html, _ := j.read("congty", firmPage); !strings.Contains(html, j.person.Phones[0]) || !strings.Contains(html, j.person.Name) {
		t.Errorf("the employer does not see whom it was introduced to:\n%.800s", html)
	}
	j.restart()

	today := market.DateOf(time.Now()).String()
	j.send("congty", firmPage, firmPage, url.Values{"event": {"hire"}, "start_on": {today}})
	j.restart()

	before := j.evidenced()
	j.send("congty", firmPage, firmPage, url.Values{"event": {"start"}, "start_on": {today}})
	j.restart()

	j.untilEvery(500*time.Millisecond, "the placement in the report", func() bool { return j.evidenced() == before+1 })
	j.walls(firmPage)
	j.stop()
	j.records(func(e *env) { j.recorded(e) })
	j.start()
}

var totalLine = regexp.MustCompile(`new_jobs,total,\d+,(\d+),`)

// evidenced reads this month's report as a counsellor does.
func (j *journey) evidenced() int {
	j.t.Helper()
	csv, _ := j.read("canbo", "/can-bo/bao-cao?dang=csv&thang="+string(market.MonthOf(time.Now())))
	m := totalLine.FindStringSubmatch(csv)
	if m == nil {
		j.t.Fatalf("no total in the report:\n%.400s", csv)
	}
	return must[int](j.t)(strconv.Atoi(m[1]))
}

// hidden holds that a page is not there, or not allowed, for somebody, and says nothing of the person.
func (j *journey) hidden(when, who, path string) {
	j.t.Helper()
	html, code := j.read(who, path)
	if code != http.StatusForbidden && code != http.StatusNotFound {
		j.t.Errorf("%s, %s at %s: got %d, want 403 or 404", when, who, path, code)
	}
	for _, secret := range []string{j.person.Phones[0], j.person.Name} {
		if who != "nguoilaodong" && strings.Contains(html, secret) {
			j.t.Errorf("%s, %s at %s reads %q", when, who, path, secret)
		}
	}
}

// lacks holds that a page is there and does not say some things.
func (j *journey) lacks(who, path string, secrets ...string) {
	j.t.Helper()
	html, code := j.read(who, path)
	if code != http.StatusOK {
		j.t.Errorf("%s at %s: got %d, want 200", who, path, code)
	}
	for _, secret := range secrets {
		if strings.Contains(html, secret) {
			j.t.Errorf("%s at %s reads %q", who, path, secret)
		}
	}
}

// walls tries every role at the pages of the others.
func (j *journey) walls(firmPage string) {
	j.t.Helper()
	for who, paths := range map[string][]string{
		"nguoilaodong": {"/can-bo", "/can-bo/ghep", "/quan-tri", j.at, "/nha-tuyen-dung", firmPage, "/can-bo/bao-cao"},
		"nguoikhac":    {"/can-bo", j.at, firmPage},
		"congty":       {"/can-bo", "/can-bo/ghep", "/toi", "/quan-tri", j.at},
		"congtykhac":   {firmPage, "/nha-tuyen-dung/tin/" + string(j.posting), j.at},
		"canbo":        {"/quan-tri", "/toi", "/toi/gioi-thieu", firmPage},
	} {
		for _, path := range paths {
			html, code := j.read(who, path)
			if code != http.StatusForbidden && code != http.StatusNotFound {
				j.t.Errorf("%s at %s: got %d, want 403 or 404", who, path, code)
			}
			if strings.Contains(html, j.person.Phones[0]) {
				j.t.Errorf("%s at %s reads the person's phone", who, path)
			}
		}
	}
	j.lacks("nguoikhac", "/toi/gioi-thieu", string(j.ref), j.wanted().Get("title"))
	j.lacks("congtykhac", "/nha-tuyen-dung", string(j.posting), j.person.Name, j.person.Phones[0])
}

// recorded holds what the journey left in the records: one seat, one placement, and the schedule's own run.
func (j *journey) recorded(e *env) {
	t := j.t
	p := must[market.Posting](t)(store.Get[market.Posting](e.ctx, e.st, centreID, j.posting))
	if p.Left() != 0 {
		t.Errorf("%d seats are left of one that was taken", p.Left())
	}
	ref := must[market.Referral](t)(store.Get[market.Referral](e.ctx, e.st, centreID, j.ref))
	if !ref.Recorded || ref.State != market.ReferralStarted {
		t.Errorf("the referral is %s, recorded %v", ref.State, ref.Recorded)
	}
	for _, step := range ref.Steps {
		want := map[market.ReferralEvent]bool{market.ReferralAgree: true, market.ReferralHire: true, market.ReferralStart: true}
		user, err := store.Get[market.User](e.ctx, e.st, centreID, step.By)
		if err == nil && want[step.Event] && user.Role == market.Counsellor {
			t.Errorf("%s was entered by a counsellor, want by the person or the employer", step.Event)
		}
	}
	runs := must[store.Page[market.Run]](t)(store.Find[market.Run](e.ctx, e.st, store.Query{Centre: centreID, Index: "runs_by_job", Equal: []any{"placements"}, Limit: 1000}))
	bySchedule := 0
	for _, run := range runs.Items {
		if run.Trigger == "schedule" {
			bySchedule += run.Counts["recorded"]
		} else if run.Counts["recorded"] > 0 {
			t.Errorf("a run by %q recorded a placement", run.Trigger)
		}
	}
	if bySchedule != 1 {
		t.Errorf("scheduled runs recorded %d placements, want 1", bySchedule)
	}
}
