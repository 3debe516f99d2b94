package web

import "noiviec/internal/market"

// Words gives the catalogue of a language to commands and senders, which speak as the pages do. An unknown
// language is the first one.
func Words(lang string) (func(key string, args ...any) string, error) {
	words, err := loadCatalogues(embedded)
	if err != nil {
		return nil, err
	}
	if _, ok := words[lang]; !ok {
		lang = languages[0]
	}
	return func(key string, args ...any) string { return words.text(lang, key, args...) }, nil
}

// Say words every problem in err that a person can act on; "" when there is none.
func Say(words func(key string, args ...any) string, err error) string {
	out := ""
	for _, e := range market.Problems(err) {
		if out != "" {
			out += "\n"
		}
		out += words(e.Key, e.Args...)
	}
	return out
}
