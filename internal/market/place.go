package market

// Workplace is where a posting's work is, or where a worker would work. Exactly as much is filled as is
// known: a commune implies its province; Nationwide and Country stand alone; with all empty, Stated holds
// the words nobody could place.
type Workplace struct {
	Commune    string `json:"commune,omitempty"`  // five-digit code
	Province   string `json:"province,omitempty"` // two-digit code
	Country    string `json:"country,omitempty"`  // ISO 3166-1 alpha-2, only when abroad
	Nationwide bool   `json:"nationwide,omitempty"`
	Stated     string `json:"stated,omitempty"`
}

// Known reports whether the place was understood.
func (w Workplace) Known() bool {
	return w.Commune != "" || w.Province != "" || w.Country != "" || w.Nationwide
}

func (w Workplace) validate(p *problems, field string, codes Codes) {
	p.code(field, w.Commune, codes.HasCommune)
	p.code(field, w.Province, codes.HasProvince)
	p.code(field, w.Country, codes.HasCountry)
	p.text(field, w.Stated, false, MaxLine)
}

// Conditions are the working conditions of the official forms, as codes of their lists (dk-noi-lam, dk-nang,
// dk-di-lai, dk-nghe-noi, dk-thi-luc, dk-tay, dk-2-tay); "" is not said.
type Conditions struct {
	Setting  string `json:"setting,omitempty"`
	Lifting  string `json:"lifting,omitempty"`
	Walking  string `json:"walking,omitempty"`
	Hearing  string `json:"hearing,omitempty"`
	Sight    string `json:"sight,omitempty"`
	Hands    string `json:"hands,omitempty"`
	TwoHands string `json:"two_hands,omitempty"`
}

func (c Conditions) validate(p *problems, codes Codes) {
	for list, code := range map[string]string{
		"dk-noi-lam": c.Setting, "dk-nang": c.Lifting, "dk-di-lai": c.Walking, "dk-nghe-noi": c.Hearing,
		"dk-thi-luc": c.Sight, "dk-tay": c.Hands, "dk-2-tay": c.TwoHands,
	} {
		p.need(code == "" || codes.HasListEntry(list, code), "conditions", "error.code.unknown", code)
	}
}

// Source says where an imported document came from; its key makes a second import change nothing.
type Source struct {
	Name   string `json:"name,omitempty"`   // the file's or the service's name
	Key    string `json:"key,omitempty"`    // the row's own id or address, else a hash of its content
	URL    string `json:"url,omitempty"`    // where a person can read it
	Hash   string `json:"hash,omitempty"`   // of the row's content, to see changes
	Copies int    `json:"copies,omitempty"` // identical rows seen in the same file beyond the first
}
