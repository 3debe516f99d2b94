package matcher

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Builder takes workers and postings in any order and packs them into a Market. It is for one goroutine.
type Builder struct {
	day         Day
	weights     Weights
	vocabulary  *vocabulary
	workers     workerTable
	postings    postingTable
	homingOf    map[string]int32
	siteSetOf   map[string]int32
	workerKeys  []sortKey
	postingKeys []sortKey
}

// sortKey orders rows so that those alike lie together, whatever order they came in.
type sortKey struct {
	idle, mobile bool
	province     int32
	occupation   int32
	place        int32
}

// NewBuilder opens a market as of one day; certificates, deadlines and confirmations are judged on that day.
func NewBuilder(tables Tables, day Day, weights Weights) (*Builder, error) {
	if err := errors.Join(tables.check(), weights.Check()); err != nil {
		return nil, err
	}
	return newBuilder(newVocabulary(tables), day, weights), nil
}

func newBuilder(v *vocabulary, day Day, weights Weights) *Builder {
	return &Builder{
		day: day, weights: weights, vocabulary: v,
		homingOf: map[string]int32{}, siteSetOf: map[string]int32{},
	}
}

const (
	workerDomain  = 'w'
	postingDomain = 'p'
	firmDomain    = 'f'
)

// AddWorker packs one worker.
func (b *Builder) AddWorker(w Worker) error {
	if err := b.checkWorker(&w); err != nil {
		return fmt.Errorf("pack worker %q: %w", w.ID, err)
	}
	v, t := b.vocabulary, &b.workers
	row := workerRow{
		hash:       mix(hashText(workerDomain, w.ID) + uint64(b.day)*0x9e3779b97f4a7c15),
		needs:      bits32(&v.benefits, w.Needs),
		barred:     bits64(&v.bars, w.BarredFrom),
		schooling:  w.Schooling,
		vocational: w.Vocational,
	}
	if !w.Available {
		row.static = SetOf(WorkerUnavailable)
	}
	t.experience, row.experience = extend(t.experience, b.spells(w.Experience))
	b.packWishes(&row, &w)
	row.homing = b.homing(&w)
	t.skills, row.skills = extend(t.skills, b.heldSkills(w.Skills))
	t.held, row.held = extend(t.held, b.heldCertificates(w.Certificates))
	t.languages, row.languages = extend(t.languages, b.packLanguages(w.Languages))
	t.notPostings, row.notPostings = extend(t.notPostings, b.refusals(postingDomain, w.RefusedPostings))
	t.notFirms, row.notFirms = extend(t.notFirms, b.refusals(firmDomain, w.RefusedEmployers))
	t.rows = append(t.rows, row)
	t.ids = append(t.ids, w.ID)
	h := &t.homings[row.homing]
	b.workerKeys = append(b.workerKeys, sortKey{row.static != 0, h.mobile(), h.province, row.wishes[0].occupation, h.home})
	return nil
}

// AddPosting packs one posting.
func (b *Builder) AddPosting(p Posting) error {
	if err := b.checkPosting(&p); err != nil {
		return fmt.Errorf("pack posting %q: %w", p.ID, err)
	}
	v, t := b.vocabulary, &b.postings
	row := postingRow{
		hash: hashText(postingDomain, p.ID), key: hashText(postingDomain, p.ID),
		bars: bits64(&v.bars, p.Bars), payMin: p.PayMin, payMax: p.PayMax,
		occupation: v.occupations.id(p.Occupation), sites: b.siteSet(p.Workplaces),
		benefits: bits32(&v.benefits, p.Benefits), shift: bit(v.shifts.id(p.Shift)), conditions: packConditions(p.Conditions),
		must: p.must(), months: uint16(min(p.Months, 1200)), schooling: p.Schooling, vocational: p.Vocational, complete: p.BenefitsComplete,
		static: b.postingFails(&p), left: int32(min(max(p.Left, 0), 1<<30)),
		confirmedAge: daysBetween(p.Confirmed, b.day), deadlineIn: daysBetween(b.day, p.Deadline),
	}
	if p.Employer != "" {
		row.firm = hashText(firmDomain, p.Employer)
	}
	b.packTrust(&row, &p)
	t.skills, row.mustSkills = extend(t.skills, b.askedSkills(p.Skills, false))
	t.skills, row.niceSkills = extend(t.skills, b.askedSkills(p.Skills, true))
	t.certs, row.mustCerts = extend(t.certs, b.askedCertificates(p.Certificates, false))
	t.certs, row.niceCerts = extend(t.certs, b.askedCertificates(p.Certificates, true))
	t.languages, row.languages = extend(t.languages, b.packLanguages(p.Languages))
	row.most = uint8(requirementMost(&row, &b.weights))
	t.rows = append(t.rows, row)
	t.ids = append(t.ids, p.ID)
	sites := t.siteSets[row.sites]
	b.postingKeys = append(b.postingKeys, sortKey{row.static != 0, !row.strict(), oneProvince(sites), row.occupation, sites[0].commune})
	return nil
}

func extend[T any](list, more []T) ([]T, span) {
	return append(list, more...), span{uint32(len(list)), uint16(len(more))}
}

func (b *Builder) packTrust(row *postingRow, p *Posting) {
	stale, answers, stays := distrust(p, b.day, &b.weights)
	row.stale, row.answers, row.stays = uint8(stale), uint8(answers), uint8(stays)
	row.untrusted = uint8(min(stale+answers+stays, b.weights.UntrustedMost))
	row.answersGiven, row.staysGiven = p.Answers.Percent, p.Stays.Percent
}

