package matcher

// lanes is how many rows this processor adds up at once, and the system lets it: 64 with AVX-512 and its byte permutations, 32
// with AVX2, else 1.
var lanes = func() uint8 {
	const saves, words = 1 << 27, 1 << 28
	const halves, avx2 = 1<<1 | 1<<2, 1 << 5
	const wholes, foundation, bytes, permutes = 1<<5 | 1<<6 | 1<<7 | halves, 1 << 16, 1 << 30, 1 << 1
	if most, _, _, _ := cpuid(0, 0); most < 7 {
		return 1
	}
	if _, _, c, _ := cpuid(1, 0); c&saves == 0 || c&words == 0 {
		return 1
	}
	enabled := xgetbv()
	_, b, c, _ := cpuid(7, 0)
	switch {
	case enabled&halves != halves || b&avx2 == 0:
		return 1
	case enabled&wholes != wholes || b&foundation == 0 || b&bytes == 0 || c&permutes == 0:
		return 32
	}
	return 64
}()

// tally is tallyPlain, on processors that can many rows a step; so are the others what is called plain.
//
//go:noescape
func tally(out, asked, start *column, couples []couple, worth [][2]ways, columns []column, tables [][2]losses, budget uint8) (within uint64)

//go:noescape
func tallyLeft(left, start *column, columns []column, tables [][2]losses, places *places, near *placeLosses, wish, asked uint8) (greatest uint8)

//go:noescape
func tallyCovered(out, start *column, couples []couple, gains *ways, least uint8) (rows uint64)

//go:noescape
func reaching(in *column, least uint8) (rows uint64)

//go:noescape
func uppermost(in *column) (most uint8)

// fetchBriefs bids the processor fetch the briefs of some rows of a block into its cache: they will be read before long.
//
//go:noescape
func fetchBriefs(briefs *brief, rows uint64)

// fetchGists bids it fetch gists.
//
//go:noescape
func fetchGists(gists *gist, rows uint64)

//go:noescape
func cpuid(leaf, sub uint32) (a, b, c, d uint32)

//go:noescape
func xgetbv() (enabled uint32)
