package search

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"noiviec/internal/market"
)

// rowFormat counts changes of encode and decode.
const rowFormat = 3

// Groups of codes in a row, in their stored order.
const (
	groupSkills = iota
	groupCertificates
	groupCommunes
	groupProvinces
	groupOccupations
	groupBenefits
	groupShift
	groupAbroad
	groupMobility // how far a person would go, one of market.MobilityKinds
	groups
)

// row is what is filtered, counted and shown of one document. Codes are numbers of the dictionary.
type row struct {
	id, centre string
	rev        int64
	kind       Kind
	title      string
	state      string
	shown      bool        // may be shown to the public, deadline apart
	deadline   market.Date // "" none
	least      int64       // pay in đồng a month, 0 unknown
	most       int64
	noviceOK   bool
	fresh      int64 // ms since 1970: newest first without text
	titleWords int
	codes      [groups][]uint32
	until      []market.Date // last valid day of each certificate, "" for ever
	proofs     []proof       // of each skill of a person, in their order
}

// proof is how a person's skill is known and how good it is: the place of its evidence in Evidences, times levels, and
// its level.
type proof uint8

// levels is one more than the highest level of a skill.
const levels = market.SkillExpert + 1

// Evidences are the ways a skill may be known, the weakest first; one that is not noted is self-stated.
var Evidences = []market.Evidence{market.SelfStated, market.Confirmed, market.Certified}

func proofOf(s market.HeldSkill) proof {
	return proof(max(0, slices.Index(Evidences, s.Evidence))*levels + min(max(s.Level, 0), levels-1))
}

// atLeast reports whether a skill is known that well and is that good.
func (p proof) atLeast(evidence, level int) bool {
	return int(p)/levels >= evidence && int(p)%levels >= level
}

// better gives the stronger of two notes of one skill.
func (p proof) better(o proof) proof {
	return proof(max(int(p)/levels, int(o)/levels)*levels + max(int(p)%levels, int(o)%levels))
}

// draft is a row before its codes have numbers.
type draft struct {
	row
	words                        [groups][]string
	noExperience, someExperience bool        // what the text says is asked
	about                        [2][]string // concepts in the title and elsewhere
}

const (
	fieldSep = "\x1f"
	itemSep  = "\x1e"
)

// fixedParts is how many parts stand before the groups of codes.
const fixedParts = 15

var errRow = errors.New("row cannot be read")

// encode writes the row as text.
func (d *draft) encode() string {
	until := make([]string, len(d.until))
	for i, day := range d.until {
		until[i] = string(day)
	}
	parts := []string{
		d.id, d.centre, strconv.FormatInt(d.rev, 10), string(d.kind), plain(d.title), d.state, flag(d.shown),
		string(d.deadline), strconv.FormatInt(d.least, 10), strconv.FormatInt(d.most, 10), flag(d.noviceOK),
		strconv.FormatInt(d.fresh, 10), strconv.Itoa(d.titleWords), strings.Join(until, itemSep),
		encodeProofs(d.proofs),
	}
	for _, codes := range d.words {
		parts = append(parts, strings.Join(codes, itemSep))
	}
	return strings.Join(parts, fieldSep)
}

// proofZero is the letter of the weakest proof.
const proofZero = 'a'

func encodeProofs(proofs []proof) string {
	out := make([]byte, len(proofs))
	for i, p := range proofs {
		out[i] = proofZero + byte(p)
	}
	return string(out)
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return ""
}

// plain drops the control characters that separate, and invalid bytes.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// decode reads what encode wrote.
func decode(text string, dict *dictionary) (*row, error) {
	parts := strings.Split(text, fieldSep)
	if len(parts) != fixedParts+groups {
		return nil, errRow
	}
	r := &row{
		id: parts[0], centre: dict.word(parts[1]), kind: Kind(dict.word(parts[3])), title: parts[4], state: dict.word(parts[5]),
		shown: parts[6] == "1", deadline: market.Date(parts[7]), noviceOK: parts[10] == "1",
	}
	var bad error
	number := func(s string) int64 {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			bad = errRow
		}
		return n
	}
	r.rev, r.least, r.most, r.fresh = number(parts[2]), number(parts[8]), number(parts[9]), number(parts[11])
	r.titleWords = int(number(parts[12]))
	for g := range groups {
		for _, code := range items(parts[fixedParts+g]) {
			r.codes[g] = append(r.codes[g], dict.number(code))
		}
	}
	if len(r.codes[groupCertificates]) > 0 {
		for _, day := range strings.Split(parts[13], itemSep) {
			r.until = append(r.until, market.Date(day))
		}
	}
	for _, letter := range []byte(parts[14]) {
		r.proofs = append(r.proofs, proof(letter-proofZero))
	}
	if len(r.until) != len(r.codes[groupCertificates]) || len(r.proofs) > 0 && len(r.proofs) != len(r.codes[groupSkills]) {
		return nil, errRow
	}
	return r, bad
}

func items(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, itemSep)
}

// dictionary numbers codes, so that counting is adding to an array. It only grows.
type dictionary struct {
	mu    sync.RWMutex
	at    map[string]uint32
	words []string
}

func newDictionary() *dictionary { return &dictionary{at: map[string]uint32{}} }

// number gives a code's number, a new one when it is new.
func (d *dictionary) number(code string) uint32 {
	if n, ok := d.find(code); ok {
		return n
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if n, ok := d.at[code]; ok {
		return n
	}
	n := uint32(len(d.words))
	code = strings.Clone(code)
	d.at[code], d.words = n, append(d.words, code)
	return n
}

// find gives the number of a code that has one.
func (d *dictionary) find(code string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	n, ok := d.at[code]
	return n, ok
}

// word gives one shared copy of a code.
func (d *dictionary) word(code string) string {
	n := d.number(code)
	return d.all()[n]
}

// all gives the codes by number as of now.
func (d *dictionary) all() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.words
}