func (b *Builder) postingFails(p *Posting) (fails ConditionSet) {
	if !p.Open {
		fails |= SetOf(PostingClosed)
	}
	if p.Left <= 0 {
		fails |= SetOf(PostingFull)
	}
	if p.Deadline != NoDay && p.Deadline < b.day {
		fails |= SetOf(PostingExpired)
	}
	if p.Confirmed != NoDay && p.Confirmed.until(b.day) > b.weights.StaleDays {
		fails |= SetOf(PostingStale)
	}
	return fails
}

func daysBetween(from, to Day) int16 {
	if from == NoDay || to == NoDay {
		return -1
	}
	return int16(min(max(from.until(to), 0), 1<<15-1))
}

// packWishes keeps the wishes; where none names an occupation, the one whose practice counts most stands in.
func (b *Builder) packWishes(row *workerRow, w *Worker) {
	v := b.vocabulary
	wishes := w.Wishes
	if len(wishes) == 0 {
		wishes = []Wish{{}}
	}
	named := false
	for i, wish := range wishes {
		row.wishes[i] = wishRow{
			floor: leastPay(wish.LeastPay), occupation: v.occupations.id(wish.Occupation), benefits: bits32(&v.benefits, wish.Benefits),
			shifts: bits32(&v.shifts, wish.Shifts), conditions: packConditions(wish.Conditions), whole: 100,
		}
		if wish.Occupation != "" {
			named = true
			row.wishes[i].source = fromFirst
			if i > 0 {
				row.wishes[i].source, row.wishes[i].whole = fromSecond, uint8(b.weights.SecondWish)
			}
		}
	}
	row.count = uint8(len(wishes))
	spells := cut(b.workers.experience, row.experience)
	if named || len(spells) == 0 {
		return
	}
	first := &row.wishes[0]
	first.occupation, first.source = spells[0].occupation, fromExperience
	first.whole, first.least = uint8(b.weights.WorkedIn), uint8(b.weights.OccupationUnknown)
}

// leastPay takes less than a thousand đồng a month, which no note pays, for nothing said: a gist counts by thousands.
func leastPay(floor int64) int64 {
	if floor < floorUnit {
		return 0
	}
	return floor
}

// spells sums the months in each occupation, those of long ago faded, the one that counts most first.
func (b *Builder) spells(list []Experience) []spell {
	ids := &b.vocabulary.occupations
	var out []spell
	for _, e := range list {
		id := ids.id(e.Occupation)
		worked := int32(min(e.Months, 1200))
		if worked <= 0 {
			continue
		}
		at := slices.IndexFunc(out, func(s spell) bool { return s.occupation == id })
		if at < 0 {
			at = len(out)
			out = append(out, spell{occupation: id})
		}
		counted := worked * int32(freshness(e.Until, b.day, &b.weights)) / 100
		out[at].months, out[at].worked = min(out[at].months+counted, 1200), min(out[at].worked+worked, 1200)
	}
	slices.SortFunc(out, func(a, b spell) int {
		return cmp.Or(cmp.Compare(b.months, a.months), cmp.Compare(b.worked, a.worked), cmp.Compare(ids.words[a.occupation], ids.words[b.occupation]))
	})
	return out
}

func (b *Builder) homing(w *Worker) int32 {
	v := b.vocabulary
	home := v.site(Place{Commune: w.Commune, Province: w.Province})
	h := homing{
		home: home.commune, province: home.province, reach: w.Mobility.Reach, km: int32(w.Mobility.Km),
		provinces: ids(&v.provinces, w.Mobility.Provinces), countries: ids(&v.countries, w.Mobility.Countries),
		never: v.sites(w.Never), wishes: max(1, len(w.Wishes)),
	}
	for i, wish := range w.Wishes {
		h.wished[i] = v.sites(wish.Places)
	}
	key := h.key()
	id, ok := b.homingOf[key]
	if !ok {
		id = int32(len(b.workers.homings))
		b.homingOf[key] = id
		b.workers.homings = append(b.workers.homings, h)
	}
	return id
}

func (h *homing) key() string {
	key := binary.AppendVarint(nil, int64(h.home))
	for _, n := range []int32{h.province, int32(h.reach), h.km, int32(h.wishes), int32(len(h.provinces)), int32(len(h.countries))} {
		key = binary.AppendVarint(key, int64(n))
	}
	for _, n := range slices.Concat(h.provinces, h.countries) {
		key = binary.AppendVarint(key, int64(n))
	}
	for _, sites := range [][]site{h.never, h.wished[0], h.wished[1]} {
		key = appendSites(key, sites)
	}
	return string(key)
}

func appendSites(key []byte, sites []site) []byte {
	key = binary.AppendVarint(key, int64(len(sites)))
	for _, s := range sites {
		for _, n := range []int32{int32(s.kind), s.commune, s.province, s.country} {
			key = binary.AppendVarint(key, int64(n))
		}
	}
	return key
}

func (b *Builder) siteSet(places []Place) int32 {
	sites := b.vocabulary.sites(places)
	if len(sites) == 0 {
		sites = []site{{}}
	}
	key := string(appendSites(nil, sites))
	id, ok := b.siteSetOf[key]
	if !ok {
		id = int32(len(b.postings.siteSets))
		b.siteSetOf[key] = id
		b.postings.siteSets = append(b.postings.siteSets, sites)
	}
	return id
}

func ids(t *terms, words []string) []int32 {
	var list []int32
	for _, word := range words {
		if id := t.id(word); id != 0 && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

func bits32(t *terms, words []string) (set uint32) {
	for _, word := range words {
		set |= bit(t.id(word))
	}
	return set
}

func bits64(t *terms, words []string) (set uint64) {
	for _, word := range words {
		if id := t.id(word); id != 0 {
			set |= 1 << (id - 1)
		}
	}
	return set
}
