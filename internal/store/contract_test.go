package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
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

// documents gives one filled document of every collection.
func documents() map[string]func() market.Document {
	return map[string]func() market.Document{
		"workers": func() market.Document {
			return &market.Worker{Meta: meta(), Name: "Lò Văn Thử", Born: "1998", Phones: []string{"0912345678", "0987654321"}, Commune: "03127", CitizenKey: string(market.NewID()),
				State: market.WorkerSeeking, Wishes: []market.Wish{{Title: "thợ hàn", Pay: market.Pay{Min: 7_000_000, Status: market.PayStated, Currency: "VND", Period: market.PerMonth}}},
				Consent: market.Consent{Version: "1", At: t0}}
		},
		"employers": func() market.Document {
			return &market.Employer{Meta: meta(), Name: "Công ty Mẫu", TaxCode: string(market.NewID()[:10]), State: market.EmployerPending}
		},
		"postings": func() market.Document {
			return &market.Posting{Meta: meta(), Title: "Thợ may công nghiệp", Openings: 40, Workplaces: []market.Workplace{{Province: "11", Commune: "03127"}}, State: market.PostingOpen,
				Requirements: []market.Requirement{{Kind: "skill", ID: "may", Span: [2]int{3, 9}}}, Text: "Dòng một\nDòng hai — “ngoặc”"}
		},
		"suggestions": func() market.Document {
			return &market.Suggestions{Meta: meta(), Side: market.ForWorker, Subject: market.NewID(), Best: 71, Dropped: map[string]int{"too_far": 180},
				Items: []market.Suggestion{{Score: 71, Parts: []market.Part{{Name: "pay", Points: 71, Max: 100, Reason: market.Reason{Code: "pay", Args: []string{"8"}}}}, Change: &market.Reason{Code: "x"}}}}
		},
		"matches": func() market.Document {
			return &market.Match{Meta: meta(), Posting: market.NewID(), Worker: market.NewID(), State: market.MatchApproved}
		},
		"referrals": func() market.Document {
			return &market.Referral{Meta: meta(), Number: "GT-2026-00001", Posting: market.NewID(), Worker: market.NewID(), State: market.ReferralSent,
				Steps: []market.Step{{At: t0, Event: market.ReferralSend, To: market.ReferralSent}}, Meeting: &market.Meeting{At: t0, Place: "xưởng"}}
		},
		"placements": func() market.Document {
			p := &market.Placement{Meta: meta(), Worker: market.NewID(), Channel: "in_province", StartOn: "2026-11-02", State: market.PlacementWorking}
			p.Plan()
			return p
		},
		"declared": func() market.Document {
			return &market.Declared{Meta: meta(), Indicator: market.NewJobs, Line: "loan_fund", Month: "2018-04", Count: 215}
		},
		"plans": func() market.Document {
			return &market.Plan{Meta: meta(), Year: 2018, Targets: []market.Target{{Indicator: market.NewJobs, Line: market.Total, Count: 8600}}}
		},
		"channels": func() market.Document {
			return &market.Channel{Meta: meta(), Code: string(market.NewID()), NameVI: "Việc làm trong tỉnh"}
		},
		"courses": func() market.Document {
			return &market.Course{Meta: meta(), Name: "May công nghiệp", State: market.CourseRunning}
		},
		"enrolments": func() market.Document {
			return &market.Enrolment{Meta: meta(), Course: market.NewID(), Month: "2026-03"}
		},
		"contracts": func() market.Document {
			return &market.SupplyContract{Meta: meta(), Number: "01/HĐ", Employer: market.NewID(), Quantity: 30}
		},
		"fairs": func() market.Document {
			return &market.Fair{Meta: meta(), Name: "Ngày hội việc làm", On: "2026-12-01", Employers: []market.ID{market.NewID()}}
		},
		"contacts": func() market.Document {
			return &market.Contact{Meta: meta(), Worker: market.NewID(), At: t0, Text: "gọi điện"}
		},
		"organisations": func() market.Document {
			return &market.Organisation{Meta: meta(), Name: "UBND xã Mường Phăng", Communes: []string{"03127"}}
		},
		"users": func() market.Document {
			return &market.User{Meta: meta(), Login: string(market.NewID()), Role: market.Counsellor}
		},
		"sessions": func() market.Document {
			return &market.Session{Meta: meta(), User: market.NewID(), SeenAt: t0, ExpiresAt: t0.Add(time.Hour)}
		},
		"notices": func() market.Document {
			return &market.Notice{Meta: meta(), Worker: market.NewID(), Key: "k", State: "queued"}
		},
		"runs": func() market.Document {
			return &market.Run{Meta: meta(), Job: "match", Started: t0, Counts: map[string]int{"lists": 3}}
		},
		"audit": func() market.Document {
			return &market.AuditEntry{Meta: meta(), At: t0, Of: market.NewID(), Action: "x"}
		},
		"counters": func() market.Document {
			return &market.Counter{Meta: meta(), Kind: "referral", Year: 2026, Last: 1 << 40}
		},
		"leases":  func() market.Document { return &market.Lease{Meta: meta(), Name: "job.match", Until: t0, Fence: 3} },
		"replays": func() market.Document { return &market.Replay{Meta: meta(), Path: "/x", At: t0} },
		"centres": func() market.Document {
			return &market.CentreSettings{Meta: meta(), Name: "Trung tâm", Province: "11"}
		},
	}
}

