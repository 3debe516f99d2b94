package matcher

// index stands in for the posting lists until they are built.
type index struct{}

func newIndex(*Market) index { return index{} }
