package casework

import (
	"context"
	"slices"
	"time"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// RegisterWorker stores a new person. The consent must have been given; a citizen ID already known is a
// Conflict ("error.unique.citizen"), and whoever registers is recorded.
func (d *Desk) RegisterWorker(ctx context.Context, actor market.Actor, now time.Time, w market.Worker) (market.Worker, error) {
	if err := market.Can(actor, market.RegisterWorker, market.Subject{Centre: actor.Centre, Commune: w.Commune}); err != nil {
		return w, err
	}
	if !w.Consent.Given() {
		return w, market.Bad("consent", "error.consent")
	}
	if w.ID == "" {
		w.Meta = fresh(actor.Centre, now)
	}
	w.Rev, w.Centre, w.State, w.AliasOf = 0, actor.Centre, market.WorkerSeeking, ""
	if actor.Role.Staff() || actor.Role == market.Commune {
		w.RegisteredBy = actor.User
	}
	if err := d.tidyWorker(ctx, &w, now); err != nil {
		return w, err
	}
	err := d.decide(ctx, func(c *changes) error {
		c.put(&w)
		c.note(actor, now, "worker.register", &w, "", string(w.State), "")
		return nil
	})
	return w, err
}

// UpdateWorker stores what may be edited of a profile. State, consent, alias and who registered stay as they are;
// barriers and priority groups change by staff only, confirmed evidence cannot be given to oneself.
func (d *Desk) UpdateWorker(ctx context.Context, actor market.Actor, now time.Time, w market.Worker) (market.Worker, error) {
	err := d.decide(ctx, func(c *changes) error {
		old, err := get[market.Worker](ctx, d, actor, w.ID)
		if err != nil {
			return err
		}
		if err := market.Can(actor, market.WriteWorker, workerSubject(old)); err != nil {
			return err
		}
		if err := seen(&old, w.Rev); err != nil {
			return err
		}
		keep(&w, old, actor)
		w.Learn(now) // what the person says now may be stricter, and what was doubted confirmed
		if err := d.tidyWorker(ctx, &w, now); err != nil {
			return err
		}
		c.put(&w)
		c.note(actor, now, "worker.update", &w, "", "", "")
		return nil
	})
	return w, err
}

// keep carries over what an edit may not touch.
func keep(w *market.Worker, old market.Worker, actor market.Actor) {
	w.Meta, w.State, w.Consent, w.AliasOf = old.Meta, old.State, old.Consent, old.AliasOf
	w.RegisteredBy, w.Registered, w.Source = old.RegisteredBy, old.Registered, old.Source
	w.Refusals, w.Declines, w.Learned = old.Refusals, old.Declines, old.Learned
	if actor.Role.Staff() {
		return
	}
	w.Barriers, w.Priority, w.Counsellor = old.Barriers, old.Priority, old.Counsellor
	for i := range w.Skills {
		s := &w.Skills[i]
		was := slices.IndexFunc(old.Skills, func(o market.HeldSkill) bool { return o.ID == s.ID })
		if s.Evidence = market.SelfStated; was >= 0 {
			s.Evidence = old.Skills[was].Evidence
		}
	}
	for i := range w.Certificates {
		c := &w.Certificates[i]
		same := func(o market.HeldCertificate) bool {
			return o.ID == c.ID && o.Number == c.Number && o.Expires == c.Expires && o.Level == c.Level
		}
		c.CheckedBy = ""
		if was := slices.IndexFunc(old.Certificates, same); was >= 0 {
			c.CheckedBy = old.Certificates[was].CheckedBy
		}
	}
}

// tidyWorker cleans the text, stamps the lists and the keys, and validates.
func (d *Desk) tidyWorker(ctx context.Context, w *market.Worker, now time.Time) error {
	w.Name, w.Hamlet, w.About = taxonomy.CleanLine(w.Name), taxonomy.CleanLine(w.Hamlet), taxonomy.Clean(w.About)
	w.PhoneNote = taxonomy.CleanLine(w.PhoneNote)
	for i := range w.Certificates {
		c := &w.Certificates[i]
		c.Number, c.Issuer = taxonomy.CleanLine(c.Number), taxonomy.CleanLine(c.Issuer)
	}
	for i := range w.Phones {
		w.Phones[i] = market.NormalisePhone(w.Phones[i])
	}
	if err := w.Validate(d.tax, market.DateOf(now)); err != nil {
		return err
	}
	w.Lists = d.tax.ListVersions()
	var err error
	if w.IdentityKey, err = d.identity(ctx, w.Centre, w.Name, w.Born); err != nil {
		return err
	}
	w.CitizenKey = ""
	if w.CitizenID != "" {
		w.CitizenKey, err = d.hash(ctx, w.Centre, "citizen", w.CitizenID)
	}
	return err
}

// MoveWorker pauses, resumes, withdraws… A person may pause, resume and withdraw their own profile; the rest is staff's, who say why
// somebody withdraws. Who took the consent back returns by ConsentAgain only.
func (d *Desk) MoveWorker(ctx context.Context, actor market.Actor, now time.Time, id market.ID, rev int64, event market.WorkerEvent, reason string) (market.Worker, error) {
	var w market.Worker
	own := []market.WorkerEvent{market.WorkerPause, market.WorkerResume, market.WorkerWithdraw, market.WorkerEmploy}
	if !actor.Role.Staff() && !slices.Contains(own, event) {
		return w, market.Fail(market.Denied, "error.denied")
	}
	err := d.decide(ctx, func(c *changes) (err error) {
		if w, err = d.writableWorker(ctx, actor, id, rev); err != nil {
			return err
		}
		if event == market.WorkerResume && w.State == market.WorkerWithdrawn {
			return market.Bad("consent", "error.consent")
		}
		if event == market.WorkerWithdraw && actor.Role.Staff() && actor.Role != market.System && taxonomy.CleanLine(reason) == "" {
			return market.Bad("reason", "error.required")
		}
		from := w.State
		if err := w.Do(event); err != nil {
			return err
		}
		if event == market.WorkerWithdraw {
			if err := d.endReferrals(ctx, c, actor, now, w.ID); err != nil {
				return err
			}
		}
		if w.EmployedSince = ""; w.State == market.WorkerEmployed {
			w.EmployedSince = market.DateOf(now)
		}
		c.put(&w)
		c.note(actor, now, "worker."+string(event), &w, string(from), string(w.State), taxonomy.CleanLine(reason))
		return nil
	})
	return w, err
}

// endReferrals cancels a person's referrals that still run, in the batch that takes them off the market.
func (d *Desk) endReferrals(ctx context.Context, c *changes, actor market.Actor, now time.Time, worker market.ID) error {
	referrals, err := d.referralsOf(ctx, actor, worker)
	if err != nil {
		return err
	}
	for i := range referrals {
		r := &referrals[i]
		if !r.Pending() {
			continue
		}
		from := r.State
		if err := r.Do(market.ReferralCancel, actor.User, market.ReferralStep{}, now); err != nil {
			return err
		}
		c.put(r)
		c.note(actor, now, "referral.cancel", r, string(from), string(r.State), "withdrawn")
	}
	return nil
}

// AddContact adds one dated line to a person's or an employer's case.
func (d *Desk) AddContact(ctx context.Context, actor market.Actor, now time.Time, line market.Contact) (market.Contact, error) {
	if err := market.Can(actor, market.MoveReferral, market.Subject{Centre: actor.Centre}); err != nil {
		return line, err
	}
	line.Meta, line.By, line.Text = fresh(actor.Centre, now), actor.User, taxonomy.Clean(line.Text)
	if line.At.IsZero() {
		line.At = market.Stamp(now)
	}
	if err := line.Validate(market.DateOf(now)); err != nil {
		return line, err
	}
	err := d.decide(ctx, func(c *changes) error {
		c.put(&line)
		c.note(actor, now, "contact.add", &line, "", line.Kind, "")
		return nil
	})
	return line, err
}

func workerSubject(w market.Worker) market.Subject {
	return market.Subject{Centre: w.Centre, Worker: w.ID, Commune: w.Commune}
}
