package interest

// Weights are what each feature is worth, in natural logarithms of odds.
type Weights [featureCount]float64

// DefaultWeights were fitted by Fit to 1,915 looks in a recorded history, as measure match --fit prints them; no
// look that they are judged by is among those. They are constants, so that no list depends on what came after it.
// What they say, other things equal: an opening in the place of all earlier looks is e^(1.52+1.41+1.43), nearly
// eighty times as likely to be looked at next as one elsewhere in the region.
var DefaultWeights = Weights{
	wordsLast:   1.00,
	wordsBest:   0.62,
	wordsWanted: 1.65,
	wordsWorked: 1.29,
	sameAd:      -0.51, // the same ad in another place: they know what it says

	placeLast:     1.52,
	placeShare:    1.41,
	placeEver:     1.43,
	regionLast:    1.02,
	regionShare:   4.26,
	placeSize:     -0.33, // one of many openings in its place: each the less likely
	placeLastSize: -0.34,
	placeMoves:    0.34,

	employerLast:  0.61,
	employerShare: 0.48,

	filedLately: 0.67,
	groupLately: 0.45,
	wordsLately: 0.40,
	seenBefore:  -0.37, // others found it already, so it is not new
	seenDays:    -0.35,

	lookedLately: 0.34,
	lookedAlike:  0.68,
}

// Without gives weights under which a part earns nothing.
func (w Weights) Without(part string) Weights {
	for i, f := range features {
		if partNames[f.part] == part {
			w[i] = 0
		}
	}
	return w
}

// FeatureNames gives the names of what the weights are for, in their order.
func FeatureNames() []string {
	var out []string
	for _, f := range features {
		out = append(out, f.name)
	}
	return out
}
