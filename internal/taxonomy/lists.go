package taxonomy

import "strings"

// Entry is one line of an official list.
type Entry struct {
	Code  string
	Label string // Vietnamese, as the form or the decision prints it
	EN    string // "" where the source has none
	Also  []string
}

// Names of the lists that Entries knows. The ones of the official forms keep the forms' Vietnamese names.
const (
	EthnicGroups   = "dan-toc"
	TrainingFields = "linh-vuc-dao-tao"
	Schooling      = "hoc-van"
	Qualification  = "cmkt"
	ExperienceBand = "kinh-nghiem"
	ContractType   = "hop-dong"
	PayBand        = "luong-thang"
	EmployerSize   = "quy-mo"
	PriorityGroup  = "uu-tien"
)

var entryLists = []string{
	Schooling, Qualification, ExperienceBand, ContractType, PayBand, EmployerSize, PriorityGroup,
	"dk-noi-lam", "dk-nang", "dk-di-lai", "dk-nghe-noi", "dk-thi-luc", "dk-tay", "dk-2-tay",
	EthnicGroups, TrainingFields,
}

var (
	listVersion = map[string]string{EthnicGroups: "1979", TrainingFields: "2024"}
	listSource  = map[string]string{EthnicGroups: "Quyết định 121-TCTK/PPCĐ 1979", TrainingFields: "Điều tra lao động việc làm 2024"}
)

func init() {
	for _, name := range entryLists {
		if listVersion[name] == "" {
			listVersion[name] = formsVersion
			listSource[name] = "Mẫu 02, Mẫu 03a/PL1 (2022)"
		}
	}
}

func (t *Taxonomy) loadLists() error {
	t.entries, t.entryAt = map[string][]Entry{}, map[string]int{}
	if err := each("form_lists.csv", func(r row) error {
		t.addEntry(r.text("list"), Entry{Code: r.text("order"), Label: r.text("label_vi"), EN: r.text("english"), Also: r.list("other_names", ";")})
		return nil
	}); err != nil {
		return err
	}
	if err := each("ethnic_groups.csv", func(r row) error {
		t.addEntry(EthnicGroups, Entry{Code: r.text("code"), Label: r.text("name_vi"), Also: r.list("other_names", ";")})
		return nil
	}); err != nil {
		return err
	}
	return each("training_fields.csv", func(r row) error {
		t.addEntry(TrainingFields, Entry{Code: r.text("code4"), Label: r.text("name_vi")})
		return nil
	})
}

func (t *Taxonomy) addEntry(list string, e Entry) {
	t.entryAt[list+"\x00"+e.Code] = len(t.entries[list])
	t.entries[list] = append(t.entries[list], e)
}

// Entries gives a list in the order of its form, nil for a list that does not exist.
func (t *Taxonomy) Entries(list string) []Entry { return t.entries[list] }

// Entry gives one line of a list.
func (t *Taxonomy) Entry(list, code string) (Entry, bool) {
	i, ok := t.entryAt[list+"\x00"+code]
	if !ok {
		return Entry{}, false
	}
	return t.entries[list][i], true
}

// FindEntry gives the line of a list that a text names, by code, label, or another name, marks optional.
func (t *Taxonomy) FindEntry(list, text string) (Entry, bool) {
	text = strings.TrimSpace(text)
	if e, ok := t.Entry(list, text); ok {
		return e, true
	}
	exact, fold := Exact(text), Fold(text)
	if fold == "" {
		return Entry{}, false
	}
	var found []Entry
	for _, e := range t.entries[list] {
		for _, name := range append([]string{e.Label, e.EN}, e.Also...) {
			if Exact(name) == exact {
				return e, true
			}
			if exact == fold && Fold(name) == fold {
				found = append(found, e)
				break
			}
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return Entry{}, false
}

// HasListEntry reports whether an official list has a code.
func (t *Taxonomy) HasListEntry(list, code string) bool {
	_, ok := t.entryAt[list+"\x00"+code]
	return ok
}

// HasEthnicity reports whether a code of the 54 ethnic groups (55: foreigner) exists.
func (t *Taxonomy) HasEthnicity(code string) bool { return t.HasListEntry(EthnicGroups, code) }
