package labour

import (
	"fmt"
	"math"
	"strconv"

	"noiviec/matcher"
)

// seeker is one person: the card that the engine sees, and the truth behind it.
type seeker struct {
	card       matcher.Worker
	arrives    int // day; 0 for the first stock
	exits      int // the day on which the person is gone, unless hired before
	home       int
	tongue     int
	schooling  int     // 1–5, the order of the official list
	vietnamese float64 // 1–4
	wants      [2]int  // trades, the first wanted more
	trade      int     // what the person can do
	command    float64 // of it: 0 none, 1 full
	floor      float64 // lowest pay truly taken, million đồng a month
	awayCost   float64 // utility lost by leaving the province
}

// The mother tongues, as a stand-in for what is no business of the engine.
var tongues = []string{"vi", "tai", "hmn", "other"}

// Assumed, after the census of 53 peoples of 2019 (every fifth adult does not read Vietnamese; among the Mông, nearly
// every second) and the shares of the province: by band of remoteness, how often each tongue is spoken.
var tongueShares = [3][]float64{{38, 48, 9, 5}, {10, 42, 42, 6}, {3, 20, 68, 9}}

// By tongue, how often each level of schooling is reached (1–5).
var schoolingShares = [][]float64{{1, 2, 7, 30, 60}, {3, 8, 20, 39, 30}, {12, 18, 25, 30, 15}, {6, 12, 25, 35, 22}}

// The bands of remoteness, in km from the provincial town.
const (
	nearKm = 25
	farKm  = 60
)

func band(km float64) int {
	switch {
	case km <= nearKm:
		return 0
	case km <= farKm:
		return 1
	}
	return 2
}

func seekerID(i int) string { return fmt.Sprintf("w%06d", i) }

// number reads the number back out of an id.
func number(id string) int {
	n, err := strconv.Atoi(id[1:])
	if err != nil {
		panic(fmt.Sprintf("labour: %q is no id of this market", id))
	}
	return n
}

func (w *World) drawSeekers() {
	p := &w.parameters
	for range int(p.Seekers) {
		w.addSeeker(0)
	}
	for day := 1; day < w.days; day++ {
		for range flow(p.Seekers, p.SeekerArrivals, day) {
			w.addSeeker(day)
		}
	}
}

func (w *World) addSeeker(day int) {
	p, i := &w.parameters, len(w.seekers)
	r := &roll{d: w.dice, of: ofSeeker, id: i}
	s := seeker{arrives: day, exits: day + 1 + r.days(-30/math.Log(1-p.SeekerExits))}
	homes := make([]float64, len(w.communes))
	for k, c := range w.communes {
		homes[k] = c.villages
	}
	s.home = r.weighted(homes)
	s.tongue = r.weighted(tongueShares[band(w.communes[s.home].remote)])
	s.schooling = 1 + r.weighted(schoolingShares[s.tongue])
	s.vietnamese = 4
	if s.tongue != 0 {
		s.vietnamese = clamp(0.8+0.6*float64(s.schooling)+0.5*r.normal(), 1, 4)
	}
	w.drawWork(&s, r)
	s.awayCost = p.AwayCost + p.AwaySpread*r.normal()
	w.drawCard(&s, r, i)
	w.seekers = append(w.seekers, s)
}

// drawWork draws what a person can do and wants. Most want what they can do.
func (w *World) drawWork(s *seeker, r *roll) {
	shares := make([]float64, len(w.trades))
	for k, t := range w.trades {
		shares[k] = t.seekers
	}
	s.trade = r.weighted(shares)
	s.wants = [2]int{s.trade, r.weighted(shares)}
	if r.chance(0.25) {
		s.wants[0], s.wants[1] = s.wants[1], s.wants[0]
	}
	if r.chance(0.65) { // has done it; the rest begin
		s.command = clamp(0.75*r.exponential()+0.2*r.normal(), 0.1, 1.5)
	}
	want := w.trades[s.wants[0]]
	s.floor = max(3.7, 0.95*want.low*math.Exp(0.15*r.normal())) // the lowest regional minimum pay of 2026
}

