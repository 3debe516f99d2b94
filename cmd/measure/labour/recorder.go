package labour

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"noiviec/matcher"
)

// Recorder keeps the lists that people opened, and what came of every place, for a back-test of weights. What
// counsellors ask is no place of a list and is left out. A nil Recorder keeps nothing.
type Recorder struct {
	rows []outcome
	last map[[2]int]int // seeker and posting → the row of the last time they met
}

// outcome is one place of a list that somebody opened.
type outcome struct {
	night, seeker, posting, place int
	probability                   float64
	score                         int
	parts                         []int8
	groups                        [dimensions]string
	approved, hired, stays        bool
}

// NewRecorder makes an empty one.
func NewRecorder() *Recorder { return &Recorder{last: map[[2]int]int{}} }

// list keeps a list that somebody opens. The probability of a place is the chance that it is looked at.
func (c *Recorder) list(r *run, row int, shown []int32) {
	if c == nil {
		return
	}
	for place, posting := range shown {
		c.add(r, int32(row), posting, place, r.w.parameters.lookedAt(place))
	}
}

func (c *Recorder) add(r *run, worker, posting int32, place int, probability float64) {
	o := outcome{night: r.day, seeker: r.night.seekers[worker], posting: r.night.openings[posting], place: place, probability: probability}
	s := r.w.scores
	e := s.market.Explain(s.seekers[o.seeker], s.openings[o.posting])
	o.score = e.Score
	for _, p := range e.Parts {
		o.parts = append(o.parts, int8(p.Points))
	}
	for d := range dimensions {
		o.groups[d] = groupNames[d][r.w.groupOf(d, o.seeker)]
	}
	c.last[[2]int{o.seeker, o.posting}] = len(c.rows)
	c.rows = append(c.rows, o)
}

// applied marks that the person would have the posting, and gives the row; -1 when a counsellor had asked.
func (c *Recorder) applied(seeker, posting int, referred bool) int {
	if c == nil || referred {
		return -1
	}
	row, ok := c.last[[2]int{seeker, posting}]
	if !ok {
		return -1
	}
	c.rows[row].approved = true
	return row
}

func (c *Recorder) hired(row int, stays bool) {
	if c != nil && row >= 0 {
		c.rows[row].hired, c.rows[row].stays = true, stays
	}
}

// simulated stands before every id, so that nobody takes a row for somebody's.
const simulated = "simulated-"

// Write gives the rows as CSV, in the order in which they happened. Positions begin with 1. Who applies is referred at
// once: approved and referred are the same here. The column weights is the digest of the weights that scored.
func (c *Recorder) Write(to io.Writer) error {
	w := csv.NewWriter(to)
	head := append([]string{"night", "worker", "posting", "position", "probability", "score"}, matcher.PartNames()...)
	if err := w.Write(append(head, "approved", "referred", "hired", "stayed90", "weights", "group.commune", "group.tongue", "group.schooling")); err != nil {
		return err
	}
	weights := matcher.DefaultWeights() // those of World's market
	digest := weights.Digest()
	for _, o := range c.rows {
		cells := []string{(firstDay + matcher.Day(o.night)).String(), simulated + seekerID(o.seeker), simulated + openingID(o.posting),
			strconv.Itoa(o.place + 1), fmt.Sprintf("%.4f", o.probability), strconv.Itoa(o.score)}
		for _, p := range o.parts {
			cells = append(cells, strconv.Itoa(int(p)))
		}
		for _, yes := range []bool{o.approved, o.approved, o.hired, o.stays} {
			cells = append(cells, map[bool]string{true: "1", false: "0"}[yes])
		}
		if err := w.Write(append(append(cells, digest), o.groups[:]...)); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// Len is the number of rows.
func (c *Recorder) Len() int { return len(c.rows) }
