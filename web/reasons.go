package web

import (
	"regexp"
	"strings"

	"noiviec/internal/market"
)

// unfilled is a place in a text for which the reason brought no argument.
var unfilled = regexp.MustCompile(`[:,]? ?(?:(?:khoảng|about) )?\{\d\}(?: km)?`)

// reason words a reason of the matcher or of search. Its arguments are codes of skills, certificates,
// occupations, places and benefits, or figures: each is worded where it stands. A code that this build does
// not know (an older binary reading a newer run) is left out rather than shown raw. Staff read about a person,
// not to themselves: "staff_reason" says it in the third person wherever "reason" speaks to the job seeker.
func (v *visit) reason(r market.Reason) string {
	if r.Code == "pay_above" && len(r.Args) > 0 && r.Args[0] == "0" {
		r.Code = "pay_equal" // above by nothing
	}
	key := "reason." + r.Code
	if staffKey := "staff_reason." + r.Code; v.actor.Role.Staff() && v.s.words[v.lang][staffKey] != "" {
		key = staffKey
	}
	if _, ok := v.s.words[v.lang][key]; !ok {
		return ""
	}
	args := make([]any, len(r.Args))
	for i, arg := range r.Args {
		args[i] = v.codeWord(r.Code, arg)
	}
	return strings.TrimRight(unfilled.ReplaceAllString(v.T(key, args...), ""), " :,")
}

// codeWord words one argument by what the reason is about.
func (v *visit) codeWord(about, arg string) string {
	switch tax := v.s.Tax; {
	case about == "search_title":
		return lowerFirst(arg) // words of the title, no code
	case strings.HasPrefix(about, "search_") && len(arg) == 2 && tax.HasProvince(arg) && about != "search_near":
		return v.place(market.Workplace{Province: arg})
	case strings.HasPrefix(about, "search_") && tax.HasCountry(arg):
		return v.place(market.Workplace{Country: arg})
	case strings.HasPrefix(about, "pay"):
		if n, err := moneyText(arg); err == nil {
			return v.number(n)
		}
	case tax.HasSkill(arg):
		return lowerFirst(v.skill(arg))
	case tax.HasCertificate(arg):
		return lowerWord(v.certificate(arg))
	case strings.HasPrefix(about, "occupation") && tax.HasOccupation(arg):
		return lowerFirst(v.occupation(arg))
	case len(arg) == 5 && tax.HasCommune(arg):
		return v.place(market.Workplace{Commune: arg})
	case strings.HasPrefix(about, "place") && len(arg) == 2 && tax.HasProvince(arg) && !strings.HasSuffix(about, "near"):
		return v.place(market.Workplace{Province: arg})
	}
	for _, prefix := range []string{"benefit.", "shift.", "contract_type.", "language.", "bar."} {
		if text, ok := v.s.words[v.lang][prefix+arg]; ok {
			return lowerFirst(text)
		}
	}
	return arg
}
