package labels

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// Seed fixes the draw. Another seed is another draw, and labels.csv would have to be made anew.
const Seed = "noiviec real ads 1"

// The sizes of the draw. Random rows are what a figure may be measured on; rare rows are chosen for
// being odd, and stand apart.
const (
	RandomManual = 180
	RandomTopCV  = 120
	RarePerSet   = 50
	rareShapes   = 30 // of RarePerSet: rows taken for the shape of a text; the others for a pay text not drawn yet
)

// Drawn is a row of the draw, with the way it came in: "random" or "rare".
type Drawn struct {
	Row
	Draw string
}

// Draw takes the same rows every time: each set is put in the order of the SHA-256 of the seed and
// the row's hash; the first rows are the random draw, and the rare draw walks on from there.
func Draw(manual, topcv []Row) []Drawn {
	return append(drawSet(manual, RandomManual), drawSet(topcv, RandomTopCV)...)
}

func drawSet(rows []Row, random int) []Drawn {
	rows = shuffled(Seed, rows)
	var d drawing
	for _, r := range rows[:min(random, len(rows))] {
		d.take(r, "random")
	}
	rest := rows[min(random, len(rows)):]
	d.walk(rest, RarePerSet, func(r Row) bool { return !d.seen["pay shape "+shape(r.Pay)] })
	d.walk(rest, rareShapes, func(r Row) bool { return !d.seen["place shape "+shape(r.Place)] })
	d.walk(rest, RarePerSet, func(r Row) bool { return !d.seen["pay "+r.Pay] })
	d.walk(rest, RarePerSet, func(r Row) bool { return !d.seen[r.Hash] })
	return d.rows
}

func shuffled(seed string, rows []Row) []Row {
	key := func(r Row) string {
		sum := sha256.Sum256([]byte(seed + "\x00" + r.Hash))
		return hex.EncodeToString(sum[:])
	}
	out := slices.Clone(rows)
	slices.SortFunc(out, func(a, b Row) int { return strings.Compare(key(a), key(b)) })
	return out
}

var digits = regexp.MustCompile(`[0-9]+`)

// shape is a text with every run of digits made one "#": "8 - 10 triệu" and "12 - 15 triệu" have one shape.
func shape(text string) string { return digits.ReplaceAllString(text, "#") }

// drawing is a draw under way: the rows taken, how many of them are rare, and what they have shown.
type drawing struct {
	rows []Drawn
	rare int
	seen map[string]bool
}

func (d *drawing) take(r Row, draw string) {
	if d.seen == nil {
		d.seen = map[string]bool{}
	}
	for _, key := range []string{r.Hash, r.content(), "pay " + r.Pay, "pay shape " + shape(r.Pay), "place shape " + shape(r.Place)} {
		d.seen[key] = true
	}
	d.rows = append(d.rows, Drawn{r, draw})
}

// walk takes rare rows that are wanted, in order, until there are most of them. A row that has been
// taken is never wanted again, whatever the wish: its hash, pay and shapes have been seen.
func (d *drawing) walk(rows []Row, most int, wanted func(Row) bool) {
	for _, r := range rows {
		if d.rare >= most {
			return
		}
		if wanted(r) {
			d.take(r, "rare")
			d.rare++
		}
	}
}
