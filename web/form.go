package web

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// Form is what was typed, or what a stored document fills in, with the problems found.
type Form struct {
	Layout   Layout
	Values   map[string][]string
	Rev      int64
	problems []*market.Error
	named    map[string]string // the key of each field's name, as the page asked for the fields
}

// form opens the form that was sent. Text comes as NFC.
func (v *visit) form() *Form {
	f := &Form{Layout: v.layout("site.name"), Values: map[string][]string{}}
	v.Request().PostArgs().VisitAll(func(key, value []byte) { f.keep(string(key), string(value)) })
	if parts, err := v.MultipartForm(); err == nil {
		for key, values := range parts.Value {
			for _, value := range values {
				f.keep(key, value)
			}
		}
	}
	f.Layout.Once = market.ID(f.Text("_once")) // shown again, the form keeps its name
	f.Rev, _ = strconv.ParseInt(f.Text("_rev"), 10, 64)
	v.sent = f
	return f
}

// blank opens a form to show, filled from a document's revision and the given values.
func (v *visit) blank(rev int64, values map[string][]string) *Form {
	if values == nil {
		values = map[string][]string{}
	}
	v.sent = &Form{Layout: v.layout("site.name"), Values: values, Rev: rev}
	return v.sent
}

func (f *Form) keep(key, value string) {
	value = norm.NFC.String(strings.ToValidUTF8(strings.ReplaceAll(value, "\r\n", "\n"), "\uFFFD"))
	f.Values[key] = append(f.Values[key], value)
}

// Text gives one value without outer spaces.
func (f *Form) Text(name string) string {
	if len(f.Values[name]) == 0 {
		return ""
	}
	return strings.TrimSpace(f.Values[name][0])
}

// All gives every value of a name that is not empty: ticked boxes, repeated fields.
func (f *Form) All(name string) []string {
	var out []string
	for _, value := range f.Values[name] {
		if value = strings.TrimSpace(value); value != "" {
			out = append(out, value)
		}
	}
	return out
}

// Has reports whether a box is ticked, an option chosen.
func (f *Form) Has(name, value string) bool { return slices.Contains(f.All(name), value) }

// Sent reports whether the form had a field of the name, filled or not.
func (f *Form) Sent(name string) bool { return len(f.Values[name]) > 0 }

// Int reads a whole number, grouped by dots, commas or spaces or not at all; empty is 0, anything else a problem at the field.
func (f *Form) Int(name string) int {
	text := strings.NewReplacer(".", "", ",", "", " ", "").Replace(f.Text(name))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		f.add(market.Bad(name, "error.number", f.Text(name)))
	}
	return n
}

// Date reads a day as people write it, or a year.
func (f *Form) Date(name string) market.Date {
	d, err := market.ParseDate(name, f.Text(name))
	f.caught(err)
	return d
}

// Born reads the day or the year of a birth.
func (f *Form) Born(name string) market.Date {
	d, err := market.ParseDate(name, f.Text(name))
	if err != nil {
		f.add(market.Bad(name, "error.born", f.Text(name)))
	}
	return d
}

// Money reads an amount of đồng: digits, with dots or spaces between. A wage in words is for MonthlyPay.
func (f *Form) Money(name string) int64 {
	n, err := moneyText(f.Text(name))
	if err != nil {
		f.add(market.Bad(name, "error.money", f.Text(name)))
	}
	return n
}

// MonthlyPay reads the least wage of a month in đồng, in digits or as people say it: "7 triệu", "7tr5",
// "bảy triệu rưỡi". Nothing, or 0, is no least wage.
func (f *Form) MonthlyPay(name string) int64 {
	typed := f.Text(name)
	if strings.Trim(typed, "0") == "" {
		return 0
	}
	pay := taxonomy.ParsePay(typed)
	if pay.Status != market.PayStated || pay.Currency != "VND" || pay.Period != market.PerMonth {
		f.add(market.Bad(name, "error.money.month", typed))
		return 0
	}
	if pay.Min == 0 {
		return pay.Max // "up to": the most one hopes for is the least one names
	}
	return pay.Min
}

// moneyText reads digits with dots, commas or spaces between; nothing is 0.
func moneyText(text string) (int64, error) {
	if text = strings.NewReplacer(".", "", " ", "", ",", "").Replace(text); text == "" {
		return 0, nil
	}
	return strconv.ParseInt(text, 10, 64)
}

func (f *Form) add(e *market.Error) { f.problems = append(f.problems, e) }

