package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestKilledProgram ends the built program with SIGKILL at random moments while four counsellors decide over
// HTTP as fast as they can: approve and refer, send, agree, introduce, hire, start. After every kill each answer
// that was given is in the records, and no decision is there by half: seats are hires, every decision has
// its audit entry, an approved match stands under every referral. A few rounds always; NOIVIEC_REQUIRE with "kill" makes it
// 50 on the embedded store and 10 on MongoDB. NOIVIEC_KILL_SEED gives other moments.
func TestKilledProgram(t *testing.T) {
	seed := uint64(20261125)
	if s, err := strconv.ParseUint(os.Getenv("NOIVIEC_KILL_SEED"), 10, 64); err == nil {
		seed = s
	}
	rounds := map[bool]int{false: 4, true: 2}
	if strings.Contains(os.Getenv("NOIVIEC_REQUIRE"), "kill") {
		rounds = map[bool]int{false: 50, true: 10}
	}
	binary := filepath.Join(t.TempDir(), "noiviec")
	if said, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	for _, mongo := range []bool{false, true} {
		t.Run(map[bool]string{false: "embedded", true: "mongo"}[mongo], func(t *testing.T) {
			k := &killing{program: newProgram(t, mongo, "400", "8"), binary: binary, random: rand.New(rand.NewPCG(seed, 0))}
			k.prepare()
			for round := range rounds[mongo] {
				k.round(round)
			}
			slices.Sort(k.restarts)
			t.Logf("seed %d: %d kills, %d acknowledged writes, all there; restarts: median %v, longest %v", seed, rounds[mongo], k.acknowledged,
				k.restarts[len(k.restarts)/2].Round(time.Millisecond), k.restarts[len(k.restarts)-1].Round(time.Millisecond))
		})
	}
}

// killing is one program that is killed again and again.
type killing struct {
	*program
	binary       string
	random       *rand.Rand
	people       []market.ID
	postings     []market.ID
	token        string
	mu           sync.Mutex
	pairs        int // handed out so far
	acked        []acked
	acknowledged int
	restarts     []time.Duration
}

// acked is one answer of the program: the referral took this step.
type acked struct {
	referral market.ID
	event    market.ReferralEvent // "" made by approving and referring
}

const writers = 4

// prepare adds vacancies with many openings and finds the people.
func (k *killing) prepare() {
	k.records(func(e *env) {
		firms := must[store.Page[market.Employer]](k.t)(store.Find[market.Employer](e.ctx, e.st, store.Query{Centre: centreID, Index: "employers_by_state", Equal: []any{market.EmployerVerified}}))
		var ops []store.Op
		for i := range 12 {
			p := &market.Posting{Meta: market.Meta{ID: market.NewID(), Centre: centreID, RecordedAt: e.now()}, Title: fmt.Sprintf("Việc thử %d", i), Occupation: "7212", Openings: 5000,
				Employer: firms.Items[0].ID, EmployerName: firms.Items[0].Name, State: market.PostingOpen, ConfirmedOn: market.DateOf(e.now()), Channel: "in_province",
				Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Pay: market.Pay{Min: 8_000_000, Max: 9_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}}
			k.postings = append(k.postings, p.ID)
			ops = append(ops, store.Put(p))
		}
		if err := e.st.Apply(e.ctx, ops...); err != nil {
			k.t.Fatal(err)
		}
		people := must[store.Page[market.Worker]](k.t)(store.Find[market.Worker](e.ctx, e.st, store.Query{Centre: centreID, Index: "workers_by_state", Equal: []any{market.WorkerSeeking}, Limit: 1000}))
		for _, w := range people.Items {
			k.people = append(k.people, w.ID)
		}
	})
}