func read(s *store.Store, like market.Document) (market.Document, error) {
	ctx, h := context.Background(), like.Head()
	switch like.(type) {
	case *market.Worker:
		return as[market.Worker](store.Get[market.Worker](ctx, s, h.Centre, h.ID))
	case *market.Employer:
		return as[market.Employer](store.Get[market.Employer](ctx, s, h.Centre, h.ID))
	case *market.Posting:
		return as[market.Posting](store.Get[market.Posting](ctx, s, h.Centre, h.ID))
	case *market.Suggestions:
		return as[market.Suggestions](store.Get[market.Suggestions](ctx, s, h.Centre, h.ID))
	case *market.Match:
		return as[market.Match](store.Get[market.Match](ctx, s, h.Centre, h.ID))
	case *market.Referral:
		return as[market.Referral](store.Get[market.Referral](ctx, s, h.Centre, h.ID))
	case *market.Placement:
		return as[market.Placement](store.Get[market.Placement](ctx, s, h.Centre, h.ID))
	case *market.Declared:
		return as[market.Declared](store.Get[market.Declared](ctx, s, h.Centre, h.ID))
	case *market.Plan:
		return as[market.Plan](store.Get[market.Plan](ctx, s, h.Centre, h.ID))
	case *market.Channel:
		return as[market.Channel](store.Get[market.Channel](ctx, s, h.Centre, h.ID))
	case *market.Course:
		return as[market.Course](store.Get[market.Course](ctx, s, h.Centre, h.ID))
	case *market.Enrolment:
		return as[market.Enrolment](store.Get[market.Enrolment](ctx, s, h.Centre, h.ID))
	case *market.SupplyContract:
		return as[market.SupplyContract](store.Get[market.SupplyContract](ctx, s, h.Centre, h.ID))
	case *market.Fair:
		return as[market.Fair](store.Get[market.Fair](ctx, s, h.Centre, h.ID))
	case *market.Contact:
		return as[market.Contact](store.Get[market.Contact](ctx, s, h.Centre, h.ID))
	case *market.Organisation:
		return as[market.Organisation](store.Get[market.Organisation](ctx, s, h.Centre, h.ID))
	case *market.User:
		return as[market.User](store.Get[market.User](ctx, s, h.Centre, h.ID))
	case *market.Session:
		return as[market.Session](store.Get[market.Session](ctx, s, h.Centre, h.ID))
	case *market.Notice:
		return as[market.Notice](store.Get[market.Notice](ctx, s, h.Centre, h.ID))
	case *market.Run:
		return as[market.Run](store.Get[market.Run](ctx, s, h.Centre, h.ID))
	case *market.AuditEntry:
		return as[market.AuditEntry](store.Get[market.AuditEntry](ctx, s, h.Centre, h.ID))
	case *market.Counter:
		return as[market.Counter](store.Get[market.Counter](ctx, s, h.Centre, h.ID))
	case *market.Lease:
		return as[market.Lease](store.Get[market.Lease](ctx, s, h.Centre, h.ID))
	case *market.Replay:
		return as[market.Replay](store.Get[market.Replay](ctx, s, h.Centre, h.ID))
	case *market.CentreSettings:
		return as[market.CentreSettings](store.Get[market.CentreSettings](ctx, s, h.Centre, h.ID))
	}
	return nil, fmt.Errorf("no reader for %T", like)
}

