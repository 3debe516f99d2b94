package labour

import (
	"fmt"

	"noiviec/internal/taxonomy"
)

// trade is one line of work of the province, invented but for its codes. Pay is in million đồng a month.
type trade struct {
	skill        string
	nice         []string
	certificate  string  // asked for by some, "" none
	low, high    float64 // pay in the province
	more         float64 // what firms elsewhere pay above it
	months       int     // of experience that some ask
	seekers      float64 // how often people want it
	local, away  float64 // how often it is offered in the province and elsewhere
	occupation   string  // from the taxonomy
	closeness    []float64
	substitution []float64
}

// trades are of the size of what firms of such provinces look for: most seats elsewhere are in sewing, assembly and
// building, most postings at home in building, farms, shops and kitchens. The shares are assumed.
func trades() []trade {
	return []trade{
		{skill: "may-cn", nice: []string{"ui-ht", "kcs"}, low: 5, high: 8, more: 3, seekers: 13, local: 6, away: 24},
		{skill: "lap-rap-dt", nice: []string{"kcs", "lam-ca"}, low: 6, high: 8, more: 3, seekers: 11, local: 1, away: 28},
		{skill: "han", nice: []string{"han-mig-mag", "doc-ban-ve"}, certificate: "the-atld-3", low: 8, high: 12, more: 3, months: 12, seekers: 7, local: 6, away: 8},
		{skill: "tho-xay", nice: []string{"op-lat", "cop-pha"}, low: 8, high: 11, more: 2, months: 6, seekers: 9, local: 11, away: 8},
		{skill: "phu-ho", nice: []string{"be-tong"}, low: 6, high: 8, more: 2, seekers: 8, local: 10, away: 6},
		{skill: "che-bien-ca-phe", nice: []string{"che-bien-ns"}, certificate: "kham-sk-atp", low: 5, high: 7, seekers: 5, local: 7},
		{skill: "trong-mac-ca", nice: []string{"ghep-cay", "phun-thuoc"}, low: 5, high: 7, seekers: 6, local: 8},
		{skill: "lai-xe-tai", nice: []string{"boc-xep"}, certificate: "gplx-c", low: 9, high: 13, more: 2, months: 24, seekers: 5, local: 6, away: 2},
		{skill: "nau-an", nice: []string{"phu-bep"}, certificate: "cc-nau-an", low: 7, high: 11, more: 2, months: 12, seekers: 4, local: 6, away: 2},
		{skill: "phu-bep", nice: []string{"nau-an"}, low: 5, high: 6, more: 2, seekers: 4, local: 7, away: 1},
		{skill: "buong-phong", nice: []string{"giat-la"}, low: 5, high: 7, more: 2, seekers: 4, local: 5, away: 1},
		{skill: "le-tan", nice: []string{"tieng-anh", "tin-hoc-vp"}, low: 6, high: 8, more: 2, months: 6, seekers: 4, local: 4, away: 1},
		{skill: "bao-ve", nice: []string{"doc-lap"}, certificate: "gcn-bao-ve", low: 6, high: 8, more: 2, seekers: 4, local: 5, away: 4},
		{skill: "gv-mam-non", nice: []string{"giao-tiep"}, certificate: "nvsp", low: 6, high: 9, months: 12, seekers: 2, local: 2},
		{skill: "ke-toan", nice: []string{"ke-toan-thue", "tin-hoc-vp"}, low: 7, high: 11, more: 2, months: 12, seekers: 3, local: 4, away: 1},
		{skill: "dien-nuoc", nice: []string{"dien-dan-dung"}, certificate: "the-at-dien", low: 8, high: 11, more: 2, months: 12, seekers: 3, local: 4, away: 3},
		{skill: "sua-xe-may", nice: []string{"rua-xe"}, low: 6, high: 9, more: 2, months: 6, seekers: 3, local: 4, away: 1},
		{skill: "ban-hang", nice: []string{"thu-ngan", "giao-tiep"}, low: 5, high: 7, more: 2, seekers: 5, local: 8, away: 2},
	}
}

// tradeNoise is how far the truth of two trades' nearness may lie from what the taxonomy says of it.
const tradeNoise = 0.15

// prepareTrades fills in what the taxonomy knows, and the truth about how near trades are, which is not quite that.
func prepareTrades(tax *taxonomy.Taxonomy, d dice) ([]trade, error) {
	list := trades()
	for i := range list {
		t := &list[i]
		of := tax.OccupationsOfSkill(t.skill)
		if len(of) == 0 {
			return nil, fmt.Errorf("skill %q has no occupation", t.skill)
		}
		t.occupation = of[0].Code
	}
	for i := range list {
		t := &list[i]
		t.closeness, t.substitution = make([]float64, len(list)), make([]float64, len(list))
		for j := range list {
			near := kinship(tax, t, &list[j])
			t.closeness[j] = clamp(near+tradeNoise*d.normal(ofTrades, i, j), 0, 0.9)
			t.substitution[j] = clamp(near+tradeNoise*d.normal(ofTrades, i, j+len(list)), 0, 0.9)
		}
		t.closeness[i], t.substitution[i] = 1, 1
	}
	return list, nil
}

// kinship is what of b somebody from a knows: by the skills, else by the groups of the list of occupations.
func kinship(tax *taxonomy.Taxonomy, a, b *trade) float64 {
	near := tax.Similarity(a.skill, b.skill)
	switch {
	case a.occupation[:2] == b.occupation[:2]:
		near = max(near, 0.5)
	case a.occupation[:1] == b.occupation[:1]:
		near = max(near, 0.3)
	}
	return near
}

func clamp(x, low, high float64) float64 { return min(max(x, low), high) }
