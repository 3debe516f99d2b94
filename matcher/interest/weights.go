package interest

// Weights are what each feature is worth, in natural logarithms of odds.
type Weights [featureCount]float64

// DefaultWeights were fitted by Fit to 1,915 looks of 903 people, as measure match --fit prints them; no look that
// they are judged by was among those. They are constants, so that a list never depends on what came after it.
// What each says, other things equal: an opening in the place looked at last, where the person looked before,
// too, is e^(1.5+1.4+1.4) = 74 times as likely to be looked at next as one elsewhere in the region.
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
