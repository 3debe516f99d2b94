package taxonomy

import "testing"

// An English name belongs to one occupation: two that share a group abroad would look alike.
func TestEnglishOccupationNames(t *testing.T) {
	t.Parallel()
	tax := Default()
	of, named := map[string]string{}, 0
	for _, o := range tax.Occupations() {
		if o.EN == "" {
			continue
		}
		if named++; o.ISCO == "" || of[o.EN] != "" {
			t.Errorf("%s and %s are both %q", o.Code, of[o.EN], o.EN)
		}
		of[o.EN] = o.Code
	}
	if named != 382 {
		t.Errorf("%d occupations have an English name, want 382", named)
	}
	if o, ok := tax.Occupation("7212"); !ok || o.EN != "Welders and flamecutters" {
		t.Errorf("the welder's English name is %q", o.EN)
	}
}
