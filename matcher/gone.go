package matcher

// rowSet is a set of rows, a bit each; nil is the empty set.
type rowSet []uint64

func (s rowSet) has(row int32) bool {
	return int(row>>6) < len(s) && s[row>>6]>>(row&63)&1 == 1
}
