package jobs

import (
	"context"
	"slices"
	"strconv"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
	"noiviec/matcher"
)

// supposal is one alternative before it is counted.
type supposal[T any] struct {
	market.Alternative
	as T
}

const million = 1_000_000

// WorkerWhatIf counts the open vacancies that fit a person today, and what each single change would add or take: how
// far they go, the lowest pay, a need, a shift, a certificate, a skill, a language, schooling, another occupation, a
// course. Every number is counted on the whole market. A person who is not looking is counted as if they were.
func (e *Engine) WorkerWhatIf(ctx context.Context, w market.Worker, courses []market.Course) (market.WhatIf, error) {
	out := market.WhatIf{Side: market.ForWorker, On: e.today()}
	s, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	now := matcherWorker(w, e.cfg.Tax, e.today())
	now.Available = true
	ask := workerAsk{now: now, asked: s.asked(), tax: e.cfg.Tax, day: s.m.Day()}
	ask.list(w, courses)
	people := []matcher.Worker{now}
	for _, other := range ask.out {
		people = append(people, other.as)
	}
	jobs, err := s.m.SupposeWorkers(people...)
	if err != nil {
		return out, err
	}
	out.Now = chancesOf(jobs.TallyWorker(0, market.FitScore))
	out.Alternatives = make([]market.Alternative, len(ask.out))
	onAll(len(ask.out), func(i int) {
		a := ask.out[i].Alternative
		a.Fits = jobs.FitWorker(int32(i+1), market.FitScore)
		a.MoreFits = a.Fits - out.Now.Fits
		out.Alternatives[i] = a
	})
	return out, nil
}

// workerAsk lists what could be otherwise with one person.
type workerAsk struct {
	now   matcher.Worker
	asked matcher.Asked
	tax   *taxonomy.Taxonomy
	day   matcher.Day
	out   []supposal[matcher.Worker]
}

func (a *workerAsk) list(w market.Worker, courses []market.Course) {
	a.reach()
	a.pay()
	a.needs()
	a.shifts()
	a.certificates(w)
	a.skills()
	a.languages()
	a.education()
	a.occupations()
	a.courses(courses)
}

func (a *workerAsk) add(group, code string, as matcher.Worker, args ...string) {
	as.ID = strconv.Itoa(len(a.out)) + " " + as.ID
	a.out = append(a.out, supposal[matcher.Worker]{market.Alternative{Group: group, What: market.Reason{Code: code, Args: args}}, as})
}

// wished gives the person with every wish changed; one without a wish has one that says nothing else.
func (a *workerAsk) wished(change func(*matcher.Wish)) matcher.Worker {
	w := a.now
	if w.Wishes = slices.Clone(w.Wishes); len(w.Wishes) == 0 {
		w.Wishes = []matcher.Wish{{}}
	}
	for i := range w.Wishes {
		change(&w.Wishes[i])
	}
	return w
}

// reach goes further: 10, 25 and 50 kilometres more, the province, the country, and one more province at a time.
func (a *workerAsk) reach() {
	with := func(m matcher.Mobility) matcher.Worker { w := a.now; w.Mobility = m; return w }
	m := a.now.Mobility
	if m.Reach == matcher.ReachCommune || m.Reach == matcher.ReachKm {
		base := 0
		if m.Reach == matcher.ReachKm {
			base = m.Km
		}
		for _, more := range []int{10, 25, 50} {
			a.add("reach", "reach_if_km", with(matcher.Mobility{Reach: matcher.ReachKm, Km: base + more}), strconv.Itoa(more), strconv.Itoa(base+more))
		}
		a.add("reach", "reach_if_province", with(matcher.Mobility{Reach: matcher.ReachProvince}))
	}
	if m.Reach < matcher.ReachCountry {
		home := ""
		if c, ok := a.tax.Commune(a.now.Commune); ok {
			home = c.Province
		}
		for _, province := range a.asked.Provinces {
			if province != home && !slices.Contains(m.Provinces, province) {
				a.add("reach", "place_if_also", a.wished(func(wish *matcher.Wish) {
					wish.Places = append(slices.Clone(wish.Places), matcher.Place{Province: province})
				}), province)
			}
		}
		a.add("reach", "reach_if_country", with(matcher.Mobility{Reach: matcher.ReachCountry}))
	}
	for i, never := range a.now.Never {
		w := a.now
		w.Never = slices.Delete(slices.Clone(w.Never), i, i+1)
		a.add("reach", "place_if_not_never", w, never.Province)
	}
}

// pay lowers the lowest pay by one and two million đồng a month, and raises it by one.
func (a *workerAsk) pay() {
	floor := int64(0)
	for _, wish := range a.now.Wishes {
		floor = max(floor, wish.LeastPay)
	}
	if floor == 0 {
		return
	}
	for _, more := range []int64{-million, -2 * million, million} {
		if floor+more <= 0 {
			continue
		}
		code := "pay_if_less"
		if more > 0 {
			code = "pay_if_more"
		}
		w := a.wished(func(wish *matcher.Wish) {
			if wish.LeastPay > 0 {
				wish.LeastPay = max(1, wish.LeastPay+more)
			}
		})
		a.add("pay", code, w, strconv.FormatInt(max(more, -more), 10), strconv.FormatInt(floor+more, 10))
	}
}

