package taxonomy

import "testing"

func TestParseExperience(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Experience{
		"không yêu cầu": {0, 0, true}, "chưa có kinh nghiệm": {0, 0, true}, "1 năm": {12, 0, true}, "2 - 5 năm": {24, 60, true}, "dưới 1 năm": {0, 12, true},
		"trên 0.5 năm": {6, 0, true}, "trên 02 năm": {24, 0, true}, "lên đến 2 năm": {0, 24, true}, "Trên 5 năm": {60, 0, true}, "ít nhất 6 tháng": {6, 0, true},
		"6 tháng - 2 năm": {6, 24, true}, "từ 1 đến 2 năm": {12, 24, true}, "1 - 1 năm": {12, 12, true}, "khong yeu cau kinh nghiem": {0, 0, true},
		"10 - 3 năm": {}, "": {}, "nhiệt tình": {}, "3 năm trở lên": {36, 0, true}, "tối thiểu 2 năm": {24, 0, true},
	} {
		if got := ParseExperience(text); got != want {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

func TestParseOpenings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"cần 3 thợ hàn": 3, "tuyển 50 công nhân": 50, "Tuyển gấp 20 LĐPT": 20, "số lượng: 05 người": 5, "Số lượng tuyển: 10": 10, "(SL: 2)": 2, "5 người": 5, "12": 12,
		"cần tuyển 3 nam, 2 nữ": 5, "tuyển dụng 100 lao động phổ thông": 100, "Tuyển thợ hàn": 0, "cần 2 năm kinh nghiệm": 0, "lương 10 triệu": 0, "tuyển lái xe 5 tấn": 0, "": 0,
		"tuyen 30 cong nhan may": 30,
	} {
		if got, ok := ParseOpenings(text); got != want || ok != (want > 0) {
			t.Errorf("%q: got %d %v, want %d", text, got, ok, want)
		}
	}
}

func FuzzParseExperience(f *testing.F) {
	f.Add("2 - 5 năm")
	f.Add("cần 999999999999999999999999 thợ")
	f.Fuzz(func(t *testing.T, text string) {
		if e := ParseExperience(text); e.Min < 0 || e.Max < 0 || e.Max > 0 && e.Min > e.Max {
			t.Errorf("%q: %+v", text, e)
		}
		if n, _ := ParseOpenings(text); n < 0 {
			t.Errorf("%q: %d openings", text, n)
		}
	})
}
