package main

import (
	"fmt"

	"noiviec/cmd/noiviec/demo"
	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/web"
)

type demoCmd struct {
	serveCmd
	Workers  int    `default:"5000" help:"How many people to invent."`
	Postings int    `default:"2000" help:"How many vacancies to invent."`
	Seed     uint64 `default:"2018" help:"The same seed invents the same market."`
	NoServe  bool   `help:"Fill and match only, do not serve."`
}

func (c *demoCmd) Run(e *env) error {
	if err := e.openIndex(); err != nil {
		return err
	}
	n, err := store.Count[market.User](e.ctx, e.st, store.Query{Centre: centreID, Index: "users_by_role"})
	if err != nil {
		return err
	}
	var first []string
	if n == 0 {
		if err := c.fill(e); err != nil {
			return err
		}
		first = []string{"match", "fairness"} // served meanwhile: on the first start people search before the suggestions are there
	}
	if err := c.printLogins(e); err != nil {
		return err
	}
	if c.NoServe {
		return c.run(e, first)
	}
	to := e.out
	if e.JSON { // one object there, and nothing else
		to = e.err
	}
	fmt.Fprintf(to, e.say("\nMở http://%s bằng trình duyệt. Dừng: Ctrl+C\n", "\nOpen http://%s in a browser. Stop: Ctrl+C\n"), c.Addr)
	return c.serve(e, first...)
}

// fillBatch is how many documents are stored at once: few enough for a slow MongoDB to take in one transaction.
const fillBatch = 250

func (c *demoCmd) fill(e *env) error {
	if c.Workers < 1 || c.Postings < 1 || c.Workers > 1_000_000 || c.Postings > 1_000_000 {
		return market.Bad("workers", "error.count")
	}
	fmt.Fprintln(e.err, e.say("Tạo dữ liệu mẫu, không có người và công ty thật…", "Inventing a market; no person and no firm is real…"))
	data := demo.Generate(demo.Options{Seed: c.Seed, Workers: c.Workers, Postings: c.Postings, Now: e.now(), Centre: centreID}, e.tax)
	for i, u := range data.Users {
		u.Password = web.HashPassword(data.Logins[i].Password)
	}
	for _, doc := range data.Documents { // the key of its hashes belongs to the store, not to what is invented
		if w, ok := doc.(*market.Worker); ok {
			w.IdentityKey = casework.IdentityKey(e.centre, w.Name, w.Born)
		}
	}
	bar := e.bar(len(data.Documents), e.say("Ghi", "Storing"))
	for from := 0; from < len(data.Documents); from += fillBatch {
		var ops []store.Op
		for _, doc := range data.Documents[from:min(from+fillBatch, len(data.Documents))] {
			ops = append(ops, store.Put(doc))
		}
		if err := e.st.Apply(e.ctx, ops...); err != nil {
			return err
		}
		bar.set(from + len(ops))
	}
	bar.done()
	if err := e.nameCentre(); err != nil {
		return err
	}
	return rebuild(e)
}

// nameCentre gives the invented service a number to call and a name to sign, as a real one would have; the number reaches
// nobody.
func (e *env) nameCentre() error {
	centre := e.centre
	centre.Phone, centre.Address, centre.Director = "0215 000 0000", "Số 0 đường Mẫu, phường Điện Biên Phủ", "Giám đốc (mẫu)"
	saved, err := e.desk().SaveCentre(e.ctx, e.actor(), e.now(), centre)
	if err == nil {
		e.centre = saved
	}
	return err
}

// run runs jobs before the command ends.
func (c *demoCmd) run(e *env, jobs []string) error {
	runner, err := e.runner()
	if err != nil {
		return err
	}
	for _, job := range jobs {
		if _, err := runner.Run(e.ctx, job, "command", ""); err != nil {
			return err
		}
	}
	return nil
}

// printLogins prints the accounts of the invented data; in a real store there are none.
func (c *demoCmd) printLogins(e *env) error {
	var rows []demo.Login
	for _, role := range []market.Role{market.Seeker, market.EmployerRole, market.Counsellor, market.Administrator} {
		page, err := store.Find[market.User](e.ctx, e.st, store.Query{Centre: centreID, Index: "users_by_role", Equal: []any{role}, Limit: 1000})
		if err != nil {
			return err
		}
		for _, u := range page.Items {
			if u.Demo {
				rows = append(rows, demo.Login{Role: role, Login: u.Login, Password: demo.Password(u.Login)})
			}
		}
	}
	if e.JSON {
		return e.printJSON(map[string]any{"logins": rows})
	}
	fmt.Fprintln(e.out, e.say("Tài khoản mẫu (vai trò, tên đăng nhập, mật khẩu):", "Demo log-ins (role, name, password):"))
	for _, row := range rows {
		fmt.Fprintf(e.out, "  %-14s %-14s %s\n", row.Role, row.Login, row.Password)
	}
	return nil
}