func (a *workerAsk) needs() {
	for i, need := range a.now.Needs {
		w := a.now
		w.Needs = slices.Delete(slices.Clone(w.Needs), i, i+1)
		a.add("need", "need_if_dropped", w, need)
	}
}

func (a *workerAsk) shifts() {
	for _, shift := range a.asked.Shifts {
		refused := slices.ContainsFunc(a.now.Wishes, func(w matcher.Wish) bool { return len(w.Shifts) > 0 && !slices.Contains(w.Shifts, shift) })
		if refused {
			a.add("shift", "shift_if_also", a.wished(func(wish *matcher.Wish) {
				if len(wish.Shifts) > 0 && !slices.Contains(wish.Shifts, shift) {
					wish.Shifts = append(slices.Clone(wish.Shifts), shift)
				}
			}), shift)
		}
	}
}

// certificates gets, or renews, each that some vacancy asks for, at the highest level asked.
func (a *workerAsk) certificates(w market.Worker) {
	for _, asked := range a.asked.Certificates {
		if a.holds(asked) {
			continue
		}
		code := "certificate_if"
		if slices.ContainsFunc(w.Certificates, func(c market.HeldCertificate) bool { return c.ID == asked.ID }) {
			code = "certificate_if_renewed"
		}
		a.add("certificate", code, a.certified(asked.ID, asked.Level), asked.ID)
	}
}

func (a *workerAsk) holds(asked matcher.AskedCertificate) bool {
	return slices.ContainsFunc(a.now.Certificates, func(c matcher.Certificate) bool {
		return c.ID == asked.ID && c.Level >= asked.Level && (c.Expires == matcher.NoDay || c.Expires >= a.day)
	})
}

func (a *workerAsk) certified(id string, level uint16) matcher.Worker {
	w := a.now
	w.Certificates = append(slices.Clone(w.Certificates), matcher.Certificate{ID: id, Level: level})
	return w
}

// skills learns each that some vacancy asks for and the person does not name, well enough to work alone.
func (a *workerAsk) skills() {
	for _, asked := range a.asked.Skills {
		if !slices.ContainsFunc(a.now.Skills, func(s matcher.Skill) bool { return s.ID == asked.ID }) {
			w := a.now
			w.Skills = append(slices.Clone(w.Skills), matcher.Skill{ID: asked.ID, Level: market.SkillGood})
			a.add("skill", "skill_if", w, asked.ID)
		}
	}
}

// languages learns each that some vacancy asks for, one level more than now.
func (a *workerAsk) languages() {
	for _, asked := range a.asked.Languages {
		level := uint8(0)
		for _, l := range a.now.Languages {
			if l.ID == asked.ID {
				level = max(level, l.Level)
			}
		}
		if level >= max(1, asked.Level) {
			continue
		}
		w := a.now
		w.Languages = append(slices.Clone(w.Languages), matcher.Language{ID: asked.ID, Level: level + 1})
		a.add("language", "language_if", w, asked.ID, strconv.Itoa(int(level+1)))
	}
}

// education goes one step up the official lists of schooling and of qualification.
func (a *workerAsk) education() {
	up := func(list, code string, held func(*matcher.Worker) *uint8) {
		w := a.now
		step, entries := held(&w), a.tax.Entries(list)
		if *step > 0 && int(*step) < len(entries) {
			*step++
			a.add("education", code, w, entries[*step-1].Code)
		}
	}
	up("hoc-van", "education_if_schooling", func(w *matcher.Worker) *uint8 { return &w.Schooling })
	up("cmkt", "education_if_qualification", func(w *matcher.Worker) *uint8 { return &w.Vocational })
}

// occupations wishes for one more, where there is room for a second wish.
func (a *workerAsk) occupations() {
	if len(a.now.Wishes) > 1 {
		return
	}
	for _, code := range a.asked.Occupations {
		if slices.ContainsFunc(a.now.Wishes, func(w matcher.Wish) bool { return w.Occupation == code }) {
			continue
		}
		w := a.now
		other := matcher.Wish{Occupation: code}
		if len(w.Wishes) > 0 {
			other = w.Wishes[0]
			other.Occupation = code
		}
		w.Wishes = append(slices.Clone(w.Wishes), other)
		a.add("occupation", "occupation_if_also", w, code)
	}
}

// courses finishes each course: all it teaches is held, confirmed.
func (a *workerAsk) courses(list []market.Course) {
	for _, c := range list {
		w := a.now
		w.Skills, w.Certificates = slices.Clone(w.Skills), slices.Clone(w.Certificates)
		for _, id := range c.Skills {
			w.Skills = append(w.Skills, matcher.Skill{ID: id, Level: uint8(c.SkillLevel()), Verified: true})
		}
		for _, id := range c.Certificates {
			w.Certificates = append(w.Certificates, matcher.Certificate{ID: id})
		}
		a.add("course", "course_if", w, c.Name)
		a.out[len(a.out)-1].Course = c.ID
	}
}
