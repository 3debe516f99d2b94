package files

import (
	"slices"
	"strings"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// WorkerFromRow makes a person's profile of a row. A commune that could be several is refused with the
// candidates; so is a person without a consent, unless the import is made on behalf of people who gave it on
// paper. What is read out of free text is marked as the person's own word.
func (im Import) WorkerFromRow(row Row) (market.Worker, RowFacts, []*market.Error) {
	var facts RowFacts
	if row.Fault != nil {
		return market.Worker{}, facts, []*market.Error{row.Fault}
	}
	r := workerReader{im: im, row: row}
	r.w = market.Worker{State: market.WorkerSeeking, Registered: "import", Lists: im.Tax.ListVersions()}
	r.w.Centre = im.Centre
	r.identify()
	r.person()
	r.home(&facts)
	r.abilities()
	r.wishes(&facts)
	r.consent()
	for _, e := range market.Problems(r.w.Validate(im.Tax, im.today())) {
		r.problem(e)
	}
	return r.w, facts, r.errs
}

type workerReader struct {
	im   Import
	row  Row
	w    market.Worker
	errs []*market.Error
	own  bool
}

func (r *workerReader) problem(e *market.Error) {
	for _, o := range r.errs {
		if o.Field == e.Field && o.Key == e.Key {
			return
		}
	}
	r.errs = append(r.errs, e)
}

func (r *workerReader) bad(err error) {
	for _, e := range market.Problems(err) {
		r.problem(e)
	}
}

func (r *workerReader) identify() {
	source, key := r.im.identity(r.row)
	r.w.Source = source
	r.w.ID = market.DerivedID("worker", string(r.im.Centre), key)
	if id, ok := ownID(r.row); ok {
		r.w.ID, r.own = id, true
	}
}

func (r *workerReader) person() {
	r.w.Name = r.row.Line1("name")
	born, err := sheetDate("born", r.row.Line1("born"))
	r.bad(err)
	r.w.Born = born
	r.w.Sex = sexOf(r.row.Line1("sex"))
	if r.w.Sex == "" && r.row.Line1("sex") != "" {
		r.problem(market.Bad("sex", "error.code.unknown", r.row.Line1("sex")))
	}
	r.w.Ethnicity = r.listed("ethnicity", taxonomy.EthnicGroups)
	r.w.Schooling = r.listed("schooling", taxonomy.Schooling)
	r.w.Qualification = r.listed("qualification", taxonomy.Qualification)
	r.w.TrainingField = r.row.Line1("training_field")
	r.w.About = r.row.Text("about")
	r.w.CitizenID = digitsOf(r.row.Line1("citizen_id"))
	for phone := range strings.FieldsFuncSeq(r.row.Line1("phones"), func(c rune) bool { return strings.ContainsRune(",;/|", c) }) {
		r.w.Phones = append(r.w.Phones, phoneOf(phone))
	}
	r.w.Priority = r.words("priority", priorityWords)
}

// sexOf reads "nam", "nữ", "F"…
func sexOf(text string) string {
	switch taxonomy.Fold(text) {
	case "nam", "m", "male", "trai":
		return "m"
	case "nu", "f", "female", "gai":
		return "f"
	}
	return ""
}

// phoneOf normalises a number; a spreadsheet that took it for a figure has eaten the first 0.
func phoneOf(text string) string {
	n := market.NormalisePhone(strings.TrimSpace(text))
	if len(n) == 9 && strings.ContainsRune("35789", rune(n[0])) && digitsOf(n) == n {
		return "0" + n
	}
	return n
}

// digitsOf drops the blanks and dots inside a number; anything else stays for validation to refuse. A
// twelve-digit number that lost its first 0 in a spreadsheet gets it back.
func digitsOf(text string) string {
	n := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(text)
	if len(n) == 11 && strings.Trim(n, "0123456789") == "" {
		return "0" + n
	}
	return n
}

// listed reads a line of an official list by code or label; other words are refused, never dropped.
func (r *workerReader) listed(column, list string) string {
	words := r.row.Line1(column)
	if words == "" {
		return ""
	}
	e, ok := r.im.Tax.FindEntry(list, words)
	if !ok {
		r.problem(market.Bad(column, "error.code.unknown", words))
	}
	return e.Code
}

// priorityWords are how lists name the priority groups.
var priorityWords = map[string][]string{
	"disabled":    {"khuyet tat", "tan tat", "disabled"},
	"demobilised": {"xuat ngu", "bo doi xuat ngu", "demobilised"},
	"poor":        {"ho ngheo", "poor"},
	"near_poor":   {"can ngheo", "ho can ngheo", "near poor"},
	"minority":    {"dan toc thieu so", "dtts", "minority"},
}

// words reads a cell of several words as codes.
func (r *workerReader) words(column string, codes map[string][]string) []string {
	var out []string
	for item := range strings.FieldsFuncSeq(r.row.Line1(column), func(c rune) bool { return strings.ContainsRune(",;/|", c) }) {
		item = strings.TrimSpace(item)
		found := ""
		for code, words := range codes {
			if item == code || says(item, words...) {
				found = code
			}
		}
		if found == "" {
			r.problem(market.Bad(column, "error.code.unknown", item))
		} else if !slices.Contains(out, found) {
			out = append(out, found)
		}
	}
	slices.Sort(out)
	return out
}

// home finds the commune: by code, or by what was typed, in the person's province when one is named, else in
// the centre's, else anywhere.
func (r *workerReader) home(facts *RowFacts) {
	r.w.Hamlet = r.row.Line1("hamlet")
	typed := r.row.Line1("commune")
	facts.PlaceStated = typed != ""
	if typed == "" {
		return
	}
	if r.im.Tax.HasCommune(typed) {
		r.w.Commune, facts.PlaceResolved = typed, true
		return
	}
	codes := r.communes(typed)
	if len(codes) == 1 {
		r.w.Commune, facts.PlaceResolved = codes[0], true
		return
	}
	if len(codes) == 0 {
		r.problem(market.Bad("commune", "error.commune.unknown", typed))
		return
	}
	r.problem(market.Bad("commune", "error.commune.several", typed, r.names(codes)))
}

// communes gives the codes a typed commune may be.
func (r *workerReader) communes(typed string) []string {
	home := r.im.Province
	if named := r.row.Line1("home_province"); named != "" {
		home = ""
		for _, p := range r.im.Tax.FindPlaces(named) {
			if p.Kind == taxonomy.InProvince || p.Kind == taxonomy.InOldProvince {
				home = p.Province
				break
			}
		}
	}
	found := slices.DeleteFunc(r.im.Tax.FindPlaces(typed), func(p taxonomy.Place) bool { return len(p.Communes) == 0 })
	atHome := slices.DeleteFunc(slices.Clone(found), func(p taxonomy.Place) bool { return p.Province != home })
	if home != "" && len(atHome) > 0 {
		found = atHome
	}
	// Today's commune of a name comes before the old units of that name.
	for _, kinds := range [][]taxonomy.PlaceKind{{taxonomy.InCommune}, {taxonomy.InOldCommune}, {taxonomy.InOldDistrict}} {
		var codes []string
		for _, p := range found {
			if slices.Contains(kinds, p.Kind) {
				codes = append(codes, p.Communes...)
			}
		}
		if slices.Sort(codes); len(codes) > 0 {
			return slices.Compact(codes)
		}
	}
	return nil
}

// names writes candidates for a person to choose from: "Xã Thanh Nưa (Điện Biên, 03334); …".
func (r *workerReader) names(codes []string) string {
	var out []string
	for _, code := range codes[:min(len(codes), 8)] {
		c, _ := r.im.Tax.Commune(code)
		p, _ := r.im.Tax.Province(c.Province)
		out = append(out, c.FullName()+" ("+p.Name+", "+code+")")
	}
	if len(codes) > 8 {
		out = append(out, "…")
	}
	return strings.Join(out, "; ")
}

func (r *workerReader) abilities() {
	if r.own {
		r.bad(decodeCell(r.row, "skill_codes", &r.w.Skills))
		r.bad(decodeCell(r.row, "certificate_codes", &r.w.Certificates))
		r.bad(decodeCell(r.row, "languages", &r.w.Languages))
		return
	}
	for _, column := range []string{"skills", "certificates", "experience", "languages"} {
		words := r.row.Text(column)
		for _, c := range r.im.Tax.Recognise(words) {
			r.hold(c)
		}
	}
}

func (r *workerReader) hold(c taxonomy.Concept) {
	switch c.Kind {
	case taxonomy.SkillConcept:
		if !slices.ContainsFunc(r.w.Skills, func(s market.HeldSkill) bool { return s.ID == c.ID }) {
			r.w.Skills = append(r.w.Skills, market.HeldSkill{ID: c.ID, Evidence: market.SelfStated})
		}
	case taxonomy.CertificateConcept:
		if !slices.ContainsFunc(r.w.Certificates, func(h market.HeldCertificate) bool { return h.ID == c.ID }) {
			r.w.Certificates = append(r.w.Certificates, market.HeldCertificate{ID: c.ID, Level: c.Level})
		}
	}
}

// wishes reads the two ranked wishes; the place and the pay belong to both.
func (r *workerReader) wishes(facts *RowFacts) {
	pay := r.im.payOf(r.row, "wish_pay", false, r.bad)
	facts.PayStated = pay.Status != market.PayUnstated
	facts.PayUnderstood = pay.Status == market.PayStated || pay.Status == market.PayNegotiable
	facts.PayImplausible = pay.Status == market.PayImplausible
	var places []market.Workplace
	if words := r.row.Line1("wish_place"); words != "" {
		places = r.im.Tax.ParsePlaces(words).Workplaces()
	}
	for _, column := range []string{"wish", "wish2"} {
		title := r.row.Line1(column)
		if title == "" && (column == "wish2" || len(places) == 0 && !facts.PayStated) {
			continue
		}
		wish := market.Wish{Title: title, Places: places, Pay: pay}
		if o, ok := r.im.Tax.OccupationOf(title); ok {
			wish.Occupation = o.Code
		}
		r.w.Wishes = append(r.w.Wishes, wish)
	}
	for _, p := range places {
		facts.Nationwide = facts.Nationwide || p.Nationwide
		facts.Abroad = facts.Abroad || p.Country != "" && p.Country != "VN"
	}
	r.w.Mobility.Kind = mobilityOf(r.row.Line1("mobility"))
}

func mobilityOf(text string) market.MobilityKind {
	if k := market.MobilityKind(text); slices.Contains(market.MobilityKinds, k) {
		return k
	}
	fold := taxonomy.Fold(text)
	switch {
	case saysFolded(fold, "nuoc ngoai", "xuat khau", "abroad"):
		return market.Abroad
	case saysFolded(fold, "toan quoc", "ca nuoc", "bat ky dau", "moi noi", "anywhere", "ngoai tinh"):
		return market.Anywhere
	case saysFolded(fold, "trong tinh", "province"):
		return market.OwnProvince
	case saysFolded(fold, "trong xa", "tai xa", "gan nha"):
		return market.OwnCommune
	}
	return ""
}

// consentVersion names a consent that was given on paper, in the words of the centre's own form.
const consentVersion = "paper"

// consent takes the row's own consent, else the paper the whole list was gathered on.
func (r *workerReader) consent() {
	said := r.row.Line1("consent")
	on, err := sheetDate("consent_on", r.row.Line1("consent_on"))
	r.bad(err)
	document := r.row.Line1("consent_document")
	switch {
	case refuses(said):
		r.problem(market.Bad("consent", "error.consent.refused"))
	case agrees(said) && document != "":
		r.w.Consent = market.Consent{Version: consentVersion, Channel: "paper", Witness: document, At: market.Stamp(r.im.Now)}
		if on.Whole() && on <= r.im.today() {
			r.w.Consent.At = market.Stamp(on.Time())
		}
	case agrees(said) && r.im.OnBehalf == nil:
		r.problem(market.Bad("consent_document", "error.consent.document"))
	case said != "" && !agrees(said):
		r.problem(market.Bad("consent", "error.consent.unclear", said))
	case r.im.OnBehalf != nil && r.im.OnBehalf.Document != "":
		r.w.Consent = market.Consent{Version: consentVersion, Channel: "paper", Witness: r.im.OnBehalf.Document, By: r.im.OnBehalf.By, At: market.Stamp(r.im.Now)}
		r.w.RegisteredBy = r.im.OnBehalf.By
	default:
		r.problem(market.Bad("consent", "error.consent.required"))
	}
}

func agrees(text string) bool {
	switch taxonomy.Fold(text) {
	case "co", "x", "dong i", "da dong i", "dong y", "da dong y", "yes", "y", "i", "true", "1", "v", "da ki", "da ky":
		return true
	}
	return text == "✓" || text == "✔"
}

func refuses(text string) bool {
	switch taxonomy.Fold(text) {
	case "khong", "khong dong i", "khong dong y", "no", "n", "false", "0", "chua":
		return true
	}
	return false
}
