package interest

import "math"

// The parts of every score, in the order they are shown.
const (
	partText = iota
	partPlace
	partEmployer
	partFreshness
	partNearby
	partCount
)

var partNames = [partCount]string{"text", "place", "employer", "freshness", "nearby_interest"}

// PartNames gives the names of the parts of every score, in the order they are shown.
func PartNames() []string { return append([]string(nil), partNames[:]...) }

// What is known of a person and an opening, as numbers that the weights are for.
const (
	wordsLast = iota
	wordsBest
	wordsWanted
	wordsWorked
	sameAd
	placeLast
	placeShare
	placeEver
	regionLast
	regionShare
	placeSize
	placeLastSize
	placeMoves
	employerLast
	employerShare
	filedLately
	groupLately
	wordsLately
	seenBefore
	seenDays
	lookedLately
	lookedAlike
	featureCount
)

// features describes each: its part, and its reason where it earns and where it takes points.
var features = [featureCount]struct {
	name, reason, against string
	part                  int
}{
	wordsLast:     {"words_last", "words_like_last", "words_like_last", partText},
	wordsBest:     {"words_best", "words_like_before", "words_like_before", partText},
	wordsWanted:   {"words_wanted", "words_wanted", "words_wanted", partText},
	wordsWorked:   {"words_worked", "words_worked", "words_worked", partText},
	sameAd:        {"same_ad", "same_ad_elsewhere", "same_ad_elsewhere", partText},
	placeLast:     {"place_last", "place_last", "place_last", partPlace},
	placeShare:    {"place_share", "place_before", "place_before", partPlace},
	placeEver:     {"place_ever", "place_before", "place_before", partPlace},
	regionLast:    {"region_last", "region_last", "region_last", partPlace},
	regionShare:   {"region_share", "region_before", "region_before", partPlace},
	placeSize:     {"place_size", "place_small", "place_of_many", partPlace},
	placeLastSize: {"place_last_size", "place_small", "place_of_many", partPlace},
	placeMoves:    {"place_moves", "place_often_both", "place_often_both", partPlace},
	employerLast:  {"employer_last", "employer_last", "employer_last", partEmployer},
	employerShare: {"employer_share", "employer_before", "employer_before", partEmployer},
	filedLately:   {"filed_lately", "kind_looked_at_lately", "kind_not_looked_at_lately", partFreshness},
	groupLately:   {"group_lately", "kind_looked_at_lately", "kind_not_looked_at_lately", partFreshness},
	wordsLately:   {"words_lately", "words_looked_at_lately", "words_not_looked_at_lately", partFreshness},
	seenBefore:    {"seen_before", "seen_before", "seen_before", partFreshness},
	seenDays:      {"seen_days", "seen_days_ago", "seen_days_ago", partFreshness},
	lookedLately:  {"looked_lately", "looked_at_lately", "looked_at_lately", partNearby},
	lookedAlike:   {"looked_alike", "looked_at_alike", "looked_at_alike", partNearby},
}

// silence is the reason of a part of which nothing is known.
var silence = [partCount]string{
	partText: "words_none", partPlace: "place_elsewhere", partEmployer: "employer_new",
	partFreshness: "freshness_unknown", partNearby: "nobody_looked",
}

// Features is what is known of a person and one opening.
type Features [featureCount]float64

// Features gives what is known of the person and an opening.
func (q *Query) Features(j int32) (f Features) {
	o := &q.m.openings[j]
	q.textFeatures(j, o, &f)
	q.placeFeatures(o, &f)
	if o.firm != none {
		f[employerLast] = yes(q.last != nil && q.last.firm == o.firm)
		f[employerShare] = q.firm[o.firm]
	}
	q.timeFeatures(j, o, &f)
	f[lookedLately] = q.y.lookAt[j].value(q.at, interestFades)
	f[lookedAlike] = math.Log1p(5 * q.alike[j])
	return f
}

func (q *Query) textFeatures(j int32, o *opening, f *Features) {
	f[wordsLast], f[wordsBest] = q.wordsLast[j], q.wordsBest[j]
	f[wordsWanted], f[wordsWorked] = q.wordsWanted[j], q.wordsWorked[j]
	f[sameAd] = yes(q.ads[o.ad])
}

func (q *Query) placeFeatures(o *opening, f *Features) {
	if o.region != none {
		f[regionLast] = yes(q.last != nil && q.last.region == o.region)
		f[regionShare] = q.region[o.region]
	}
	if o.place == none {
		return
	}
	size := math.Log(float64(q.m.places.size[o.place]))
	f[placeShare] = q.place[o.place]
	f[placeEver] = yes(f[placeShare] > 0)
	f[placeSize] = size
	if q.last != nil && q.last.place == o.place {
		f[placeLast], f[placeLastSize] = 1, size
	}
	f[placeMoves] = math.Log1p(50 * q.moves[o.place])
}

func (q *Query) timeFeatures(j int32, o *opening, f *Features) {
	if o.kind == none {
		f[filedLately] = q.filed[0]
	} else {
		f[filedLately] = q.filed[1]
	}
	looked, there := q.lookedAndThere(o)
	f[groupLately] = math.Log1p(100 * looked / there)
	for _, w := range o.words {
		f[wordsLately] += w.weight * w.weight * q.trend[w.word]
	}
	if at := q.y.seen[j]; !at.IsZero() {
		f[seenBefore] = 1
		f[seenDays] = math.Log1p(daysBetween(at, q.at))
	}
}

// lookedAndThere says how much openings filed like this one were looked at lately, and how many there are.
func (q *Query) lookedAndThere(o *opening) (looked, there float64) {
	if o.kind != none {
		return q.y.kinds[o.kind].value(q.at, interestFades), float64(q.m.kinds.size[o.kind])
	}
	return q.y.unfiled.value(q.at, interestFades), float64(q.m.unfiled)
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
