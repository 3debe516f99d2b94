package labels

// FurtherSeed fixes the second draw, of rows that Draw did not take.
const FurtherSeed = "noiviec real ads 2"

// The sizes of the second draw: half of it as the rows come, half for what the first draw has shown
// least of.
const (
	FurtherManual    = 90
	FurtherTopCV     = 60
	FurtherRare      = 75 // a set
	furtherPlaces    = 50 // of FurtherRare: rows taken for the shape of their place
	furtherPayShapes = 65 // of FurtherRare: with those taken for a pay shape that few rows have
	scarce           = 12 // rows: a pay shape that no more of a set's rows have is scarce
)

// Further takes rows that Draw left, the same every time. No two of them, and none of them and one of
// Draw's, say the same in title, pay and place.
func Further(manual, topcv []Row) []Drawn {
	return append(furtherSet(manual, RandomManual, FurtherManual), furtherSet(topcv, RandomTopCV, FurtherTopCV)...)
}

func furtherSet(rows []Row, before, random int) []Drawn {
	var d drawing
	for _, r := range drawSet(rows, before) {
		d.take(r.Row, r.Draw)
	}
	first := len(d.rows)
	pays := map[string]int{}
	for _, r := range rows {
		pays[shape(r.Pay)]++
	}
	rest := shuffled(FurtherSeed, rows)
	fresh := func(r Row) bool { return !d.seen[r.Hash] && !d.seen[r.content()] }
	for _, r := range rest {
		if len(d.rows) == first+random {
			break
		}
		if fresh(r) {
			d.take(r, "random")
		}
	}
	d.rare = 0
	d.walk(rest, furtherPlaces, func(r Row) bool { return fresh(r) && !d.seen["place shape "+shape(r.Place)] })
	d.walk(rest, furtherPayShapes, func(r Row) bool { return fresh(r) && pays[shape(r.Pay)] <= scarce && !d.seen["pay "+r.Pay] })
	d.walk(rest, FurtherRare, func(r Row) bool { return fresh(r) && !d.seen["pay "+r.Pay] })
	return d.rows[first:]
}

func (r Row) content() string { return r.Title + "\x00" + r.Pay + "\x00" + r.Place }
