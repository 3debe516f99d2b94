package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// peerDoc is a posting as the peers get it: the text that ours indexes and the codes that ours counts, so that all
// count the same filters.
type peerDoc struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Body   string   `json:"body"`
	Least  int64    `json:"least"` // đồng a month, 0 unknown
	Most   int64    `json:"most"`
	Novice bool     `json:"novice"`
	Codes  []string `json:"codes"` // "s:hàn" and the like: one letter for the filter, then the code
}

func peerDocs(postings []market.Posting) []peerDoc {
	out := make([]peerDoc, len(postings))
	for i := range postings {
		out[i] = peerDocOf(&postings[i], taxonomy.Default())
	}
	return out
}

func peerDocOf(p *market.Posting, tax *taxonomy.Taxonomy) peerDoc {
	d := peerDoc{ID: string(p.ID), Title: p.Title, Body: p.Text + "\n" + p.EmployerName + "\n" + p.PlaceStated, Novice: p.MinMonths == 0}
	if p.Pay.Currency == "VND" {
		d.Least, d.Most, _ = p.Pay.Monthly(1)
	}
	seen := map[string]bool{}
	add := func(filter, code string) {
		if key := filter + code; code != "" && !seen[key] {
			seen[key] = true
			d.Codes = append(d.Codes, key)
		}
	}
	for _, r := range p.Requirements {
		add(r.Kind[:1]+":", r.ID)
	}
	for _, w := range p.Workplaces {
		add("m:", w.Commune)
		if c, ok := tax.Commune(w.Commune); ok {
			add("p:", c.Province)
		}
		add("p:", w.Province)
		add("a:", w.Country)
	}
	add("o:", p.Occupation)
	for _, b := range p.Benefits {
		add("b:", b)
	}
	add("h:", p.Shift)
	return d
}

// peer is another engine in a process of its own, cmd/measure/peers: what it needs stays out of this module.
type peer struct {
	engine string
	dir    string
	cmd    *exec.Cmd
	in     *json.Encoder
	out    *bufio.Reader
	stop   func() error
}

// peerAnswer is one line from the process.
type peerAnswer struct {
	IDs   []string `json:"ids"`
	Nanos int64    `json:"nanos"`
	Error string   `json:"error"`
}

// startPeer builds the peers' program and starts it for one engine.
func startPeer(ctx context.Context, engine string) (*peer, error) {
	dir, err := os.MkdirTemp("", "measure-"+engine+"-")
	if err != nil {
		return nil, err
	}
	p := &peer{engine: engine, dir: dir}
	source, err := peersFolder()
	if err != nil {
		return nil, err
	}
	program := filepath.Join(dir, "peers")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "sqlite_fts5", "-o", program, ".")
	build.Dir, build.Env = source, append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build peers: %w\n%s", err, out)
	}
	p.cmd = exec.Command(program, engine, dir)
	p.cmd.Stderr = os.Stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.out, p.stop = json.NewEncoder(in), bufio.NewReaderSize(out, 1<<20), in.Close
	return p, p.cmd.Start()
}

// peersFolder finds the peers' source from the project's root or from cmd/measure.
func peersFolder() (string, error) {
	for _, dir := range []string{"cmd/measure/peers", "peers"} {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("run measure in the project's folder: the peers' source is in cmd/measure/peers")
}

func (p *peer) name() string { return p.engine }

func (p *peer) close() {
	if p.stop != nil {
		_ = p.stop()
		_ = p.cmd.Wait()
	}
	_ = os.RemoveAll(p.dir)
}

func (p *peer) call(request any) (peerAnswer, error) {
	var a peerAnswer
	if err := p.in.Encode(request); err != nil {
		return a, err
	}
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return a, err
	}
	if a.Error != "" {
		return a, errors.New(a.Error)
	}
	return a, nil
}

func (p *peer) build(docs []peerDoc, _ []market.Posting) (time.Duration, error) {
	name := filepath.Join(p.dir, "docs.jsonl")
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	enc := json.NewEncoder(f)
	for i := range docs {
		if err := enc.Encode(&docs[i]); err != nil {
			return 0, err
		}
	}
	if err := f.Close(); err != nil {
		return 0, err
	}
	a, err := p.call(map[string]string{"build": name})
	return time.Duration(a.Nanos), err
}

func (p *peer) ask(text string) ([]string, time.Duration, error) {
	a, err := p.call(map[string]string{"ask": text})
	return a.IDs, time.Duration(a.Nanos), err
}
