package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/jobs"
)

type doctorCmd struct{}

// finding is one thing looked at: a problem comes with its remedy.
type finding struct {
	Check   string `json:"check"`
	OK      bool   `json:"ok"`
	Problem string `json:"problem,omitempty"`
	Remedy  string `json:"remedy,omitempty"`
}

func (c *doctorCmd) Run(e *env) error {
	var found []finding
	add := func(check, problem, remedy string) {
		found = append(found, finding{check, problem == "", problem, remedy})
	}
	words, err := e.words()
	if err != nil {
		return err
	}
	told := func(err error) string {
		if err == nil {
			return ""
		}
		for _, p := range market.Problems(err) {
			return words(p.Key, p.Args...)
		}
		return err.Error()
	}
	add("store", told(e.open()), e.say("Dừng chương trình kia, hoặc sửa --data / --mongo.", "Stop the other program, or correct --data / --mongo."))
	if e.st != nil && found[0].OK {
		add("write", told(c.write(e)), e.say("Kiểm tra dung lượng đĩa và quyền ghi của thư mục dữ liệu.", "Check disk space and the data folder's permissions."))
		add("search words", told(c.selfTest(e)), e.say("Cài lại chương trình.", "Install the program again."))
		add("index", c.index(e, told), e.say("Chạy: noiviec reindex", "Run: noiviec reindex"))
		add("jobs", c.jobs(e, told), e.say("Xem trang Quản trị → Lượt chạy, rồi chạy lại: noiviec run TÊN", "See the page of runs, then run it again: noiviec run NAME"))
		add("administrator", c.administrator(e, told), e.say("Chạy: noiviec user TÊN --role administrator", "Run: noiviec user NAME --role administrator"))
	}
	return e.tell(found)
}

func (e *env) tell(found []finding) error {
	bad := 0
	for _, f := range found {
		if !f.OK {
			bad++
		}
	}
	if e.JSON {
		if err := e.printJSON(map[string]any{"problems": bad, "findings": found}); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			if f.OK {
				fmt.Fprintf(e.out, "ok\t%s\n", f.Check)
				continue
			}
			fmt.Fprintf(e.out, "%s\t%s: %s\n\t→ %s\n", e.say("LỖI", "PROBLEM"), f.Check, strings.ReplaceAll(f.Problem, "\n", " "), f.Remedy)
		}
	}
	if bad > 0 {
		return errProblems
	}
	return nil
}

// write stores and removes one document.
func (doctorCmd) write(e *env) error {
	probe := &market.Replay{Meta: market.Meta{ID: market.NewID(), Centre: centreID, RecordedAt: e.now()}, Path: "doctor", At: market.Stamp(e.now())}
	if err := e.st.Apply(e.ctx, store.Put(probe)); err != nil {
		return err
	}
	return e.st.Apply(e.ctx, store.Delete(probe))
}

func (doctorCmd) selfTest(e *env) error {
	if err := e.openIndex(); err != nil {
		return err
	}
	return e.index.SelfTest()
}

func (doctorCmd) index(e *env, told func(error) string) string {
	if err := e.openIndex(); err != nil {
		return told(err)
	}
	if e.index.NeedsRebuild() {
		if _, err := os.Stat(filepath.Join(e.Data, "index")); err == nil {
			n, _ := store.Count[market.Posting](e.ctx, e.st, store.Query{Centre: centreID, Index: "postings_by_state"})
			if n == 0 {
				return ""
			}
		}
		return e.say("chỉ mục chưa có hoặc đã hỏng", "the index is missing or damaged")
	}
	counts, err := e.checkIndex()
	if err != nil {
		return told(err)
	}
	if n := counts["missing"] + counts["extra"]; n > 0 {
		return fmt.Sprintf(e.say("chỉ mục khác sổ gốc ở %d chỗ (vừa sửa)", "the index differed from the records in %d places (mended now)"), n)
	}
	return ""
}

// jobs names the jobs whose last run failed.
func (doctorCmd) jobs(e *env, told func(error) string) string {
	var failed []string
	for _, name := range jobs.Names() {
		run, err := store.First[market.Run](e.ctx, e.st, store.Query{Centre: centreID, Index: "runs_by_job", Equal: []any{name}, Desc: true})
		switch {
		case market.KindOf(err) == market.NotFound:
		case err != nil:
			return told(err)
		case run.State == market.RunFailed:
			failed = append(failed, name+": "+run.Error)
		}
	}
	return strings.Join(failed, "; ")
}

func (doctorCmd) administrator(e *env, told func(error) string) string {
	users, err := store.Find[market.User](e.ctx, e.st, store.Query{Centre: centreID, Index: "users_by_role", Equal: []any{market.Administrator}})
	if err != nil {
		return told(err)
	}
	for _, u := range users.Items {
		if !u.Disabled {
			return ""
		}
	}
	return e.say("chưa có tài khoản quản trị", "there is no administrator")
}

func rebuild(e *env) error {
	bar := e.bar(-1, e.say("Lập chỉ mục tìm kiếm", "Building the search index"))
	defer bar.done()
	return jobs.RebuildIndex(e.ctx, e.st, e.index, centreID, bar.set)
}
