package taxonomy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Certificate is a paper people hold: a licence, a card, a certificate, a test result.
type Certificate struct {
	ID       string
	Name     string
	EN       string
	Synonyms []string
	Family   string
	Rank     int      // among whole certificates of one family, 0 when not ranked
	Levels   []string // inside this certificate, lowest first; empty for none and for a range
	Low      float64  // a range of points instead of levels: TOEIC 10–990
	High     float64
	Implies  []string // ids of what it also covers, as the list says
	Validity int      // months, 0 for ever
	Issuer   string
	Legal    string   // legal basis
	Skills   []string // ids of skills it is needed for
	Evidence string   // S: read in a public source; M: from memory, verify before relying on it
}

type certificates struct {
	all    []Certificate
	at     map[string]int
	covers map[string]map[string]bool // transitive closure of Implies
}

func (t *Taxonomy) loadCertificates() error {
	c := &t.certificates
	c.at = map[string]int{}
	if err := each("certificates.csv", func(r row) error {
		cert, err := readCertificate(r)
		if err != nil {
			return fmt.Errorf("certificate %s: %w", r.text("id"), err)
		}
		c.at[cert.ID] = len(c.all)
		c.all = append(c.all, cert)
		return nil
	}); err != nil {
		return err
	}
	return c.close()
}

func readCertificate(r row) (Certificate, error) {
	c := Certificate{
		ID: r.text("id"), Name: r.text("name_vi"), EN: r.text("name_en"), Synonyms: r.list("synonyms_vi", ";"), Family: r.text("family"),
		Implies: r.list("implies", ";"), Issuer: r.text("issuer"), Legal: r.text("legal_basis"), Skills: r.list("needed_for_skills", ";"), Evidence: r.text("evidence"),
	}
	var err error
	if c.Validity, err = strconv.Atoi(r.text("validity_months_0_none")); err != nil {
		return c, err
	}
	if rank := r.text("rank_in_family"); rank != "" {
		if c.Rank, err = strconv.Atoi(rank); err != nil {
			return c, err
		}
	}
	low, high, isRange := strings.Cut(r.text("levels_ascending"), "..")
	if !isRange {
		c.Levels = r.list("levels_ascending", ";")
		return c, nil
	}
	if c.Low, err = strconv.ParseFloat(low, 64); err != nil {
		return c, err
	}
	c.High, err = strconv.ParseFloat(high, 64)
	return c, err
}

// close follows Implies to its end and checks the ids.
func (c *certificates) close() error {
	c.covers = map[string]map[string]bool{}
	for _, cert := range c.all {
		reached := map[string]bool{}
		open := slices.Clone(cert.Implies)
		for len(open) > 0 {
			id := open[0]
			open = open[1:]
			at, ok := c.at[id]
			if !ok {
				return fmt.Errorf("certificate %s implies unknown %s", cert.ID, id)
			}
			if !reached[id] {
				reached[id] = true
				open = append(open, c.all[at].Implies...)
			}
		}
		c.covers[cert.ID] = reached
	}
	return nil
}

// Certificates gives all certificates in the order of the list.
func (t *Taxonomy) Certificates() []Certificate { return t.certificates.all }

// Certificate gives a certificate by id.
func (t *Taxonomy) Certificate(id string) (Certificate, bool) {
	i, ok := t.certificates.at[id]
	if !ok {
		return Certificate{}, false
	}
	return t.certificates.all[i], true
}

// HasCertificate reports whether a certificate exists.
func (t *Taxonomy) HasCertificate(id string) bool { _, ok := t.certificates.at[id]; return ok }

// HasLevels reports whether the certificate has levels or points inside.
func (c Certificate) HasLevels() bool { return len(c.Levels) > 0 || c.High > 0 }

// Level gives a level as the list writes it ("n3" → "N3", "6,5" → "6.5"), ok false when there is none such.
func (c Certificate) Level(text string) (level string, ok bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, ",", "."))
	for _, l := range c.Levels {
		if strings.EqualFold(l, text) {
			return l, true
		}
	}
	points, err := strconv.ParseFloat(text, 64)
	if err != nil || c.High == 0 || points < c.Low || points > c.High {
		return "", false
	}
	return strconv.FormatFloat(points, 'f', -1, 64), true
}

// Reaches reports whether a held level is at least the wanted one. No wanted level is reached by any; a
// wanted level is not reached by one that is not said or does not exist.
func (c Certificate) Reaches(have, want string) bool {
	if want == "" {
		return true
	}
	held, okHeld := c.Level(have)
	wanted, okWanted := c.Level(want)
	if !okHeld || !okWanted {
		return false
	}
	if c.High > 0 {
		h, _ := strconv.ParseFloat(held, 64)
		w, _ := strconv.ParseFloat(wanted, 64)
		return h >= w
	}
	return slices.Index(c.Levels, held) >= slices.Index(c.Levels, wanted)
}

// Covers reports whether who holds one certificate at a level has what is wanted: the same certificate at
// that level or above, or one that implies it. What is implied is implied without a level, so a wanted
// level of another certificate is never covered.
func (t *Taxonomy) Covers(have, haveLevel, want, wantLevel string) bool {
	cert, ok := t.Certificate(want)
	if !ok || !t.HasCertificate(have) {
		return false
	}
	if have == want {
		return cert.Reaches(haveLevel, wantLevel)
	}
	return wantLevel == "" && t.certificates.covers[have][want]
}

// CertificatesCovering gives the ids of all certificates that cover one, itself first.
func (t *Taxonomy) CertificatesCovering(want string) []string {
	if !t.HasCertificate(want) {
		return nil
	}
	out := []string{want}
	for _, c := range t.certificates.all {
		if t.certificates.covers[c.ID][want] && c.ID != want {
			out = append(out, c.ID)
		}
	}
	return out
}

// FindCertificates gives the certificates a typed text may mean, best first, at most limit.
func (t *Taxonomy) FindCertificates(text string, limit int) []Certificate {
	s := search(text, t.named.certificates())
	out := make([]Certificate, 0, min(limit, len(s)))
	for _, i := range s[:min(limit, len(s))] {
		out = append(out, t.certificates.all[i])
	}
	return out
}
