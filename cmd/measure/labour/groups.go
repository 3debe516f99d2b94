package labour

// The fairness figures look at three things that may stand in for what is no business of the engine.
const (
	byRemoteness = iota
	byTongue
	bySchooling
	dimensions
)

// groupNames names the groups of each dimension.
var groupNames = [dimensions][]string{
	{"commune_near", "commune_middle", "commune_far"},
	{"tongue_vi", "tongue_tai", "tongue_hmn", "tongue_other"},
	{"schooling_primary", "schooling_lower", "schooling_upper"},
}

// groupTally counts one group over a run.
type groupTally struct {
	nights   int     // person-nights
	eligible int     // people with any posting that passes, on the nights counted
	pairs    int     // pairs that pass, on the nights counted
	exposure float64 // places shown, each by its chance to be looked at
	placed   int
	stayed   int
}

func (w *World) groupOf(dimension, seeker int) int {
	s := &w.seekers[seeker]
	switch dimension {
	case byRemoteness:
		return band(w.communes[s.home].remote)
	case byTongue:
		return s.tongue
	}
	return clampIndex(s.schooling-3, 3)
}

func (t *tally) group(r *run, dimension, seeker int) *groupTally {
	if t.groups[dimension] == nil {
		t.groups[dimension] = make([]groupTally, len(groupNames[dimension]))
	}
	return &t.groups[dimension][r.w.groupOf(dimension, seeker)]
}
