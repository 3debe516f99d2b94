package web

import (
	"net/http"
	"time"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/taxonomy"
)

// suggested is one thing that a text being typed may become: what stands in the field then, and what tells it from
// others of the name.
type suggested struct {
	Value string `json:"v"`
	Hint  string `json:"h,omitempty"`
}

// suggestKinds are the kinds of names a field may hold, by the field's word for them.
var suggestKinds = map[string][]taxonomy.ConceptKind{
	"viec":      {taxonomy.OccupationConcept, taxonomy.SkillConcept, taxonomy.CertificateConcept},
	"nghe":      {taxonomy.OccupationConcept},
	"ky-nang":   {taxonomy.SkillConcept},
	"chung-chi": {taxonomy.CertificateConcept},
	"noi":       {taxonomy.PlaceConcept},
}

// Suggestions that fit a phone above its keyboard, how long a text may be, in letters, and how many questions one
// address may ask in a minute: a village may share it.
const (
	mostSuggested    = 8
	longestSuggested = 60
	suggestedAMinute = 600
)

// suggest answers a field while somebody types; nothing that is typed is kept.
func (s *Server) suggest(v *visit) error {
	kinds, known := suggestKinds[v.Query("loai")]
	text := []rune(norm.NFC.String(v.Query("q")))
	if !known || len(text) > longestSuggested {
		return v.Status(http.StatusBadRequest).JSON([]suggested{})
	}
	if !s.limits.allow("suggest:"+v.IP(), suggestedAMinute, time.Minute, v.now) {
		v.Set("Retry-After", "10")
		return v.Status(http.StatusTooManyRequests).JSON([]suggested{})
	}
	v.Set("Cache-Control", "private, max-age=3600")
	return v.JSON(v.suggestions(string(text), kinds, mostSuggested))
}

// suggestions gives what a text may become, each as it can be typed and found again.
func (v *visit) suggestions(text string, kinds []taxonomy.ConceptKind, most int) []suggested {
	out := []suggested{}
	seen := map[string]bool{}
	for _, found := range v.s.Tax.Suggest(taxonomy.SuggestQuery{Text: text, Kinds: kinds, Home: v.centre().Province, Limit: 2 * most}) {
		one := suggested{found.Name, found.Hint}
		switch found.Kind {
		case taxonomy.SkillConcept:
			one.Value = v.skill(found.ID)
		case taxonomy.CertificateConcept:
			one.Value = v.certificate(found.ID)
		case taxonomy.PlaceConcept:
			one.Value = v.placeTyped(found)
		}
		if found.Place == taxonomy.InCountry || found.Place == taxonomy.InRegion { // nobody lives in one here
			continue
		}
		if one.Hint == one.Value {
			one.Hint = ""
		}
		if !seen[one.Value] && len(out) < most {
			seen[one.Value] = true
			out = append(out, one)
		}
	}
	return out
}

// placeTyped names a place so that it is found again when it is typed: one outside the centre's province with its
// province.
func (v *visit) placeTyped(found taxonomy.Suggestion) string {
	province, ok := v.s.Tax.Province(found.Province)
	switch {
	case found.Place == taxonomy.InProvince || found.Place == taxonomy.InOldProvince || !ok || found.Province == v.centre().Province:
		return found.Name
	case found.Place == taxonomy.InCommune:
		return v.fullCommune(found.ID)
	}
	return found.Name + ", " + lowerFirst(province.FullName)
}