// caught keeps what a person can correct and reports whether the form must be shown again. Other errors are not
// caught: return them.
func (f *Form) caught(err error) bool {
	if err == nil {
		return len(f.problems) > 0
	}
	kind := market.KindOf(err)
	if kind != market.Invalid && kind != market.Conflict {
		return false
	}
	for _, e := range market.Problems(err) {
		f.add(e)
	}
	return true
}

// refused reports whether reading the form found problems already.
func (f *Form) refused() bool { return f != nil && len(f.problems) > 0 }

// refusedWith reports the same, and then says at once what else is wrong with what could be read: a person mends a
// form one time, not once for each who looks at it. A field that has its problem gets no second one.
func (f *Form) refusedWith(check func() error) bool {
	if !f.refused() {
		return false
	}
	said := map[string]bool{"": true}
	for _, e := range f.problems {
		said[e.Field] = true
	}
	for _, e := range market.Problems(check()) {
		if !said[e.Field] {
			f.add(e)
		}
	}
	return true
}

// status of the page that shows the form again.
func (f *Form) status() int {
	if len(f.problems) == 0 {
		return 200
	}
	return status[f.problems[0].Kind]
}

// Problem is one line of the box above the form.
type Problem struct{ Field, Text string }

// Problems lists what is wrong, a line a problem.
func (f *Form) Problems() []Problem {
	var out []Problem
	for _, e := range f.problems {
		text := f.Layout.v.message(e)
		if label := f.label(e.Field); label != "" && nameless[e.Key] {
			text = label + ": " + lowerFirst(text)
		}
		out = append(out, Problem{e.Field, text})
	}
	return out
}

// nameless are messages that say what is wrong but not where: above the form they stand behind the field's name.
var nameless = map[string]bool{"error.required": true, "error.number": true, "error.text.long": true, "error.text.characters": true, "error.date": true, "error.money": true}

// label gives a field's name as it stands in the form, without its question mark; "" when it has none of its own.
func (f *Form) label(name string) string {
	key := f.named[name]
	if key == "" {
		key = "field." + name
	}
	text, ok := f.Layout.v.s.words[f.Layout.v.lang][key]
	if !ok {
		return ""
	}
	return strings.TrimRight(text, "?: ")
}

// ErrorAt gives the message at one field.
func (f *Form) ErrorAt(name string) string {
	for _, e := range f.problems {
		if e.Field == name {
			return f.Layout.v.message(e)
		}
	}
	return ""
}

// T words a key, for the pieces that get the form only.
func (f *Form) T(key string, args ...any) string { return f.Layout.T(key, args...) }

// Field is what the piece "text" needs of one input.
type Field struct {
	Name, Label, Hint, Value, Error, Type, Mode, Auto, Suggest string
	Required                                                   bool
	Options                                                    []Option
	Multi                                                      bool
}

// Option is one choice.
type Option struct {
	Value, Text string
	On          bool
}

// Field gives an input: {{template "text" (.Form.Field "name" "field.name")}}; a third key is the hint.
func (f *Form) Field(name, labelKey string, hintKey ...string) Field {
	if f.named == nil {
		f.named = map[string]string{}
	}
	f.named[name] = labelKey
	field := Field{Name: name, Label: f.T(labelKey), Value: f.Text(name), Error: f.ErrorAt(name), Type: "text"}
	if len(hintKey) > 0 {
		field.Hint = f.T(hintKey[0])
	}
	return field
}

// As sets the input's type, and the keyboard a phone shows: "tel", "numeric".
func (f Field) As(kind, mode string) Field { f.Type, f.Mode = kind, mode; return f }

// Fill sets autocomplete.
func (f Field) Fill(auto string) Field { f.Auto = auto; return f }

// Names makes the script suggest names of a kind while one types: see suggestKinds.
func (f Field) Names(kind string) Field { f.Suggest, f.Auto = kind, "off"; return f }

// Must marks the input as required.
func (f Field) Must() Field { f.Required = true; return f }

// Choose gives an input with options; what was chosen stays chosen.
func (f *Form) Choose(name, labelKey string, options []Option) Field {
	field := f.Field(name, labelKey)
	for _, o := range options {
		o.On = o.On || f.Has(name, o.Value)
		field.Options = append(field.Options, o)
	}
	return field
}

// options words a list of codes under a prefix.
func (v *visit) options(prefix string, codes []string) []Option {
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: code, Text: v.T(prefix + "." + code)}
	}
	return out
}
