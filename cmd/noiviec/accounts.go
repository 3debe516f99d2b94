package main

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"os"
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
	Disable  bool   `help:"Close the account: its sessions end at once."`
}

func (c *userCmd) Run(e *env) error {
	if err := e.open(); err != nil {
		return err
	}
	password, made := c.Password, false
	switch password {
	case "-":
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && line == "" {
			return fmt.Errorf("read password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	case "":
		password, made = strings.ToLower(rand.Text()[:16]), true
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
	if !c.Disable && (!known || !made || c.Password != "") {
		u.Password = web.HashPassword(password)
	}
	if u, err = e.desk().SaveUser(e.ctx, e.actor(), e.now(), u); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s\t%s\n", u.Login, u.Role)
	if made && !known {
		fmt.Fprintf(e.out, e.say("mật khẩu (chỉ hiện một lần): %s\n", "password (shown once): %s\n"), password)
	}
	return nil
}

type versionCmd struct{}

// version is set by the build: -ldflags "-X main.version=…".
var version = "dev"

func (versionCmd) Run(e *env) error {
	fmt.Fprintln(e.out, "noiviec", version)
	return nil
}
