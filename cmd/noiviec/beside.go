package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"noiviec/jobs"
)

// The embedded store and the search index belong to one process. So that a running service can be backed up and
// asked, it listens on a unix socket in its data folder (only the folder's owner may use it), and a command that
// finds it there lets it do the work: the command goes over as JSON, what it prints and writes comes back in
// frames. Files are opened by the process that was asked for them, never by the service.

// socketFile is the service's door in the data folder.
const socketFile = "noiviec.sock"

// command is one of the commands; its exported fields are all there is to know about it.
type command interface{ Run(*env) error }

// beside names the commands that a service answers for another process. The others need the folder to themselves.
func (c *cli) beside() map[string]command {
	return map[string]command{"backup": &c.Backup, "export": &c.Export, "report": &c.Report, "search": &c.Search, "explain": &c.Explain,
		"run": &c.Run, "doctor": &c.Doctor, "user": &c.User}
}

// errand is a command on its way to the service.
type errand struct {
	Command string
	Mongo   string // the service declines when it works on other records
	Lang    string
	JSON    bool
	Flags   json.RawMessage
}

// Frames of the answer: one byte for what it is, four for its length, the bytes.
const (
	frameOut byte = iota + 1
	frameErr
	frameFile
	frameEnd // one byte: the exit code
)

// errNoService tells that no service works on these records here.
var errNoService = errors.New("no service")

// ask lets the service on the data folder do a command. No service, or one on other records, is errNoService.
func (e *env) ask(name string, c command) (code int, err error) {
	flags, err := json.Marshal(c)
	if err != nil {
		return 1, err
	}
	body, err := json.Marshal(errand{Command: name, Mongo: e.Mongo, Lang: e.Lang, JSON: e.JSON, Flags: flags})
	if err != nil {
		return 1, err
	}
	path := filepath.Join(e.Data, socketFile)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", path)
	}}}
	req, err := http.NewRequestWithContext(e.ctx, http.MethodPost, "http://noiviec/", bytes.NewReader(body))
	if err != nil {
		return 1, err
	}
	res, err := client.Do(req)
	if err != nil {
		return 1, fmt.Errorf("%w: %w", errNoService, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return 1, errNoService
	}
	to, writes := c.(interface{ target() (string, int) })
	if !writes {
		return e.receive(res.Body, io.Discard)
	}
	file, mode := to.target()
	err = e.into(file, mode, func(w io.Writer) (err error) {
		if code, err = e.receive(res.Body, w); err == nil && code != 0 {
			err = errProblems // what is wrong has been told
		}
		return err
	})
	if err != nil {
		code = max(code, 1)
	}
	return code, err
}

// receive hands out the frames of an answer until its end.
func (e *env) receive(from io.Reader, file io.Writer) (code int, err error) {
	for {
		var head [5]byte
		if _, err := io.ReadFull(from, head[:]); err != nil {
			return 1, fmt.Errorf(e.say("chương trình đang chạy ngừng trả lời giữa chừng: %w", "the running service broke off: %w"), err)
		}
		to := map[byte]io.Writer{frameOut: e.out, frameErr: e.err, frameFile: file}[head[0]]
		if head[0] == frameEnd {
			return int(binary.BigEndian.Uint32(head[1:])), nil
		}
		if to == nil {
			return 1, fmt.Errorf("answer of the running service: frame %d", head[0])
		}
		if _, err := io.CopyN(to, from, int64(binary.BigEndian.Uint32(head[1:]))); err != nil {
			return 1, fmt.Errorf("answer of the running service: %w", err)
		}
	}
}

// frames writes one kind of frame; several kinds share the answer.
type frames struct {
	mu   *sync.Mutex
	to   http.ResponseWriter
	kind byte
}

func (f frames) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	head := binary.BigEndian.AppendUint32([]byte{f.kind}, uint32(len(p)))
	if _, err := f.to.Write(append(head, p...)); err != nil {
		return 0, err
	}
	if f.kind != frameFile {
		_ = http.NewResponseController(f.to).Flush()
	}
	return len(p), nil
}

// answer opens the door of the data folder until stop is called. The store's lock is held: a socket found there
// was left behind.
func (e *env) answer(runner *jobs.Runner) (stop func(), err error) {
	path := filepath.Join(e.Data, socketFile)
	_ = os.Remove(path)
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("close %s to others: %w", path, err), l.Close())
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.serveErrand(runner, w, r) }), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	return func() { _ = server.Close() }, nil
}

// serveErrand does one command on the open store and index.
func (e *env) serveErrand(runner *jobs.Runner, w http.ResponseWriter, r *http.Request) {
	var asked errand
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&asked); err != nil {
		http.Error(w, "bad errand", http.StatusBadRequest)
		return
	}
	c := new(cli).beside()[asked.Command]
	if c == nil || asked.Mongo != e.Mongo || json.Unmarshal(asked.Flags, c) != nil {
		http.Error(w, "not here", http.StatusConflict)
		return
	}
	mu := &sync.Mutex{}
	o := e.options
	o.Lang, o.JSON = asked.Lang, asked.JSON
	guest := &env{options: o, ctx: r.Context(), out: frames{mu, w, frameOut}, err: frames{mu, w, frameErr}, file: frames{mu, w, frameFile}, log: e.log,
		st: e.st, tax: e.tax, index: e.index, centre: e.centre, jobs: runner}
	code := uint32(0)
	if err := c.Run(guest); err != nil {
		guest.complain(err)
		code = 1
	}
	e.log.Info("command answered", "command", asked.Command, "code", code)
	_, _ = w.Write(binary.BigEndian.AppendUint32([]byte{frameEnd}, code))
}

// into writes a file, and leaves none behind when that does not succeed; for another process, the file is there.
func (e *env) into(path string, mode int, write func(io.Writer) error) error {
	if e.file != nil {
		return write(e.file)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|mode, 0o600)
	if err != nil {
		return fmt.Errorf(e.say("ghi tệp: %w", "write file: %w"), err)
	}
	bar := e.byteBar(e.say("Ghi ", "Writing ") + filepath.Base(path))
	err = write(io.MultiWriter(f, bar))
	bar.done()
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}
