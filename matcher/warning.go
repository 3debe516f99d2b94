package matcher

// Thresholds of the one warning shown with a pair.
const (
	certificateSoon = 60 // days before a certificate runs out from which that is said
	deadlineSoon    = 3  // days before the last day to apply from which that is said
	distantKm       = 80 // from here the distance itself is worth a word
	doubtful        = 3  // points of doubt from which it is said
	leftBehind      = 75 // per cent of what was worked that still counts, below which its age is said
)

// warning gives the one thing a counsellor should raise first, nil when there is none.
func (e *explainer) warning() *Reason {
	for _, check := range []func() *Reason{
		e.certificateRunsOut, e.needNotStated, e.certificateUnsure, e.deadlineNear, e.payMayBeLow, e.shiftDiffers,
		e.placeUncertain, e.farAway, e.practisedLongAgo, e.doubt, e.payNotStated, e.shiftNotStated,
	} {
		if r := check(); r != nil {
			return r
		}
	}
	return nil
}

// certificateRunsOut looks for the required certificate that ends first, by its last valid holding.
func (e *explainer) certificateRunsOut() *Reason {
	var first *Reason
	soonest := e.m.day + certificateSoon + 1
	for _, a := range cut(e.m.postings.certs, e.x.p.mustCerts) {
		name := e.m.vocabulary.certificates.words[a.certificate]
		last := e.lastDay(a)
		if last == NoDay || last > soonest || last == soonest && (first == nil || name > first.Args[0]) {
			continue
		}
		soonest = last
		first = &Reason{"certificate_runs_out", []string{name, itoa(e.m.day.until(last)), last.String()}}
	}
	return first
}

// lastDay gives the last day on which what is held covers an asked certificate, NoDay when none does or
// there is no such day.
func (e *explainer) lastDay(a validCertificate) (last Day) {
	for _, held := range cut(e.m.workers.held, e.x.w.held) {
		if !e.covers(held, a) {
			continue
		}
		if held.expires == NoDay {
			return NoDay
		}
		last = max(last, held.expires)
	}
	return last
}

// covers reports whether one held certificate, valid today, meets what is asked.
func (e *explainer) covers(held heldCertificate, a validCertificate) bool {
	if held.expires != NoDay && held.expires < e.m.day {
		return false
	}
	for k, implied := range e.m.vocabulary.implied.of(held.certificate) {
		level := held.level
		if k > 0 {
			level = anyLevel
		}
		if implied == a.certificate {
			_, missing := certificatePercent(true, level, a.level, &e.m.weights)
			return !missing
		}
	}
	return false
}

func (e *explainer) needNotStated() *Reason {
	_, needs := e.wanted()
	if open := needs &^ e.x.p.benefits; open != 0 && !e.x.p.complete {
		return &Reason{"need_not_stated", e.benefitNames(open)}
	}
	return nil
}

func (e *explainer) certificateUnsure() *Reason {
	if r := e.certificates(); r.Code == "certificates_level_unknown" {
		return &r
	}
	return nil
}

func (e *explainer) deadlineNear() *Reason {
	if days := e.x.p.deadlineIn; days >= 0 && days <= deadlineSoon && !e.x.p.static.Has(PostingExpired) {
		return &Reason{"deadline_soon", []string{itoa(days)}}
	}
	return nil
}

func (e *explainer) payMayBeLow() *Reason {
	if r := e.pay(); r.Code == "pay_from_below" || r.Code == "pay_below" {
		return &r
	}
	return nil
}

func (e *explainer) shiftDiffers() *Reason {
	if r := e.shift(); r.Code == "shift_unwanted" {
		return &r
	}
	return nil
}

func (e *explainer) placeUncertain() *Reason {
	switch r := e.place(); r.Code {
	case "place_unknown", "place_vague", "place_home_unknown":
		return &r
	}
	return nil
}

func (e *explainer) farAway() *Reason {
	s := e.sites()[e.x.placing.at[e.s.chosen]]
	if km := e.m.vocabulary.km(e.homing(), s); !e.x.placing.far && km != unknownKm && km > distantKm {
		return &Reason{"far_from_home", []string{e.siteName(s), itoa(km)}}
	}
	return nil
}

// practisedLongAgo speaks of the spell that counts here, when time has taken more than a quarter of it.
func (e *explainer) practisedLongAgo() *Reason {
	var most *spell
	counted := 0
	spells := cut(e.m.workers.experience, e.x.w.experience)
	for i := range spells {
		s := &spells[i]
		closeness := e.m.vocabulary.closeness(s.occupation, &e.m.weights)[e.x.p.occupation]
		if months := countedMonths(int(s.worked), closeness, &e.m.weights); closeness != noCloseness && months > counted {
			most, counted = s, months
		}
	}
	if most == nil || 100*most.months >= leftBehind*most.worked {
		return nil
	}
	return &Reason{"practice_long_ago", []string{itoa(most.worked), itoa(most.months)}}
}

func (e *explainer) doubt() *Reason {
	if e.x.p.untrusted < doubtful {
		return nil
	}
	r := e.untrusted()
	return &r
}

func (e *explainer) payNotStated() *Reason {
	if r := e.pay(); r.Code == "pay_not_stated" {
		return &r
	}
	return nil
}

func (e *explainer) shiftNotStated() *Reason {
	if r := e.shift(); r.Code == "shift_not_stated" {
		return &r
	}
	return nil
}
