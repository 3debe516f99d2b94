package labour

import "math"

// utility is what a posting is truly worth to a person, in standard deviations of the taste no card tells.
func (w *World) utility(seeker, posting int) float64 {
	p, s, o := &w.parameters, &w.seekers[seeker], &w.openings[posting]
	first, second := w.trades[s.wants[0]].closeness[o.trade], w.trades[s.wants[1]].closeness[o.trade]
	u := p.OccupationWorth*max(first, 0.85*second) + p.PayWorth*math.Log(o.pay/s.floor) + o.amenity
	return u - w.journey(s, o) + p.Taste*w.dice.normal(ofTaste, seeker, posting)
}

// journey is what the way costs. In the province nobody rides so far that moving there would be cheaper.
func (w *World) journey(s *seeker, o *opening) float64 {
	if o.place < 0 {
		return s.awayCost
	}
	ride := w.parameters.DistanceCost * w.communes[s.home].km[o.place] / 10
	return min(ride, max(0.5, 0.7*s.awayCost))
}

// value is what a person is truly worth to an employer, in standard deviations of what no card tells.
func (w *World) value(seeker, posting int) float64 {
	p, s, o := &w.parameters, &w.seekers[seeker], &w.openings[posting]
	command := s.command * w.trades[s.trade].substitution[o.trade]
	return p.SkillWorth*(min(command, 1.5)-o.asks) + p.LanguageWorth*(s.vietnamese-2.5) + w.dice.normal(ofEmployer, seeker, posting)
}

// seenValue is what the employer makes of a person at first sight.
func (w *World) seenValue(seeker, posting int) float64 {
	return w.value(seeker, posting) + w.parameters.ScreeningNoise*w.dice.normal(ofScreening, seeker, posting)
}

// offerUtility is what the work looks like from near.
func (w *World) offerUtility(seeker, posting int) float64 {
	return w.utility(seeker, posting) + w.parameters.OfferNews*w.dice.normal(ofNews, seeker, posting)
}

// middling is how far above the bars a hire lies whose chance to leave is the parameter leaves.
const middling = 0.5

// daysStayed draws how long a hire would last.
func (w *World) daysStayed(seeker, posting int) float64 {
	p := &w.parameters
	fit := p.StayTaste*(w.offerUtility(seeker, posting)-w.wantedBar-middling) + p.StayValue*(w.value(seeker, posting)-w.hiredBar-middling)
	rate := -math.Log(1-p.Leaves) / 90 * math.Exp(-fit)
	return -math.Log(w.dice.share(ofStay, seeker, posting)) / rate
}
