package matcher

// The input types are an allow-list: what has no field here cannot move a score. There is none for sex,
// ethnicity, religion, photo, height, weight, marital status, name or age. Where a law bars somebody from
// a kind of work, the caller judges it and passes the bar's code (Worker.BarredFrom, Posting.Bars).
//
// Codes are the caller's; the engine only compares them, through the relations of Tables. An empty text, a
// zero level, a zero amount and NoDay all mean "not known", which is never read as "no".

// Worker is one person looking for work.
type Worker struct {
	ID        string
	Available bool // seeking, and agreed to be served
	Commune   string
	Province  string // needed only when the commune is not known; a known commune implies it
	Wishes    []Wish // at most two, the first is wanted more
	Mobility  Mobility
	Never     []Place  // where the person would not go
	Needs     []string // benefits the person cannot do without
	Skills    []Skill
	// Certificates includes those run out: they explain a no, and count for nothing else.
	Certificates []Certificate
	Languages    []Language
	Schooling    uint8 // order in the list of general schooling, 1 the least
	Vocational   uint8 // order in the list of vocational qualifications, 1 the least ("none")
	Experience   []Experience
	// BarredFrom holds the codes of legal bars that apply to this person, judged by the caller.
	BarredFrom       []string
	RefusedPostings  []Refusal
	RefusedEmployers []Refusal
}

// Wish is one of the two ranked wishes of the official slip.
type Wish struct {
	Occupation string
	Places     []Place // wanted by name; they widen Mobility and never narrow it
	LeastPay   int64   // đồng a month, 0 not said; below 1,000 counts as that
	Shifts     []string
	Benefits   []string
	Conditions Conditions
}

// Place is a commune, else a province, else a country abroad, else anywhere in the country. The zero Place
// is one nobody could make out ("and 2 more").
type Place struct {
	Commune    string
	Province   string
	Country    string
	Nationwide bool
}

// Reach is how far a person would go to work.
type Reach uint8

// The reaches, each holding the one before except ReachUnknown and ReachKm.
const (
	ReachUnknown   Reach = iota // not asked: taken as ReachProvince
	ReachCommune                // the own commune
	ReachKm                     // within Mobility.Km of the own commune, in a straight line
	ReachProvince               // the own province
	ReachProvinces              // the own and the listed provinces
	ReachCountry                // anywhere in the country
	ReachAbroad                 // anywhere in the country, and in the listed countries (any when none is)
)

// Mobility is how far a person would go.
type Mobility struct {
	Reach     Reach
	Km        int
	Provinces []string
	Countries []string
}

// Skill is a skill a person has.
type Skill struct {
	ID       string
	Level    uint8 // 1 basic, 2 good, 3 expert
	Months   int   // of practice; stands in for a level nobody stated
	Verified bool  // a counsellor, an employer or a certificate confirms it
	Until    Day   // last practised; NoDay when it still is, or nobody knows
}

// Certificate is a certificate a person has. Level is its rank among the levels inside the certificate,
// 1 the least, 0 when it has none or nobody wrote it down.
type Certificate struct {
	ID      string
	Level   uint16
	Expires Day
}

// Language is a language with a level: 1 basic, 2 everyday, 3 work, 4 fluent.
type Language struct {
	ID    string
	Level uint8
}

// Experience is the time spent in one occupation.
type Experience struct {
	Occupation string
	Months     int
	Until      Day // the last day of it; NoDay when it goes on, or nobody knows
}

// Refusal is a posting or an employer that the person turned down, with the reason's code.
type Refusal struct {
	ID     string
	Reason string
}

// Conditions are the working conditions of the official forms, 0 where nothing is said. Setting is 1 indoors,
// 2 outdoors, 3 both. All others order what the body must do, 1 the least: the caller turns "one hand is
// enough" round into 1 and "both hands are needed" into 3.
type Conditions struct {
	Setting, Lifting, Walking, Hearing, Sight, Hands, TwoHands uint8
}

// Posting is one vacancy.
type Posting struct {
	ID           string
	Employer     string // "" unknown
	Occupation   string
	Open         bool
	Left         int // seats not taken
	Skills       []AskedSkill
	Certificates []AskedCertificate
	Languages    []Language
	Schooling    uint8 // the least asked, 0 nothing
	Vocational   uint8
	Months       int   // of experience, the least asked
	PayMin       int64 // đồng a month; 0 with a PayMax is "up to", both 0 is not known
	PayMax       int64 // 0 with a PayMin is "from"
	Workplaces   []Place
	Benefits     []string
	// BenefitsComplete says the employer was asked for every benefit, so that one not listed is not given.
	BenefitsComplete bool
	Shift            string
	Conditions       Conditions
	Deadline         Day // the last day to apply
	Confirmed        Day // when the employer last said it still recruits
	Answers          Rate
	Stays            Rate
	Bars             []string    // the codes of legal bars that this work falls under
	Off              []Condition // hard conditions this posting does without
	On               []Condition // optional ones it insists on
}

// AskedSkill is a skill a posting asks for; Nice ones are welcome, not required.
type AskedSkill struct {
	ID    string
	Level uint8 // 0 any
	Nice  bool
}

// AskedCertificate is a certificate a posting asks for.
type AskedCertificate struct {
	ID    string
	Level uint16 // 0 any
	Nice  bool
}

// Rate is a share in per cent that may not be known.
type Rate struct {
	Percent uint8
	Known   bool
}
