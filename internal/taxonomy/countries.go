package taxonomy

import "strings"

// Country is a country people go to work in, with the words they use for it.
type Country struct {
	Code string // ISO 3166-1 alpha-2
	Name string // Vietnamese
	EN   string
	Also []string
}

// SomewhereAbroad is the country code of a workplace abroad whose country nobody said: ISO 3166-1 leaves
// ZZ to its users, and CLDR gives it this meaning.
const SomewhereAbroad = "ZZ"

// isoCountries are the officially assigned alpha-2 codes of ISO 3166-1.
const isoCountries = `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV
BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX
MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG
VI VN VU WF WS YE YT ZA ZM ZW`

var isoCodes = func() map[string]bool {
	codes := map[string]bool{SomewhereAbroad: true}
	for _, code := range strings.Fields(isoCountries) {
		codes[code] = true
	}
	return codes
}()

func (t *Taxonomy) loadCountries() error {
	t.countryAt = map[string]int{}
	return each("countries.csv", func(r row) error {
		t.countryAt[r.text("code")] = len(t.countries)
		t.countries = append(t.countries, Country{r.text("code"), r.text("name_vi"), r.text("name_en"), r.list("also", ";")})
		return nil
	})
}

// Countries gives the countries that have a Vietnamese name here, the most usual first.
func (t *Taxonomy) Countries() []Country { return t.countries }

// Country gives a country by code.
func (t *Taxonomy) Country(code string) (Country, bool) {
	i, ok := t.countryAt[code]
	if !ok {
		return Country{}, false
	}
	return t.countries[i], true
}

// HasCountry reports whether an ISO 3166-1 alpha-2 code exists; SomewhereAbroad counts.
func (t *Taxonomy) HasCountry(code string) bool { return isoCodes[code] }
