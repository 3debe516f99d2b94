package web

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"

	"noiviec/internal/market"
)

//go:embed templates catalogue static
var embedded embed.FS

// sources gives the embedded files, or the folder itself while developing.
func sources(dev bool) fs.FS {
	if dev {
		return os.DirFS("web")
	}
	return embedded
}

// languages that pages come in; the first is what a visitor gets who never chose.
var languages = []string{"vi", "en"}

// catalogues hold the words of each language by key.
type catalogues map[string]map[string]string

// loadCatalogues reads catalogue/*.LANG.tsv: key, tab, text; # opens a comment. A key stands once in a language.
func loadCatalogues(files fs.FS) (catalogues, error) {
	out := catalogues{}
	for _, lang := range languages {
		out[lang] = map[string]string{}
		names, err := fs.Glob(files, "catalogue/*."+lang+".tsv")
		if err != nil {
			return nil, err
		}
		sort.Strings(names)
		for _, name := range names {
			if err := out.read(files, lang, name); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (c catalogues) read(files fs.FS, lang, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	for i, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimRight(line, "\r"); line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, "\t")
		if _, twice := c[lang][key]; !ok || twice || text == "" {
			return fmt.Errorf("%s:%d: want one new key, a tab and its text: %q", name, i+1, line)
		}
		c[lang][key] = text
	}
	return nil
}

// text gives the words of a key with {0}, {1}… replaced; "one|many" chooses by the first argument. A key that
// is missing shows itself, which the tests look for.
func (c catalogues) text(lang, key string, args ...any) string {
	text, ok := c[lang][key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if one, many, plural := strings.Cut(text, "|"); plural {
		if text = many; len(args) > 0 && fmt.Sprint(args[0]) == "1" {
			text = one
		}
	}
	for i, arg := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), c.argument(lang, arg))
	}
	return text
}

// argument words one argument: a state or an event is a key itself, a number gets its marks, a day is written out.
func (c catalogues) argument(lang string, arg any) string {
	switch a := arg.(type) {
	case string:
		if strings.HasPrefix(a, "state.") || strings.HasPrefix(a, "event.") || strings.HasPrefix(a, "field.") || strings.HasPrefix(a, "bar.") {
			return c.text(lang, a)
		}
		return a
	case int:
		return number(lang, int64(a))
	case int64:
		return number(lang, a)
	case market.Date:
		return date(lang, a)
	case market.Month:
		return month(lang, a)
	}
	return fmt.Sprint(arg)
}

// T words a key in the visitor's language.
func (v *visit) T(key string, args ...any) string { return v.s.words.text(v.lang, key, args...) }

// message words an error.
func (v *visit) message(e *market.Error) string { return v.T(e.Key, e.Args...) }

// chosenLanguage: the address says, else the cookie, else the account, else Vietnamese.
func (v *visit) chosenLanguage() string {
	choices := []string{v.Query("lang"), v.Cookies(v.s.cookieName("nv-lang"))}
	if v.user != nil {
		choices = append(choices, v.user.Language)
	}
	for _, choice := range choices {
		for _, lang := range languages {
			if choice == lang {
				return lang
			}
		}
	}
	return languages[0]
}
