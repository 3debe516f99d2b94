package web

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"noiviec/internal/market"
)

// ownData is everything the centre keeps of a person, for that person to take away.
type ownData struct {
	TakenOn   market.Date        `json:"taken_on"`
	Centre    string             `json:"centre"`
	Profile   market.Worker      `json:"profile"`
	Account   ownAccount         `json:"account"`
	Referrals []ownReferralData  `json:"referrals"`
	Offered   market.Suggestions `json:"offered"` // the jobs found by the last run, with their reasons
}

type ownAccount struct {
	Login    string `json:"login"`
	Language string `json:"language,omitempty"`
}

type ownReferralData struct {
	market.Referral
	Job string `json:"job,omitempty"`
}

// sendOwnData gives the job seeker's own data as a file. Keys that only this program can read are left out, and
// what it says of others is not in it.
func (s *Server) sendOwnData(v *visit) error {
	w, err := v.profile()
	if err != nil {
		return err
	}
	data := ownData{TakenOn: v.today, Centre: v.centre().Name, Profile: *w, Account: ownAccount{v.user.Login, v.user.Language}}
	data.Profile.CitizenKey, data.Profile.IdentityKey, data.Profile.Counsellor, data.Profile.RegisteredBy = "", "", "", ""
	data.Profile.Consent.By = ""
	referrals, err := v.ownReferrals()
	if err != nil {
		return err
	}
	for _, r := range referrals {
		p, err := load[market.Posting](v, r.Posting)
		if err != nil && market.KindOf(err) != market.NotFound {
			return err
		}
		r.By = ""
		for i := range r.Steps {
			r.Steps[i].By = ""
		}
		data.Referrals = append(data.Referrals, ownReferralData{r, p.Title})
	}
	if data.Offered, err = v.ownSuggestions(); err != nil {
		return err
	}
	body, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	v.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	v.Set(fiber.HeaderContentDisposition, `attachment; filename="ho-so-cua-toi.json"`)
	return v.Send(body)
}