// drawCard writes down what the person says, with what is left out and said wrongly.
func (w *World) drawCard(s *seeker, r *roll, i int) {
	p := &w.parameters
	c := matcher.Worker{ID: seekerID(i), Available: true, Commune: w.communes[s.home].code, Schooling: uint8(s.schooling), Vocational: 1}
	first := s.wants[0]
	if r.chance(p.WishNoise) {
		first = r.below(len(w.trades))
	}
	floor := math.Round(2*s.floor*math.Exp(p.FloorNoise*r.normal())) / 2
	wish := matcher.Wish{Occupation: w.trades[first].occupation, LeastPay: int64(floor * 1e6), Benefits: []string{"meals", "insurance"}}
	if r.chance(0.2) {
		wish.LeastPay = 0
	}
	c.Wishes = append(c.Wishes, wish)
	if r.chance(0.6) && s.wants[1] != first {
		c.Wishes = append(c.Wishes, matcher.Wish{Occupation: w.trades[s.wants[1]].occupation})
	}
	w.drawReach(&c, s, r)
	w.drawSkills(&c, s, r)
	level := clamp(math.Round(s.vietnamese+0.4*r.normal()), 1, 4)
	c.Languages = []matcher.Language{{ID: "vi", Level: uint8(level)}}
	if s.tongue != 0 {
		c.Languages = append(c.Languages, matcher.Language{ID: tongues[s.tongue], Level: 4})
	}
	s.card = c
}

// away are the provinces whose firms look for people here.
var away = []string{"24", "19", "31", "33", "79"}

// drawReach states how far the person would go: the truth, or what somebody else would say.
func (w *World) drawReach(c *matcher.Worker, s *seeker, r *roll) {
	p, cost := &w.parameters, s.awayCost
	if other := p.AwayCost + p.AwaySpread*r.normal(); r.chance(p.ReachNoise) {
		cost = other
	}
	one := r.below(len(away))
	switch least := p.AwayCost; {
	case cost < 0.5*least:
		c.Mobility.Reach = matcher.ReachCountry
	case cost < 1.2*least:
		c.Mobility = matcher.Mobility{Reach: matcher.ReachProvinces, Provinces: []string{away[one], away[(one+1+r.below(len(away)-1))%len(away)]}}
	case cost < 2*least:
		c.Mobility.Reach = matcher.ReachProvince
	default:
		c.Mobility = matcher.Mobility{Reach: matcher.ReachKm, Km: 20 + 10*r.below(4)}
	}
}

func (w *World) drawSkills(c *matcher.Worker, s *seeker, r *roll) {
	p, t := &w.parameters, &w.trades[s.trade]
	months := int(24 * s.command)
	if s.command > 0 {
		level := uint8(clamp(math.Round(0.8+1.5*s.command+p.LevelNoise*r.normal()), 1, 3))
		if !r.chance(p.SkillOmitted) {
			c.Skills = append(c.Skills, matcher.Skill{ID: t.skill, Level: level, Months: months})
		}
		if !r.chance(p.SkillOmitted) {
			c.Experience = append(c.Experience, matcher.Experience{Occupation: t.occupation, Months: months})
		}
		for _, nice := range t.nice {
			if r.chance(0.4) && !r.chance(p.SkillOmitted) {
				c.Skills = append(c.Skills, matcher.Skill{ID: nice, Level: 1})
			}
		}
	}
	if t.certificate != "" && r.chance(0.3+0.4*min(1, s.command)) {
		c.Certificates = append(c.Certificates, matcher.Certificate{ID: t.certificate})
	}
	if s.command > 0.6 && s.schooling >= 4 && r.chance(0.4) {
		c.Vocational = 4
	}
}
