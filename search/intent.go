package search

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Weights of the ways a document can answer a text. A change here is a change in testdata/figures.txt.
const (
	weightTitleIdea = 8.0 // a concept of the text is in the title
	weightIdea      = 4.0 // …anywhere
	weightExact     = 3.0 // the syllables with their marks, when marks were typed
	weightWords     = 1.5 // the syllables without marks
	weightPhrase    = 2.0 // the syllables side by side
	weightSticky    = 1.5 // two syllables typed as one word
	weightPlace     = 2.0 // in the place that was named
	titleFactor     = 2.0 // any of these in the title
)

// intent is what a text asks for.
type intent struct {
	words     []taxonomy.Token // what must be found as text
	marked    bool
	places    []string   // codes to prefer
	countries [][]string // names of countries, folded
	minPay    int64
	ideas     []wanted
	empty     bool // nothing was typed
	onlyPlace bool // nothing but a place was typed
}

// understand reads a text.
func understand(text string, lex *taxonomy.Taxonomy) intent {
	in := intent{words: taxonomy.Tokens(clip(text))}
	in.empty = strings.TrimSpace(text) == ""
	text = clip(text)
	concepts := lex.Recognise(text)
	in.ideas = wantedIn(lex, concepts)
	in.readPay(text)
	in.readCountries(text, concepts)
	in.readPlaces(text, lex, concepts)
	in.marked = slices.ContainsFunc(in.words, taxonomy.Token.Marked)
	return in
}

// maxTyped is how much of a text is looked at, in bytes: enough for a title, too little to be a burden.
const maxTyped = 400

func clip(text string) string {
	if len(text) > maxTyped {
		text = text[:maxTyped]
	}
	return strings.ToValidUTF8(text, " ")
}

// readCountries keeps the names of countries: a posting that mentions one is an answer by itself.
func (in *intent) readCountries(text string, concepts []taxonomy.Concept) {
	for _, c := range concepts {
		if c.Kind == taxonomy.PlaceConcept && c.Place == taxonomy.InCountry && c.ID != "VN" {
			in.places = append(in.places, c.ID)
			in.countries = append(in.countries, strings.Fields(taxonomy.Fold(text[c.Start:c.End])))
		}
	}
}

// readPlaces takes what names a place out of the words and keeps its codes.
func (in *intent) readPlaces(text string, lex *taxonomy.Taxonomy, concepts []taxonomy.Concept) {
	for _, p := range lex.ParsePlaces(text).List {
		from := strings.Index(text, p.Stated)
		if from < 0 || p.Stated == "" {
			continue
		}
		if slices.ContainsFunc(concepts, func(c taxonomy.Concept) bool {
			return c.Kind != taxonomy.PlaceConcept && c.Start < from+len(p.Stated) && from < c.End
		}) {
			continue // "thợ may" is a trade, whatever commune sounds like it
		}
		for _, c := range p.Candidates {
			in.places = append(in.places, c.Communes...)
			if len(c.Communes) == 0 && c.Province != "" {
				in.places = append(in.places, c.Province)
			}
		}
		rest := slices.DeleteFunc(slices.Clone(in.words), func(t taxonomy.Token) bool { return t.Start >= from && t.End <= from+len(p.Stated) })
		if len(rest) == 0 {
			in.onlyPlace = true // its words are a way to answer, too
			continue
		}
		in.words = rest
	}
	slices.Sort(in.places)
	in.places = slices.Compact(in.places)
	if len(in.places) > 60 {
		in.places = in.places[:60]
	}
}

// readPay takes a wish for pay out of the words: "lương trên 10 triệu" asks for postings that reach it.
func (in *intent) readPay(text string) {
	from, to := in.payPhrase()
	if from == to {
		return
	}
	p := taxonomy.ParsePay(text[in.words[from].Start:in.words[to-1].End])
	least, most, ok := p.Monthly(rate(p))
	if !ok {
		return
	}
	if in.minPay = least; least == 0 {
		in.minPay = most
	}
	in.words = slices.Delete(slices.Clone(in.words), from, to)
}

// payPhrase gives the tokens from a word for pay, or a figure before "triệu", to the end of the figure.
func (in *intent) payPhrase() (from, to int) {
	for i, t := range in.words {
		if slices.Contains(unitWords, t.Fold) || amount.MatchString(t.Fold) {
			to = i + 1
		}
	}
	if to == 0 {
		return 0, 0
	}
	for from = to - 1; from > 0; from-- {
		before := in.words[from-1].Fold
		if !slices.Contains(payWordsAround, before) && !figure.MatchString(before) {
			break
		}
	}
	return from, to
}

var (
	unitWords      = []string{"trieu", "tr", "cu", "nghin", "ngan", "vnd", "dong"}
	payWordsAround = []string{"luong", "thu", "nhap", "tren", "tu", "hon", "khoang", "toi", "thieu", "it", "nhat", "muc", "den", "duoi", "trieu", "tr", "ngan", "nghin"}
	figure         = regexp.MustCompile(`^\d+$`)
	amount         = regexp.MustCompile(`^\d+(tr|trieu|k|cu|m)\d*$`)
)

// query builds what Bleve is asked: everything when nothing was typed, nothing when what was typed has no
// letters.
func (in *intent) query(q *Query) query.Query {
	if len(in.words) == 0 {
		if in.empty || in.minPay > 0 {
			return bleve.NewMatchAllQuery()
		}
		return bleve.NewMatchNoneQuery()
	}
	b := bleve.NewBooleanQuery()
	b.AddMust(in.text())
	for _, code := range in.places {
		b.AddShould(term(placeCode, code, weightPlace))
	}
	return b
}

