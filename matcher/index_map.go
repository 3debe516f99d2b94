package matcher

import "math/bits"

// wishMap tells of 64 blocks of wishes that follow each other in which of them there is anybody of a kind, a bit a block.
type wishMap struct {
	held      [len(signature{}) * 64]uint64 // who holds a skill, by its bit in a signature; in blocks where somebody's take more to tell, all
	papers    [64]uint64                    // who has a paper, by its bit as papers are folded
	districts [64]uint64                    // who lives in a district and would go as far as a step says, by districtBit
}

// mapped is how many blocks a map tells of.
const mapped = 64

// mapOut adds a block to the maps: what skills and papers anybody there has, and the districts.
func (x *workerIndex) mapOut(block int, held *signature, papers, districts uint64) {
	if block%mapped == 0 {
		x.maps = append(x.maps, wishMap{})
	}
	m := &x.maps[block/mapped]
	for i, of := range held {
		mark(m.held[64*i:], of, block)
	}
	mark(m.papers[:], papers, block)
	mark(m.districts[:], districts, block)
}

// mark notes that a block has somebody of some kinds, each a bit.
func mark(kinds []uint64, of uint64, block int) {
	for ; of != 0; of &= of - 1 {
		kinds[bits.TrailingZeros64(of)] |= 1 << (block % mapped)
	}
}

// anyOf gives the blocks that have somebody of any of some kinds.
func anyOf(kinds *[64]uint64, of uint64) (blocks uint64) {
	for ; of != 0; of &= of - 1 {
		blocks |= kinds[bits.TrailingZeros64(of)]
	}
	return blocks
}

// holding gives the blocks where somebody holds one of some skills.
func (m *wishMap) holding(skills *signature) (blocks uint64) {
	for i, of := range skills {
		blocks |= anyOf((*[64]uint64)(m.held[64*i:]), of)
	}
	return blocks
}
