package files

import (
	"net/url"
	"strings"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Import is what the rows of one file are read with.
type Import struct {
	Centre   market.ID
	Source   string // the file's base name, or the name of the service it came from
	Tax      *taxonomy.Taxonomy
	Now      time.Time
	Province string // the centre's, tells home communes from others of the name; "" when it has none

	// OnBehalf lets people in whose row states no consent of its own, on paper that the centre keeps. Nil
	// refuses them.
	OnBehalf *OnBehalf
}

// OnBehalf is a consent that was given on paper for a whole list.
type OnBehalf struct {
	Document string // its reference: number, date, where it is kept
	By       market.ID
}

// RowFacts says what was made of the texts of one row.
type RowFacts struct {
	PayStated, PayUnderstood, PayImplausible       bool
	PlaceStated, PlaceResolved, Nationwide, Abroad bool
}

func (im Import) today() market.Date { return market.DateOf(im.Now) }

// identity tells a row from every other, so that a second import finds what the first one made. A row is
// named by its own address, else by its own id within its source, else by its content: then neither the
// file's name nor its format matters.
func (im Import) identity(row Row) (source market.Source, key string) {
	source = market.Source{Name: im.Source, Hash: row.Hash()}
	if name := row.Line1("source_name"); name != "" {
		source.Name = name
	}
	link := webAddress(row.Line1("url"))
	if link != nil {
		source.URL = link.String()
	}
	switch id := row.Line1("id"); {
	case link != nil:
		source.Name, source.Key = orElse(row.Line1("source_name"), link.Hostname()), canonical(link)
		return source, "url\x00" + source.Key
	case id != "":
		source.Key = id
		return source, "id\x00" + source.Name + "\x00" + id
	}
	source.Key = source.Hash
	return source, "content\x00" + source.Hash
}

// webAddress gives an address that leads to a page of its own, nil for anything else.
func webAddress(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(text) > 2000 {
		return nil
	}
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return nil
	}
	return u
}

// canonical writes an address without what does not change the page: scheme, case of the host, "www.",
// fragment, and the parameters that only say where a reader came from.
func canonical(u *url.URL) string {
	c := *u
	query := c.Query()
	for name := range query {
		if strings.HasPrefix(name, "utm_") || name == "ta_source" || name == "fbclid" || name == "gclid" {
			query.Del(name)
		}
	}
	path := strings.TrimSuffix(c.EscapedPath(), "/")
	out := strings.TrimPrefix(strings.ToLower(c.Host), "www.") + path
	if q := query.Encode(); q != "" {
		out += "?" + q
	}
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// ownID gives the id that our own export wrote into the row, and whether there is one.
func ownID(row Row) (market.ID, bool) {
	id := market.ID(row.Line1("noiviec_id"))
	return id, id.Valid()
}
