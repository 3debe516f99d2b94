package taxonomy

import (
	"fmt"
	"strconv"
	"sync"

	"noiviec/internal/market"
)

// ExchangeRate is what one whole unit of a currency was worth in đồng from a day on. It serves sorting and a
// rough picture beside the stated pay, never a contract.
type ExchangeRate struct {
	From     market.Date
	Currency string // ISO 4217
	VND      float64
	Evidence string // S read in a public source, M from memory
	Source   string
}

// exchangeRates are the dated rows, oldest first for a currency.
var exchangeRates = sync.OnceValues(func() ([]ExchangeRate, error) {
	var out []ExchangeRate
	err := each("exchange_rates.csv", func(r row) error {
		rate := ExchangeRate{From: market.Date(r.text("from")), Currency: r.text("currency"), Evidence: r.text("evidence"), Source: r.text("source")}
		if !rate.From.Valid() || !rate.From.Whole() || rate.Source == "" {
			return fmt.Errorf("rate of %s has no whole date or no source", rate.Currency)
		}
		var err error
		if rate.VND, err = strconv.ParseFloat(r.text("vnd"), 64); err != nil || rate.VND <= 0 {
			return fmt.Errorf("rate %q of %s", r.text("vnd"), rate.Currency)
		}
		out = append(out, rate)
		return nil
	})
	return out, err
})

func (t *Taxonomy) loadExchangeRates() error {
	_, err := exchangeRates()
	return err
}

// ExchangeRate gives the rate that held on a day: the latest row from that day or before. A day before the
// first row, and a currency without rows, are not known.
func (t *Taxonomy) ExchangeRate(currency string, on market.Date) (ExchangeRate, bool) {
	return findRate(currency, on)
}

func findRate(currency string, on market.Date) (found ExchangeRate, known bool) {
	rates, _ := exchangeRates() // Load has reported what is wrong with them
	for _, r := range rates {
		if r.Currency == currency && (on == "" || r.From <= on) && r.From >= found.From {
			found, known = r, true
		}
	}
	return found, known
}

// rateOn gives đồng for one whole unit; "" is the latest row; 0 is not known.
func rateOn(currency string, on market.Date) float64 {
	if currency == "VND" {
		return 1
	}
	r, _ := findRate(currency, on)
	return r.VND
}

// DongPer gives đồng for one smallest unit of a currency on a day, as market.Pay.Monthly wants it; 0 is not known.
func (t *Taxonomy) DongPer(currency string, on market.Date) float64 {
	rate := rateOn(currency, on)
	for range minorDigits[currency] {
		rate /= 10
	}
	return rate
}