// text is the OR of all the ways to answer.
func (in *intent) text() query.Query {
	ways := []query.Query{in.syllables()}
	fold, exact := in.keys()
	if len(in.words) > 1 {
		ways = append(ways, phrase(titleFold, fold, weightPhrase*titleFactor), phrase(bodyFold, fold, weightPhrase))
	}
	if in.marked {
		ways = append(ways, phrase(titleExact, exact, weightExact*titleFactor), phrase(bodyExact, exact, weightExact))
	}
	for _, t := range in.words {
		if len(t.Fold) >= 4 {
			ways = append(ways, term(titleSticky, t.Fold, weightSticky*titleFactor), term(bodySticky, t.Fold, weightSticky))
		}
		for _, long := range abbreviations()[t.Fold] {
			keys := make([]string, len(long))
			for i, l := range long {
				keys[i] = l.Fold
			}
			ways = append(ways, phrase(titleFold, keys, weightPhrase*titleFactor), phrase(bodyFold, keys, weightPhrase))
		}
	}
	for _, name := range in.countries {
		ways = append(ways, phrase(titleFold, name, weightPlace*titleFactor), phrase(bodyFold, name, weightPlace))
	}
	for _, idea := range in.ideas {
		ways = append(ways, term(titleIdea, idea.idea, weightTitleIdea*idea.share), term(bodyIdea, idea.idea, weightIdea*idea.share))
	}
	if in.onlyPlace {
		for _, code := range in.places {
			ways = append(ways, term(placeCode, code, weightPlace))
		}
	}
	return bleve.NewDisjunctionQuery(ways...)
}

func (in *intent) keys() (fold, exact []string) {
	for _, t := range in.words {
		fold, exact = append(fold, t.Fold), append(exact, t.Exact)
	}
	return fold, exact
}

// syllables asks for every syllable, and of more than three for at least half.
func (in *intent) syllables() query.Query {
	var each []query.Query
	asked := map[string]bool{} // by folded key: "cần cẩu, cầu trục" must not ask for less without its marks
	for _, t := range in.words {
		if asked[t.Fold] {
			continue
		}
		asked[t.Fold] = true
		any := []query.Query{term(titleFold, t.Fold, weightWords*titleFactor), term(bodyFold, t.Fold, weightWords)}
		if t.Marked() {
			any = append(any, term(titleExact, t.Exact, weightExact*titleFactor), term(bodyExact, t.Exact, weightExact))
		}
		each = append(each, bleve.NewDisjunctionQuery(any...))
	}
	d := bleve.NewDisjunctionQuery(each...)
	d.SetMin(float64(len(each)))
	if len(each) > 3 {
		d.SetMin(math.Ceil(float64(len(each)) / 2))
	}
	return d
}

func term(field, key string, boost float64) query.Query {
	q := bleve.NewTermQuery(key)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func phrase(field string, keys []string, boost float64) query.Query {
	if len(keys) == 1 {
		return term(field, keys[0], boost)
	}
	q := query.NewPhraseQuery(keys, field)
	q.SetBoost(boost)
	return q
}

// why says what a hit answers with: words of the title, else of the text; the place; the pay.
func (in *intent) why(r *row, dict *dictionary) []market.Reason {
	var out []market.Reason
	title := " " + taxonomy.Fold(r.title) + " "
	var inTitle []string
	for _, t := range in.words {
		if strings.Contains(title, " "+t.Fold+" ") {
			inTitle = append(inTitle, t.Fold)
		}
	}
	switch {
	case len(inTitle) > 0:
		out = append(out, market.Reason{Code: "search_title", Args: []string{strings.Join(inTitle, " ")}})
	case len(in.words) > 0:
		out = append(out, market.Reason{Code: "search_text"})
	}
	for _, g := range []int{groupCommunes, groupProvinces} {
		for _, n := range r.codes[g] {
			if code := dict.all()[n]; slices.Contains(in.places, code) {
				out = append(out, market.Reason{Code: "search_place", Args: []string{code}})
				return out
			}
		}
	}
	return out
}

// retyped gives the words as another keyboard would have meant them: VNI digits off, Telex letters off.
func retyped(words []taxonomy.Token) []string {
	var vni, telex []string
	for _, t := range words {
		vni = append(vni, strings.TrimRight(t.Fold, "0123456789"))
		telex = append(telex, untelex(t.Fold))
	}
	typed := joinFold(words)
	var out []string
	for _, keys := range [][]string{vni, telex} {
		if text := strings.Join(strings.Fields(strings.Join(keys, " ")), " "); text != "" && text != typed && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func joinFold(words []taxonomy.Token) string {
	keys := make([]string, len(words))
	for i, t := range words {
		keys[i] = t.Fold
	}
	return strings.Join(keys, " ")
}

// untelex gives the folded syllable of Telex typing: doubled letters once, w dropped, the tone letter at the
// end dropped ("thowj" → "tho", "ddieenj" → "dien").
func untelex(key string) string {
	for _, double := range []string{"aa", "ee", "oo", "dd"} {
		key = strings.ReplaceAll(key, double, double[:1])
	}
	key = strings.ReplaceAll(key, "w", "")
	if n := len(key); n > 2 && strings.ContainsRune("sfrxj", rune(key[n-1])) {
		key = key[:n-1]
	}
	return key
}
