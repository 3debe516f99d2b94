package taxonomy

import "testing"

// TestExchangeRates holds rates to their days, and to the unit that pay is stored in.
func TestExchangeRates(t *testing.T) {
	t.Parallel()
	x := Default()
	if r, ok := x.ExchangeRate("USD", "2026-10-31"); !ok || r.From != "2025-01-01" || r.VND != 25_400 || r.Source == "" {
		t.Errorf("the last day before a new row: %+v %v, want the row before", r, ok)
	}
	if r, ok := x.ExchangeRate("USD", "2026-11-01"); !ok || r.VND != 26_000 {
		t.Errorf("the first day of a row: %+v %v", r, ok)
	}
	if _, ok := x.ExchangeRate("USD", "2024-12-31"); ok {
		t.Error("known before the first row, want unknown")
	}
	if _, ok := x.ExchangeRate("XXX", "2026-11-24"); ok {
		t.Error("a currency without rows is known")
	}
	for currency, want := range map[string]float64{"VND": 1, "USD": 260, "JPY": 170, "TWD": 8, "XXX": 0} {
		if got := x.DongPer(currency, "2026-11-24"); got != want {
			t.Errorf("one smallest unit of %s is %v đồng, want %v", currency, got, want)
		}
	}
	least, _, ok := ParsePay("28.000 - 30.000 TWD/tháng").Monthly(x.DongPer("TWD", "2026-11-24"))
	if !ok || least != 28_000*800 {
		t.Errorf("28,000 Taiwan dollars are %d đồng a month (%v), want 22,400,000", least, ok)
	}
}

// TestEveryReadCurrencyHasARate: pay in a currency without one cannot be compared, nor told from nonsense.
func TestEveryReadCurrencyHasARate(t *testing.T) {
	t.Parallel()
	for currency := range minorDigits {
		if rateOn(currency, "") == 0 {
			t.Errorf("%s has no rate", currency)
		}
	}
}
