package store_test

import (
	"context"
	"fmt"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

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
		"leases": func() market.Document {
			return &market.Lease{Meta: meta(), Name: "job.match", Until: t0, Fence: 3, Mark: "7"}
		},
		"replays": func() market.Document { return &market.Replay{Meta: meta(), Path: "/x", At: t0} },
		"synonyms": func() market.Document {
			return &market.Synonym{Meta: meta(), Phrase: "thợ chạy sợi", Kind: "occupation", Of: "8151", By: market.NewID()}
		},
		"missed": func() market.Document {
			return &market.MissedSearch{Meta: meta(), Text: "thợ chạy sợi", State: market.MissedOpen, Count: 7, Last: "2026-11-24", Nearly: true, Maybe: []string{"Thợ sợi"}}
		},
		"pools": func() market.Document {
			return &market.Pool{Meta: meta(), Name: "May, sẵn sàng đi, Tủa Chùa", Owner: market.NewID(), Shared: true, Query: "kynang=may-cn"}
		},
		"pool_looks": func() market.Document {
			return &market.PoolLook{Meta: meta(), Pool: market.NewID(), User: market.NewID(), At: t0, Seen: []int64{-1 << 62, 3, 1 << 62}, Before: []int64{3}}
		},
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
	case *market.Synonym:
		return as[market.Synonym](store.Get[market.Synonym](ctx, s, h.Centre, h.ID))
	case *market.MissedSearch:
		return as[market.MissedSearch](store.Get[market.MissedSearch](ctx, s, h.Centre, h.ID))
	case *market.Pool:
		return as[market.Pool](store.Get[market.Pool](ctx, s, h.Centre, h.ID))
	case *market.PoolLook:
		return as[market.PoolLook](store.Get[market.PoolLook](ctx, s, h.Centre, h.ID))
	case *market.CentreSettings:
		return as[market.CentreSettings](store.Get[market.CentreSettings](ctx, s, h.Centre, h.ID))
	}
	return nil, fmt.Errorf("no reader for %T", like)
}

func as[T any](doc T, err error) (market.Document, error) {
	d, _ := any(&doc).(market.Document)
	return d, err
}
