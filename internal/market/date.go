package market

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zone below must exist on machines without a zone database
)

// Zone is where every centre is: instants are stored in UTC and shown here.
var Zone = func() *time.Location {
	z, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err) // tzdata is embedded above
	}
	return z
}()

// Date is a civil date without a zone, written "2006-01-02", or "2006" when only the year is known, or ""
// when nothing is. Whole dates order as strings. Make one with ParseDate, NewDate or DateOf.
type Date string

// NewDate gives the date of a year, month (1–12) and day; it does not check them.
func NewDate(year, month, day int) Date { return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)) }

// DateOf gives the civil date of an instant in Zone.
func DateOf(t time.Time) Date { return Date(t.In(Zone).Format(time.DateOnly)) }

// ParseDate reads "2006-01-02", "02/01/2006", "2/1/2006", "02-01-2006", "2 Jan 2006" or "2006". Empty text is the empty
// date; anything else is an Invalid error on the given field.
func ParseDate(field, text string) (Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	if len(text) == 4 {
		if y, err := strconv.Atoi(text); err == nil && y >= 1900 && y <= 2200 {
			return Date(text), nil
		}
		return "", Bad(field, "error.date", text)
	}
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return Date(t.Format(time.DateOnly)), nil
		}
	}
	return "", Bad(field, "error.date", text)
}

// Valid reports whether d is empty, a year, or a whole date that exists.
func (d Date) Valid() bool {
	parsed, err := ParseDate("", string(d))
	return err == nil && parsed == d
}

// Whole reports whether day and month are known.
func (d Date) Whole() bool { return len(d) == 10 }

// Year gives the year, 0 when unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4]))
	return y
}

// Time gives midnight of the date in Zone; a bare year is its first day, an empty date the zero time.
func (d Date) Time() time.Time {
	switch len(d) {
	case 10:
		t, _ := time.ParseInLocation(time.DateOnly, string(d), Zone)
		return t
	case 4:
		return time.Date(d.Year(), 1, 1, 0, 0, 0, 0, Zone)
	}
	return time.Time{}
}

// AddDays moves a whole date; other dates stay as they are.
func (d Date) AddDays(n int) Date {
	if !d.Whole() {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// DaysUntil counts civil days from d to other (negative when other is earlier); both must be whole.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}

// Month gives the month of a whole date.
func (d Date) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}

// String shows the date as people here write it: 02/01/2006, or the bare year.
func (d Date) String() string {
	if !d.Whole() {
		return string(d)
	}
	return string(d[8:10]) + "/" + string(d[5:7]) + "/" + string(d[:4])
}

// AgeOn gives the completed years on a day, and whether they are certain: with only a birth year the
// smaller of the two possible ages is given and certain is false.
func (d Date) AgeOn(day Date) (years int, certain bool) {
	if d == "" || day.Year() == 0 {
		return 0, false
	}
	years = day.Year() - d.Year()
	if !d.Whole() || !day.Whole() {
		return years - 1, false
	}
	if day[5:] < d[5:] {
		years--
	}
	return years, true
}

// Month is a report month, written "2018-04"; months order as strings.
type Month string

// ParseMonth reads "2018-04" or "04/2018".
func ParseMonth(field, text string) (Month, error) {
	text = strings.TrimSpace(text)
	for _, layout := range []string{"2006-01", "1/2006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1900 {
			return Month(t.Format("2006-01")), nil
		}
	}
	return "", Bad(field, "error.month", text)
}

// MonthOf gives the month of an instant in Zone.
func MonthOf(t time.Time) Month { return DateOf(t).Month() }

// Year gives the year of the month.
func (m Month) Year() int { return Date(m).Year() }

// Number gives 1–12, 0 for an empty month.
func (m Month) Number() int {
	if len(m) != 7 {
		return 0
	}
	n, _ := strconv.Atoi(string(m[5:]))
	return n
}

// First and Last give the first and the last day of the month.
func (m Month) First() Date { return Date(m + "-01") }

// Last gives the last day of the month.
func (m Month) Last() Date { return DateOf(m.First().Time().AddDate(0, 1, -1)) }

// String shows the month as people here write it: 04/2018.
func (m Month) String() string {
	if len(m) != 7 {
		return string(m)
	}
	return string(m[5:]) + "/" + string(m[:4])
}
