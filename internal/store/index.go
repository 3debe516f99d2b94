package store

import (
	"fmt"
	"slices"

	"noiviec/internal/market"
)

// index is one declared way to find documents. Every index begins with the centre and ends with the id,
// which are not written here. A document stands in an index only when it has all the fields; a list field
// puts it in once a value. A unique index is refused twice with the message "error.unique."+unique.
type index struct {
	name       string
	collection string
	fields     []string
	unique     string
}

// indexes of all collections; a collection without one is listed in plainCollections.
var indexes = []index{
	{name: "workers_by_state", collection: "workers", fields: []string{"state", "recorded_at"}},
	{name: "workers_by_commune", collection: "workers", fields: []string{"commune", "recorded_at"}},
	{name: "workers_by_counsellor", collection: "workers", fields: []string{"counsellor", "recorded_at"}},
	{name: "workers_by_identity", collection: "workers", fields: []string{"identity_key"}},
	{name: "workers_by_phone", collection: "workers", fields: []string{"phones"}},
	{name: "workers_by_citizen", collection: "workers", fields: []string{"citizen_key"}, unique: "citizen"},
	{name: "employers_by_state", collection: "employers", fields: []string{"state", "recorded_at"}},
	{name: "employers_by_tax_code", collection: "employers", fields: []string{"tax_code"}, unique: "tax_code"},
	{name: "postings_by_state", collection: "postings", fields: []string{"state", "recorded_at"}},
	{name: "postings_by_employer", collection: "postings", fields: []string{"employer", "recorded_at"}},
	{name: "postings_by_number", collection: "postings", fields: []string{"number"}},
	{name: "suggestions_by_best", collection: "suggestions", fields: []string{"side", "best"}},
	{name: "showings_by_day", collection: "showings", fields: []string{"on"}},
	{name: "matches_by_state", collection: "matches", fields: []string{"state", "recorded_at"}},
	{name: "matches_by_posting", collection: "matches", fields: []string{"posting", "recorded_at"}},
	{name: "matches_by_worker", collection: "matches", fields: []string{"worker", "recorded_at"}},
	{name: "referrals_by_state", collection: "referrals", fields: []string{"state", "recorded_at"}},
	{name: "referrals_by_due", collection: "referrals", fields: []string{"state", "due_on"}},
	{name: "referrals_by_group", collection: "referrals", fields: []string{"group"}},
	{name: "referrals_by_worker", collection: "referrals", fields: []string{"worker", "recorded_at"}},
	{name: "referrals_by_posting", collection: "referrals", fields: []string{"posting", "recorded_at"}},
	{name: "referrals_by_employer", collection: "referrals", fields: []string{"employer", "recorded_at"}},
	{name: "referrals_by_number", collection: "referrals", fields: []string{"number"}},
	{name: "placements_by_month", collection: "placements", fields: []string{"month"}},
	{name: "placements_by_worker", collection: "placements", fields: []string{"worker", "recorded_at"}},
	{name: "placements_by_employer", collection: "placements", fields: []string{"employer", "recorded_at"}},
	{name: "placements_by_due", collection: "placements", fields: []string{"next_due"}},
	{name: "declared_by_month", collection: "declared", fields: []string{"month"}},
	{name: "enrolments_by_month", collection: "enrolments", fields: []string{"month"}},
	{name: "enrolments_by_course", collection: "enrolments", fields: []string{"course"}},
	{name: "channels_by_code", collection: "channels", fields: []string{"code"}, unique: "channel"},
	{name: "contracts_by_employer", collection: "contracts", fields: []string{"employer"}},
	{name: "contracts_by_state", collection: "contracts", fields: []string{"state", "recorded_at"}},
	{name: "courses_by_state", collection: "courses", fields: []string{"state", "recorded_at"}},
	{name: "fairs_by_day", collection: "fairs", fields: []string{"on"}},
	{name: "contacts_by_worker", collection: "contacts", fields: []string{"worker", "at"}},
	{name: "contacts_by_employer", collection: "contacts", fields: []string{"employer", "at"}},
	{name: "users_by_login", collection: "users", fields: []string{"login"}, unique: "login"},
	{name: "users_by_role", collection: "users", fields: []string{"role", "login"}},
	{name: "users_by_subject", collection: "users", fields: []string{"subject"}},
	{name: "sessions_by_user", collection: "sessions", fields: []string{"user"}},
	{name: "sessions_by_end", collection: "sessions", fields: []string{"expires_at"}},
	{name: "notices_by_state", collection: "notices", fields: []string{"state", "recorded_at"}},
	{name: "notices_by_worker", collection: "notices", fields: []string{"worker", "recorded_at"}},
	{name: "notices_by_firm", collection: "notices", fields: []string{"firm", "recorded_at"}},
	{name: "runs_by_start", collection: "runs", fields: []string{"started"}},
	{name: "runs_by_job", collection: "runs", fields: []string{"job", "started"}},
	{name: "audit_by_time", collection: "audit", fields: []string{"at"}},
	{name: "audit_by_document", collection: "audit", fields: []string{"of", "at"}},
	{name: "synonyms_by_time", collection: "synonyms", fields: []string{"recorded_at"}},
	{name: "missed_by_count", collection: "missed", fields: []string{"state", "count"}},
	{name: "pools_by_owner", collection: "pools", fields: []string{"owner", "name"}},
	{name: "pools_by_shared", collection: "pools", fields: []string{"shared", "name"}},
	{name: "pool_looks_by_pool", collection: "pool_looks", fields: []string{"pool"}},
	{name: "weights_by_state", collection: "weights", fields: []string{"state", "recorded_at"}},
	{name: "weights_by_time", collection: "weights", fields: []string{"recorded_at"}},
	{name: "fairness_by_month", collection: "fairness", fields: []string{"month"}},
	{name: "replays_by_time", collection: "replays", fields: []string{"at"}},
}

// plainCollections are read by id or streamed only.
var plainCollections = []string{"centres", "plans", "organisations", "counters", "leases", "spreads"}

// collections lists every collection there may be, sorted.
func collections() []string {
	out := slices.Clone(plainCollections)
	for _, ix := range indexes {
		out = append(out, ix.collection)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var knownCollections = collections()

func known(collection string) bool {
	_, ok := slices.BinarySearch(knownCollections, collection)
	return ok
}

func indexesOf(collection string) []index {
	var out []index
	for _, ix := range indexes {
		if ix.collection == collection {
			out = append(out, ix)
		}
	}
	return out
}

// mostPage bounds one page.
const mostPage = 1000

// indexFor finds the declared index and settles the query's limits; an unknown one is a fault of ours.
func indexFor(collection string, q *Query) (index, error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, mostPage)
	for _, ix := range indexes {
		if ix.name == q.Index && ix.collection == collection {
			if q.Centre == "" || len(q.Equal) > len(ix.fields) || (q.From != nil || q.To != nil) && len(q.Equal) == len(ix.fields) {
				return ix, fmt.Errorf("query of %s: no centre, or more values than the index has fields", q.Index)
			}
			return ix, nil
		}
	}
	return index{}, fmt.Errorf("query: %s has no index %q", collection, q.Index)
}

func uniqueError(ix index) error { return market.Fail(market.Conflict, "error.unique."+ix.unique) }
