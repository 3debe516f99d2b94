package files

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"noiviec/internal/market"
	"noiviec/internal/taxonomy"
)

// slipFont is DejaVu Sans Condensed 2.37, which has all Vietnamese letters; its licence lies beside it. Only
// the letters a slip uses go into the PDF.
//
//go:embed font/DejaVuSansCondensed.ttf
var slipFont []byte

// Slip is what a referral slip says: one person, one vacancy. Empty fields are left out.
type Slip struct {
	Centre, CentreAddress, CentrePhone string

	Number   string // of the referral
	IssuedOn market.Date
	Link     string // what the QR code leads to; "" prints none

	Worker, WorkerBorn, WorkerHome, WorkerPhone string

	Employer, EmployerAddress, EmployerContact, EmployerPhone string

	Title, Workplace, Pay string

	MeetAt     time.Time // zero when no meeting is agreed
	MeetPlace  string
	Note       string
	Counsellor string
	AnswerBy   market.Date // when the employer's answer is due
}

// A5 upright, in millimetres.
const (
	slipWidth  = 148.0
	slipHeight = 210.0
	slipMargin = 10.0
	slipQR     = 26.0
	slipCut    = 146.0 // where the reply is torn off
)

// SlipPDF writes one slip: A5, black and white, the letters embedded, and at its foot the reply that the employer
// fills in and sends back. The same slip gives the same bytes. Labels give the printed words ("slip.title").
func SlipPDF(w io.Writer, s Slip, labels Labels) error { return SlipsPDF(w, []Slip{s}, labels) }

// SlipsPDF writes several slips, a page each, for a group that is sent together.
func SlipsPDF(w io.Writer, slips []Slip, labels Labels) error {
	pdf := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: fpdf.SizeType{Wd: slipWidth, Ht: slipHeight}})
	pdf.SetMargins(slipMargin, slipMargin, slipMargin)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	pdf.AddUTF8FontFromBytes("slip", "", slipFont)
	pdf.SetTitle(labels.or("slip.title", "Phiếu giới thiệu việc làm"), true)
	pdf.SetLang("vi")
	for i, s := range slips {
		pdf.SetCreationDate(s.IssuedOn.Time())
		pdf.SetModificationDate(s.IssuedOn.Time())
		p := slipPage{pdf: pdf, slip: s, labels: labels}
		p.draw(fmt.Sprintf("qr%d", i))
	}
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("write slip: %w", err)
	}
	return nil
}

// slipPage draws one page from top to bottom.
type slipPage struct {
	pdf    *fpdf.Fpdf
	slip   Slip
	labels Labels
}

func (p *slipPage) draw(picture string) {
	p.pdf.AddPage()
	p.head(picture)
	p.body()
	p.reply()
}

// say gives a printed word.
func (p *slipPage) say(key, vi string) string { return printable(p.labels.or("slip."+key, vi)) }

// printable keeps what the font's table can hold: composed letters of the first plane.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return -1
		}
		return r
	}, taxonomy.CleanLine(text))
}

func (p *slipPage) head(picture string) {
	s := p.slip
	room := slipWidth - 2*slipMargin
	if s.Link != "" {
		room -= slipQR + 2
		p.qr(picture)
	}
	p.line(10.5, room, strings.ToUpper(printable(s.Centre)))
	p.line(7.5, room, joined(" · ", s.CentreAddress, s.CentrePhone))
	p.pdf.Ln(3)
	p.line(14, room, p.say("title", "PHIẾU GIỚI THIỆU VIỆC LÀM"))
	p.line(9, room, joined(" · ", p.say("number", "Số")+": "+s.Number, p.say("issued", "Ngày")+": "+s.IssuedOn.String()))
	p.pdf.SetY(max(p.pdf.GetY(), slipMargin+slipQR) + 1)
	p.rule()
}

func (p *slipPage) qr(name string) {
	png, err := qrPNG(p.slip.Link)
	if err != nil {
		p.pdf.SetError(err)
		return
	}
	options := fpdf.ImageOptions{ImageType: "png"}
	p.pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(png))
	p.pdf.ImageOptions(name, slipWidth-slipMargin-slipQR, slipMargin-1, slipQR, slipQR, false, options, 0, "")
}

func (p *slipPage) body() {
	s := p.slip
	p.section(p.say("worker", "Người lao động"))
	p.field(p.say("name", "Họ và tên"), s.Worker, 11)
	p.field(p.say("born", "Sinh"), s.WorkerBorn, 9)
	p.field(p.say("home", "Nơi ở"), s.WorkerHome, 9)
	p.field(p.say("phone", "Điện thoại"), s.WorkerPhone, 9)
	p.section(p.say("employer", "Giới thiệu đến"))
	p.field(p.say("employer_name", "Đơn vị"), s.Employer, 11)
	p.field(p.say("address", "Địa chỉ"), s.EmployerAddress, 9)
	p.field(p.say("contact", "Gặp"), joined(" · ", s.EmployerContact, s.EmployerPhone), 9)
	p.section(p.say("job", "Việc làm"))
	p.field(p.say("job_title", "Vị trí"), s.Title, 11)
	p.field(p.say("workplace", "Nơi làm việc"), s.Workplace, 9)
	p.field(p.say("pay", "Mức lương"), s.Pay, 9)
	if !s.MeetAt.IsZero() || s.MeetPlace != "" {
		at := ""
		if !s.MeetAt.IsZero() {
			at = s.MeetAt.In(market.Zone).Format("15:04 02/01/2006")
		}
		p.field(p.say("meeting", "Hẹn phỏng vấn"), joined(" · ", at, s.MeetPlace), 10)
	}
	p.field(p.say("note", "Ghi chú"), s.Note, 9)
	p.field(p.say("counsellor", "Cán bộ tư vấn"), s.Counsellor, 9)
}

