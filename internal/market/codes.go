package market

// Codes answers whether a code exists; taxonomy satisfies it. Validation takes it as an argument, so that
// the vocabulary depends on no list.
type Codes interface {
	HasProvince(code string) bool
	HasCommune(code string) bool
	HasCountry(code string) bool // ISO 3166-1 alpha-2
	HasOccupation(code string) bool
	HasSector(code string) bool
	HasSkill(id string) bool
	HasCertificate(id string) bool
	HasEthnicity(code string) bool
	HasListEntry(list, code string) bool // the official forms' lists: "hoc-van", "cmkt", "hop-dong"…
}

// ListVersions names the versions of the lists that a document's codes come from, because occupations,
// sectors and communes change: "VSCO 2020", "VSIC 2018", "units 2026-04-30".
type ListVersions struct {
	Places      string `json:"places,omitempty"`
	Occupations string `json:"occupations,omitempty"`
	Sectors     string `json:"sectors,omitempty"`
	Skills      string `json:"skills,omitempty"`
}

// Limits of what is typed, in letters (runes).
const (
	MaxName  = 120
	MaxTitle = 160
	MaxLine  = 300
	MaxText  = 20_000
)

// problems gathers field errors.
type problems []error

func (p *problems) add(err error) {
	if err != nil {
		*p = append(*p, err)
	}
}

func (p *problems) need(ok bool, field, key string, args ...any) {
	if !ok {
		*p = append(*p, Bad(field, key, args...))
	}
}

// text checks that a text is there when required, no longer than max letters, and without control characters.
func (p *problems) text(field, s string, required bool, max int) {
	n := 0
	for _, r := range s {
		n++
		if r == '\uFFFD' || r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			p.add(Bad(field, "error.text.characters"))
			return
		}
	}
	p.need(!required || n > 0, field, "error.required")
	p.need(n <= max, field, "error.text.long", max, n)
}

// code checks an optional code against its list.
func (p *problems) code(field, code string, has func(string) bool) {
	p.need(code == "" || has(code), field, "error.code.unknown", code)
}

func (p *problems) date(field string, d Date) {
	p.need(d.Valid(), field, "error.date", string(d))
}
