// Package storetest runs tests on every backend of the store: the embedded file, and a MongoDB server when
// one can be had. The server is the first of NOIVIEC_MONGO_URI, mongod on the PATH, and secantusd-py on the
// PATH or in the virtual environment that .ci/mongo makes. Without one the MongoDB cases skip with a line that
// says how to get one; NOIVIEC_REQUIRE=mongo makes that a failure.
package storetest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// Each runs a test on both backends; open gives the same store again every time it is called in one test.
func Each(t *testing.T, run func(t *testing.T, open func() *store.Store)) {
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		run(t, opener(t, store.Options{Dir: dir}))
	})
	t.Run("mongo", func(t *testing.T) {
		t.Parallel()
		run(t, opener(t, store.Options{MongoURI: Mongo(t)}))
	})
}

// Embedded opens an embedded store in a fresh folder.
func Embedded(t *testing.T) *store.Store {
	t.Helper()
	return opener(t, store.Options{Dir: t.TempDir()})()
}

func opener(t *testing.T, o store.Options) func() *store.Store {
	var opened *store.Store
	return func() *store.Store {
		t.Helper()
		if opened != nil {
			return opened
		}
		s, err := store.Open(context.Background(), o)
		if err != nil {
			t.Fatalf("open store: %v", err)
		}
		t.Cleanup(func() { _ = s.Close() })
		opened = s
		return s
	}
}

var server struct {
	once sync.Once
	uri  string // with %s for the database
	miss string // why there is none
}

// Mongo gives the URI of a database of the test's own; it skips, or fails when MongoDB is required.
func Mongo(t *testing.T) string {
	t.Helper()
	server.once.Do(start)
	if server.uri == "" {
		if strings.Contains(os.Getenv("NOIVIEC_REQUIRE"), "mongo") {
			t.Fatalf("a MongoDB server is required: %s", server.miss)
		}
		t.Skipf("no MongoDB server: %s", server.miss)
	}
	return fmt.Sprintf(server.uri, "t"+string(market.NewID())[:16])
}

func start() {
	if uri := os.Getenv("NOIVIEC_MONGO_URI"); uri != "" {
		server.uri = withDatabase(uri)
		return
	}
	program := find()
	if program == "" {
		server.miss = "set NOIVIEC_MONGO_URI, put mongod on the PATH, or run .ci/mongo"
		return
	}
	uri, _, err := Launch(program)
	if err != nil {
		server.miss = err.Error()
		return
	}
	server.uri = uri
}

func withDatabase(uri string) string {
	head, query, _ := strings.Cut(uri, "?")
	scheme, rest, _ := strings.Cut(head, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.ReplaceAll(scheme+"://"+host, "%", "%%") + "/%s?" + strings.ReplaceAll(query, "%", "%%")
}

func find() string {
	if path, err := exec.LookPath("mongod"); err == nil {
		return path
	}
	if path, err := exec.LookPath("secantusd-py"); err == nil {
		return path
	}
	venv := os.Getenv("NOIVIEC_SECANTUS_VENV")
	if venv == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		venv = filepath.Join(cache, "noiviec-secantus")
	}
	path := filepath.Join(venv, "bin", "secantusd-py")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// Program gives the server program that tests can start, "" when there is none.
func Program() string { return find() }

// Launch starts a server of its own on a free port, in a folder that goes with it. The URI has %s for the
// database; the server ends with this process, or when stop is called.
func Launch(program string) (uri string, stop func(), err error) {
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "noiviec-mongo-")
	if err != nil {
		return "", nil, err
	}
	set := "secantus"
	args := []string{"--host", "127.0.0.1", "--port", port, "--storage-path", dir, "--sync-on-commit", "--enable-test-commands"}
	if filepath.Base(program) == "mongod" {
		set, args = "rs0", []string{"--bind_ip", "127.0.0.1", "--port", port, "--dbpath", dir, "--replSet", "rs0"}
	}
	cmd := exec.Command(program, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error, 1)
	go func() { started <- cmd.Start() }()
	if err := <-started; err != nil {
		return "", nil, fmt.Errorf("start %s: %w", filepath.Base(program), err)
	}
	stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait(); _ = os.RemoveAll(dir) }
	uri = "mongodb://127.0.0.1:" + port + "/%s?replicaSet=" + set
	if set == "rs0" {
		initiate(port)
	}
	if err := answers(uri); err != nil {
		stop()
		return "", nil, err
	}
	return uri, stop, nil
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

// answers waits until the server takes a store.
func answers(uri string) error {
	var err error
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		var s *store.Store
		if s, err = store.Open(context.Background(), store.Options{MongoURI: fmt.Sprintf(uri, "warmup")}); err == nil {
			return s.Close()
		}
	}
	return fmt.Errorf("the server does not answer: %w", err)
}
