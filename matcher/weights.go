package matcher

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Version names the rules of this engine. Raise it whenever the same input could give another score for a
// reason that is not in Weights.
//
//	1  two sides of 50 points, joined by twice their geometric mean; trust subtracts
//	2  practice of long ago fades; a night shift is not taken for granted
const Version = "2"

// Weights holds every number the score depends on, in points unless it says otherwise. They are data, so that
// a reviewed set can be loaded; Digest names a set in what is stored.
type Weights struct {
	// What the worker wants: these six sum to 50.
	Occupation int `json:"occupation"`
	Place      int `json:"place"`
	Pay        int `json:"pay"`
	Benefits   int `json:"benefits"`
	Shift      int `json:"shift"`
	Conditions int `json:"conditions"`

	// What the posting asks: these six sum to 50.
	Skills       int `json:"skills"`
	Certificates int `json:"certificates"`
	Nice         int `json:"nice"`
	Experience   int `json:"experience"`
	Education    int `json:"education"`
	Language     int `json:"language"`

	// Where one side says nothing: more than nothing, less than a yes.
	OccupationUnknown int `json:"occupation_unknown"`
	PlaceUnknown      int `json:"place_unknown"`
	PayUnknown        int `json:"pay_unknown"`
	BenefitsUnasked   int `json:"benefits_unasked"`
	ShiftUnknown      int `json:"shift_unknown"`
	NightUnknown      int `json:"night_unknown"` // a night shift, and the person has said nothing of shifts
	ConditionsUnknown int `json:"conditions_unknown"`
	SkillsUnasked     int `json:"skills_unasked"`
	CertsUnasked      int `json:"certificates_unasked"`
	NiceUnasked       int `json:"nice_unasked"`
	ExperienceUnasked int `json:"experience_unasked"`
	EducationUnasked  int `json:"education_unasked"`
	EducationUnknown  int `json:"education_unknown"`
	LanguageUnasked   int `json:"language_unasked"`

	// Occupation, per cent of its points.
	Related    int `json:"related"`     // the most a link between two occupations counts
	SameGroup  int `json:"same_group"`  // the same two-digit group
	SameField  int `json:"same_field"`  // the same one-digit field
	SecondWish int `json:"second_wish"` // what the second wish is worth beside the first
	WorkedIn   int `json:"worked_in"`   // no wish named, but has done this work

	// Place, points. A band holds up to its km from the home commune, in a straight line.
	PlaceBands     [4]PlaceBand `json:"place_bands"`
	PlaceProvince  int          `json:"place_province"`  // in the own province, commune not known
	PlaceFar       int          `json:"place_far"`       // in the own province, beyond the last band
	PlaceWished    int          `json:"place_wished"`    // the own province, named in the wish
	PlaceListed    int          `json:"place_listed"`    // another province or country on the person's list
	PlaceAnywhere  int          `json:"place_anywhere"`  // another province, and any would do
	PlaceOpen      int          `json:"place_open"`      // "anywhere in the country"
	CommutingKm    int          `json:"commuting_km"`    // up to here nobody needs a dormitory
	PayPartly      int          `json:"pay_partly"`      // the floor lies within the range offered
	PayUpTo        int          `json:"pay_up_to"`       // only a ceiling is known, and it is high enough
	PayFromBelow   int          `json:"pay_from_below"`  // only a start is known, and it is below the floor
	NeedWeight     int          `json:"need_weight"`     // a need counts as so many wants
	UnstatedGiven  int          `json:"unstated_given"`  // per cent: a benefit nobody mentioned may be given all the same
	Unrecorded     int          `json:"unrecorded"`      // per cent: a skill nobody wrote down may be there all the same
	NearExperience int          `json:"near_experience"` // per cent of closeness from which another occupation's months count

	// A held skill below the asked level, per cent of its similarity.
	LevelOneShort int `json:"level_one_short"`
	LevelTwoShort int `json:"level_two_short"`
	LevelUnknown  int `json:"level_unknown"`
	LevelSelfSaid int `json:"level_self_said"` // good or expert by the person's own word

	// Practice of long ago, in months since and per cent.
	FadeAfter int `json:"fade_after"` // nothing is lost so long
	FadeHalf  int `json:"fade_half"`  // then so long halves what is left of it
	SkillKept int `json:"skill_kept"` // what a skill once learnt never falls below

	ExperienceLeast int `json:"experience_least"` // asked, and none recorded
	ExperienceShown int `json:"experience_shown"` // months that count as practised when nothing is asked
	EducationNear   int `json:"education_near"`   // one step below the least asked

	// Trust only subtracts; the three together never more than UntrustedMost.
	FreshDays      int `json:"fresh_days"`      // days after a confirmation without any doubt
	StaleDays      int `json:"stale_days"`      // hard: days after which a posting is not offered
	StaleMost      int `json:"stale_most"`      // points off just before StaleDays
	NeverConfirmed int `json:"never_confirmed"` // points off when no confirmation is recorded
	AnswersFair    int `json:"answers_fair"`    // per cent answered in time from which nothing is taken off
	AnswersMost    int `json:"answers_most"`    // points off for an employer who never answers
	StaysFair      int `json:"stays_fair"`      // per cent still there after the trial from which nothing is taken off
	StaysMost      int `json:"stays_most"`
	UntrustedMost  int `json:"untrusted_most"`
}

