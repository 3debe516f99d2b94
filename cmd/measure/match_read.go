package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
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
	dir             string
	sum             io.Writer
	opening, seeker map[string]int32
	views           *views
	cut             map[int32]time.Time
}

func readViews(dir string) (*views, error) {
	sum := sha256.New()
	r := &viewReader{dir: dir, sum: sum, opening: map[string]int32{}, seeker: map[string]int32{}, views: &views{}, cut: map[int32]time.Time{}}
	v := r.views
	for _, file := range []struct {
		name    string
		columns []string
		each    func([]string) error
	}{
		{"openings.csv", []string{"opening_id", "title", "employer", "city", "state", "industry"}, r.addOpening},
		{"seekers.csv", []string{"seeker_id", "experience_titles", "wanted_positions"}, r.addSeeker},
		{"truth.csv", []string{"seeker_id", "opening_id", "at"}, r.addTruth},
		{"history.csv", []string{"seeker_id", "opening_id", "at"}, r.addHistory},
	} {
		if err := r.read(file.name, file.columns, file.each); err != nil {
			return nil, err
		}
	}
	if len(v.moments) == 0 {
		return nil, fmt.Errorf("%s names no view to judge by", filepath.Join(dir, "truth.csv"))
	}
	v.sort()
	v.digest = hex.EncodeToString(sum.Sum(nil))
	return v, nil
}

func (r *viewReader) addOpening(f []string) error {
	r.views.openings = append(r.views.openings, interest.Opening{ID: f[0], Title: f[1], Employer: f[2], Place: f[3], Region: f[4], Group: f[5]})
	return number(r.opening, f[0])
}

func (r *viewReader) addSeeker(f []string) error {
	r.views.people = append(r.views.people, interest.Person{ID: f[0], Worked: f[1], Wanted: f[2]})
	return number(r.seeker, f[0])
}

func number(ids map[string]int32, id string) error {
	if _, twice := ids[id]; twice || id == "" {
		return fmt.Errorf("id %q is empty or stands twice", id)
	}
	ids[id] = int32(len(ids))
	return nil
}

func (r *viewReader) addTruth(f []string) error {
	v, err := r.view(f)
	if err != nil {
		return err
	}
	if _, twice := r.cut[v.Person]; twice {
		return fmt.Errorf("seeker %q stands twice", f[0])
	}
	r.cut[v.Person] = v.At
	r.views.moments = append(r.views.moments, moment{v.Person, v.At, v.Opening})
	return nil
}

// addHistory leaves out what is not before the person's own moment.
func (r *viewReader) addHistory(f []string) error {
	v, err := r.view(f)
	if err != nil {
		return err
	}
	if end, ok := r.cut[v.Person]; ok && !v.At.Before(end) {
		r.views.late++
		return nil
	}
	r.views.history = append(r.views.history, v)
	return nil
}

// view reads seeker, opening and moment. Somebody who is not in seekers.csv wrote nothing.
func (r *viewReader) view(f []string) (v interest.View, err error) {
	var known bool
	if v.Opening, known = r.opening[f[1]]; !known {
		return v, fmt.Errorf("opening %q is not in openings.csv", f[1])
	}
	if _, known = r.seeker[f[0]]; !known {
		if err := r.addSeeker([]string{f[0], "", ""}); err != nil {
			return v, err
		}
	}
	v.Person = r.seeker[f[0]]
	v.At, err = time.Parse(viewTime, f[2])
	return v, err
}

// read calls each with the named columns of every line after the headings.
func (r *viewReader) read(name string, columns []string, each func([]string) error) error {
	file, err := os.Open(filepath.Join(r.dir, name))
	if err != nil {
		return err
	}
	defer file.Close()
	lines := csv.NewReader(io.TeeReader(file, r.sum))
	head, err := lines.Read()
	if err != nil {
		return fmt.Errorf("%s: read headings: %w", name, err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = slices.Index(head, c); at[i] < 0 {
			return fmt.Errorf("%s has no column %s", name, c)
		}
	}
	for {
		line, err := lines.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			fields := make([]string, len(at))
			for i := range at {
				fields[i] = line[at[i]]
			}
			err = each(fields)
		}
		if err != nil {
			n, _ := lines.FieldPos(0)
			return fmt.Errorf("%s, line %d: %w", name, n, err)
		}
	}
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
