package matcher

import (
	"cmp"
	"slices"
)

// districts cuts every province of the vocabulary into so many districts at most: groups of communes that lie close together, of
// about as many communes each. They are no administrative ones, and number 0 is kept for what lies in none. The result is by
// commune.
func (v *vocabulary) districts(n int) []uint8 {
	byProvince := map[int32][]int32{}
	for commune := int32(1); int(commune) < len(v.province); commune++ {
		if p := v.province[commune]; p != 0 {
			byProvince[p] = append(byProvince[p], commune)
		}
	}
	of := make([]uint8, len(v.province))
	for _, communes := range byProvince {
		v.cutDistricts(communes, 1, n, of)
	}
	return of
}

// cutDistricts deals out n districts from a number on: it halves the communes where they are spread the most.
func (v *vocabulary) cutDistricts(communes []int32, first, n int, of []uint8) {
	if n == 1 || len(communes) <= 1 {
		for _, c := range communes {
			of[c] = uint8(first)
		}
		return
	}
	along := v.widest(communes)
	slices.SortFunc(communes, func(a, b int32) int {
		return cmp.Or(cmp.Compare(along(v.point[a]), along(v.point[b])), cmp.Compare(v.communes.words[a], v.communes.words[b]))
	})
	half := n / 2
	at := len(communes) * half / n
	v.cutDistricts(communes[:at], first, half, of)
	v.cutDistricts(communes[at:], first+half, n-half, of)
}

// widest gives the axis along which places are spread the most.
func (v *vocabulary) widest(communes []int32) func(point) float64 {
	axes := []func(point) float64{func(p point) float64 { return p.x }, func(p point) float64 { return p.y }, func(p point) float64 { return p.z }}
	spread := func(along func(point) float64) float64 {
		least, most := along(v.point[communes[0]]), along(v.point[communes[0]])
		for _, c := range communes {
			least, most = min(least, along(v.point[c])), max(most, along(v.point[c]))
		}
		return most - least
	}
	return slices.MaxFunc(axes, func(a, b func(point) float64) int { return cmp.Compare(spread(a), spread(b)) })
}
