package labour

// Recorder keeps what was shown, where in the list, and what came of it. A nil Recorder keeps nothing.
type Recorder struct{}

func (*Recorder) list(*run, int, []int32)          {}
func (*Recorder) applied(*run, int, int, bool) int { return -1 }
func (*Recorder) asked(*run, Pair, int)            {}
func (*Recorder) hired(int, bool)                  {}
