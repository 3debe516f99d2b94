package casework_test

import (
	"context"
	"errors"
	"testing"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

// TestNobodyIsSentWhereTheLawBarsThem tries a pair made by hand: a minor and nights. Neither an approval nor a referral
// goes through; the grown-up's do.
func TestNobodyIsSentWhereTheLawBarsThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openStore func() *store.Store) {
		ctx := context.Background()
		d := open(t, openStore())
		p := d.posting(2)
		p.Shift = "night"
		p, err := d.SavePosting(ctx, staff, t0, p)
		if err != nil {
			t.Fatal(err)
		}
		young, err := d.RegisterWorker(ctx, staff, t0, market.Worker{Name: "Vàng Thị Mẫu", Born: "2009-05-01", Commune: "03127", Consent: market.Consent{Version: "1", At: t0}})
		if err != nil {
			t.Fatal(err)
		}
		barred := &market.Error{Kind: market.Conflict, Key: "error.barred"}
		if _, err := d.DecideMatch(ctx, staff, t0, casework.MatchDecision{Posting: p.ID, Worker: young.ID, Event: market.MatchApprove}); !errors.Is(err, barred) {
			t.Errorf("approve: got %v", err)
		}
		_, err = d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{young.ID}})
		if !errors.Is(err, barred) {
			t.Errorf("refer: got %v", err)
		}
		grown := d.worker("Lò Thị Mẫu")
		if _, err := d.Refer(ctx, staff, t0, casework.ReferralRequest{Posting: p.ID, Workers: []market.ID{grown.ID}}); err != nil {
			t.Errorf("a grown-up: %v", err)
		}
	})
}
