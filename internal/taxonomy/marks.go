package taxonomy

// fits reports whether a phrase's marks agree with what was typed, and the neighbours with its meaning.
func (r *reader) fits(name int32, from, to int) bool {
	x := r.t.concepts
	if !x.same(name, r.line[from:to]) && (r.marked || !r.enough(from, to)) {
		return false
	}
	sense := x.names[name].sense
	return sense < 0 || r.meant(from, to) == sense
}

// meant gives the meaning of the short form at a token; each is decided once.
func (r *reader) meant(from, to int) int32 {
	if r.decided.from != from || r.decided.to != to {
		r.decided.from, r.decided.to, r.decided.sense = from, to, r.t.short.meant(r.t, r.text, r.line, from, to)
	}
	return r.decided.sense
}

// enough reports whether folded text says enough to be recognised: two syllables or five letters.
func (r *reader) enough(from, to int) bool {
	return to-from > 1 || r.t.words.size[r.line[from].fold] >= 5
}

// commoner reports whether what was typed is rather a phrase that is no concept: without marks "dau tu" is
// "đầu tư" (to invest), hardly ever "đấu tủ".
func (r *reader) commoner(i, length int, node int32) bool {
	x := r.t.concepts
	for n := x.from[node]; n < x.from[node+1]; n++ {
		if x.names[n].kind == "" && r.fits(n, i, i+length) {
			return true
		}
	}
	return false
}
