package matcher

import (
	"strconv"
	"time"
)

// Day is a civil date as days since 1 January 1970. NoDay, the zero value, is "not known" or "never".
type Day int32

// NoDay is the day nobody knows.
const NoDay Day = 0

// NewDay gives the day of a year, month (1–12) and day of the month.
func NewDay(year, month, day int) Day {
	return Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// String shows the day as 2006-01-02, "" for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly)
}

func (d Day) until(other Day) int { return int(other) - int(d) }

func itoa[T ~int | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16](n T) string {
	return strconv.FormatInt(int64(n), 10)
}
