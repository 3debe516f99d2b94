package jobs

import (
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// MatcherTables gives the relations of the lists as the engine ranks with them every night, for measurements that
// must rank with the same.
func MatcherTables(tax *taxonomy.Taxonomy) matcher.Tables { return matcherTables(tax) }
