package taxonomy_test

import (
	"testing"

	"noiviec/internal/taxonomy"
)

func TestPersonName(t *testing.T) {
	t.Parallel()
	x := taxonomy.Default()
	for text, want := range map[string]bool{
		"Nguyễn Văn An": true, "nguyen van an": true, "NGUYỄN THỊ HOA": true, "Lò Thị Mai": true, "lo thi mai": true,
		"Giàng A Páo": true, "giang a pao": true, "Sùng Zắp": true, "Trần Hương": true, "tìm chị Nguyễn Hồng Nhung": true,
		"tìm anh Páo": true, "hồ sơ của Quàng Văn Xôm": true, "anh lò văn zíp thợ hàn": true, "Nguyễn Zíp": true,

		"thợ hàn": false, "lễ tân": false, "le tan": false, "zíp zắp": false, "chạy sợi": false, "osin": false, "lương cao": false,
		"luong cao": false, "dang ky": false, "giang vien": false, "quang cao": false, "quảng cáo": false, "lò hơi": false, "hồ bơi": false,
		"thạch cao": false, "vàng mã": false, "công nhân may": false, "cà phê": false, "Thái Lan": false, "Hà Giang": false, "lâm sinh": false,
		"tổng đài": false, "anh": false, "mai": false, "Nguyễn": false, "vật lý trị liệu": false, "việc cho chị em": false, "lam cong ty gan nha": false, "": false,
	} {
		if got := x.PersonName(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
