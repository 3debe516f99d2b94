package matcher

import "math/bits"

// The functions below turn what both sides say into points. They work in whole numbers only, so that every
// machine gives the same score.

// part rounds a share, out/of, of most points to the nearest whole point.
func part(most, out, of int) int {
	return (2*most*out + of) / (2 * of)
}

// twiceRoot[4·a·b] is ⌊2·√(a·b)⌋ for two sides of at most 50 points.
var twiceRoot = func() (table [4*50*50 + 1]uint8) {
	root := 0
	for n := range table {
		for (root+1)*(root+1) <= n {
			root++
		}
		table[n] = uint8(root)
	}
	return table
}()

// join gives twice the geometric mean of the two sides: their sum when they are equal, nothing when one of
// them is nothing.
func join(wish, requirement int) int { return int(twiceRoot[4*wish*requirement]) }

// reaches reports whether two sides make a score, before what is not trusted is taken off.
func reaches(wish, requirement, score int) bool { return 4*wish*requirement >= score*score }

// total joins both sides and takes off what is not trusted, never below nothing.
func total(wish, requirement, untrusted int) int {
	return max(0, join(wish, requirement)-untrusted)
}

// occupationPoints values the closeness of what the person wants: whole is what this wish is worth, in per
// cent, and least what it earns for any occupation.
func occupationPoints(closeness, whole, least uint8, w *Weights) int {
	if closeness == noCloseness {
		return w.OccupationUnknown
	}
	return max(int(least), part(w.Occupation, int(closeness)*int(whole), 100*100))
}

// payPoints values an offer against the lowest pay the person takes; below says it stays under it.
func payPoints(floor, least, most int64, w *Weights) (points int, below bool) {
	switch {
	case floor == 0 || least == 0 && most == 0:
		return w.PayUnknown, false
	case least >= floor:
		return w.Pay, false
	case most == 0:
		return w.PayFromBelow, false
	case most < floor:
		return 0, true
	case least == 0:
		return w.PayUpTo, false
	}
	room := w.Pay - 1 - w.PayPartly
	return w.PayPartly + int(int64(room)*(most-floor)/(most-least)), false
}

// benefitPoints values what is offered against what is wanted and needed; unmet says a need is refused.
func benefitPoints(wants, needs, offered uint32, complete bool, w *Weights) (points int, unmet bool) {
	wants &^= needs
	of := bits.OnesCount32(wants) + w.NeedWeight*bits.OnesCount32(needs)
	if of == 0 {
		return w.BenefitsUnasked, false
	}
	given := bits.OnesCount32(wants&offered) + w.NeedWeight*bits.OnesCount32(needs&offered)
	out := 100 * given
	if !complete {
		out += w.UnstatedGiven * (of - given)
	}
	return part(w.Benefits, out, 100*of), complete && needs&^offered != 0
}

// shiftPoints values the posting's shift against those the person said yes to; night are the shifts that nobody
// is taken to want who has said nothing.
func shiftPoints(wanted, shift, night uint32, w *Weights) (points int, unwanted bool) {
	switch {
	case wanted == 0 && shift&night != 0:
		return w.NightUnknown, false
	case wanted == 0 || shift == 0:
		return w.ShiftUnknown, false
	case wanted&shift != 0:
		return w.Shift, false
	}
	return 0, true
}

// packConditions keeps the seven conditions in two bits each; the first is the setting.
func packConditions(c Conditions) (packed uint16) {
	for i, level := range [...]uint8{c.Setting, c.Lifting, c.Walking, c.Hearing, c.Sight, c.Hands, c.TwoHands} {
		packed |= uint16(min(level, 3)) << (2 * i)
	}
	return packed
}

// conditionPoints values working conditions: the setting must be the same unless the person said both, and
// no other may ask more of the body than the person said.
func conditionPoints(wanted, asked uint16, w *Weights) int {
	met, of := 0, 0
	for i := 0; wanted != 0 && asked != 0; i++ {
		a, b := wanted&3, asked&3
		if a != 0 && b != 0 {
			of++
			if b <= a && i > 0 || a == b || i == 0 && a == 3 {
				met++
			}
		}
		wanted, asked = wanted>>2, asked>>2
	}
	if of == 0 {
		return w.ConditionsUnknown
	}
	return part(w.Conditions, met, of)
}

// levelPercent says how much of an asked level a held one covers.
func levelPercent(held, asked uint8, verified bool, w *Weights) int {
	switch {
	case asked <= 1:
		return 100
	case held == 0:
		return w.LevelUnknown
	case held >= asked && verified:
		return 100
	case held >= asked:
		return w.LevelSelfSaid
	case asked-held == 1:
		return w.LevelOneShort
	}
	return w.LevelTwoShort
}

