package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// walk gives every document of a query to use, page by page; use may change documents, also so that they
// leave the query. One that fails is counted and does not keep the others back: all errors come joined.
func walk[T any](ctx context.Context, r *Runner, q store.Query, use func(T) error) (done int, err error) {
	q.Centre, q.Limit = r.Centre, 200
	var failed []error
	for {
		page, err := store.Find[T](ctx, r.Store, q)
		if err != nil {
			return done, errors.Join(append(failed, err)...)
		}
		for _, item := range page.Items {
			if err := use(item); err != nil {
				failed = append(failed, err)
				continue
			}
			done++
		}
		if page.Next == "" || ctx.Err() != nil {
			return done, errors.Join(append(failed, ctx.Err())...)
		}
		q.After = page.Next
	}
}

// recordPlacements turns every started referral into its placement.
func recordPlacements(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	counts := map[string]int{"looked": 0, "recorded": 0}
	q := store.Query{Index: "referrals_by_state", Equal: []any{market.ReferralStarted}}
	_, err := walk(ctx, r, q, func(ref market.Referral) error {
		counts["looked"]++
		if ref.Recorded {
			return nil
		}
		if _, err := r.Desk.RecordPlacement(ctx, r.actor(), now, ref.ID); err != nil {
			return fmt.Errorf("referral %s: %w", ref.ID, err)
		}
		counts["recorded"]++
		return nil
	})
	return counts, err
}

// expirePostings ends postings past their deadline and hides those unconfirmed for too long.
func expirePostings(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	counts := map[string]int{"looked": 0, "expired": 0, "hidden": 0}
	today := market.DateOf(now)
	var failed []error
	for _, state := range []market.PostingState{market.PostingOpen, market.PostingPaused} {
		_, err := walk(ctx, r, store.Query{Index: "postings_by_state", Equal: []any{state}}, func(p market.Posting) error {
			counts["looked"]++
			switch {
			case p.Deadline != "" && p.Deadline < today:
				counts["expired"]++
				_, err := r.Desk.MovePosting(ctx, r.actor(), now, p.ID, p.Rev, market.PostingExpire, "")
				return err
			case p.State == market.PostingOpen && !p.Confirmed(today):
				counts["hidden"]++
				_, err := r.Desk.MovePosting(ctx, r.actor(), now, p.ID, p.Rev, market.PostingPause, "unconfirmed")
				return err
			}
			return nil
		})
		failed = append(failed, err)
	}
	return counts, errors.Join(failed...)
}

// remindDays after the introduction when an employer is reminded; after giveUpDays the referral ends unanswered.
var remindDays = []int{3, 7}

const giveUpDays = 14

// remindEmployers queues the reminders due today and ends referrals nobody answered.
func remindEmployers(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	counts := map[string]int{"looked": 0, "reminded": 0, "no_answer": 0}
	_, err := walk(ctx, r, store.Query{Index: "referrals_by_state", Equal: []any{market.ReferralIntroduced}}, func(ref market.Referral) error {
		counts["looked"]++
		since := introducedOn(ref).DaysUntil(market.DateOf(now))
		if since >= giveUpDays {
			counts["no_answer"]++
			_, err := r.Desk.MoveReferral(ctx, r.actor(), now, ref.ID, ref.Rev, market.ReferralGiveUp, market.ReferralStep{Reason: "no_contact"})
			return err
		}
		for _, day := range remindDays {
			if since < day || ref.Employer == "" {
				continue
			}
			sent, err := r.remind(ctx, ref, day, now)
			if err != nil {
				return err
			}
			counts["reminded"] += sent
		}
		return nil
	})
	return counts, err
}

func introducedOn(ref market.Referral) market.Date {
	for _, step := range ref.Steps {
		if step.Event == market.ReferralIntroduce {
			return market.DateOf(step.At)
		}
	}
	return market.DateOf(ref.RecordedAt)
}

// remind queues one notice; its derived id makes a second run of the day change nothing.
func (r *Runner) remind(ctx context.Context, ref market.Referral, day int, now time.Time) (int, error) {
	n := market.Notice{Meta: market.Meta{ID: market.DerivedID("remind", string(ref.ID), fmt.Sprint(day)), Centre: r.Centre, RecordedAt: market.Stamp(now)},
		Firm: ref.Employer, Key: "notice.answer_referral", Args: []string{ref.Number, fmt.Sprint(day)}, Link: "/nha-tuyen-dung/gioi-thieu/" + string(ref.ID), State: "queued"}
	if _, err := store.Get[market.Notice](ctx, r.Store, r.Centre, n.ID); err == nil {
		return 0, nil
	}
	if err := r.Store.Apply(ctx, store.Put(&n)); err != nil {
		return 0, fmt.Errorf("queue reminder: %w", err)
	}
	return 1, nil
}

// dueFollowUps counts the placements whose next question is due; the counsellors' page reads the same index.
func dueFollowUps(ctx context.Context, r *Runner, _ market.Run, now time.Time) (map[string]int, error) {
	counts := map[string]int{"due": 0, "overdue": 0}
	today := market.DateOf(now)
	q := store.Query{Index: "placements_by_due", From: market.Date("1900-01-01"), To: today}
	_, err := walk(ctx, r, q, func(p market.Placement) error {
		counts["due"]++
		if p.NextDue.DaysUntil(today) > 7 {
			counts["overdue"]++
		}
		return nil
	})
	return counts, err
}

// checkIndex compares the index with the store by id and revision and repairs what differs.
func checkIndex(ctx context.Context, r *Runner, _ market.Run, _ time.Time) (map[string]int, error) {
	if r.Index == nil {
		return map[string]int{}, nil
	}
	return CheckIndex(ctx, r.Store, r.Index, r.Centre)
}