// PlaceBand is a distance and what a workplace within it earns.
type PlaceBand struct {
	Km     int `json:"km"`
	Points int `json:"points"`
}

// DefaultWeights are the weights in force. They are a counsellor's judgement, checked by the golden set, and
// not yet fitted to outcomes; a change belongs in one commit with the golden figures it moves.
func DefaultWeights() Weights {
	return Weights{
		// People stay in work they asked for, near enough, paid enough; in that order (golden set).
		Occupation: 20, Place: 12, Pay: 8, Benefits: 5, Shift: 3, Conditions: 2,
		// Employers turn away for skill first; a required certificate is a hard condition besides.
		Skills: 22, Certificates: 8, Nice: 5, Experience: 7, Education: 4, Language: 4,

		// Around three fifths of the whole, lower where silence usually hides a no (occupation, pay, nights).
		OccupationUnknown: 8, PlaceUnknown: 6, PayUnknown: 4, BenefitsUnasked: 3, ShiftUnknown: 2, NightUnknown: 1, ConditionsUnknown: 1,
		SkillsUnasked: 13, CertsUnasked: 5, NiceUnasked: 3, ExperienceUnasked: 4,
		EducationUnasked: 3, EducationUnknown: 2, LanguageUnasked: 3,

		// A link says how near two occupations are, never quite the same; a first wish 37 km off stands before a
		// second one at the door.
		Related: 85, SameGroup: 55, SameField: 25, SecondWish: 80, WorkedIn: 70,

		// The own commune earns all. 10 km is a motorbike's quarter of an hour, 40 km an hour on these roads.
		PlaceBands:    [4]PlaceBand{{10, 11}, {20, 10}, {40, 8}, {80, 6}},
		PlaceProvince: 8, PlaceFar: 5, PlaceWished: 9, PlaceListed: 9, PlaceAnywhere: 6, PlaceOpen: 7, CommutingKm: 40,
		PayPartly: 5, PayUpTo: 5, PayFromBelow: 3,
		NeedWeight: 2, UnstatedGiven: 40, Unrecorded: 20, NearExperience: 50,

		// A level short is most of the skill, two are not half of it; one's own word is worth nine tenths.
		LevelOneShort: 70, LevelTwoShort: 40, LevelUnknown: 75, LevelSelfSaid: 90,
		// After two years out of a trade people are asked when they last did it; after ten they count as half.
		FadeAfter: 24, FadeHalf: 96, SkillKept: 60,
		ExperienceLeast: 2, ExperienceShown: 12, EducationNear: 1,

		// A posting is confirmed every 14 days; at 30 nobody is sent there.
		FreshDays: 14, StaleDays: 30, StaleMost: 6, NeverConfirmed: 2,
		AnswersFair: 60, AnswersMost: 5, StaysFair: 60, StaysMost: 5, UntrustedMost: 12,
	}
}

// Digest names the weights: the same numbers give the same text on every machine.
func (w Weights) Digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %+v", Version, w))
	return hex.EncodeToString(sum[:8])
}

// Check reports weights that break what the engine promises: two sides of 50, every neutral share above
// nothing and at most the whole, no percentage above 100.
func (w Weights) Check() error {
	var problems []error
	need := func(ok bool, what string) {
		if !ok {
			problems = append(problems, errors.New(what))
		}
	}
	need(w.Occupation+w.Place+w.Pay+w.Benefits+w.Shift+w.Conditions == 50, "the parts of the wish must sum to 50")
	need(w.Skills+w.Certificates+w.Nice+w.Experience+w.Education+w.Language == 50, "the parts of the requirement must sum to 50")
	for _, r := range w.ranges() {
		need(r.value >= r.least && r.value <= r.most, fmt.Sprintf("%s is %d, must be %d to %d", r.name, r.value, r.least, r.most))
	}
	last := PlaceBand{Points: w.Place}
	for _, b := range w.PlaceBands {
		need(b.Km > last.Km && b.Points <= last.Points && b.Points > 0, "place bands must go outwards and never rise")
		last = b
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("check weights: %w", err)
	}
	return nil
}

