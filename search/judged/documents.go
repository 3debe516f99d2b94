// Package judged measures search against labelled queries: it reads documents and queries from CSV, puts the
// documents into an index as an import would, asks the queries as the pages do, and judges the answers. The tests
// of search and cmd/measure share it, so that both mean the same by "passed".
package judged

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Documents are the postings and workers of one file.
type Documents struct {
	Postings []market.Posting
	Workers  []market.Worker
}

// IDs gives the ids of the postings and of the workers.
func (d Documents) IDs() (postings, workers map[string]bool) {
	postings, workers = map[string]bool{}, map[string]bool{}
	for i := range d.Postings {
		postings[string(d.Postings[i].ID)] = true
	}
	for i := range d.Workers {
		workers[string(d.Workers[i].ID)] = true
	}
	return postings, workers
}

// added is when the documents were put in: any fixed day will do, all are equally fresh.
var added = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

// ReadDocuments reads the columns id, kind (job or worker), title, body, commune_code; a header line comes first. A
// worker's title is "name – wish". What an advertisement's text says of pay is read as an import reads it.
func ReadDocuments(r io.Reader) (Documents, error) {
	var out Documents
	rows, err := table(r, "id", "kind", "title", "body", "commune_code")
	if err != nil {
		return out, fmt.Errorf("read documents: %w", err)
	}
	for _, c := range rows {
		if c["kind"] == "worker" {
			out.Workers = append(out.Workers, worker(c))
		} else {
			out.Postings = append(out.Postings, posting(c))
		}
	}
	return out, nil
}

func worker(c map[string]string) market.Worker {
	name, wish, _ := strings.Cut(c["title"], " – ")
	return market.Worker{Meta: market.Meta{ID: market.ID(c["id"]), Rev: 1, RecordedAt: added}, Name: name, About: c["body"], Commune: c["commune_code"],
		State: market.WorkerSeeking, Consent: market.Consent{Version: "1", At: added}, Wishes: []market.Wish{{Title: wish}}}
}

func posting(c map[string]string) market.Posting {
	p := market.Posting{Meta: market.Meta{ID: market.ID(c["id"]), Rev: 1, RecordedAt: added}, Title: c["title"], Text: c["body"], Openings: 1, State: market.PostingOpen}
	if c["commune_code"] != "" {
		p.Workplaces = []market.Workplace{{Commune: c["commune_code"]}}
	}
	p.Tags = taxonomy.Default().Tags(p.Title, p.Text)
	for _, t := range p.Tags {
		if t.Kind == "pay" && p.Pay.Status == "" {
			p.Pay = market.Pay{Min: t.Min, Max: t.Max, Currency: t.Currency, Period: t.Period, Status: market.PayStated, Stated: t.Said}
		}
	}
	return p
}

// table reads a CSV whose header names at least the given columns.
func table(r io.Reader, columns ...string) ([]map[string]string, error) {
	reader := csv.NewReader(r)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimPrefix(strings.TrimSpace(name), "\ufeff")] = i
	}
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("no column %q; there are %s", name, strings.Join(header, ", "))
		}
	}
	lines, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	out := make([]map[string]string, len(lines))
	for i, line := range lines {
		out[i] = map[string]string{}
		for name, n := range at {
			out[i][name] = line[n]
		}
	}
	return out, nil
}
