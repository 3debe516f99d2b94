// Package labour is an invented labour market of a mountain province, in which ways of choosing what people are
// shown are compared. Nothing in it is a record of anybody: the places are real, the people, firms and their wishes
// are drawn by chance from parameters.tsv, which names a source for each or says that it is assumed.
//
// The engine sees of everybody what a card says: stated wishes, stated reach, the skills somebody wrote down, the
// demands of a posting. Behind each card stands a truth it never sees: what the person really wants and how far
// they would really go, what they can do, how good the work is for everybody, what the employer makes of the
// person, and a taste of one person for one posting that no card tells.
//
// # A day
//
//  1. People and postings come and go; seats are filled by others; who left a job seeks again.
//  2. At night a Policy makes the lists of people and the shortlists of postings out of the engine's scores, by the
//     product's own functions. A score does not hang on the day here, so that every pair is ranked once.
//  3. Some people open their list. They look at the place k with a chance that falls with k, and apply for a few of
//     what they would want. An application without an answer is given up after two weeks; nobody keeps many open.
//  4. Counsellors go through the shortlists from the best score down and ask people about one posting each. Who
//     says yes is referred, and stands before the other applicants.
//  5. Employers who answer at all look at a few applicants for each open seat, make out a part of what they are
//     worth, and offer the seats to the best of those good enough. A person takes the best offer that, seen from
//     near, still is better than to go on.
//  6. Who has been hired stays or leaves, the sooner the worse the fit.
//
// So a crowded posting costs everybody: its applicants wait for an answer that does not come and apply nowhere else
// meanwhile, while other seats stay empty. How much that matters is what the parameters say and the comparison shows.
//
// # Comparing
//
// All chance is drawn by a hash of the seed, the purpose, the person, the posting and the day, never in sequence:
// the same person meets the same luck under every policy, so that differences between policies are differences of
// the lists (common random numbers). Figures are means over seeds with the 95 per cent interval of Student's t;
// differences are paired by seed. The result does not depend on how many processors there are.
//
// # What it shows
//
// cmd/measure/figures/market.txt and market-sensitivity.txt hold the figures. Spreading gains where people crowd: with
// few openings for many, short lists, employers who look at few. It gains nothing where crowding costs nothing: long
// lists, postings of many seats at home, people who want little of what they see; and where leaving the province
// costs people twice as much as assumed it loses, since it shows them more of what is far. It has a price: a posting of one
// seat may stand in few lists, so that fewer people are placed in the province and more of its seats stay empty, while
// more go to firms elsewhere that have seats for many. Whoever changes the caps should look at
// placements_in_province and empty_seats_in_province as well as at placements.
//
// # What it leaves out
//
// Pay is not bargained over and does not answer to empty seats. People know no postings but those of the service;
// what they find elsewhere is a chance to be gone. Employers treat everybody alike but for what they take them to be
// worth. Nobody learns: the service's rules that follow a refusal (nearer, better paid) are not run, and a place once
// looked at is not remembered unless it was refused or applied for. Counsellors ask people one by one and have no
// insight of their own. Levels therefore mean little; differences between policies under the same assumptions are what
// the market is for, and --sensitivity says which assumptions they hang on.
//
// # Sources
//
//	Barron, Bishop, Dunkelberg: Employer search: the interviewing and hiring of new employees. Review of Economics and Statistics 67(1), 1985.
//	Bied, Perennes, Naya, Caillou, Crépon, Gaillac, Sebag: Congestion-avoiding job recommendation with optimal transport. FEAST workshop, 2021.
//	Blattman, Dercon: The impacts of industrial and entrepreneurial work on income and health. AEJ: Applied 10(3), 2018.
//	Borisyuk, Zhang, Kenthapadi: LiJAR: a system for job application redistribution. KDD 2017.
//	Bryan, Chowdhury, Mobarak: Underinvestment in a profitable technology: seasonal migration in Bangladesh. Econometrica 82(5), 2014.
//	Craswell, Zoeter, Taylor, Ramsey: An experimental comparison of click position-bias models. WSDM 2008.
//	Dalton, Groen: How do jobseekers search for jobs? Beyond the Numbers 9(14), US Bureau of Labor Statistics, 2020.
//	Davis, Faberman, Haltiwanger: The establishment-level behavior of vacancies and hiring. QJE 128(2), 2013.
//	Farber: Mobility and stability. Handbook of Labor Economics 3B, 1999.
//	Joachims, Swaminathan, Schnabel: Unbiased learning-to-rank with biased feedback. WSDM 2017.
//	Jovanovic: Job matching and the theory of turnover. JPE 87(5), 1979.
//	Krueger, Mueller: A contribution to the empirics of reservation wages. AEJ: Economic Policy 8(1), 2016.
//	Laajaj, Macours: Measuring skills in developing countries. Journal of Human Resources 56(4), 2021.
//	Marinescu, Rathelot: Mismatch unemployment and the geography of job search. AEJ: Macroeconomics 10(3), 2018.
//	Marinescu, Wolthoff: Opening the black box of the matching function. Journal of Labor Economics 38(2), 2020.
//	Petrongolo, Pissarides: Looking into the black box: a survey of the matching function. JEL 39(2), 2001.
//	Schmidt, Hunter: The validity and utility of selection methods in personnel psychology. Psychological Bulletin 124(2), 1998.
//	Sorkin: Ranking firms using revealed preference. QJE 133(3), 2018.
//	van Ours, Ridder: Vacancies and the recruitment of new employees. Journal of Labor Economics 10(2), 1992.
package labour