// reply is the part that the employer fills in, below the line where it is torn off.
func (p *slipPage) reply() {
	s := p.slip
	p.pdf.SetDashPattern([]float64{1.5, 1.5}, 0)
	p.pdf.Line(slipMargin, slipCut, slipWidth-slipMargin, slipCut)
	p.pdf.SetDashPattern(nil, 0)
	p.pdf.SetY(slipCut + 2)
	room := slipWidth - 2*slipMargin
	p.line(11, room, joined(" · ", p.say("reply", "PHIẾU TRẢ LỜI CỦA ĐƠN VỊ"), p.say("number", "Số")+": "+s.Number))
	p.line(8.5, room, joined(" · ", s.Worker, s.Title))
	if s.AnswerBy != "" {
		p.line(8.5, room, p.say("answer_by", "Đề nghị trả lời trước ngày")+" "+s.AnswerBy.String())
	}
	p.pdf.Ln(2)
	p.box(p.say("hired", "Nhận, đi làm từ ngày: ……………………………………"))
	p.box(p.say("refused", "Không nhận, lý do: ………………………………………………………"))
	p.box(p.say("absent", "Người lao động không đến"))
	p.pdf.Ln(2)
	p.pdf.SetX(slipWidth / 2)
	p.pdf.SetFontSize(9)
	p.pdf.CellFormat(slipWidth/2-slipMargin, 5, p.say("sign", "Đại diện đơn vị (ký, ghi rõ họ tên)"), "", 1, "C", false, 0, "")
}

// box writes one answer with a square to tick.
func (p *slipPage) box(words string) {
	p.pdf.SetFontSize(9.5)
	y := p.pdf.GetY()
	p.pdf.Rect(slipMargin, y+1.2, 3.6, 3.6, "D")
	p.pdf.SetX(slipMargin + 6)
	p.pdf.CellFormat(slipWidth-2*slipMargin-6, 6, words, "", 1, "L", false, 0, "")
}

func (p *slipPage) section(words string) {
	p.pdf.Ln(1.5)
	p.line(8, slipWidth-2*slipMargin, strings.ToUpper(words))
}

// field writes a label and its text, broken over at most three lines; an empty one is not written.
func (p *slipPage) field(label, value string, size float64) {
	value = printable(value)
	if value == "" || p.pdf.GetY() > slipCut-5 {
		return
	}
	const labelWidth = 30.0
	p.pdf.SetFont("slip", "", 8)
	p.pdf.CellFormat(labelWidth, size/2, label, "", 0, "L", false, 0, "")
	p.pdf.SetFont("slip", "", size)
	lines := p.fit(value, slipWidth-2*slipMargin-labelWidth, 3)
	for _, l := range lines {
		p.pdf.SetX(slipMargin + labelWidth)
		p.pdf.CellFormat(0, size/2, l, "", 1, "L", false, 0, "")
	}
}

// line writes text over the given width, at most two lines.
func (p *slipPage) line(size, room float64, words string) {
	p.pdf.SetFont("slip", "", size)
	for _, l := range p.fit(printable(words), room, 2) {
		p.pdf.CellFormat(room, size/2, l, "", 1, "L", false, 0, "")
	}
}

// fit breaks a text at words, and inside a word that is wider than the line; what is over most lines ends in "…".
func (p *slipPage) fit(words string, room float64, most int) []string {
	room -= 2.5 // the cell's own padding
	var lines []string
	current := ""
	for _, word := range strings.Fields(words) {
		for next := strings.TrimSpace(current + " " + word); ; next = word {
			if p.pdf.GetStringWidth(next) <= room {
				current = next
				break
			}
			if current != "" {
				lines, current = append(lines, current), ""
				continue
			}
			head, rest := p.split(word, room)
			lines, word = append(lines, head), rest
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = strings.TrimRight(lines[most-1], " ,.;") + "…"
	}
	return lines
}

// split cuts a word where the line ends; at least one letter goes before.
func (p *slipPage) split(word string, room float64) (head, rest string) {
	for i := range word {
		if i > 0 && p.pdf.GetStringWidth(word[:i]) > room {
			return head, word[len(head):]
		}
		if i > 0 {
			head = word[:i]
		}
	}
	return word, ""
}

func (p *slipPage) rule() {
	y := p.pdf.GetY()
	p.pdf.Line(slipMargin, y, slipWidth-slipMargin, y)
	p.pdf.SetY(y + 1)
}

// joined writes the parts that are not empty with a separator between them.
func joined(separator string, parts ...string) string {
	var out []string
	for _, part := range parts {
		if part = printable(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, separator)
}
