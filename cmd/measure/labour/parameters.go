package labour

import (
	_ "embed"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

//go:embed parameters.tsv
var parameterTable string

// Parameters are the numbers of the invented market; parameters.tsv says what each means and where it comes from.
type Parameters struct {
	Seekers           float64 `name:"seekers"`
	SeatsPerSeeker    float64 `name:"seats_per_seeker"`
	LocalShare        float64 `name:"local_share"`
	LocalSeats        float64 `name:"local_seats"`
	AwaySeats         float64 `name:"away_seats"`
	TownShare         float64 `name:"town_share"`
	SeekerArrivals    float64 `name:"seeker_arrivals"`
	SeekerExits       float64 `name:"seeker_exits"`
	PostingLife       float64 `name:"posting_life"`
	OutsideFill       float64 `name:"outside_fill"`
	Looks             float64 `name:"looks"`
	ListLength        float64 `name:"list_length"`
	PositionBias      float64 `name:"position_bias"`
	VisitApplications float64 `name:"visit_applications"`
	OpenApplications  float64 `name:"open_applications"`
	SaysNo            float64 `name:"says_no"`
	WantedShare       float64 `name:"wanted_share"`
	Taste             float64 `name:"taste"`
	Amenity           float64 `name:"amenity"`
	PayWorth          float64 `name:"pay_worth"`
	OccupationWorth   float64 `name:"occupation_worth"`
	DistanceCost      float64 `name:"distance_cost"`
	AwayCost          float64 `name:"away_cost"`
	AwaySpread        float64 `name:"away_spread"`
	OfferNews         float64 `name:"offer_news"`
	FloorNoise        float64 `name:"floor_noise"`
	ReachNoise        float64 `name:"reach_noise"`
	WishNoise         float64 `name:"wish_noise"`
	SkillOmitted      float64 `name:"skill_omitted"`
	LevelNoise        float64 `name:"level_noise"`
	PayStated         float64 `name:"pay_stated"`
	RecordKnown       float64 `name:"record_known"`
	Answering         float64 `name:"answering"`
	ReviewDays        float64 `name:"review_days"`
	ScreenedPerSeat   float64 `name:"screened_per_seat"`
	ScreenedMost      float64 `name:"screened_most"`
	HiredShare        float64 `name:"hired_share"`
	SkillWorth        float64 `name:"skill_worth"`
	LanguageWorth     float64 `name:"language_worth"`
	ScreeningNoise    float64 `name:"screening_noise"`
	Patience          float64 `name:"patience"`
	Leaves            float64 `name:"leaves"`
	StayTaste         float64 `name:"stay_taste"`
	StayValue         float64 `name:"stay_value"`
	Returns           float64 `name:"returns"`
	Contacts          float64 `name:"contacts"`
	Shortlist         float64 `name:"shortlist"`
}

// Parameter is one line of parameters.tsv.
type Parameter struct {
	Name                  string
	Value, Low, High      float64
	Unit, Meaning, Source string
}

// Table gives the lines of parameters.tsv.
func Table() ([]Parameter, error) {
	var out []Parameter
	for i, line := range strings.Split(parameterTable, "\n") {
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "name\t") {
			continue
		}
		p, err := parseParameter(strings.Split(line, "\t"))
		if err != nil {
			return nil, fmt.Errorf("parameters.tsv, line %d: %w", i+1, err)
		}
		out = append(out, p)
	}
	return out, nil
}

func parseParameter(cells []string) (p Parameter, err error) {
	if len(cells) != 7 {
		return p, fmt.Errorf("%d cells, want 7", len(cells))
	}
	p = Parameter{Name: cells[0], Unit: cells[4], Meaning: cells[5], Source: cells[6]}
	for i, to := range []*float64{&p.Value, &p.Low, &p.High} {
		if *to, err = strconv.ParseFloat(cells[1+i], 64); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Defaults are the values of parameters.tsv.
func Defaults() (p Parameters, err error) {
	table, err := Table()
	if err != nil {
		return p, err
	}
	fields := p.fields()
	for _, line := range table {
		field, ok := fields[line.Name]
		if !ok {
			return p, fmt.Errorf("parameters.tsv: nothing reads %q", line.Name)
		}
		*field = line.Value
		delete(fields, line.Name)
	}
	for name := range fields {
		return p, fmt.Errorf("parameters.tsv: %q is missing", name)
	}
	return p, nil
}

func (p *Parameters) fields() map[string]*float64 {
	v := reflect.ValueOf(p).Elem()
	out := map[string]*float64{}
	for i := range v.NumField() {
		out[v.Type().Field(i).Tag.Get("name")] = v.Field(i).Addr().Interface().(*float64)
	}
	return out
}

// Times gives the parameters with one of them multiplied. Shares stay at most 1, counts at least 1.
func (p Parameters) Times(name string, factor float64) (Parameters, error) {
	field, ok := p.fields()[name]
	if !ok {
		return p, fmt.Errorf("no parameter %q", name)
	}
	*field *= factor
	p.bound()
	return p, nil
}

// bound keeps every parameter within what it can mean.
func (p *Parameters) bound() {
	for _, share := range []*float64{&p.LocalShare, &p.TownShare, &p.SaysNo, &p.WantedShare, &p.ReachNoise, &p.WishNoise, &p.SkillOmitted,
		&p.PayStated, &p.RecordKnown, &p.Answering, &p.HiredShare, &p.Returns} {
		*share = min(*share, 1)
	}
	for _, rate := range []*float64{&p.SeekerExits, &p.OutsideFill, &p.Leaves} {
		*rate = min(*rate, 0.99)
	}
	for _, count := range []*float64{&p.ListLength, &p.VisitApplications, &p.OpenApplications, &p.Shortlist, &p.Patience} {
		*count = max(1, math.Round(*count))
	}
	p.ReviewDays = max(1, p.ReviewDays)
}
