package search

// Weights of the ways a document can answer a text. What a way gives is its weight times the rarity of its key:
// ln(1 + documents / documents with the key) (Spärck Jones, 1972, "A statistical interpretation of term
// specificity"); only the last block is in points of its own. A change here is a change in the figures beside the
// labelled queries, and a sentence in the commit saying for whom the order got better.
const (
	weightTitleIdea = 8.0 // a concept of the text is what the title names
	weightBodyIdea  = 4.0 // …or stands in the body, or was ticked
	weightExact     = 3.0 // a syllable with the marks that were typed
	weightLiteral   = 0.5 // a syllable without marks that was typed so: "may" before "máy"
	weightWord      = 1.5 // a syllable, marks apart
	weightPair      = 2.0 // two syllables side by side
	weightExactPair = 2.0 // …with the marks that were typed
	weightTaken     = 0.7 // a word that became a filter or a place
	titleFactor     = 2.0 // any of these four in the title
	otherFactor     = 0.5 // a syllable in the employer's or the place's name

	// doubtShare is what the words of a recognised phrase are worth in a document that is not about it: "bảo vệ" in
	// "thuốc bảo vệ thực vật".
	doubtShare = 0.4

	// coveringShare is what a certificate is worth that includes the one asked for.
	coveringShare = 0.6

	// likeShare is what is worth at most what is only a little like what was asked.
	likeShare = 0.25

	// slipShare is what a concept is worth that is recognised only when the marks that were typed are passed over.
	slipShare = 0.8

	// leastShare is the similarity below which a related skill is no answer any more.
	leastShare = 0.5
)

// Points that do not depend on how rare a word is.
const (
	pointsPlace    = 100.0 // in the commune that was named; less with distance
	pointsProvince = 60.0  // in the province that was named
	// of one's own province, where no place was named: a job behind the next mountain is nearer than one 1,500 km away
	pointsOwnProvince = 30.0
	placeReachKm      = 60.0  // from here on a commune is not near any more
	pointsSaid        = 6.0   // it says that no experience is needed, not just nothing about it
	pointsWholeTitle  = 6.0   // times the share of the title's syllables that were asked for
	pointsCover       = 10.0  // times the share of what was asked that is there, where not all of it is
	pointsAll         = 200.0 // has all of what was asked: before those that have a part
	pointsFresh       = 1.0   // on its first day, half of it a month later
	freshHalfDays     = 30.0
)