// round starts the program, lets the counsellors work for a random while, kills it and looks at what is left.
func (k *killing) round(n int) {
	k.t.Helper()
	var said bytes.Buffer
	child := exec.Command(k.binary, append([]string{"serve", "--addr", k.addr}, k.where()...)...)
	child.Stderr = &said
	began := time.Now()
	if err := child.Start(); err != nil {
		k.t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() { _ = child.Wait(); close(gone) }()
	k.until("the first page", func() bool {
		select {
		case <-gone:
			k.t.Fatalf("round %d: the program ended by itself:\n%s", n, said.String())
		default:
		}
		res, err := http.Get("http://" + k.addr + "/")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
	took := time.Since(began)
	if k.restarts = append(k.restarts, took); took > 20*time.Second {
		k.t.Errorf("round %d: the first page came after %v, want 2 s (safety limit ten times)", n, took)
	}
	if n == 0 {
		k.login("canbo") // the session outlives the program
		k.token = k.fill("canbo", "/can-bo/gioi-thieu", "/dang-xuat", url.Values{}).Get("_form")
	}
	first := make(chan struct{}, writers)
	var working sync.WaitGroup
	k.acked = nil
	for range writers {
		working.Go(func() { k.work(first) })
	}
	select {
	case <-first:
	case <-time.After(2 * time.Minute):
		k.t.Errorf("round %d: nothing was acknowledged in two minutes\n%s", n, said.String())
	}
	<-time.After(time.Duration(k.random.IntN(400)) * time.Millisecond)
	_ = child.Process.Kill()
	working.Wait()
	<-gone
	for _, c := range k.http {
		c.CloseIdleConnections()
	}
	k.acknowledged += len(k.acked)
	k.records(k.check)
	if k.t.Failed() {
		k.t.Fatalf("round %d is the first with a fault; the program said:\n%s", n, said.String())
	}
}

// work decides about one pair after the other until the program is gone.
func (k *killing) work(first chan<- struct{}) {
	browser := &http.Client{Jar: k.http["canbo"].Jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer browser.CloseIdleConnections()
	today := market.DateOf(time.Now()).String()
	for {
		posting, worker := k.pair()
		at, ok := k.decide(browser, "/can-bo/ghep", url.Values{"posting": {string(posting)}, "worker": {string(worker)}, "answer": {"refer"}, "_rev": {"0"}})
		if !ok {
			return
		}
		ref := madeReferral(at)
		if ref == "" {
			continue // refused: the person has found work meanwhile
		}
		k.note(market.ID(ref), "")
		select {
		case first <- struct{}{}:
		default:
		}
		for i, event := range []market.ReferralEvent{market.ReferralSend, market.ReferralAgree, market.ReferralIntroduce, market.ReferralHire, market.ReferralStart} {
			at, ok := k.decide(browser, "/can-bo/gioi-thieu/"+ref, url.Values{"event": {string(event)}, "start_on": {today}, "_rev": {strconv.Itoa(i + 1)}})
			if !ok {
				return
			}
			if at == "" {
				break
			}
			k.note(market.ID(ref), event)
		}
	}
}

// madeReferral gives the referral that the workbench's next page tells of, "" for none.
func madeReferral(location string) string {
	next, err := url.Parse(location)
	if err != nil {
		return ""
	}
	return next.Query().Get("phieu")
}

// decide sends one form; ok is false when no answer came, at is "" when it was refused.
func (k *killing) decide(browser *http.Client, path string, form url.Values) (at string, ok bool) {
	form.Set("_form", k.token)
	form.Set("_once", string(market.NewID()))
	res, err := browser.PostForm("http://"+k.addr+path, form)
	if err != nil {
		return "", false
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusSeeOther:
		return res.Header.Get("Location"), true
	case http.StatusConflict, http.StatusServiceUnavailable:
		return "", true
	}
	var body bytes.Buffer
	_, _ = body.ReadFrom(res.Body)
	k.t.Errorf("%s: %d\n%.600s", path, res.StatusCode, body.String())
	return "", false
}

func (k *killing) pair() (posting, worker market.ID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	n := k.pairs
	k.pairs++
	return k.postings[n/len(k.people)%len(k.postings)], k.people[n%len(k.people)]
}

func (k *killing) note(ref market.ID, event market.ReferralEvent) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.acked = append(k.acked, acked{ref, event})
}

// check looks for what was acknowledged, and for halves.
func (k *killing) check(e *env) {
	k.t.Helper()
	audit := map[market.ID]map[string]int{}
	if err := store.Each(e.ctx, e.st, centreID, func(a market.AuditEntry) error {
		if audit[a.Of] == nil {
			audit[a.Of] = map[string]int{}
		}
		audit[a.Of][a.Action]++
		return nil
	}); err != nil {
		k.t.Fatal(err)
	}
	referrals := map[market.ID]market.Referral{}
	seats := map[market.ID]int{}
	for _, posting := range k.postings {
		page := store.Query{Centre: centreID, Index: "referrals_by_posting", Equal: []any{posting}, Limit: 1000}
		for {
			found := must[store.Page[market.Referral]](k.t)(store.Find[market.Referral](e.ctx, e.st, page))
			for _, r := range found.Items {
				referrals[r.ID] = r
				if r.HoldsSeat() {
					seats[posting]++
				}
				k.whole(e, r, audit)
			}
			if page.After = found.Next; found.Next == "" {
				break
			}
		}
		matches := must[store.Page[market.Match]](k.t)(store.Find[market.Match](e.ctx, e.st, store.Query{Centre: centreID, Index: "matches_by_posting", Equal: []any{posting}, Limit: 1000}))
		for _, m := range matches.Items {
			if m.State != market.MatchApproved || m.Rev != 1 || !maps.Equal(audit[m.ID], map[string]int{"match.approve": 1}) {
				k.t.Errorf("match %s is %s at revision %d with the audit entries %v", m.ID, m.State, m.Rev, audit[m.ID])
			}
		}
		p := must[market.Posting](k.t)(store.Get[market.Posting](e.ctx, e.st, centreID, posting))
		if p.Taken != seats[posting] {
			k.t.Errorf("posting %s has %d seats taken and %d hires", posting, p.Taken, seats[posting])
		}
	}
	for _, a := range k.acked {
		r, there := referrals[a.referral]
		step := func(s market.Step) bool { return s.Event == a.event }
		if !there || a.event != "" && !slices.ContainsFunc(r.Steps, step) {
			k.t.Errorf("acknowledged and not there: referral %s, step %q", a.referral, a.event)
		}
	}
}

// whole holds one referral to its match and its audit entries: one for every step, and no other.
func (k *killing) whole(e *env, r market.Referral, audit map[market.ID]map[string]int) {
	k.t.Helper()
	want := map[string]int{"referral.propose": 1}
	for _, s := range r.Steps {
		if s.Event != "" {
			want["referral."+string(s.Event)]++
		}
	}
	if got := audit[r.ID]; !maps.Equal(got, want) {
		k.t.Errorf("referral %s has the audit entries %v, its steps are %v", r.ID, got, want)
	}
	if _, err := store.Get[market.Match](e.ctx, e.st, centreID, market.MatchID(r.Posting, r.Worker)); err != nil {
		k.t.Errorf("there is no match under referral %s: %v", r.ID, err)
	}
}
