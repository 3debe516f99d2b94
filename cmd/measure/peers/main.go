// Command peers answers searches with other engines, for comparison by "measure search-speed": PostgreSQL full text
// with unaccent and pg_trgm, or SQLite FTS5. It reads one JSON object a line: {"build": file} indexes the documents
// of a file anew, {"ask": text} gives the first 20 ids; counting every filter over all matches is part of an answer,
// as it is of ours. Each answer carries the engine's own time. It is a module of its own, so that none of this
// is needed to build the product.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

type document struct {
	ID, Title, Body string
	Least, Most     int64
	Novice          bool
	Codes           []string
}

type engine interface {
	build(docs []document) error
	ask(text string) ([]string, error)
	close() error
}

type request struct{ Build, Ask string }

type answer struct {
	IDs   []string `json:"ids,omitempty"`
	Nanos int64    `json:"nanos"`
	Error string   `json:"error,omitempty"`
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(name, dir string) error {
	e, err := open(name, dir)
	if err != nil {
		return err
	}
	defer e.close()
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return err
		}
		a, err := serve(e, r)
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			return err
		}
	}
	return in.Err()
}

func open(name, dir string) (engine, error) {
	switch name {
	case "postgres":
		return openPostgres(dir)
	case "sqlite":
		return openSQLite(dir)
	}
	return nil, fmt.Errorf("no engine %q", name)
}

func serve(e engine, r request) (a answer, err error) {
	if r.Build == "" {
		start := time.Now()
		a.IDs, err = e.ask(r.Ask)
		a.Nanos = time.Since(start).Nanoseconds()
		return a, err
	}
	docs, err := read(r.Build)
	if err != nil {
		return a, err
	}
	start := time.Now()
	err = e.build(docs)
	a.Nanos = time.Since(start).Nanoseconds()
	return a, err
}

func read(name string) ([]document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var docs []document
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for dec.More() {
		var d document
		if err := dec.Decode(&d); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// payBands are the thresholds of pay that are counted, in đồng a month.
var payBands = []int64{5_000_000, 7_000_000, 10_000_000, 15_000_000, 20_000_000}

// numbers gives every code of the documents a number.
func numbers(docs []document) map[string]int32 {
	out := map[string]int32{}
	for _, d := range docs {
		for _, c := range d.Codes {
			if _, ok := out[c]; !ok {
				out[c] = int32(len(out))
			}
		}
	}
	return out
}
