package files

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"noiviec/internal/market"
)

// ReportHead is what stands around the report's table in an official paper.
type ReportHead struct {
	Parent   string // the body above: "Sở Nội vụ tỉnh Điện Biên"
	Centre   string // who reports
	Number   string // of the paper, "" leaves room to write it
	Place    string // where it is signed
	On       market.Date
	Preparer string // names under the two signatures, "" leaves room
	Director string
}

// ReportXLSX writes the monthly report in the layout of an administrative paper (Decree 30/2020/NĐ-CP): bodies
// and motto on top, number, place and date, title, table with the period before and this one, and the two
// signatures. Figures are numbers, so that a reader may add to them.
func ReportXLSX(w io.Writer, report market.MonthReport, head ReportHead, labels Labels) error {
	book := excelize.NewFile()
	defer book.Close()
	s := sheet{book: book, name: labels.or("report.sheet", "report"), labels: labels}
	if err := book.SetSheetName("Sheet1", s.name); err != nil {
		return err
	}
	s.styles()
	s.letterhead(report, head)
	s.lines(report)
	s.signatures(head)
	s.page()
	if s.err != nil {
		return fmt.Errorf("write report: %w", s.err)
	}
	return book.Write(w)
}

// sheet writes cells and keeps the first error.
type sheet struct {
	book   *excelize.File
	name   string
	labels Labels
	row    int
	err    error

	middle, bold, title, italic, cell, figure, heading, total, totalFigure int
}

func (s *sheet) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheet) style(st excelize.Style) int {
	if st.Font == nil {
		st.Font = &excelize.Font{}
	}
	st.Font.Family = "Times New Roman"
	if st.Font.Size == 0 {
		st.Font.Size = 12
	}
	id, err := s.book.NewStyle(&st)
	s.do(err)
	return id
}

func (s *sheet) styles() {
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	box := []excelize.Border{{Type: "left", Color: "000000", Style: 1}, {Type: "right", Color: "000000", Style: 1}, {Type: "top", Color: "000000", Style: 1}, {Type: "bottom", Color: "000000", Style: 1}}
	bold := func() *excelize.Font { return &excelize.Font{Bold: true} }
	s.middle = s.style(excelize.Style{Alignment: centre})
	s.bold = s.style(excelize.Style{Alignment: centre, Font: bold()})
	s.title = s.style(excelize.Style{Alignment: centre, Font: &excelize.Font{Bold: true, Size: 14}})
	s.italic = s.style(excelize.Style{Alignment: centre, Font: &excelize.Font{Italic: true}})
	s.cell = s.style(excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}, Border: box})
	s.figure = s.style(excelize.Style{Border: box, NumFmt: 3})
	s.heading = s.style(excelize.Style{Alignment: centre, Border: box, Font: bold()})
	s.total = s.style(excelize.Style{Border: box, Font: bold()})
	s.totalFigure = s.style(excelize.Style{Border: box, NumFmt: 3, Font: bold()})
}

// span writes one text over several columns of the current row.
func (s *sheet) span(from, to, text string, style int) {
	at, end := from+strconv.Itoa(s.row), to+strconv.Itoa(s.row)
	s.do(s.book.SetCellStr(s.name, at, text))
	s.do(s.book.SetCellStyle(s.name, at, end, style))
	if from != to {
		s.do(s.book.MergeCell(s.name, at, end))
	}
}

func (s *sheet) letterhead(report market.MonthReport, head ReportHead) {
	l := s.labels
	s.row = 1
	s.span("A", "C", head.Parent, s.middle)
	s.span("E", "I", l.or("report.state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), s.bold)
	s.row = 2
	s.span("A", "C", head.Centre, s.bold)
	s.span("E", "I", l.or("report.motto", "Độc lập - Tự do - Hạnh phúc"), s.bold)
	s.row = 3
	s.span("A", "C", l.or("report.number", "Số:")+" "+orElse(head.Number, "        /BC"), s.middle)
	s.span("E", "I", s.placeAndDate(head), s.italic)
	s.row = 5
	s.span("A", "I", l.or("report.title", "BÁO CÁO"), s.title)
	s.row = 6
	s.span("A", "I", l.or("report.period", "Tháng")+" "+report.Month.String(), s.italic)
}

func (s *sheet) placeAndDate(head ReportHead) string {
	day, month, year := "…", "…", "…"
	if head.On.Whole() {
		day, month, year = string(head.On[8:10]), string(head.On[5:7]), string(head.On[:4])
	}
	l := s.labels
	return fmt.Sprintf("%s, %s %s %s %s %s %s", head.Place, l.or("report.day", "ngày"), day, l.or("report.month_word", "tháng"), month, l.or("report.year", "năm"), year)
}

// lines writes the table: a line an indicator, then its lines, its total last.
func (s *sheet) lines(report market.MonthReport) {
	s.row = 8
	for i, key := range []string{"order", "line", "previous", "declared", "evidenced", "month", "cumulative", "plan_year", "percent"} {
		s.span(column9[i], column9[i], s.labels.or("report."+key, key), s.heading)
	}
	s.do(s.book.SetRowHeight(s.name, s.row, 48))
	order := 0
	for i, l := range report.Lines {
		s.row++
		if i == 0 || l.Indicator != report.Lines[i-1].Indicator {
			s.span("A", "I", s.labels.or("indicator."+l.Indicator, l.Indicator), s.total)
			s.row++
			order = 0
		}
		order++
		text, figure := s.cell, s.figure
		if l.Line == market.Total {
			text, figure = s.total, s.totalFigure
			s.span("A", "A", "", text)
		} else {
			s.span("A", "A", strconv.Itoa(order), text)
		}
		s.span("B", "B", s.labels.line(l), text)
		for j, n := range []int{l.Previous, l.Declared, l.Evidenced, l.Month, l.Cumulative} {
			s.number(column9[j+2], float64(n), true, figure)
		}
		s.number("H", float64(l.Plan), l.HasPlan, figure)
		percent := 0.0
		if l.Percent != nil {
			percent, _ = strconv.ParseFloat(l.PercentText(), 64)
		}
		s.number("I", percent, l.Percent != nil, text)
	}
}

var column9 = []string{"A", "B", "C", "D", "E", "F", "G", "H", "I"}

func (s *sheet) number(column string, n float64, known bool, style int) {
	at := column + strconv.Itoa(s.row)
	if known {
		s.do(s.book.SetCellFloat(s.name, at, n, -1, 64))
	}
	s.do(s.book.SetCellStyle(s.name, at, at, style))
}

func (s *sheet) signatures(head ReportHead) {
	s.row += 2
	s.span("A", "C", s.labels.or("report.preparer", "NGƯỜI LẬP BIỂU"), s.bold)
	s.span("F", "I", s.labels.or("report.director", "GIÁM ĐỐC"), s.bold)
	s.row++
	s.span("A", "C", s.labels.or("report.sign", "(Ký, ghi rõ họ tên)"), s.italic)
	s.span("F", "I", s.labels.or("report.seal", "(Ký, đóng dấu)"), s.italic)
	s.row += 4
	s.span("A", "C", head.Preparer, s.bold)
	s.span("F", "I", head.Director, s.bold)
}

// page makes the sheet fit one landscape A4 page in width.
func (s *sheet) page() {
	for i, width := range []float64{6, 46, 12, 12, 14, 12, 12, 14, 12} {
		s.do(s.book.SetColWidth(s.name, column9[i], column9[i], width))
	}
	landscape, a4, one, zero, fit := "landscape", 9, 1, 0, true
	s.do(s.book.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &zero}))
	s.do(s.book.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}
