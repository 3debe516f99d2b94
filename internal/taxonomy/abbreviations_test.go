package taxonomy

import "testing"

func FuzzAbbreviations(f *testing.F) {
	for _, s := range []string{"tuyển CN may, nghỉ CN", "KS-NH M&E 8tr5", "máy KD 7100", "\xff CN \xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range Default().Abbreviations(text) {
			if a.Start < 0 || a.Start >= a.End || a.End > len(text) {
				t.Errorf("%q: %+v", text, a)
			}
		}
	})
}

func TestAbbreviations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]map[string]string{
		"Tuyển CN may, nghỉ lễ":                {"CN": "công nhân"},
		"làm từ T2 đến T7, nghỉ CN":            {"T2": "thứ hai", "T7": "thứ bảy", "CN": "chủ nhật"},
		"ngân hàng CN Điện Biên cần bảo vệ":    {"CN": "chi nhánh"},
		"tuyển BV trực ca đêm":                 {"BV": "bảo vệ"},
		"hộ lý làm ở BV đa khoa":               {"BV": "bệnh viện"},
		"TN 10tr/tháng":                        {"TN": "thu nhập", "tr": "triệu đồng"},
		"đã TN THPT":                           {"TN": "tốt nghiệp", "THPT": "trung học phổ thông"},
		"lương 300k/ngày":                      {"k": "nghìn đồng"},
		"k cần bằng cấp":                       {"k": "không"},
		"biết TA":                              {"TA": "tiếng Anh"},
		"chúng ta cùng làm, ma túy, các chú ý": {},
		"KT": {"KT": ""},
	} {
		got := map[string]string{}
		for _, a := range Default().Abbreviations(text) {
			got[text[a.Start:a.End]] = a.Meaning
		}
		for short, meaning := range want {
			if g, ok := got[short]; !ok || g != meaning {
				t.Errorf("%q: got %v, want %s = %q", text, got, short, meaning)
			}
		}
		if len(want) == 0 && len(got) > 0 {
			t.Errorf("%q: got %v, want none", text, got)
		}
	}
}

// TestAbbreviatedConcepts finds concepts that are written short, in the meaning their neighbours decide.
func TestAbbreviatedConcepts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Tuyển CN may": "occupation 8153", "tuyen cn may": "occupation 8153", "NVKD BĐS": "occupation 3322", "tuyển BV trực ca đêm": "skill bao-ve",
		"k cần KN": "experience none", "nghỉ CN": "work_time sunday_off", "có KTX": "benefit dormitory", "đóng BHXH": "benefit insurance", "tuyển KS xây dựng": "occupation 2142",
	} {
		if !names(text)[want] {
			t.Errorf("%q: got %v, want %s", text, names(text), want)
		}
	}
	for text, not := range map[string]string{"làm tại BV đa khoa": "skill bao-ve", "chúng ta làm việc": "skill tieng-anh", "thuốc BV thực vật": "skill bao-ve"} {
		if names(text)[not] {
			t.Errorf("%q: got %v, want no %s", text, names(text), not)
		}
	}
}

func names(text string) map[string]bool {
	out := map[string]bool{}
	for _, c := range Default().Recognise(text) {
		out[string(c.Kind)+" "+c.ID] = true
	}
	return out
}
