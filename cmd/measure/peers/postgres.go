package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// postgres is full text search of a server of its own on a free loopback port, started for the measurement from the
// system's PostgreSQL and ended with it: words without marks (unaccent), pg_trgm where words find nothing.
type postgres struct {
	cmd  *exec.Cmd
	conn *pgx.Conn
	ids  []string
}

func openPostgres(dir string) (*postgres, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(bins) == 0 {
		return nil, errors.New("no PostgreSQL here: install the packages postgresql and postgresql-contrib")
	}
	bin := bins[len(bins)-1]
	data := filepath.Join(dir, "pg")
	if err := os.Mkdir(data, 0o700); err != nil {
		return nil, err
	}
	attr, err := notRoot(dir, data)
	if err != nil {
		return nil, err
	}
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "peer", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	init.SysProcAttr, init.Dir = attr, data
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	p := &postgres{cmd: exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", port, "-k", data, "-c", "listen_addresses=127.0.0.1",
		"-c", "shared_buffers=2GB", "-c", "work_mem=256MB", "-c", "maintenance_work_mem=1GB", "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_wal_size=4GB", "-c", "jit=off", "-c", "random_page_cost=1.1", "-c", "effective_cache_size=8GB", "-c", "log_min_messages=fatal")}
	p.cmd.SysProcAttr, p.cmd.Dir = attr, data
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if p.conn, err = connect(port); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// notRoot lets the server run as "postgres" when this program is root, which PostgreSQL refuses to be.
func notRoot(dirs ...string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	for _, dir := range dirs {
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

func (p *postgres) close() error {
	if p.conn != nil {
		_ = p.conn.Close(context.Background())
	}
	_ = p.cmd.Process.Signal(syscall.SIGINT)
	return p.cmd.Wait()
}
