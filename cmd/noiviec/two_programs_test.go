package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// mostWithout is how long lists may wait whose maker has died, as the package doc of jobs says.
const mostWithout = 30 * time.Second

// TestTwoPrograms runs two built programs on one MongoDB and takes away the one that makes the lists: it is stopped and
// wakes up again, is asked to end, is killed. Each time a vacancy that came meanwhile gets its list from the other.
// NOIVIEC_REQUIRE with "kill" runs it.
func TestTwoPrograms(t *testing.T) {
	if !strings.Contains(os.Getenv("NOIVIEC_REQUIRE"), "kill") {
		t.Skip("NOIVIEC_REQUIRE does not name kill")
	}
	binary := filepath.Join(t.TempDir(), "noiviec")
	if said, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	two := &twoPrograms{program: newProgram(t, true, "400", "40"), binary: binary, running: map[int]*exec.Cmd{}}
	two.records(func(e *env) {
		two.start()
		two.start()
		two.listed(e, "with both", mostWithout)
		stopped := two.maker(e)
		two.idle(e) // one stopped in a write would hold it open until the database ends it
		_ = stopped.Process.Signal(syscall.SIGSTOP)
		two.listed(e, "after the maker was stopped", mostWithout)
		fence := two.lease(e).Fence
		_ = stopped.Process.Signal(syscall.SIGCONT)
		two.listed(e, "after it woke up", mostWithout)
		if l := two.lease(e); l.Fence != fence || two.maker(e) == stopped {
			t.Errorf("who woke up makes the lists, under number %d after %d", l.Fence, fence)
		}
		two.end(two.maker(e), syscall.SIGTERM)
		two.listed(e, "after the maker was asked to end", mostWithout/3)
		two.start()
		two.end(two.maker(e), syscall.SIGKILL)
		two.listed(e, "after the maker was killed", mostWithout)
	})
}

type twoPrograms struct {
	*program
	binary   string
	running  map[int]*exec.Cmd
	postings int
}

func (p *twoPrograms) start() {
	p.t.Helper()
	var said bytes.Buffer
	child := exec.Command(p.binary, "serve", "--addr", freeAddress(p.t), "--mongo", p.options.Mongo, "--data", p.t.TempDir())
	child.Stderr, child.SysProcAttr = &said, &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := child.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.running[child.Process.Pid] = child
	p.t.Cleanup(func() {
		if p.running[child.Process.Pid] != nil {
			p.end(child, syscall.SIGKILL)
		}
		if p.t.Failed() {
			p.t.Logf("program %d said:\n%s", child.Process.Pid, said.String())
		}
	})
}

func (p *twoPrograms) end(child *exec.Cmd, by os.Signal) {
	_ = child.Process.Signal(by)
	_ = child.Wait()
	delete(p.running, child.Process.Pid)
}

func (p *twoPrograms) lease(e *env) market.Lease {
	return must[market.Lease](p.t)(e.st.Lease(e.ctx, centreID, "lists"))
}

// idle waits until the maker has renewed its lease twice: what there was to do is done by then, and the next write is seconds
// away.
func (p *twoPrograms) idle(e *env) {
	p.t.Helper()
	for range 2 {
		last := p.lease(e)
		p.until("the maker to renew its lease", func() bool { return !p.lease(e).Until.Equal(last.Until) })
	}
}

// maker waits until a running program makes the lists, and gives it.
func (p *twoPrograms) maker(e *env) *exec.Cmd {
	p.t.Helper()
	var child *exec.Cmd
	p.until("a program to make the lists", func() bool {
		pid, _, _ := strings.Cut(p.lease(e).Holder, "-")
		n, _ := strconv.Atoi(pid)
		child = p.running[n]
		return child != nil
	})
	return child
}

// listed stores a vacancy and waits for its list.
func (p *twoPrograms) listed(e *env, when string, most time.Duration) {
	p.t.Helper()
	p.postings++
	firms := must[store.Page[market.Employer]](p.t)(store.Find[market.Employer](e.ctx, e.st, store.Query{Centre: centreID, Index: "employers_by_state", Equal: []any{market.EmployerVerified}}))
	v := &market.Posting{Meta: market.Meta{ID: market.NewID(), Centre: centreID, RecordedAt: e.now()}, Title: "Việc thử " + strconv.Itoa(p.postings), Occupation: "7212", Openings: 50,
		Employer: firms.Items[0].ID, EmployerName: firms.Items[0].Name, State: market.PostingOpen, ConfirmedOn: market.DateOf(e.now()), Channel: "in_province",
		Workplaces: []market.Workplace{{Commune: "03127", Province: "11"}}, Pay: market.Pay{Min: 8_000_000, Max: 9_000_000, Currency: "VND", Period: market.PerMonth, Status: market.PayStated}}
	if err := e.st.Apply(e.ctx, store.Put(v)); err != nil {
		p.t.Fatal(err)
	}
	began := time.Now()
	p.until("the list "+when, func() bool {
		l, err := store.Get[market.Suggestions](context.WithoutCancel(e.ctx), e.st, centreID, market.SuggestionsID(centreID, market.ForPosting, v.ID))
		return err == nil && len(l.Items) > 0
	})
	took := time.Since(began)
	p.t.Logf("%s: the list came after %v", when, took.Round(time.Millisecond))
	if took > most {
		p.t.Errorf("%s: the list came after %v, want at most %v", when, took, most)
	}
}
