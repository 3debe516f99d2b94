package main

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"os"
	"runtime"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/web"
)

type userCmd struct {
	Login    string `arg:"" help:"Name to log in with."`
	Role     string `enum:"counsellor,administrator,department,commune,provider" default:"counsellor" help:"counsellor, administrator, department, commune or provider."`
	Name     string `help:"Name of the person."`
	Password string `env:"NOIVIEC_PASSWORD" help:"Password; \"-\" reads it from standard input; without it one is made up and printed once."`
	Link     string `placeholder:"URL" help:"Print a link, under the service's address (https://…), with which the owner sets a password: once, within 30 minutes."`
	Disable  bool   `help:"Close the account: its sessions end at once."`
}

// AfterApply reads the password here, where it is typed, also when the running service makes the account.
func (c *userCmd) AfterApply() error {
	if c.Password != "-" {
		return nil
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return fmt.Errorf("read password: %w", err)
	}
	c.Password = strings.TrimRight(line, "\r\n")
	return nil
}

func (c *userCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	password, made := c.Password, c.Password == ""
	if made {
		password = strings.ToLower(rand.Text()[:16])
	}
	if c.Link != "" {
		if _, err := web.SetupLink(c.Link, ""); err != nil {
			return err // before the account is made
		}
	}
	if len(password) < 8 {
		return market.Bad("password", "error.password.short", 8)
	}
	u, err := store.First[market.User](e.ctx, e.st, store.Query{Centre: centreID, Index: "users_by_login", Equal: []any{strings.ToLower(c.Login)}})
	known := err == nil
	switch {
	case market.KindOf(err) == market.NotFound:
		u = market.User{Login: c.Login, Name: c.Name, Role: market.Role(c.Role)}
		if u.Name == "" {
			u.Name = c.Login
		}
	case err != nil:
		return err
	}
	u.Disabled = c.Disable
	byLink := c.Link != "" && !c.Disable
	if !c.Disable && (!known && !byLink || !made) {
		u.Password = web.HashPassword(password)
	}
	if u, err = e.desk().SaveUser(e.ctx, e.actor(), e.now(), u); err != nil {
		return err
	}
	link := ""
	if byLink {
		secret, _, err := e.desk().OfferSetup(e.ctx, e.actor(), e.now(), u.ID, u.Rev)
		if err != nil {
			return err
		}
		if link, err = web.SetupLink(c.Link, secret); err != nil {
			return err
		}
	}
	shown := made && !known && !byLink
	if e.JSON {
		said := map[string]any{"login": u.Login, "role": u.Role, "disabled": u.Disabled}
		if shown {
			said["password"] = password
		}
		if byLink {
			said["link"] = link
		}
		return e.printJSON(said)
	}
	fmt.Fprintf(e.out, "%s\t%s\n", u.Login, u.Role)
	if byLink {
		fmt.Fprintf(e.out, e.say("đường dẫn đặt mật khẩu (dùng một lần, trong 30 phút): %s\n", "link to set a password (works once, for 30 minutes): %s\n"), link)
	}
	if shown {
		fmt.Fprintf(e.out, e.say("mật khẩu (chỉ hiện một lần): %s\n", "password (shown once): %s\n"), password)
	}
	return nil
}

type versionCmd struct{}

// version is set by the build: -ldflags "-X main.version=…".
var version = "dev"

func (versionCmd) Run(e *env) error {
	if e.JSON {
		return e.printJSON(map[string]string{"version": version, "go": runtime.Version()})
	}
	fmt.Fprintln(e.out, "noiviec", version)
	return nil
}
