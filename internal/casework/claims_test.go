package casework

import (
	"testing"

	"noiviec/internal/market"
)

// TestAddTo adds what is new and leaves what is held as it is.
func TestAddTo(t *testing.T) {
	t.Parallel()
	w := market.Worker{Skills: []market.HeldSkill{{ID: "han", Level: 3, Evidence: market.Confirmed}}, Wishes: []market.Wish{{Occupation: "7212", Pay: market.Pay{Min: 9_000_000}}}}
	added, err := Claims{Skills: []market.HeldSkill{{ID: "han"}}}.addTo(&w)
	if err != nil || added || w.Skills[0].Level != 3 {
		t.Errorf("a held skill: got %v, %v, %+v", added, err, w.Skills)
	}
	said := Claims{Skills: []market.HeldSkill{{ID: "may-cn", Evidence: market.Certified}}, Wishes: []market.Wish{{Occupation: "7212"}, {Occupation: "8153"}},
		Certificates: []market.HeldCertificate{{ID: "gplx-a1", CheckedBy: "x"}}}
	if added, err = said.addTo(&w); err != nil || !added || w.Skills[1].Evidence != market.SelfStated || w.Certificates[0].CheckedBy != "" {
		t.Errorf("new ones: got %v, %v, %+v", added, err, w)
	}
	if len(w.Wishes) != 2 || w.Wishes[1].Pay.Min != 9_000_000 {
		t.Errorf("a second wish: got %+v, want the pay of the first with it", w.Wishes)
	}
	if _, err = (Claims{Wishes: []market.Wish{{Occupation: "9313"}}}).addTo(&w); market.KindOf(err) != market.Invalid {
		t.Errorf("a third wish: got %v, want Invalid", err)
	}
}
