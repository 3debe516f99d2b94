package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"noiviec/matcher/interest"
)

// viewTime is how the files write a moment.
const viewTime = "2006-01-02 15:04:05 MST"

// views are the four files of measure match. The moments of truth.csv cut the history; its openings are looked
// at by judges alone.
type views struct {
	openings []interest.Opening
	people   []interest.Person
	history  []interest.View // in time order, each person's from before their moment
	late     int             // rows of the history at or after the person's own moment, left out
	moments  []moment        // in time order
	digest   string
}

// moment is when a list is made for a person, and what they looked at then.
type moment struct {
	person int32
	at     time.Time
	truth  int32
}

// viewReader reads the files and knows the numbers of their ids.
type viewReader struct {
	dir              string
	sum              io.Writer
	opening, seekers map[string]int32
}

func readViews(dir string) (*views, error) {
	sum := sha256.New()
	r := &viewReader{dir: dir, sum: sum, opening: map[string]int32{}, seekers: map[string]int32{}}
	v := &views{}
	cut := map[int32]time.Time{}
	err := errors.Join(
		r.read("openings.csv", 6, func(line []string) error {
			v.openings = append(v.openings, interest.Opening{ID: line[0], Title: line[1], Employer: line[2], Place: line[3], Region: line[4], Group: line[5]})
			return number(r.opening, line[0])
		}),
		r.read("seekers.csv", 3, func(line []string) error {
			v.people = append(v.people, interest.Person{ID: line[0], Worked: line[1], Wanted: line[2]})
			return number(r.seekers, line[0])
		}),
		r.read("truth.csv", 3, func(line []string) error {
			seen, err := r.view(line)
			if err == nil && !cut[seen.Person].IsZero() {
				err = fmt.Errorf("seeker %q stands twice", line[0])
			}
			cut[seen.Person] = seen.At
			v.moments = append(v.moments, moment{seen.Person, seen.At, seen.Opening})
			return err
		}),
		r.read("history.csv", 3, func(line []string) error {
			seen, err := r.view(line)
			if err != nil {
				return err
			}
			if end, ok := cut[seen.Person]; ok && !seen.At.Before(end) {
				v.late++
				return nil
			}
			v.history = append(v.history, seen)
			return nil
		}))
	if err == nil && len(v.moments) == 0 {
		err = fmt.Errorf("%s: names no view to judge by", filepath.Join(dir, "truth.csv"))
	}
	v.sort()
	v.digest = hex.EncodeToString(sum.Sum(nil))
	return v, err
}

// sort puts views and moments in time order. Those of one moment stand by their words, so that ids, whose order
// tells how old an ad is, decide nothing; only between equal words does a hash of the id.
func (v *views) sort() {
	opening := make([]string, len(v.openings))
	for i, o := range v.openings {
		opening[i] = strings.Join([]string{o.Title, o.Employer, o.Place, o.Region, o.Group, shuffled(o.ID)}, "\x00")
	}
	person := make([]string, len(v.people))
	for i, p := range v.people {
		person[i] = strings.Join([]string{p.Worked, p.Wanted, shuffled(p.ID)}, "\x00")
	}
	slices.SortStableFunc(v.history, func(a, b interest.View) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(person[a.Person], person[b.Person]), cmp.Compare(opening[a.Opening], opening[b.Opening]))
	})
	slices.SortStableFunc(v.moments, func(a, b moment) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(person[a.person], person[b.person]))
	})
}

// half deals people into two halves by a hash.
func (v *views) half(person int32) int { return int(shuffled(v.people[person].ID)[0] & 1) }

func shuffled(id string) string {
	sum := sha256.Sum256([]byte(id))
	return string(sum[:8])
}

func number(ids map[string]int32, id string) error {
	if _, twice := ids[id]; twice || id == "" {
		return fmt.Errorf("id %q is empty or stands twice", id)
	}
	ids[id] = int32(len(ids))
	return nil
}

// view reads seeker, opening and moment.
func (r *viewReader) view(line []string) (v interest.View, err error) {
	var known [2]bool
	v.Person, known[0] = r.seekers[line[0]]
	v.Opening, known[1] = r.opening[line[1]]
	if !known[0] || !known[1] {
		return v, fmt.Errorf("seeker %q or opening %q is in no file", line[0], line[1])
	}
	v.At, err = time.Parse(viewTime, line[2])
	return v, err
}

// read calls each for every line after the headings.
func (r *viewReader) read(name string, columns int, each func([]string) error) error {
	file, err := os.Open(filepath.Join(r.dir, name))
	if err != nil {
		return err
	}
	defer file.Close()
	lines := csv.NewReader(io.TeeReader(file, r.sum))
	lines.FieldsPerRecord, lines.ReuseRecord = columns, false
	for first := true; ; first = false {
		line, err := lines.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil && !first {
			err = each(line)
		}
		if err != nil {
			at, _ := lines.FieldPos(0)
			return fmt.Errorf("%s, line %d: %w", name, at, err)
		}
	}
}
