package matcher

// statedAndNot marks the closest of some occupations where another of them is not known. It sums up with any closeness to
// something that is none.
const statedAndNot = 128

// closest gives, for each list of postings, how close the closest of its occupations is to one: see vocabulary.closeness.
func (m *Market) closest(occupation int32) []uint8 {
	x := &m.index.postings
	known := int(occupation) < len(x.closestRows)
	if known {
		if row := x.closestRows[occupation].Load(); row != nil {
			return *row
		}
	}
	closeness := m.vocabulary.closeness(occupation, &m.weights)
	row := make([]uint8, len(x.lists))
	for i := range x.lists {
		row[i] = closestOf(x.lists[i].occupations, closeness)
	}
	if known {
		x.closestRows[occupation].Store(&row)
	}
	return row
}

// closestOf gives the greatest closeness of some occupations, noCloseness where there is none to any.
func closestOf(occupations []int32, closeness []uint8) (most uint8) {
	stated, unstated := false, false
	for _, o := range occupations {
		if closeness[o] == noCloseness {
			unstated = true
		} else {
			stated, most = true, max(most, closeness[o])
		}
	}
	switch {
	case !stated:
		return noCloseness
	case unstated:
		return most + statedAndNot
	}
	return most
}
