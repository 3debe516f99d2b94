package taxonomy

import (
	"fmt"
	"strconv"

	"noiviec/internal/market"
)

// MinimumPay is what the law lets an employer pay at least, in đồng.
type MinimumPay struct {
	Region  string // I, II, III or IV
	Monthly int64
	Hourly  int64
	Source  string // the decree
}

type minimumPay struct {
	from market.Date
	MinimumPay
}

type wageRegion struct {
	commune, region string
	from            market.Date
}

func (t *Taxonomy) loadMinimumPay() error {
	if err := each("minimum_pay.csv", func(r row) error {
		month, err := strconv.ParseInt(r.text("month_vnd"), 10, 64)
		if err != nil {
			return err
		}
		hour, err := strconv.ParseInt(r.text("hour_vnd"), 10, 64)
		if err != nil {
			return err
		}
		from := market.Date(r.text("from"))
		if !from.Valid() || !from.Whole() {
			return fmt.Errorf("date %q", from)
		}
		t.minimumPay = append(t.minimumPay, minimumPay{from, MinimumPay{r.text("region"), month, hour, r.text("source")}})
		return nil
	}); err != nil {
		return err
	}
	return each("wage_regions.csv", func(r row) error {
		if !t.HasCommune(r.text("commune")) {
			return fmt.Errorf("commune %q", r.text("commune"))
		}
		t.wageRegions = append(t.wageRegions, wageRegion{r.text("commune"), r.text("region"), market.Date(r.text("from"))})
		return nil
	})
}

// MinimumPay gives the legal minimum in a commune on a day. known is false when the table does not say
// which region the commune was in on that day: do not warn about pay there.
func (t *Taxonomy) MinimumPay(commune string, on market.Date) (pay MinimumPay, known bool) {
	region, since := "", market.Date("")
	for _, w := range t.wageRegions {
		if w.commune == commune && w.from <= on && w.from >= since {
			region, since = w.region, w.from
		}
	}
	if region == "" {
		return MinimumPay{}, false
	}
	since = ""
	for _, m := range t.minimumPay {
		if m.Region == region && m.from <= on && m.from >= since {
			pay, since, known = m.MinimumPay, m.from, true
		}
	}
	return pay, known
}
