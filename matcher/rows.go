package matcher

// span is a stretch of one of the long packed lists.
type span struct {
	at uint32
	n  uint16
}

func cut[T any](list []T, s span) []T { return list[s.at : s.at+uint32(s.n)] }

// workerRow is one worker in numbers; lists of varying length lie in the table's packed lists.
type workerRow struct {
	hash        uint64
	barred      uint64
	wishes      [2]wishRow
	homing      int32
	needs       uint32
	skills      span
	valid       span // certificates valid today, with all they imply
	held        span // certificates as stated, for explanations
	languages   span
	experience  span
	notPostings span
	notFirms    span
	static      ConditionSet // what the worker fails whatever the posting
	count       uint8        // wishes, at least 1
	schooling   uint8
	vocational  uint8
}

// wishRow is one wish in numbers.
type wishRow struct {
	floor      int64
	occupation int32
	benefits   uint32
	shifts     uint32
	conditions uint16
	whole      uint8 // what the occupation is worth, per cent
	least      uint8 // points the occupation earns at least
	source     occupationSource
}

// occupationSource says where a wish's occupation comes from.
type occupationSource uint8

const (
	fromNothing occupationSource = iota
	fromFirst
	fromSecond
	fromExperience // no wish names an occupation: the one worked in longest stands in
)

type heldSkill struct {
	skill    int32
	level    uint8
	verified bool
	fresh    uint8 // what time has left of it, per cent
}

type heldCertificate struct {
	certificate int32
	level       uint16
	expires     Day
}

type validCertificate struct {
	certificate int32
	level       uint16
}

type heldLanguage struct {
	language int32
	level    uint8
}

type spell struct {
	occupation int32
	months     int32 // those that count today
	worked     int32 // those there were
}

type refusal struct {
	key    uint64 // hash of what was refused
	reason int32
}

// workerTable holds all workers. Rows stand in the order of the index.
type workerTable struct {
	ids         []string
	rows        []workerRow
	skills      []heldSkill
	valid       []validCertificate
	held        []heldCertificate
	languages   []heldLanguage
	experience  []spell
	notPostings []refusal
	notFirms    []refusal
	homings     []homing
	byID        []int32 // rows in the order of their ids, but for those that came late
	late        []int32 // rows of a renewed market, in the order of their ids
	gone        rowSet
}

// postingRow is one posting in numbers.
type postingRow struct {
	hash         uint64
	key          uint64 // hash of the id, as refusals name it
	firm         uint64 // hash of the employer's id, 0 unknown
	bars         uint64
	payMin       int64
	payMax       int64
	occupation   int32
	sites        int32 // which set of workplaces
	left         int32 // seats
	benefits     uint32
	shift        uint32
	mustSkills   span
	niceSkills   span
	mustCerts    span
	niceCerts    span
	languages    span
	static       ConditionSet // what the posting fails whoever comes
	must         ConditionSet
	conditions   uint16
	months       uint16
	schooling    uint8
	vocational   uint8
	untrusted    uint8
	most         uint8 // what its requirement can earn at most
	complete     bool
	stale        uint8 // the three shares of untrusted before they are capped
	answers      uint8
	stays        uint8
	answersGiven uint8 // the rates, per cent, for explanations
	staysGiven   uint8
	confirmedAge int16 // days, -1 unknown
	deadlineIn   int16 // days, -1 unknown
}

type askedSkill struct {
	skill int32
	level uint8
}

// postingTable holds all postings. Rows stand in the order of the index.
type postingTable struct {
	ids       []string
	rows      []postingRow
	skills    []askedSkill
	certs     []validCertificate
	languages []heldLanguage
	siteSets  [][]site
	byID      []int32
	late      []int32
	gone      rowSet
}

// hashText is FNV-1a of the text, mixed; texts of two domains never share a hash by being equal.
func hashText(domain byte, text string) uint64 {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(domain)) * 1099511628211
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return mix(h)
}

// mix spreads every bit of x over all others (the finaliser of MurmurHash3 with Stafford's constants).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// order gives what breaks ties between pairs of equal score: a hash of the day and the pair, so that another
// day deals the same cards anew and nobody is first for ever.
func order(w *workerRow, p *postingRow) uint64 { return mix(w.hash ^ p.hash) }
