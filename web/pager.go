package web

import "strconv"

// Pager links the pages of a list that is read by number.
type Pager struct {
	Count                               int
	Label, Text, PreviousText, NextText string
	Previous, Next                      string
}

// page gives the number of the page asked for, from 1.
func (v *visit) page() int {
	n, err := strconv.Atoi(v.Query("trang"))
	if err != nil || n < 1 || n > 100_000 {
		return 1
	}
	return n
}

// pager builds the links of a list of total entries.
func (v *visit) pager(total, size int) Pager {
	here, count := v.page(), (total+size-1)/size
	p := Pager{Count: count, Label: v.T("pager.label"), PreviousText: v.T("pager.previous"), NextText: v.T("pager.next"), Text: v.T("pager.here", here, count)}
	if here > 1 {
		p.Previous = v.link("trang", pageNumber(here-1))
	}
	if here < count {
		p.Next = v.link("trang", strconv.Itoa(here+1))
	}
	return p
}

// leaf links the parts of a list that is read on from where one stopped: on, and back to its beginning.
type leaf struct{ Label, First, FirstText, Next, NextText string }

// Leaf builds them; param carries the place in the address, fragment is where in the page the list stands.
func (l Layout) Leaf(param, next, fragment string) leaf {
	f := leaf{Label: l.T("pager.label"), Next: next, FirstText: l.T("pager.first"), NextText: l.T("pager.next")}
	if l.v.Query(param) != "" {
		f.First = l.v.link(param, "") + fragment
	}
	return f
}

func pageNumber(n int) string {
	if n == 1 {
		return ""
	}
	return strconv.Itoa(n)
}
