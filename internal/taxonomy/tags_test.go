package taxonomy

import (
	"fmt"
	"slices"
	"testing"

	"noiviec/internal/market"
)

// said writes a tag as the tests name it.
func said(t market.Tag) string {
	s := t.Kind
	if t.ID != "" {
		s += " " + t.ID
	}
	if t.Level != "" {
		s += "/" + t.Level
	}
	if t.Min > 0 || t.Max > 0 {
		s += fmt.Sprintf(" %d-%d", t.Min, t.Max)
	}
	return s
}

func TestTags(t *testing.T) {
	t.Parallel()
	cases := []struct {
		title, text string
		want, not   []string
	}{
		{"Công ty may mặc Hồng Hà tuyển bảo vệ", "", []string{"skill bao-ve", "occupation 5401"}, []string{"skill may-cn", "skill may-do"}},
		{"Bảo vệ công ty may Hồng Hà", "", []string{"skill bao-ve"}, []string{"skill may-cn"}},
		{"Công nhân nhà máy dệt may", "", []string{"occupation 9329"}, nil},
		{"Tuyển dụng", "Về chúng tôi: công ty chuyên sản xuất cửa sắt, hàn xì.\nYêu cầu:\n- Có bằng lái xe hạng C, biết tiếng Hàn TOPIK 3, 2 năm kinh nghiệm",
			[]string{"certificate gplx-c", "language ko", "certificate topik/3", "experience 24-0"}, []string{"skill han", "skill sat-dan-dung"}},
		{"Nhân viên tư vấn bảo hiểm y tế", "Tư vấn bảo hiểm xã hội cho khách hàng.", nil, []string{"benefit insurance"}},
		{"Công nhân may", "Được đóng BHXH, bao 2 bữa/ngày, có KTX, xe đưa đón. Lương 8-10 triệu/tháng + phụ cấp 500k. Làm 2 ca.",
			[]string{"benefit insurance", "meals 2-2", "benefit dormitory", "benefit bus", "pay 8000000-10000000", "shift two_shifts"}, nil},
		{"Cần 3 thợ hàn lương 12tr", "", []string{"openings 3-3", "pay 12000000-12000000", "skill han"}, nil},
		{"Tuyển 50 công nhân", "", []string{"openings 50-50"}, nil},
		{"Thợ điện", "Tuyển 3 nam, 2 nữ. Yêu cầu 3 năm kinh nghiệm.", []string{"openings 5-5", "experience 36-0"}, []string{"openings 3-3"}},
		{"Thợ điện", "Cần 3 năm kinh nghiệm, tuổi từ 18. Liên hệ 0988 123 456.", []string{"experience 36-0"}, []string{"openings 3-3", "openings 18-18", "openings 988-988", "openings 123-123"}},
		{"Thợ điện", "Số lượng: 05 người", []string{"openings 5-5"}, nil},
		{"Phục vụ", "Không yêu cầu bằng lái xe hạng B2. Chưa biết may sẽ được đào tạo.", nil, []string{"certificate gplx-b", "skill may-cn"}},
		{"Lái xe", "Công ty có 20 năm kinh nghiệm trong ngành vận tải.", nil, []string{"experience 240-0"}},
		{"Bán hàng", "Không cần kinh nghiệm, làm việc tại huyện Tuần Giáo.", []string{"experience none", "place 099"}, nil},
		{"Kỹ sư an toàn lao động", "Điều tra tai nạn lao động.", nil, []string{"language lo", "language tai"}},
		{"Gia sư", "Dạy trực tuyến 1 kèm 1, nhóm 5 người. Quản lý 10-15 nhân viên.", nil, []string{"openings 1-1", "openings 5-5", "openings 15-15", "openings 25-25"}},
		{"Tuyển dụng tháng 5: giáo viên", "Số lượng: 01 Nam + 01 Nữ. Đào tạo nhân viên cơ sở (25 người).", []string{"openings 2-2"}, []string{"openings 5-5", "openings 25-25", "openings 1-1"}},
		{"Giáo viên", "Quản lý lớp IELTS. Vận chuyển hàng hóa bằng container.\nYêu cầu: IELTS 6.5", []string{"certificate ielts/6.5"}, []string{"certificate ielts", "certificate gplx-ce"}},
		{"Tuyển 2-3 phụ bếp", "", []string{"openings 3-3"}, []string{"openings 5-5"}},
		{"Video editor (Nghỉ thứ 7, CN)", "", nil, []string{"openings 7-7"}},
		{"Kế toán", "Thực hiện các nghiệp vụ BHXH, BHYT, BHTN. Báo cáo kế toán trưởng.", nil, []string{"benefit insurance", "certificate cc-ktt"}},
		{"Bảo vệ", "Yêu cầu: có chứng chỉ PCCC.", []string{"certificate cc-pccc"}, nil},
		{"Giám sát upto 18tr _ Hải Phòng", "", []string{"pay 0-18000000"}, nil},
		{"Giao hàng [Hà Nam - Ninh Bình]", "", []string{"place 35"}, []string{"place ha-nam-ninh"}},
		{"Kinh doanh", "Doanh thu 500 triệu/tháng. Thưởng tết 2 triệu.", nil, []string{"pay 500000000-500000000", "pay 2000000-2000000"}},
	}
	for _, c := range cases {
		tags := Default().Tags(c.title, c.text)
		var got []string
		for _, tag := range tags {
			got = append(got, said(tag))
		}
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q, %q: got %q, want %s", c.title, c.text, got, want)
			}
		}
		for _, not := range c.not {
			if slices.Contains(got, not) {
				t.Errorf("%q, %q: got %q, want no %s", c.title, c.text, got, not)
			}
		}
		checkTags(t, c.title, c.text, tags)
	}
}

// checkTags makes sure that a posting may keep the tags.
func checkTags(t *testing.T, title, text string, tags []market.Tag) {
	t.Helper()
	p := market.Posting{Title: title, Text: text, Openings: 1, Tags: tags}
	for _, problem := range market.Problems(p.Validate(Default())) {
		if problem.Field == "tags" {
			t.Errorf("%q, %q: %v", title, text, problem)
		}
	}
}

func FuzzTags(f *testing.F) {
	f.Add("Cần 3 thợ hàn", "Lương 8-10 triệu, bao 2 bữa, 2 năm kinh nghiệm.\nYêu cầu: bằng C")
	f.Add("Công ty may tuyển bảo vệ", "\xff\xfe 3 người; 5.000.000đ 3 3 3 nam nữ")
	f.Fuzz(func(t *testing.T, title, text string) {
		checkTags(t, Clean(title), Clean(text), Default().Tags(Clean(title), Clean(text)))
		Default().Tags(title, text)
	})
}
