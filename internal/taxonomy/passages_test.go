package taxonomy

import (
	"strings"
	"testing"
)

func TestPassages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Công ty may mặc Hồng Hà tuyển bảo vệ": {"company Công ty may mặc Hồng Hà", "duties tuyển bảo vệ"},
		"VỀ CHÚNG TÔI\nThành lập năm 2005, chuyên đồ gỗ.\nMô tả công việc:\n- Vận hành máy cưa\nYêu cầu: có sức khỏe\nQuyền lợi\n- Được đóng BHXH. Liên hệ 0912000000, nộp hồ sơ tại cổng.": {
			"company VỀ CHÚNG TÔI\nThành lập năm 2005, chuyên đồ gỗ", "duties Mô tả công việc:\n- Vận hành máy cưa", "asks Yêu cầu: có sức khỏe",
			"offers Quyền lợi\n- Được đóng BHXH", "apply Liên hệ 0912000000, nộp hồ sơ tại cổng",
		},
		"Cần 10 công nhân may. Lương 8tr. Biết việc càng tốt.": {"duties Cần 10 công nhân may", "offers Lương 8tr", "asks Biết việc càng tốt"},
		"Chúng tôi là đơn vị chuyên sản xuất giày da.":         {"company Chúng tôi là đơn vị chuyên sản xuất giày da"},
		"":    nil,
		" .,": nil,
	} {
		var got []string
		for _, p := range Default().Passages(text) {
			got = append(got, p.Kind+" "+text[p.Start:p.End])
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q:\n got %q,\nwant %q", text, got, want)
		}
	}
}

func BenchmarkPassages(b *testing.B) {
	ads, size := adTexts(b), 0
	for _, ad := range ads {
		size += len(ad)
	}
	Default()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var found []Passage
	for b.Loop() {
		for _, ad := range ads {
			found = Default().AppendPassages(found[:0], ad)
		}
	}
}
