package web

import (
	"fmt"

	"noiviec/internal/market"
)

// reportChart draws twelve months as bars: heights in pixels, places across in per cent, so that letters keep
// their size at every width.
type reportChart struct {
	Label  string
	Grid   []chartLine
	Bars   []chartBar
	Pace   []chartLine
	Months []chartMonth
}

// chartMonth is a line of the table under the chart.
type chartMonth struct {
	market.MonthFigures
	Text, Href string
}

// chartLine is a horizontal line with its figure at the left.
type chartLine struct {
	Y, TextY, From, To, Text string
}

// chartBar is one month.
type chartBar struct {
	X, Middle                                  string
	EvidencedY, Evidenced, DeclaredY, Declared string
	Month, Year                                string // the year under its first month only
	Last                                       bool
}

// The drawing's measures, in pixels: the top line, the ground line.
const chartTop, chartGround = 14.0, 262.0

func (v *visit) reportChart(months []market.MonthFigures) reportChart {
	c := reportChart{Label: v.T("monthly.chart", months[0].Month, months[len(months)-1].Month)}
	most := 0
	for _, m := range months {
		most = max(most, m.Sum(), m.Plan)
	}
	step := chartStep(most)
	height := func(n int) float64 { return float64(n) * (chartGround - chartTop) / float64(4*step) }
	px := func(y float64) string { return fmt.Sprintf("%.1f", y) }
	for i := range 5 {
		y := chartGround - height(i*step)
		c.Grid = append(c.Grid, chartLine{Y: px(y), TextY: px(y + 4), Text: v.number(int64(i * step))})
	}
	wide := 100 / float64(len(months))
	pct := func(x float64) string { return fmt.Sprintf("%.2f%%", x) }
	for i, m := range months {
		c.Months = append(c.Months, chartMonth{m, month(v.lang, m.Month), reportPath + "?thang=" + string(m.Month)})
		left, evidenced, declared := float64(i)*wide, height(m.Evidenced), height(m.Declared)
		b := chartBar{X: pct(left + wide*0.22), Middle: pct(left + wide/2), Month: fmt.Sprint(m.Month.Number()), Last: i == len(months)-1,
			EvidencedY: px(chartGround - evidenced), Evidenced: px(evidenced), DeclaredY: px(chartGround - evidenced - declared), Declared: px(declared)}
		if i == 0 || m.Month.Number() == 1 {
			b.Year = fmt.Sprint(m.Month.Year())
		}
		c.Bars = append(c.Bars, b)
		if m.Plan > 0 {
			c.pace(px(chartGround-height(m.Plan)), pct(left), pct(left+wide))
		}
	}
	return c
}

// pace goes on with the line of the month before while it is at the same height.
func (c *reportChart) pace(y, from, to string) {
	if n := len(c.Pace); n > 0 && c.Pace[n-1].Y == y && c.Pace[n-1].To == from {
		c.Pace[n-1].To = to
		return
	}
	c.Pace = append(c.Pace, chartLine{Y: y, From: from, To: to})
}

// chartStep is a round figure of which four reach as high as the highest bar.
func chartStep(most int) int {
	for step := 1; ; step *= 10 {
		for _, times := range []float64{1, 2.5, 5} {
			if n := int(float64(step) * times); n*4 >= most && float64(n) == float64(step)*times {
				return n
			}
		}
	}
}
