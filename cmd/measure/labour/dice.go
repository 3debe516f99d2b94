package labour

import "math"

// dice draws chance by name: the same seed, purpose and names give the same number, whatever was drawn before and on
// whatever processor. It is what makes policies comparable person by person.
type dice uint64

// purpose keeps draws for different ends apart.
type purpose uint64

const (
	ofSeeker purpose = iota + 1
	ofPosting
	ofTaste
	ofEmployer
	ofNews
	ofScreening
	ofStay
	ofReturn
	ofLook
	ofPlace
	ofNo
	ofOrder
	ofOutside
	ofTrades
	ofPolicy
	ofSample
)

// mix is the finaliser of splitmix64: every bit of the input moves every bit of the output.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (d dice) raw(of purpose, a, b int) uint64 {
	return mix(mix(mix(uint64(d)^uint64(of)<<56)+uint64(a)) + uint64(b))
}

// share is even between 0 and 1, never either.
func (d dice) share(of purpose, a, b int) float64 {
	return (float64(d.raw(of, a, b)>>11) + 0.5) / (1 << 53)
}

// normal has mean 0 and standard deviation 1.
func (d dice) normal(of purpose, a, b int) float64 {
	return math.Sqrt2 * math.Erfinv(2*d.share(of, a, b)-1)
}

// pick gives a number below n.
func (d dice) pick(of purpose, a, b, n int) int { return int(d.share(of, a, b) * float64(n)) }

// roll is the dice of one person or posting, drawn in sequence while it is made.
type roll struct {
	d  dice
	of purpose
	id int
	n  int
}

func (r *roll) share() float64        { r.n++; return r.d.share(r.of, r.id, r.n) }
func (r *roll) normal() float64       { r.n++; return r.d.normal(r.of, r.id, r.n) }
func (r *roll) below(n int) int       { return int(r.share() * float64(n)) }
func (r *roll) chance(p float64) bool { return r.share() < p }
func (r *roll) exponential() float64  { return -math.Log(r.share()) }
func (r *roll) days(mean float64) int { return int(mean * r.exponential()) }
func (r *roll) weighted(w []float64) int {
	sum := 0.0
	for _, x := range w {
		sum += x
	}
	at := r.share() * sum
	for i, x := range w {
		if at -= x; at < 0 {
			return i
		}
	}
	return len(w) - 1
}
