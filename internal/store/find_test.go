package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

func TestFinding(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		var ids []market.ID
		var ops []store.Op
		for i := range 25 {
			r := market.Run{Meta: meta(), Job: []string{"match", "expire"}[i%2], Started: t0.Add(time.Duration(i) * time.Minute)}
			ids = append(ids, r.ID)
			ops = append(ops, store.Put(&r))
		}
		mustApply(t, s, ops...)
		base := store.Query{Centre: centre, Index: "runs_by_start"}
		t.Run("in order, page by page", func(t *testing.T) {
			if got := pages(t, s, base, 7); !slices.Equal(got, ids) {
				t.Errorf("got %v, want %v", got, ids)
			}
		})
		t.Run("backwards", func(t *testing.T) {
			q := base
			q.Desc = true
			want := slices.Clone(ids)
			slices.Reverse(want)
			if got := pages(t, s, q, 4); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
		t.Run("a page as long as the rest is the last", func(t *testing.T) {
			q := base
			q.Limit = 25
			page, err := store.Find[market.Run](ctx, s, q)
			if err != nil || page.Next != "" || len(page.Items) != 25 {
				t.Errorf("got %d, next %q (%v), want 25 and no next page", len(page.Items), page.Next, err)
			}
		})
		t.Run("range, both ends in", func(t *testing.T) {
			q := base
			q.From, q.To = t0.Add(3*time.Minute), t0.Add(5*time.Minute)
			if got := pages(t, s, q, 50); !slices.Equal(got, ids[3:6]) {
				t.Errorf("got %v, want %v", got, ids[3:6])
			}
		})
		t.Run("open range", func(t *testing.T) {
			q := base
			q.From = t0.Add(20 * time.Minute)
			if got := pages(t, s, q, 2); !slices.Equal(got, ids[20:]) {
				t.Errorf("got %v, want %v", got, ids[20:])
			}
		})
		t.Run("equality and order", func(t *testing.T) {
			q := store.Query{Centre: centre, Index: "runs_by_job", Equal: []any{"match"}}
			if got := pages(t, s, q, 5); len(got) != 13 || got[1] != ids[2] {
				t.Errorf("got %d, second %v, want 13 and %v", len(got), got[1], ids[2])
			}
		})
		t.Run("count", func(t *testing.T) {
			n, err := store.Count[market.Run](ctx, s, store.Query{Centre: centre, Index: "runs_by_job", Equal: []any{"expire"}})
			if err != nil || n != 12 {
				t.Errorf("got %d (%v), want 12", n, err)
			}
		})
		t.Run("another centre sees none", func(t *testing.T) {
			n, err := store.Count[market.Run](ctx, s, store.Query{Centre: "centrebbbbbbbbbbbbbbbbbbbb", Index: "runs_by_start"})
			if err != nil || n != 0 {
				t.Errorf("got %d (%v), want 0", n, err)
			}
		})
		t.Run("first, and none", func(t *testing.T) {
			r, err := store.First[market.Run](ctx, s, base)
			if err != nil || r.ID != ids[0] {
				t.Errorf("got %v (%v), want %v", r.ID, err, ids[0])
			}
			_, err = store.First[market.Run](ctx, s, store.Query{Centre: centre, Index: "runs_by_job", Equal: []any{"none"}})
			wantKey(t, err, market.NotFound, "error.not_found")
		})
		t.Run("each value of a list", func(t *testing.T) {
			w := market.Worker{Meta: meta(), Phones: []string{"0900000001", "0900000002"}}
			mustApply(t, s, store.Put(&w))
			for _, phone := range w.Phones {
				got, err := store.First[market.Worker](ctx, s, store.Query{Centre: centre, Index: "workers_by_phone", Equal: []any{phone}})
				if err != nil || got.ID != w.ID {
					t.Errorf("by %s: got %v (%v), want %v", phone, got.ID, err, w.ID)
				}
			}
			w.Phones = []string{"0900000003"}
			mustApply(t, s, store.Put(&w))
			if n, _ := store.Count[market.Worker](ctx, s, store.Query{Centre: centre, Index: "workers_by_phone", Equal: []any{"0900000001"}}); n != 0 {
				t.Error("an old number still finds the person")
			}
		})
		t.Run("a missing field is not in the index", func(t *testing.T) {
			mustApply(t, s, store.Put(&market.Placement{Meta: meta(), Month: "2026-01"}))
			n, err := store.Count[market.Placement](ctx, s, store.Query{Centre: centre, Index: "placements_by_due"})
			if err != nil || n != 0 {
				t.Errorf("got %d (%v), want 0", n, err)
			}
		})
		t.Run("a page is not moved by inserts before it", func(t *testing.T) {
			q := base
			q.Limit = 10
			first, err := store.Find[market.Run](ctx, s, q)
			if err != nil {
				t.Fatal(err)
			}
			mustApply(t, s, store.Put(&market.Run{Meta: meta(), Job: "x", Started: t0.Add(-time.Hour)}), store.Put(&market.Run{Meta: meta(), Job: "x", Started: t0.Add(90 * time.Second)}))
			q.After = first.Next
			second, err := store.Find[market.Run](ctx, s, q)
			if err != nil || second.Items[0].ID != ids[10] {
				t.Errorf("the second page begins with %v (%v), want %v", second.Items[0].ID, err, ids[10])
			}
		})
		t.Run("a page that is none", func(t *testing.T) {
			q := base
			q.After = "%%%"
			_, err := store.Find[market.Run](ctx, s, q)
			wantKey(t, err, market.Invalid, "error.page")
		})
		t.Run("an index that is not declared", func(t *testing.T) {
			if _, err := store.Find[market.Run](ctx, s, store.Query{Centre: centre, Index: "runs_by_colour"}); err == nil {
				t.Error("found by an index that is not declared")
			}
		})
		t.Run("each streams a centre", func(t *testing.T) {
			n := 0
			err := store.Each(ctx, s, centre, func(market.Run) error { n++; return nil })
			if err != nil || n != 27 {
				t.Errorf("got %d (%v), want 27", n, err)
			}
		})
	})
}

func pages(t *testing.T, s *store.Store, q store.Query, limit int) []market.ID {
	t.Helper()
	q.Limit = limit
	var out []market.ID
	for {
		page, err := store.Find[market.Run](context.Background(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			out = append(out, r.ID)
		}
		if page.Next == "" {
			return out
		}
		q.After = page.Next
	}
}
