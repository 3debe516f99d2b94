package market

// PayPeriod is what one amount of pay is for.
type PayPeriod string

const (
	PerMonth PayPeriod = "month"
	PerDay   PayPeriod = "day"
	PerHour  PayPeriod = "hour"
	PerWeek  PayPeriod = "week"
	PerYear  PayPeriod = "year"
	PerShift PayPeriod = "shift"
	PerPiece PayPeriod = "piece"
)

// PayBasis is how pay is reckoned.
type PayBasis string

const (
	GrossPay      PayBasis = "gross"
	NetPay        PayBasis = "net"
	PiecePay      PayBasis = "piece"
	CommissionPay PayBasis = "commission"
)

// PayStatus says what was made of the text a pay was stated in.
type PayStatus string

const (
	PayUnstated    PayStatus = ""            // nothing was said
	PayStated      PayStatus = "stated"      // Min and Max hold what was said
	PayNegotiable  PayStatus = "negotiable"  // "thoả thuận", "cạnh tranh": said, and no figure
	PayImplausible PayStatus = "implausible" // figures that cannot be meant so ("78 - 13 triệu"): kept in Stated, never ranked or filtered by
	PayUnreadable  PayStatus = "unreadable"  // said, and not understood
)

// Pay is what a posting offers or a worker asks, in the currency's smallest unit (đồng has none smaller).
// Min 0 means no floor was said ("up to"), Max 0 no ceiling ("from"); both are 0 unless Status is PayStated.
type Pay struct {
	Min      int64     `json:"min,omitempty"`
	Max      int64     `json:"max,omitempty"`
	Currency string    `json:"currency,omitempty"` // ISO 4217: VND, USD, JPY, KRW…
	Period   PayPeriod `json:"period,omitempty"`
	Basis    PayBasis  `json:"basis,omitempty"`
	Status   PayStatus `json:"status,omitempty"`
	Stated   string    `json:"stated,omitempty"` // the words it came in, as they were
}

// Known reports whether there is a figure one may rank and filter by.
func (p Pay) Known() bool { return p.Status == PayStated && (p.Min > 0 || p.Max > 0) }

// hoursPerMonth and its kin turn other periods into months for sorting only: 26 working days of 8 hours,
// the month that minimum pay is reckoned with (Decree 293/2025/NĐ-CP, article 4).
const (
	daysPerMonth  = 26
	hoursPerMonth = 26 * 8
)

// Monthly gives the least and the most in đồng a month, for sorting and filtering only, never for display
// as if it had been stated. rate turns one smallest unit of the currency into đồng (1 for VND); a piece
// rate, an unknown period or no rate gives ok false.
func (p Pay) Monthly(rate float64) (least, most int64, ok bool) {
	if !p.Known() || rate <= 0 {
		return 0, 0, false
	}
	var factor float64
	switch p.Period {
	case PerMonth:
		factor = 1
	case PerDay, PerShift:
		factor = daysPerMonth
	case PerHour:
		factor = hoursPerMonth
	case PerWeek:
		factor = 52.0 / 12
	case PerYear:
		factor = 1.0 / 12
	default:
		return 0, 0, false
	}
	return int64(float64(p.Min) * factor * rate), int64(float64(p.Max) * factor * rate), true
}

// Validate checks the figures against each other.
func (p Pay) Validate(field string) error {
	switch {
	case p.Min < 0 || p.Max < 0:
		return Bad(field, "error.pay.negative")
	case p.Max > 0 && p.Min > p.Max:
		return Bad(field, "error.pay.reversed")
	case p.Known() && p.Period == "":
		return Bad(field, "error.pay.period")
	case p.Known() && p.Currency == "":
		return Bad(field, "error.pay.currency")
	}
	return nil
}