func as[T any](doc T, err error) (market.Document, error) {
	d, _ := any(&doc).(market.Document)
	return d, err
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

func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		counter := market.Counter{Meta: meta(), Kind: "x"}
		mustApply(t, s, store.Put(&counter))
		const writers, each = 64, 3
		var failed atomic.Int32
		var wait sync.WaitGroup
		for range writers {
			wait.Go(func() {
				for range each {
					for {
						c, err := store.Get[market.Counter](ctx, s, centre, counter.ID)
						if err == nil {
							c.Last++
							err = s.Apply(ctx, store.Put(&c))
						}
						if err == nil {
							break
						}
						if market.KindOf(err) != market.Conflict {
							t.Errorf("writer: %v", err)
							failed.Add(1)
							return
						}
					}
				}
			})
		}
		wait.Wait()
		got, err := store.Get[market.Counter](ctx, s, centre, counter.ID)
		if err != nil || got.Last != writers*each || failed.Load() > 0 {
			t.Errorf("counted %d (%v), want %d", got.Last, err, writers*each)
		}
	})
}

func TestUniqueRace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var won, lost atomic.Int32
		var wait sync.WaitGroup
		for range 16 {
			wait.Go(func() {
				err := s.Apply(context.Background(), store.Put(&market.User{Meta: meta(), Login: "cùng một tên"}))
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, &market.Error{Kind: market.Conflict, Key: "error.unique.login"}):
					lost.Add(1)
				default:
					t.Errorf("got %v", err)
				}
			})
		}
		wait.Wait()
		if won.Load() != 1 || lost.Load() != 15 {
			t.Errorf("%d won and %d were refused, want 1 and 15", won.Load(), lost.Load())
		}
	})
}

func TestFeed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var docs []*market.Worker
		write := func(n int) {
			for range n {
				w := &market.Worker{Meta: meta()}
				mustApply(t, s, store.Put(w))
				docs = append(docs, w)
			}
		}
		var middle store.Position
		follow := func(after store.Position, n int, start func()) []market.ID {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			var got []market.ID
			err := s.Changes(ctx, after, func(batch []store.Change, at store.Position) error {
				if batch == nil && start != nil {
					start()
				}
				for _, c := range batch {
					got = append(got, c.ID)
					if c.Rev != 1 || c.Centre != centre || c.Collection != "workers" || c.Deleted {
						t.Errorf("got change %+v", c)
					}
				}
				middle = at
				if len(got) >= n {
					return errStop
				}
				return nil
			})
			if !errors.Is(err, errStop) {
				t.Fatalf("feed ended with %v after %d changes", err, len(got))
			}
			return got
		}
		want := func(got []market.ID, from int) {
			t.Helper()
			for i, id := range got {
				if docs[from+i].ID != id {
					t.Fatalf("change %d is %s, want %s", i, id, docs[from+i].ID)
				}
			}
		}
		want(follow("", 5, func() { write(5) }), 0)
		at := middle
		write(4)
		want(follow(at, 4, nil), 5)
		if err := s.Changes(context.Background(), "not a position!", func([]store.Change, store.Position) error { return nil }); market.KindOf(err) != market.Conflict {
			t.Errorf("a bad position gave %v, want a conflict", err)
		}
	})
}

var errStop = errors.New("stop")

func TestLeases(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.Store) {
		s, ctx := open(), context.Background()
		a, err := s.AcquireLease(ctx, centre, "job", "a", time.Minute, t0)
		if err != nil || a.Fence != 1 {
			t.Fatalf("got fence %d (%v), want 1", a.Fence, err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(30*time.Second))
		wantKey(t, err, market.Conflict, "error.lease.held")
		b, err := s.AcquireLease(ctx, centre, "job", "b", time.Minute, t0.Add(2*time.Minute))
		if err != nil || b.Fence != 2 {
			t.Errorf("after the end: got fence %d (%v), want 2", b.Fence, err)
		}
		if err := s.ReleaseLease(ctx, a); err != nil {
			t.Errorf("release of a lost lease: %v", err)
		}
		_, err = s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute))
		wantKey(t, err, market.Conflict, "error.lease.held")
		if err := s.ReleaseLease(ctx, b); err != nil {
			t.Error(err)
		}
		if c, err := s.AcquireLease(ctx, centre, "job", "c", time.Minute, t0.Add(2*time.Minute)); err != nil || c.Fence != 3 {
			t.Errorf("after the release: got fence %d (%v), want 3", c.Fence, err)
		}
	})
}
