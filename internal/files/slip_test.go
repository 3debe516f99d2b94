package files

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var fullSlip = Slip{
	Centre: "Trung tâm Dịch vụ việc làm tỉnh Điện Biên", CentreAddress: "Số 1 phố Thử Nghiệm", CentrePhone: "0215 000 000",
	Number: "GT-2026/0001", IssuedOn: "2026-11-24", Link: "https://example.invalid/gt/abcdef",
	Worker: "Lò Thị Ước Mơ", WorkerBorn: "1999", WorkerHome: "Xã Mường Phăng", WorkerPhone: "0900000000",
	Employer: "Công ty TNHH Thử Nghiệm Giấy", EmployerAddress: "Khu công nghiệp Thử", EmployerContact: "Bà Ví Dụ",
	Title: "Thợ hàn kết cấu thép", Workplace: "Phường Điện Biên Phủ", Pay: "8 – 12 triệu đồng một tháng",
	MeetAt: time.Date(2026, 11, 26, 1, 30, 0, 0, time.UTC), MeetPlace: "Phòng tuyển dụng", Counsellor: "Quàng Văn Mẫu", AnswerBy: "2026-12-01",
}

func TestSlipPDFIsA5AndReadable(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := SlipPDF(w, fullSlip, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same slip gives different bytes")
	}
	if first.Len() > 100_000 {
		t.Errorf("the slip takes %d bytes, want at most 100,000", first.Len())
	}
	text := pdfText(t, first.Bytes())
	for _, want := range []string{"PHIẾU GIỚI THIỆU VIỆC LÀM", "GT-2026/0001", "Lò Thị Ước Mơ", "Công ty TNHH Thử Nghiệm Giấy", "Thợ hàn kết cấu thép", "8 – 12 triệu đồng một tháng", "08:30 26/11/2026", "01/12/2026", "Quàng Văn Mẫu"} {
		if !strings.Contains(text, want) {
			t.Errorf("the slip does not say %q:\n%s", want, text)
		}
	}
}

func TestSlipPDFTakesAnyText(t *testing.T) {
	t.Parallel()
	long := fullSlip
	long.Worker = strings.Repeat("A", 300)
	long.Title = strings.Repeat("thợ hàn ", 60)
	long.Note = "😀 \x00 \xff ệ " + strings.Repeat("ghi chú dài ", 200)
	long.Employer = "Công ty"
	for _, s := range []Slip{long, {}, {Link: "x"}} {
		var w bytes.Buffer
		if err := SlipPDF(&w, s, nil); err != nil {
			t.Error(err)
		}
	}
}

// pdfText reads a PDF with pdftotext, where that is installed.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if strings.Contains(os.Getenv("NOIVIEC_REQUIRE"), "pdftotext") {
			t.Fatal("pdftotext is required and not here (install poppler-utils)")
		}
		t.Skip("pdftotext is not here: the text of the slip is not checked (install poppler-utils)")
	}
	path := filepath.Join(t.TempDir(), "slip.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
