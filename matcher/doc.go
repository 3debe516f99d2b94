// Package matcher says which work fits which person, how well, and why. It is what a counsellor would work out
// with two cards in hand, done for every pair of a province, or a country, in one night.
//
// This page is the whole model. It is written for those who train counsellors: whoever has read it can work out
// any score by hand, and tell a person or an employer why they see what they see. Every number on it is held
// equal to the program by a test.
//
// In one paragraph. First the engine asks whether two may meet at all: the law, the licence, the distance, the
// lowest pay. Who fails one such condition is not suggested, and is told which. Then it gives up to 50 points for
// what the person wants and up to 50 for what the employer asks, and joins both so that neither can make up for
// the other. Then it takes points off for postings one cannot trust. The sum is between 0 and 100, and it is the
// explanation: nothing else is in it.
//
// # What it cannot see
//
// It imports the standard library only, knows no clock, and does no input or output. Its input types are an
// allow-list: there is no field for sex, ethnicity, religion, name, photo, height, marital status or age, so
// none of them can move a score. What a law bars somebody from is judged outside and passed in as a code. Ten
// thousand invented profiles are run twice, the second time as another sex, people and name: every list is the
// same. What stands in for these things, the commune, the languages, the schooling, it does see, because work is
// somewhere and asks for something; how that falls on groups is for the fairness report to show.
//
// # How it is used
//
// A [Builder] takes the caller's [Tables] (which occupations, skills and certificates are related, where the
// communes are), then workers and postings in any order, and builds a [Market] as of one day. The Market never
// changes and is safe for any number of goroutines: RankWorker and RankPosting make one list, RankWorkers,
// RankPostings and RankAll make many at once, Explain says why one pair stands where it does.
//
// # First: may they meet at all
//
// A pair that fails a hard condition is never listed, however well the rest fits. Each is counted, so that a
// posting can be told "23 of 410 pass; 180 are too far, 92 lack the certificate". A doubt is not a failure:
// where the pay, the place or a level is not known, the pair passes, earns less and carries a warning.
//
// A posting may do without any condition but two, and may insist on five more: the employer says so, a counsellor
// sets it, and "what if" shows whom it lets in. What the law bars and the agreement to be served are not for an
// employer to waive.
//
// These hold unless the posting switches them off:
//
//	posting_closed       not open
//	posting_full         no seat left
//	posting_expired      the last day to apply has passed
//	posting_stale        [days] not confirmed for more than 30 days
//	worker_unavailable   not looking for work, or has not agreed to be served
//	legal_bar            [bars] the law bars this person from this work; can never be switched off
//	refused_posting      [reason] turned it down before
//	refused_employer     [reason] turned this employer down before
//	certificate_missing  a required certificate is not held, has run out or is of too low a level
//	place_never          [place] the person would never go there
//	too_far              [place, km] beyond the reach the person named, in a straight line
//	pay_below_floor      [short, most] pays less than the lowest the person takes
//	need_not_met         [benefits] does not give what the person cannot do without
//
// These hold where the posting switches them on (a kindergarten must insist on schooling, a factory need not):
//
//	schooling_short      [held, asked, held, asked] schooling, then qualification
//	experience_short     [months, asked]
//	skill_missing        [skills] covered by less than half
//	language_missing     [languages]
//	shift_unwanted       [shift]
//
// Legal bars are rows of a table with law, article and dates: minors and hazardous work, nights, building sites
// and hotels; the age for each class of licence; work abroad. They are judged from the date of birth, in one case
// (the upper age for large buses) from the sex as well, before the engine begins; the engine compares codes. Of
// somebody with only a year of birth the younger age counts.
//
// # Then: how well do they fit
//
// The score is a sum of fourteen whole numbers, each with a name, what was possible, and its reason. Nothing
// else is in it. What the worker wants earns up to 50:
//
//	occupation    20  the wished occupation; a related one, the same group or the same field earn less
//	place         12  the distance from home, or what the person said of other provinces and countries
//	pay            8  against the lowest the person takes
//	benefits       5  of those wished and needed
//	shift          3  one the person said yes to
//	conditions     2  the working conditions of the official forms
//
// What the posting asks earns up to 50:
//
//	skills        22  the required ones, by level and by what a related skill covers
//	certificates   8  the required ones
//	nice           5  skills and certificates that are welcome
//	experience     7  months in this or a near occupation
//	education      4  a minimum only: more than asked earns nothing more
//	language       4  by level
//
// Two parts only subtract:
//
//	one_sided      0  both sides must hold
//	untrusted      0  long unconfirmed, seldom answers, people do not stay
//
// # How a part is worked out
//
// Occupation. The wished one earns all. Another earns a share of it: what a link says, at most 85 per cent (a
// tailor and a sewing machine operator are linked because their skills cover each other; a mason and a hod
// carrier because they are one trade on two levels, which the list of occupations puts far apart); else 55 per
// cent in the same two-digit group, 25 in the same one-digit field, nothing further off.
//
// Place. The own commune earns 12, up to 10 km 11, up to 20 km 10, up to 40 km 8, up to 80 km 6, further in the own
// province 5. A place that the person named by name earns all of it, or 9 in the own province. Another province on
// the person's list earns 9, another one where any would do 6. Kilometres are in a straight line; by
// the roads of the hills it is often half as far again.
//
// Pay. All of it when even the lowest offered is enough; part of it when the person's floor lies within the range;
// 3 when a posting says "from" and begins below the floor. Where the most offered is below the floor the pair fails.
//
// Benefits, shift, conditions. A need counts as two wishes. A benefit that nobody mentioned counts 40 per cent, since
// it may be given all the same. A bed is needed only by those who cannot go home at night, beyond 40 km. A shift
// that the person listed earns 3, one not listed nothing. The working conditions are those of both official forms:
// indoors or out, lifting, walking, hearing, sight, hands. They count what a job asks of the body beyond what the
// person said; what a disability leaves somebody able to do enters here, in the person's own words, and nowhere else.
//
// Skills. Each required skill is covered in per cent, and the average counts. A narrower skill covers the wider one
// wholly, the wider one half of the narrower; between neighbours the list says how much, in each direction: a 6G
// pipe welder covers 90 per cent of a TIG job, a TIG welder 50 per cent of the pipes. One level short counts 70 per
// cent, two levels 40, a level nobody stated 75, good or expert by one's own word alone 90. Months of practice stand
// in for a level: 12 make basic, 36 good, 96 expert.
//
// Certificates. One that implies another stands in for it (C for B, the national guide's card for the local one) as
// long as it is valid on the day. One that has run out counts for nothing, and is named as the reason.
//
// Experience. Months in the same occupation count whole, in one that is near by half or more in proportion, else not.
//
// Practice of long ago. Skills and months fade once the trade has been left: nothing for 24 months, then by half for
// every 96; a skill never falls below 60 per cent of itself. The hand remembers longer than the head, and an employer
// asks when somebody did it last; that skills fade with disuse, and fastest in the first years, is one of the firmer
// findings of training research [6]. A date that nobody wrote down changes nothing. Where no wish is named the trade
// that counts most today speaks for the person, not the longest one ever: who welded until 2013 and has laid bricks
// since is sent to bricks.
//
// Trust. A posting confirmed within 14 days loses nothing, then up to 6 points until, at 30 days, nobody is sent
// there. An employer who answers fewer than 60 per cent of referrals, or keeps fewer than 60 per cent of people past
// the trial, loses up to 5 for each; 12 at most together.
//
// # Both must want it
//
// A job the person dreams of and would not be given, and one they would be given and do not want, both end in
// a wasted journey. The two sides a and b are therefore joined by twice their geometric mean, 2·√(a·b): the sum
// when they are equal, and less the more they differ. The difference is the part one_sided, so that the parts
// still add up: 45 and 45 make 90; 50 and 20 make 63, of which one_sided took 7. Means that fall when one side
// is low are the rule for recommendations that two people must accept; the harmonic mean, which is harsher, is
// the best known [1], others are compared in [2]. The harsher one would punish people of whom little is written
// down.
//
// # What is not said
//
// An empty line is not a no and not a yes. Every part has a share for silence, between nothing and the whole,
// listed in [DefaultWeights]: a posting that asks for no skills earns 13 of 22 there, so that one whose demands
// the person meets stands above one that demands nothing, and that above one whose demands are not met. A skill
// that is asked for and not written down counts a fifth: people leave out what they take for granted. Nights are
// the exception: nobody is taken to want them who has said nothing, so they earn 1 there instead of 2. The
// shares are chosen so that one more satisfied requirement, or one more skill on the card, never lowers a score.
//
// The wish that counts is the better of the two; the second is worth 80 per cent of its occupation. Where no
// wish names an occupation, the work done that counts most stands in, at 70 per cent.
//
// # An example
//
// A welder of Thanh An, good at it by his own word, 24 months in the trade, wants to weld for 8 million or more in
// the own province (case welder-not-korean of the golden set). A workshop in his commune asks for a good welder with
// a year's practice, pays 9 to 12 million, and would welcome a safety card (posting han-ta):
//
//	occupation    20 of 20  occupation_exact         the very trade he wants
//	place         12 of 12  place_same_commune       his own commune
//	pay            8 of  8  pay_above                a million above his floor
//	benefits       3 of  5  benefits_not_asked       he asked for none
//	shift          2 of  3  shift_not_asked          neither side says
//	conditions     1 of  2  conditions_not_stated    neither side says
//	skills        20 of 22  skills_nearly            "good" by his own word counts 90 per cent
//	certificates   5 of  8  certificates_not_asked   none is required
//	nice           1 of  5  nice_none                the safety card would be welcome
//	experience     7 of  7  experience_enough        24 months, 12 asked
//	education      3 of  4  education_not_asked      none is asked
//	language       3 of  4  language_not_asked       none is asked
//	one_sided     -1        posting_asks_more        46 and 39 make 84
//	untrusted      0        trusted                  confirmed four days ago
//
// Together 84. The card says first: the safety card would add 4. A teacher's post for Korean in the next ward, which
// a search for "hàn" finds first, is not on his list: it asks for a TOPIK certificate.
//
// # How the numbers are kept honest
//
// They are a counsellor's judgement in one block, [DefaultWeights], not yet fitted to outcomes. They are checked by
// the golden set: people and postings of Điện Biên with what a good counsellor says of each pair, labelled before
// the numbers were tried on them, nearly half of them cases where the obvious answer is wrong. A number moves only
// with a reason and with the lines of that set which it moves; 30 more cases were looked at once, at the end. Whatever
// moves, four things are tested on ten thousand random draws each: the parts sum to the score, the score stays
// within 0 and 100, a requirement that is met never lowers it, and the order of input does not matter.
//
// # The order of a list
//
// By score; then by a hash of the day and the pair; then by id. Equal scores are common, and always naming the
// same one first would send everybody to the same door, so each day deals them anew. The same input on the
// same day gives the same lists to the byte, whatever order it came in and however many processors rank.
//
// # How every list can be exact and fast
//
// Nobody looks at all pairs. Postings lie in lists by province and occupation, wishes by occupation and province, those for
// occupations that few ask or wish for together with their neighbours', cut into blocks of 64. A list knows what its rows
// cannot exceed: their best pay, whether any asks for a skill the person covers, how near the nearest is. From that comes a
// bound on the score, part by part. A query opens what has the greatest bound, a province or an occupation, a list, a block
// or a row of it, again and again, and stops when no bound left reaches the worst score in its list of the best k. No row it
// has not seen could have been listed, so the result is exact. This is the old method of maximum scores [3], with bounds by
// block [4]; that it looks at little more than it must follows the same argument as the threshold algorithm [5]. Approximate
// neighbours were measured instead and lost a third of the true list and more.
//
// The 64 rows of a block are looked at all at once. For each thing that is said of them (pay, shift, months, schooling,
// the district of the place, the skills) the block keeps a column: for each row the number of one of 16 classes, such as
// "10 to 11 million" or "these five communes". What a class loses of the most that could be earned is worked out once for
// a query, rounded in the row's favour; then the columns are looked up and added, and rows that have lost too much
// are done with. Skills are more than 16: each has a code of two classes, so given that skills which stand in for each other
// share one, and a third class tells the level; a skill counts for no more than the least of the three allows, and of
// several held skills that cover an asked one only the best counts. The communes where there is work have a column by the
// byte, which tells nearly every one of a province from the others. Many processors look up and add 32 or 64 rows in one step
// [15]; others do the same one by one, and a test holds all to the same sums. What is left of both sides is added, and for a
// worker joined without a root: of points that add up to 100 at most, 2·√(a·b) is never more than a+b less (a-b)²/200. So
// no row that could be listed is lost.
//
// What is left is weighed one by one, the dear last: a short record of each row tells
// the score of most pairs to the point; and where a row can only draw level with the worst that is listed, the hash that
// breaks ties decides before anything is weighed. Many postings ask or offer the same: what a pay or an offer earns a worker
// is worked out once, when the first posting of it comes by, and looked up for all others.
//
// When all lists of both sides are made, those of the workers come first and tell much of the others. Every pair in
// them is a candidate of its posting, so a posting's list begins with the best of those whose lists name it. And who
// does not name it scores no more with it than with the last on the own list, or does not pass at all where that list
// is not full; so nobody is looked at whose last is worse than the posting's last. That too leaves the lists exact.
// A posting that asks for little and offers little must look far: through most of the wishes in the country. Such
// postings, those of one place and occupation together, go through what they have left of the index side by side, so that
// a list is fetched from memory once for 32 of them: most of their time went into waiting for memory.
//
// One change does not build a market again: [Market.Renew] gives one that shares all that has not changed. Replaced
// rows are marked gone, new ones looked at one by one, until the next night packs them with the others. Whose lists
// a change may touch are those that named the row, and those whose last place it reaches
// ([Market.ReachedByWorker], [Market.ReachedByPosting]).
//
// # What people see: the spread
//
// If everybody were shown the best of his or her exact list, a few openings would be shown to all and most to
// nobody: thirty people on the way to one seat, and an empty hall next door. Recommending so that openings are
// not crowded has been studied on public employment services' data [7] [8] and on others [9]. [Spread] makes the
// short lists that people see (five places on a page, ten in figures) from each person's best fifty. In this
// order it insists on:
//
//   - the hard conditions: nothing else is a candidate;
//   - the seats: a posting's fair share of the places given out is its seats over all seats, and it stands in no
//     more lists than three times its fair share, or ten where that is more;
//   - one for everybody: whoever passes for anything has at least one place as long as there can be one. The
//     first place goes to all before anybody has a second. Who finds all candidates full takes the place of
//     somebody who can stand elsewhere, along as long a chain as it takes [10], and if there is none a longer
//     list is made. Who still has none is reported: no capacity;
//   - evenness: where there is a choice a posting stands in one and a half times its fair share at most, or five lists;
//   - fit: prices are put up, over a few rounds, on what more would like best than its fair share. So it is those who give way
//     who have something nearly as good elsewhere. Then places are dealt out in turn, there and back, by the score
//     less half the price.
//
// Whose turn it is comes of a hash of the day and the person, equal scores of a hash of the day and the pair. Of
// postings that say nearly the same (employer, occupation and place, or the whole text) a list takes one and, only
// when nothing else has room, another.
//
// How uneven the result is tells [Gini]: the mean difference of two seats in how often they are shown, halved and
// divided by the mean; 0 is perfectly even, 1 is all on one. Seats and not postings are compared, since a
// posting for fifty may be shown to more people than one for two. If no seat had more than one and a half
// times its share the figure could not pass one third.
//
// Nothing is hidden: every item keeps its rank in the exact list, and staff see that list whole.
//
// # Who is given a seat: the auction
//
// For counsellors the question is another: if every seat could be filled today, by whom, so that all pairs
// together fit best? [Allocate] answers it with an auction [11]. Everybody without a seat bids for the posting
// that gains most after its price, and bids as much as makes the second best gain the same, and a step more.
// Who is outbid bids again. The seats of one posting are alike, so that a bid goes to its cheapest seat and is
// reckoned against other postings [12]. Where a price has risen and a seat is still empty, the posting bids for
// people in turn: it lowers its price to what the first person it cannot seat would pay [13]. The step begins
// coarse and ends at a hundred-thousandth of the greatest value, which is by how much, for each seat, the result
// can fall short of the best at most; on whole numbers it mostly hits it.
//
// The prices prove it: what all seats cost, and what each person would gain at most at these prices, is together
// no less than the worth of any allocation. That sum is printed as the bound. The next night begins with these
// prices, and needs fewer bids.
//
// # Explaining
//
// [Explanation] holds the parts with their reasons; the two that stand out most above what silence would have
// earned; one warning; what is missing; and the one thing that would change the pair most, with the points it
// would add. Codes are stable. Their arguments are codes of the caller's lists, amounts in đồng, kilometres,
// months or days, as listed here.
//
//	occupation_exact [offered, wished]           occupation_second [offered, wished]
//	occupation_related [offered, wished, %]      occupation_group [offered, wished]
//	occupation_field [offered, wished]           occupation_other [offered, wished]
//	occupation_worked_in [offered, worked]       occupation_no_wish [offered]
//	occupation_not_stated
//	place_same_commune [place, 0]                place_near [place, km]
//	place_distant [place, km]                    place_far [place, km]
//	place_same_province [place, km]              place_wished [place, km]
//	place_listed [place, km]                     place_anywhere [place, km]
//	place_open [, ]                              place_unknown [, ]
//	place_vague [province, ]                     place_home_unknown [place, ]
//	place_too_far [place, km]                    place_never [place, km]
//	pay_above [more, least, most]                pay_partly [floor, least, most]
//	pay_up_to [most]                             pay_from_below [short, least]
//	pay_below [short, most]                      pay_no_floor [least, most]
//	pay_not_stated
//	benefits_all [benefits]                      benefits_some [given]
//	benefits_none [benefits]                     benefits_not_stated [benefits]
//	benefits_not_asked
//	shift_wanted [shift]                         shift_unwanted [shift]
//	shift_not_stated                             shift_not_asked [shift]
//	conditions_met                               conditions_partly
//	conditions_not_met                           conditions_not_stated
//	skills_all [met, asked]                      skills_nearly [met, asked]
//	skills_some [met, asked]                     skills_none [met, asked]
//	skills_not_asked
//	certificates_all [certificates]              certificates_level_unknown [certificates]
//	certificates_missing [certificates]          certificates_not_asked
//	nice_all [met, asked]                        nice_some [met, asked]
//	nice_none [met, asked]                       nice_not_asked
//	experience_enough [months, asked]            experience_short [months, asked]
//	experience_shown [months]                    experience_not_asked
//	education_met [held, asked, held, asked]     education_short [held, asked, held, asked]
//	education_not_stated [held, asked, held, asked]
//	education_not_asked
//	language_met [languages]                     language_short [languages]
//	language_not_asked
//	both_sides_alike [wish, requirement]         worker_wants_less [wish, requirement]
//	posting_asks_more [wish, requirement]
//	trusted                                      never_confirmed
//	not_confirmed_since [days]                   answers_seldom [%]
//	people_leave [%]
//
// Warnings besides some of the above: certificate_runs_out [certificate, days, date], need_not_stated
// [benefits], deadline_soon [days], far_from_home [place, km], practice_long_ago [months worked, months counted].
//
// Missing, and why a certificate is: certificate_missing [certificate], certificate_expired [certificate, date],
// certificate_too_low [certificate, held, asked], skill_missing [skill], skill_partly [skill, %, by skill],
// language_missing [language, level], certificate_welcome [certificate], skill_welcome [skill].
//
// Changes: learn_skill [skill, level], learn_skills [skills], learn_language [language, level], learn_languages
// [languages], get_certificate [certificate, level], get_certificates [certificates], renew_certificate
// [certificate, level], gain_experience [months more], raise_education [held, asked, held, asked], accept_shift
// [shift], accept_pay [offered, wanted], go_to [place, km], offer_benefit [benefits], confirm_posting.
//
// # Learning from what came of it
//
// [Fit] asks what was shown and what came of it which parts deserve more points: a pairwise logistic regression
// over the shares of the twelve parts, no gain below nothing, held to today's weights, each pair weighed by how
// likely it was to be seen where it stood [14]. [Fitted.Propose] turns the gains into whole weights that keep the
// promises above; [Compare] fits on the earlier nights and holds the proposal to the later ones, beside today's
// weights, chance, the newest and the most wanted. A person decides whether a proposal is used.
//
// # Where nothing is coded
//
// Some markets have words, places and looks and no codes at all. Package interest, beside this one, ranks there in
// the same manner: parts that sum, each with its reason, and points lost for what was often shown.
//
// # Sources
//
//	[1] Pizzato, Rej, Chung, Koprinska, Kay: RECON: a reciprocal recommender for online dating. RecSys 2010.
//	[2] Neve, Palomares: Latent factor models and aggregation operators for collaborative filtering in
//	    reciprocal recommender systems. RecSys 2019.
//	[3] Turtle, Flood: Query evaluation: strategies and optimizations. Information Processing & Management 31(6), 1995.
//	[4] Ding, Suel: Faster top-k document retrieval using block-max indexes. SIGIR 2011.
//	[5] Fagin, Lotem, Naor: Optimal aggregation algorithms for middleware. Journal of Computer and System
//	    Sciences 66(4), 2003.
//	[6] Arthur, Bennett, Stanush, McNelly: Factors that influence skill decay and retention: a quantitative
//	    review and analysis. Human Performance 11(1), 1998.
//	[7] Bied, Perennes, Naya, Caillou, Crépon, Gaillac, Sebag: Congestion-avoiding job recommendation with
//	    optimal transport. FEAST workshop, ECML-PKDD 2021.
//	[8] Bied, Nathan, Perennes, Hoffmann, Caillou, Crépon, Gaillac, Sebag: Toward job recommendation for all.
//	    IJCAI 2023.
//	[9] Mashayekhi, Kang, Lijffijt, De Bie: ReCon: reducing congestion in job recommendation using optimal
//	    transport. RecSys 2023.
//	[10] Berge: Two theorems in graph theory. Proceedings of the National Academy of Sciences 43(9), 1957.
//	[11] Bertsekas: The auction algorithm: a distributed relaxation method for the assignment problem. Annals of
//	    Operations Research 14, 1988.
//	[12] Bertsekas, Castañon: The auction algorithm for the transportation problem. Annals of Operations
//	    Research 20, 1989.
//	[13] Bertsekas, Castañon, Tsaknakis: Reverse auction and the solution of inequality constrained assignment
//	    problems. SIAM Journal on Optimization 3(2), 1993.
//	[14] Joachims, Swaminathan, Schnabel: Unbiased learning-to-rank with biased feedback. WSDM 2017.
//	[15] André, Kermarrec, Le Scouarnec: Cache locality is not enough: high-performance nearest neighbor search with
//	    product quantization fast scan. PVLDB 9(4), 2015.
package matcher
