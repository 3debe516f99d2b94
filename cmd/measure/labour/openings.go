package labour

import (
	"fmt"
	"math"
	"slices"

	"noiviec/matcher"
)

// opening is one posting: the card, and the truth behind it.
type opening struct {
	card    matcher.Posting
	opens   int // day; before 0 for the first stock
	closes  int // the last day to apply
	seats   int
	trade   int
	place   int // commune, or -1 elsewhere
	pay     float64
	amenity float64 // how good the work is for everybody, beyond what the card says
	asks    float64 // command of the trade the work takes
	answers bool    // whether the employer answers applicants at all
	outside []int   // the days on which a seat is filled without the service
}

func openingID(i int) string { return fmt.Sprintf("p%06d", i) }

// confirmEvery is how often employers confirm that they still recruit.
const confirmEvery = 14

// on is the card of a day with the seats left.
func (o *opening) on(day, left int) matcher.Posting {
	c := o.card
	c.Left = left
	c.Confirmed = firstDay + matcher.Day(day-(day-o.opens)%confirmEvery)
	return c
}

func (w *World) drawOpenings() {
	p := &w.parameters
	seats := p.Seekers * p.SeatsPerSeeker
	local, elsewhere := seats*p.LocalShare/p.LocalSeats, seats*(1-p.LocalShare)/p.AwaySeats
	for range int(math.Round(local)) {
		w.addOpening(-1, true)
	}
	for range int(math.Round(elsewhere)) {
		w.addOpening(-1, false)
	}
	monthly := 30 / p.PostingLife // keeps the stock about level
	for day := 1; day < w.days; day++ {
		for range flow(local, monthly, day) {
			w.addOpening(day, true)
		}
		for range flow(elsewhere, monthly, day) {
			w.addOpening(day, false)
		}
	}
}

// addOpening draws a posting that opens on a day, or that is open already when day is -1.
func (w *World) addOpening(day int, local bool) {
	p, i := &w.parameters, len(w.openings)
	r := &roll{d: w.dice, of: ofPosting, id: i}
	o := opening{opens: day, place: -1, amenity: p.Amenity * r.normal(), answers: r.chance(p.Answering)}
	life := max(2, int(p.PostingLife*(0.5+r.share())))
	if day < 0 {
		o.opens = -r.below(life)
	}
	o.closes = o.opens + life
	o.trade = w.drawTrade(r, local)
	t := &w.trades[o.trade]
	if local {
		o.place, o.seats = w.drawPlace(r), 1+int((p.LocalSeats-1)*r.exponential()+0.5)
		o.pay = t.low + (t.high-t.low)*r.share()
	} else {
		o.seats = max(1, int(math.Round(p.AwaySeats*math.Exp(r.normal()-0.5))))
		o.pay = t.low + (t.high-t.low)*r.share() + t.more
	}
	o.asks = float64(t.months) / 24 * (0.5 + r.share())
	o.outside = outsideFills(&o, r, p.OutsideFill)
	w.drawOffer(&o, r, i)
	w.openings = append(w.openings, o)
}

func (w *World) drawTrade(r *roll, local bool) int {
	shares := make([]float64, len(w.trades))
	for k, t := range w.trades {
		if shares[k] = t.away; local {
			shares[k] = t.local
		}
	}
	return r.weighted(shares)
}

func (w *World) drawPlace(r *roll) int {
	inTown := r.chance(w.parameters.TownShare)
	shares := make([]float64, len(w.communes))
	for k, c := range w.communes {
		if c.town == inTown {
			shares[k] = 1
		}
	}
	return r.weighted(shares)
}

// outsideFills draws when each seat would be filled by others, in order; those of before the first day are left out:
// the seats are those still open then.
func outsideFills(o *opening, r *roll, monthly float64) (days []int) {
	mean := -30 / math.Log(1-monthly)
	for range o.seats {
		if day := max(o.opens, 0) + 1 + r.days(mean); day <= o.closes {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

// drawOffer writes the card of a posting.
func (w *World) drawOffer(o *opening, r *roll, i int) {
	p, t := &w.parameters, &w.trades[o.trade]
	c := matcher.Posting{ID: openingID(i), Employer: fmt.Sprintf("f%06d", i/2), Occupation: t.occupation, Open: true,
		Skills: []matcher.AskedSkill{{ID: t.skill, Level: uint8(min(2, t.months/6))}}, Deadline: firstDay + matcher.Day(o.closes)}
	for _, nice := range t.nice {
		if r.chance(0.5) {
			c.Skills = append(c.Skills, matcher.AskedSkill{ID: nice, Nice: true})
		}
	}
	if t.certificate != "" && r.chance(0.5) {
		c.Certificates = []matcher.AskedCertificate{{ID: t.certificate, Nice: r.chance(0.4)}}
	}
	if r.chance(0.6) {
		c.Months = int(24 * o.asks)
	}
	c.Schooling = []uint8{0, 0, 3, 4, 5}[r.below(5)]
	if r.chance(0.2) {
		c.Languages = []matcher.Language{{ID: "vi", Level: uint8(2 + r.below(2))}}
	}
	if r.chance(p.PayStated) {
		c.PayMin = int64(o.pay*10) * 1e5
		c.PayMax = c.PayMin + int64(r.below(3))*5e5
	}
	c.Workplaces = []matcher.Place{{Province: away[r.below(len(away))]}}
	if o.place >= 0 {
		c.Workplaces = []matcher.Place{{Commune: w.communes[o.place].code}}
	} else {
		c.Benefits = append(c.Benefits, "dormitory")
	}
	for _, benefit := range []string{"meals", "insurance"} {
		if r.chance(clamp(0.5+0.25*o.amenity, 0.05, 0.95)) { // good employers give more
			c.Benefits = append(c.Benefits, benefit)
		}
	}
	w.drawRecord(&c, o, r)
	o.card = c
}

// drawRecord writes what is on record of the employer, where something is.
func (w *World) drawRecord(c *matcher.Posting, o *opening, r *roll) {
	answers, stays := 35+10*r.normal(), 65+15*o.amenity+8*r.normal()
	if o.answers {
		answers += 45
	}
	if r.chance(w.parameters.RecordKnown) {
		c.Answers = matcher.Rate{Percent: uint8(clamp(answers, 0, 100)), Known: true}
		c.Stays = matcher.Rate{Percent: uint8(clamp(stays, 0, 100)), Known: true}
	}
}
