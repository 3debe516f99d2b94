// Package taxonomy knows the words of the trade: skills, certificates, occupations, places, pay, and the
// official lists that documents take their codes from.
//
// The data is embedded (folder data, packed from the reference files by folder gen) and read once by Load,
// or on first use by Default. A Taxonomy is immutable and safe for concurrent use; what it hands out by
// pointer must not be changed. Codes in documents name the list and its version: see Lists.
//
// There are four ways in:
//
//   - by code: Province, Commune, Skill, Certificate, Occupation, Sector, Entry…;
//   - by what a person typed: FindPlaces, FindSkills, FindCertificates, FindOccupations. They give
//     candidates, best first, because names repeat: 373 folded commune names stand for 949 communes;
//   - out of running text: Recognise finds concepts by longest match, Abbreviations what short forms stand
//     for there, Passages what each stretch is about, Tags all of an advertisement with its evidence, Describe
//     what somebody's own words say; ParsePay, ParsePlaces, ParseExperience and ParseOpenings read one field;
//   - while somebody types or picks: Suggest and Tiles;
//   - by what a law says of a person and a job on a day: BarredFrom, BarsOf, Barred, MinimumPay.
//
// With gives a Taxonomy that knows further phrases, for what the staff add while the service runs.
//
// Running text is cut once into numbered syllables (lexicon.go) and matched against tries of them (trie.go),
// without strings or maps on the way. What phrases mean is data: work_words.csv, abbreviations.csv,
// section_words.csv, skill_words.csv, not_concepts.csv, occupation_words.csv, occupation_kin.csv, occupation_tiles.csv,
// legal_bars.csv and legal_bar_work.csv are ours, the other files come from the reference.
//
// Two keys make Vietnamese comparable. Fold drops the marks ("thợ hàn" and "tho han" are equal), Exact
// keeps them but not the place of the tone mark ("hòa" and "hoà" are equal). Text typed with marks is
// compared by Exact, so that "hàn" (welding) is never "hạn" (a deadline).
//
// What cannot be known is said, not guessed: an ambiguous place has candidates, pay that cannot be meant so
// is implausible and carries no figures, and a region of minimum pay outside the table is unknown.
package taxonomy

//go:generate go run ./gen -from ../../../shared/data/reference -to data
