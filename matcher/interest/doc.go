// Package interest ranks openings for people of whom nothing is coded: no occupation of a taxonomy, no commune, no
// skill, only the words of titles, the names of places and what was looked at. Package matcher weighs what is
// coded, and that is what the service lists by; this is the same thinking where nothing is, named parts that sum
// to the score, each with its reason, and room for everybody. It lets the engine be measured on job-view data,
// which have no Vietnamese codes; the service itself records no looks of persons and does not call it.
//
// Like matcher it imports the standard library only (and matcher, for the shape of a reason), knows no clock and
// does no input or output. It knows neither names nor ages; ids are opaque and decide nothing.
//
// # How it is used
//
// [New] makes a [Market] of openings and people. A [Memory] beside it takes views in time order, [Memory.Record],
// and is asked for a person at a moment, [Memory.Ask]. It refuses to be asked about a moment that is not later than
// everything it holds, so no list can know what came after it. The [Query] that comes back ranks all openings,
// and explains any. Where nobody agreed to having their looks recorded, nothing is recorded: then words, and the
// places of what is wished, are all there is, and the parts of the looks are nothing for everyone.
//
// # The score
//
// It is a sum of named parts in whole points; a hundred points make an opening e times as likely to be looked at
// next as another. Each part has one reason, the strongest of what went into it, of places the nearest. The codes
// and their arguments:
//
//	text             words_like_last [words]          words_like_before [words]
//	                 words_wanted [words]             words_worked [words]
//	                 same_ad_elsewhere [employer]     words_none
//	place            place_last [place]               place_before [place]
//	                 region_last [region]             region_before [region]
//	                 place_often_both [place]         place_of_many [place]
//	                 place_small [place]              place_elsewhere
//	employer         employer_last [employer]         employer_before [employer]
//	                 employer_new
//	freshness        kind_looked_at_lately [group]    kind_not_looked_at_lately [group]
//	                 words_looked_at_lately           words_not_looked_at_lately
//	                 seen_before [people]             seen_days_ago [days]
//	                 freshness_unknown
//	nearby_interest  looked_at_lately [people]        looked_at_alike [people]
//	                 nobody_looked
//	shown_often      shown_to_others [lists]
//
// Text: the cosine of the opening's title with the title looked at last, with the nearest of those looked at
// before, with the positions wanted and with the work done; rare words weigh more [1]. Place: the share of the
// person's looks, fading with time and with later looks, that went to the opening's place and region, and how
// commonly people who look at their places look at this one, since distances are not known. Employer: the same
// for who offers it. Freshness: whether openings of its kind and with its words are looked at now more than
// their share, and how long ago anybody found it: openings come and go, and an ad that all found weeks ago is
// likely filled. Nearby interest: how many looked at it in the last days, and whether those who looked at the same
// things as the person did [2], each person counted less the more they look at. Softer neighbours, people of near
// places who looked at like words, were tried on the history and added nothing.
//
// What the person looked at already stands behind everything else: the list is for what they do not know yet, and
// what they know has a list of its own.
//
// # The weights
//
// [DefaultWeights] come from a conditional logit [3]: [Fit] finds the weights under which each look of a recorded
// history was likeliest among all openings there were, given only what was recorded before it. The history ends for
// each person before the look that the measure asks for, so nothing was fitted to what it is measured on. One
// number per feature, in one block, held near zero by its square; there is nothing else to tune.
//
// # Not all to one door
//
// Lists are made one after the other, and each opening loses points for every time it stood in a first ten
// before: a quick form of the prices by which an auction spreads people over seats, for lists that are made as
// people come and not all in one night ([matcher.Spread] is the one for the night). It costs the people nothing
// here: what many were shown is not what the next will choose.
//
// # Sources
//
//	[1] Salton, Buckley: Term-weighting approaches in automatic text retrieval. Information Processing & Management
//	    24(5), 1988.
//	[2] Sarwar, Karypis, Konstan, Riedl: Item-based collaborative filtering recommendation algorithms. WWW 2001.
//	[3] McFadden: Conditional logit analysis of qualitative choice behavior. In: Frontiers in Econometrics, 1974.
package interest