// covers says how much of an asked skill a held one covers that is related to it by share per cent.
func (h heldSkill) covers(share, asked uint8, w *Weights) int {
	return int(share) * levelPercent(h.level, asked, h.verified, w) * int(h.fresh) / (100 * 100)
}

const monthDays = 30 // a month, where only its order of size matters

// freshness says what time has left of something last practised on a day, in per cent: the whole for FadeAfter
// months, then half of what is left for every FadeHalf months, straight between the halvings.
func freshness(until, today Day, w *Weights) int {
	over, half := until.until(today)-monthDays*w.FadeAfter, monthDays*w.FadeHalf
	if until == NoDay || over <= 0 {
		return 100
	}
	whole, rest := over/half, over%half
	if whole >= 7 { // less than one per cent
		return 0
	}
	return (100 >> whole) * (2*half - rest) / (2 * half)
}

// heldLevel lets time in practice stand in for a level nobody stated.
func heldLevel(s Skill) uint8 {
	switch {
	case s.Level > 0:
		return min(s.Level, 3)
	case s.Months >= 96:
		return 3
	case s.Months >= 36:
		return 2
	case s.Months >= 12:
		return 1
	}
	return 0
}

// halfCovered is the share, in per cent, below which an asked skill or language counts as missing.
const halfCovered = 50

// anyLevel marks a certificate that is implied by another: it stands at every level.
const anyLevel = 1<<16 - 1

// certificatePercent says how much a valid certificate covers; held is false when there is none.
func certificatePercent(has bool, held, asked uint16, w *Weights) (percent int, missing bool) {
	switch {
	case !has:
		return w.Unrecorded, true
	case asked == 0 || held >= asked:
		return 100, false
	case held == 0:
		return w.LevelUnknown, false
	}
	return w.Unrecorded, true
}

// languagePercent says how much of an asked language a held one covers.
func languagePercent(has bool, held, asked uint8, w *Weights) int {
	switch {
	case !has:
		return w.Unrecorded
	case asked == 0 || held >= asked:
		return 100
	case held == 0:
		return w.LevelUnknown
	}
	return max(w.Unrecorded, 100*int(held)/int(asked))
}

// sharePoints gives the average of n percentages that sum to sum, or what silence earns when n is 0.
func sharePoints(most, sum, n, unasked int) int {
	if n == 0 {
		return unasked
	}
	return part(most, sum, 100*n)
}

// countedMonths says how much of the months in one occupation counts for another.
func countedMonths(months int, closeness uint8, w *Weights) int {
	switch {
	case closeness == noCloseness:
		return months * w.NearExperience / 100
	case int(closeness) < w.NearExperience:
		return 0
	}
	return months * int(closeness) / 100
}

// experiencePoints values counted months against those asked.
func experiencePoints(months, asked int, w *Weights) int {
	switch {
	case asked == 0:
		return w.ExperienceUnasked + (w.Experience-w.ExperienceUnasked)*min(months, w.ExperienceShown)/w.ExperienceShown
	case months >= asked:
		return w.Experience
	}
	return max(w.ExperienceLeast, w.Experience*months/asked)
}

// educationPoints values schooling and qualification as minima only: more than asked earns nothing more.
func educationPoints(schooling, vocational, leastSchooling, leastVocational uint8, w *Weights) (points int, short bool) {
	if leastSchooling == 0 && leastVocational == 0 {
		return w.EducationUnasked, false
	}
	a, shortA := levelPoints(schooling, leastSchooling, w)
	b, shortB := levelPoints(vocational, leastVocational, w)
	return min(a, b), shortA || shortB
}

func levelPoints(held, asked uint8, w *Weights) (points int, short bool) {
	switch {
	case asked == 0 || held >= asked:
		return w.Education, false
	case held == 0:
		return w.EducationUnknown, false
	case asked-held == 1:
		return w.EducationNear, true
	}
	return 0, true
}

// distrust gives the points taken off for an employer who may not answer, keep people, or still recruit.
func distrust(p *Posting, today Day, w *Weights) (stale, answers, stays int) {
	switch age := p.Confirmed.until(today); {
	case p.Confirmed == NoDay:
		stale = w.NeverConfirmed
	case age > w.FreshDays:
		stale = part(w.StaleMost, min(age, w.StaleDays)-w.FreshDays, w.StaleDays-w.FreshDays)
	}
	return stale, shortfall(p.Answers, w.AnswersFair, w.AnswersMost), shortfall(p.Stays, w.StaysFair, w.StaysMost)
}

func shortfall(r Rate, fair, most int) int {
	if !r.Known || int(r.Percent) >= fair {
		return 0
	}
	return part(most, fair-int(r.Percent), fair)
}
