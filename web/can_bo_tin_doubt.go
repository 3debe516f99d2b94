package web

import "noiviec/internal/market"

// deadlineSoon is how many days a posting should still run when it opens.
const deadlineSoon = 3

// doubts words what one should look at before a posting opens: what readers say of it, what its words say, whose it
// is, until when it runs. They stop nothing: a person decides. firm is nil for a posting of no employer on file.
func (v *visit) doubts(p market.Posting, firm *market.Employer) []string {
	var out []string
	if n := len(p.Reports); n > 0 {
		out = append(out, v.T("doubt.reported", n))
	}
	for _, r := range v.s.Desk.CheckPosting(p, v.today) {
		out = append(out, v.doubt(r, p.Pay))
	}
	switch {
	case firm == nil && p.EmployerName == "":
		out = append(out, v.T("doubt.employer_missing"))
	case firm == nil:
		out = append(out, v.T("doubt.employer_unknown"))
	case firm.State != market.EmployerVerified:
		out = append(out, v.T("doubt.employer_unverified", "state.employer."+string(firm.State)))
	}
	if len(p.Workplaces) == 0 {
		out = append(out, v.T("doubt.place_missing"))
	}
	if p.Deadline.Whole() && p.Deadline < v.today.AddDays(deadlineSoon) {
		out = append(out, v.T("doubt.deadline_soon", p.Deadline))
	}
	return out
}

// doubt words one finding of the check; a pay without a figure says what stood there instead.
func (v *visit) doubt(r market.Reason, pay market.Pay) string {
	if r.Code == "check_no_pay" {
		switch pay.Status {
		case market.PayImplausible:
			return v.T("doubt.pay_implausible", pay.Stated)
		case market.PayUnreadable:
			return v.T("doubt.pay_unreadable", pay.Stated)
		case market.PayNegotiable:
			return v.T("doubt.pay_negotiable")
		}
	}
	args := make([]any, len(r.Args))
	for i, arg := range r.Args {
		args[i] = arg
		if n, err := moneyText(arg); err == nil && r.Code == "check_pay_low" {
			args[i] = n
		}
	}
	return v.T("doubt."+r.Code, args...)
}