type weightRange struct {
	name               string
	value, least, most int
}

func (w *Weights) ranges() []weightRange {
	return []weightRange{
		{"occupation", w.Occupation, 1, 50}, {"place", w.Place, 1, 50}, {"pay", w.Pay, 1, 50}, {"benefits", w.Benefits, 1, 50},
		{"shift", w.Shift, 1, 50}, {"conditions", w.Conditions, 1, 50}, {"skills", w.Skills, 1, 50}, {"certificates", w.Certificates, 1, 50},
		{"nice", w.Nice, 1, 50}, {"experience", w.Experience, 1, 50}, {"education", w.Education, 1, 50}, {"language", w.Language, 1, 50},
		{"occupation_unknown", w.OccupationUnknown, 1, w.Occupation}, {"place_unknown", w.PlaceUnknown, 1, w.Place},
		{"pay_unknown", w.PayUnknown, 1, w.Pay}, {"benefits_unasked", w.BenefitsUnasked, 1, w.Benefits},
		{"shift_unknown", w.ShiftUnknown, 1, w.Shift}, {"night_unknown", w.NightUnknown, 0, w.ShiftUnknown}, {"conditions_unknown", w.ConditionsUnknown, 1, w.Conditions},
		{"skills_unasked", w.SkillsUnasked, 1, w.Skills}, {"certificates_unasked", w.CertsUnasked, 1, w.Certificates},
		{"nice_unasked", w.NiceUnasked, 1, w.Nice}, {"experience_unasked", w.ExperienceUnasked, 1, w.Experience},
		{"education_unasked", w.EducationUnasked, 1, w.Education}, {"education_unknown", w.EducationUnknown, 1, w.Education},
		{"language_unasked", w.LanguageUnasked, 1, w.Language},
		{"same_field", w.SameField, 0, w.SameGroup}, {"same_group", w.SameGroup, 0, 99}, {"related", w.Related, 0, 99}, {"second_wish", w.SecondWish, 1, 100}, {"worked_in", w.WorkedIn, 1, 100},
		{"place_province", w.PlaceProvince, 1, w.Place}, {"place_far", w.PlaceFar, 1, w.PlaceBands[3].Points}, {"place_wished", w.PlaceWished, 1, w.Place},
		{"place_listed", w.PlaceListed, 1, w.Place}, {"place_anywhere", w.PlaceAnywhere, 1, w.PlaceListed}, {"place_open", w.PlaceOpen, 1, w.Place},
		{"commuting_km", w.CommutingKm, 0, 500}, {"pay_partly", w.PayPartly, 1, w.Pay}, {"pay_up_to", w.PayUpTo, 1, w.Pay},
		{"pay_from_below", w.PayFromBelow, 1, w.Pay}, {"need_weight", w.NeedWeight, 1, 10}, {"unstated_given", w.UnstatedGiven, 1, 99},
		{"unrecorded", w.Unrecorded, 1, 99}, {"near_experience", w.NearExperience, 1, 100},
		{"level_two_short", w.LevelTwoShort, 1, w.LevelOneShort}, {"level_one_short", w.LevelOneShort, 1, 99},
		{"level_unknown", w.LevelUnknown, 1, 99}, {"level_self_said", w.LevelSelfSaid, 1, 100},
		{"fade_after", w.FadeAfter, 0, 1200}, {"fade_half", w.FadeHalf, 1, 1200}, {"skill_kept", w.SkillKept, halfCovered, 100},
		{"experience_least", w.ExperienceLeast, 1, w.ExperienceUnasked}, {"experience_shown", w.ExperienceShown, 1, 600},
		{"education_near", w.EducationNear, 0, w.EducationUnknown}, {"fresh_days", w.FreshDays, 0, w.StaleDays - 1},
		{"stale_days", w.StaleDays, 1, 3650}, {"stale_most", w.StaleMost, 0, w.UntrustedMost}, {"never_confirmed", w.NeverConfirmed, 0, w.UntrustedMost},
		{"answers_fair", w.AnswersFair, 1, 100}, {"answers_most", w.AnswersMost, 0, w.UntrustedMost}, {"stays_fair", w.StaysFair, 1, 100},
		{"stays_most", w.StaysMost, 0, w.UntrustedMost}, {"untrusted_most", w.UntrustedMost, 0, 50},
	}
}
