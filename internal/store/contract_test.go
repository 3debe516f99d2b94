package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/store/storetest"
)

const centre = market.ID("centreaaaaaaaaaaaaaaaaaaaa")

var t0 = time.Date(2026, 11, 24, 8, 30, 0, 123_000_000, time.UTC)

func meta() market.Meta {
	return market.Meta{ID: market.NewID(), Centre: centre, RecordedAt: t0}
}

func mustApply(t *testing.T, s *store.Store, ops ...store.Op) {
	t.Helper()
	if err := s.Apply(context.Background(), ops...); err != nil {
		t.Fatalf("apply: %v", err)
	}
}

func wantKey(t *testing.T, err error, kind market.Kind, key string) {
	t.Helper()
	if !errors.Is(err, &market.Error{Kind: kind, Key: key}) {
		t.Errorf("got error %v, want %s %s", err, kind, key)
	}
}

// TestContract holds every kind of document to the store's promises, on every backend.
func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		for collection, make := range documents() {
			t.Run(collection, func(t *testing.T) { contract(t, s, collection, make) })
		}
	})
}

func contract(t *testing.T, s *store.Store, collection string, make func() market.Document) {
	ctx := context.Background()
	t.Run("comes back as it was", func(t *testing.T) {
		doc := make()
		if doc.Collection() != collection {
			t.Fatalf("kept in %s", doc.Collection())
		}
		mustApply(t, s, store.Put(doc))
		got, err := read(s, doc)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(doc, got); diff != "" {
			t.Errorf("stored and read differ (-stored +read):\n%s", diff)
		}
	})
	t.Run("unknown is not found", func(t *testing.T) {
		_, err := read(s, make())
		wantKey(t, err, market.NotFound, "error.not_found")
	})
	t.Run("another centre's is not found", func(t *testing.T) {
		doc := make()
		mustApply(t, s, store.Put(doc))
		doc.Head().Centre = "centrebbbbbbbbbbbbbbbbbbbb"
		_, err := read(s, doc)
		wantKey(t, err, market.NotFound, "error.not_found")
	})
	t.Run("stale revision is refused", func(t *testing.T) {
		doc := make()
		mustApply(t, s, store.Put(doc))
		mustApply(t, s, store.Put(doc))
		doc.Head().Rev = 1
		wantKey(t, s.Apply(ctx, store.Put(doc)), market.Conflict, "error.stale")
		wantKey(t, s.Apply(ctx, store.Delete(doc)), market.Conflict, "error.stale")
		wantKey(t, s.Apply(ctx, store.Check(doc)), market.Conflict, "error.stale")
	})
	t.Run("new twice is refused", func(t *testing.T) {
		doc := make()
		mustApply(t, s, store.Put(doc))
		doc.Head().Rev = 0
		wantKey(t, s.Apply(ctx, store.Put(doc)), market.Conflict, "error.stale")
	})
	t.Run("deleted is gone", func(t *testing.T) {
		doc := make()
		mustApply(t, s, store.Put(doc))
		mustApply(t, s, store.Delete(doc))
		_, err := read(s, doc)
		wantKey(t, err, market.NotFound, "error.not_found")
	})
}

func TestValues(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		cases := map[string]market.Worker{
			"nil lists stay nil":         {Name: "a", Mobility: market.Mobility{Provinces: nil}},
			"empty history is left out":  {Name: "a", Needs: nil},
			"decomposed text is kept":    {Name: "Lò Văn Thử"},
			"composed text is kept":      {Name: "Lò Văn Thử"},
			"line breaks and quotes":     {Name: "a", About: "một\n\t“hai” 'ba' \\ $where"},
			"dollar and dot in values":   {Name: "$ne", Hamlet: "a.b"},
			"large whole numbers":        {Name: "a", Wishes: []market.Wish{{Pay: market.Pay{Min: 1 << 53, Max: 1<<62 + 1}}}},
			"consent instant in UTC ms":  {Name: "a", Consent: market.Consent{At: time.Date(2026, 1, 1, 0, 0, 0, 999_000_000, time.UTC)}},
			"an instant before the era":  {Name: "a", Consent: market.Consent{At: time.Date(1969, 12, 31, 23, 59, 59, 1_000_000, time.UTC)}},
			"a birth year without a day": {Name: "a", Born: "1960"},
		}
		for name, w := range cases {
			t.Run(name, func(t *testing.T) {
				w.Meta, w.State = meta(), market.WorkerSeeking
				mustApply(t, s, store.Put(&w))
				got, err := store.Get[market.Worker](ctx, s, centre, w.ID)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(w, got); diff != "" {
					t.Errorf("stored and read differ (-stored +read):\n%s", diff)
				}
			})
		}
		t.Run("empty and nil lists are told apart", func(t *testing.T) {
			list := market.Suggestions{Meta: meta(), Side: market.ForWorker, Items: []market.Suggestion{}}
			none := market.Suggestions{Meta: meta(), Side: market.ForWorker}
			mustApply(t, s, store.Put(&list), store.Put(&none))
			gotList, err1 := store.Get[market.Suggestions](ctx, s, centre, list.ID)
			gotNone, err2 := store.Get[market.Suggestions](ctx, s, centre, none.ID)
			if err := errors.Join(err1, err2); err != nil || gotList.Items == nil || gotNone.Items != nil {
				t.Errorf("got %#v and %#v (%v), want an empty and a nil list", gotList.Items, gotNone.Items, err)
			}
		})
		t.Run("an id of another form is refused", func(t *testing.T) {
			w := market.Worker{Meta: market.Meta{ID: "short", Centre: centre}}
			if err := s.Apply(ctx, store.Put(&w)); err == nil {
				t.Error("stored a document whose id has another form")
			}
		})
		t.Run("one document twice in a batch is refused", func(t *testing.T) {
			w := market.Worker{Meta: meta()}
			if err := s.Apply(ctx, store.Put(&w), store.Put(&w)); err == nil {
				t.Error("stored one document twice in one batch")
			}
		})
	})
}

func TestBatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		t.Run("one stale write undoes all", func(t *testing.T) {
			a, b := market.Worker{Meta: meta()}, market.Worker{Meta: meta()}
			mustApply(t, s, store.Put(&b))
			stale := b
			mustApply(t, s, store.Put(&b))
			wantKey(t, s.Apply(ctx, store.Put(&a), store.Put(&stale)), market.Conflict, "error.stale")
			if _, err := store.Get[market.Worker](ctx, s, centre, a.ID); market.KindOf(err) != market.NotFound {
				t.Errorf("half a batch is stored: %v", err)
			}
			if a.Rev != 0 || stale.Rev != 1 {
				t.Errorf("revisions moved by a refused batch: %d and %d", a.Rev, stale.Rev)
			}
		})
		t.Run("a taken unique key undoes all", func(t *testing.T) {
			a := market.Employer{Meta: meta(), TaxCode: "0101234567"}
			b := market.Employer{Meta: meta(), TaxCode: "0101234567"}
			w := market.Worker{Meta: meta()}
			mustApply(t, s, store.Put(&a))
			wantKey(t, s.Apply(ctx, store.Put(&w), store.Put(&b)), market.Conflict, "error.unique.tax_code")
			if _, err := store.Get[market.Worker](ctx, s, centre, w.ID); market.KindOf(err) != market.NotFound {
				t.Errorf("half a batch is stored: %v", err)
			}
		})
		t.Run("documents without the unique field do not meet", func(t *testing.T) {
			mustApply(t, s, store.Put(&market.Employer{Meta: meta()}), store.Put(&market.Employer{Meta: meta()}))
		})
		t.Run("unique keys of two centres do not meet", func(t *testing.T) {
			a, b := market.Employer{Meta: meta(), TaxCode: "0101234599"}, market.Employer{Meta: meta(), TaxCode: "0101234599"}
			b.Centre = "centrebbbbbbbbbbbbbbbbbbbb"
			mustApply(t, s, store.Put(&a), store.Put(&b))
		})
		t.Run("a deleted document frees its key", func(t *testing.T) {
			a := market.Employer{Meta: meta(), TaxCode: "0101234588"}
			mustApply(t, s, store.Put(&a))
			mustApply(t, s, store.Delete(&a))
			mustApply(t, s, store.Put(&market.Employer{Meta: meta(), TaxCode: "0101234588"}))
		})
		t.Run("a document may keep its own key", func(t *testing.T) {
			a := market.Employer{Meta: meta(), TaxCode: "0101234577"}
			mustApply(t, s, store.Put(&a))
			a.Name = "khác"
			mustApply(t, s, store.Put(&a))
		})
		t.Run("check passes on the revision read", func(t *testing.T) {
			a, b := market.Worker{Meta: meta()}, market.Worker{Meta: meta()}
			mustApply(t, s, store.Put(&a))
			mustApply(t, s, store.Check(&a), store.Put(&b))
			if a.Rev != 1 {
				t.Errorf("a check moved the revision to %d", a.Rev)
			}
		})
		t.Run("an empty batch is nothing", func(t *testing.T) { mustApply(t, s) })
		t.Run("a cancelled context writes nothing", func(t *testing.T) {
			gone, cancel := context.WithCancel(ctx)
			cancel()
			a := market.Worker{Meta: meta()}
			if err := s.Apply(gone, store.Put(&a)); market.KindOf(err) != market.Unavailable {
				t.Errorf("got %v, want unavailable", err)
			}
			if _, err := store.Get[market.Worker](ctx, s, centre, a.ID); market.KindOf(err) != market.NotFound {
				t.Errorf("a cancelled write is stored: %v", err)
			}
			if _, err := store.Get[market.Worker](gone, s, centre, a.ID); market.KindOf(err) != market.Unavailable {
				t.Errorf("a cancelled read gave %v, want unavailable", err)
			}
		})
	})
}

var errStop = errors.New("stop")
