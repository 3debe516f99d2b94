package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// pages holds one template set a page: the frame, the pieces, the page itself.
type pages struct {
	files  fs.FS
	assets *assets
	sets   map[string]*template.Template
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// loadPages parses templates/*.html; a page is named after its address: /can-bo/ghep is can-bo-ghep.html.
func loadPages(files fs.FS, a *assets) (*pages, error) {
	p := &pages{files: files, assets: a, sets: map[string]*template.Template{}}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		page := strings.TrimSuffix(path.Base(name), ".html")
		if page == "layout" || strings.HasPrefix(page, "partials") {
			continue
		}
		if p.sets[page], err = p.parse(name); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *pages) parse(name string) (*template.Template, error) {
	set := template.New("").Funcs(template.FuncMap{"dict": dict, "icon": p.icon})
	set, err := set.ParseFS(p.files, "templates/layout.html", "templates/partials*.html", name)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return set, nil
}

// icon gives the address of one sign in the sheet of signs.
func (p *pages) icon(name string) string { return p.assets.path("icons.svg") + "#" + name }

// dict lets a piece take several values by name: {{template "x" (dict "Page" $ "Item" .)}}.
func dict(pairs ...any) (map[string]any, error) {
	out := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		out[key] = pairs[i+1]
	}
	return out, nil
}

// render answers with a page. Nothing is sent unless the whole page could be made.
func (v *visit) render(name string, status int, page any) error {
	set, ok := v.s.pages.sets[name]
	if v.s.Dev {
		fresh, err := loadPages(v.s.pages.files, v.s.assets)
		if err != nil {
			return err
		}
		set, ok = fresh.sets[name]
	}
	if !ok {
		return fmt.Errorf("render: no page %q", name)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	passes := 1
	if v.sent.refused() {
		passes = 2 // the box above a refused form names its fields, and they are named below it
	}
	for range passes {
		buf.Reset()
		if err := set.ExecuteTemplate(buf, "layout", page); err != nil {
			return fmt.Errorf("render %s: %w", name, err)
		}
	}
	v.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	v.Set(fiber.HeaderContentLanguage, v.lang)
	v.Status(status).Response().SetBody(buf.Bytes()) // copies; Send would keep the buffer, which the next page writes over
	return nil
}
