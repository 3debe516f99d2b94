package taxonomy

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// adTexts gives whole texts of advertisements: the real ones when they are beside the repository, else
// invented ones.
func adTexts(t testing.TB) []string {
	t.Helper()
	shared := os.Getenv("NOIVIEC_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	lines, err := os.Open(filepath.Join(shared, "data", "real-ads", "topcv-full-text", "topcv_jobs_2025-05.jsonl"))
	if err != nil {
		return inventedAds()
	}
	defer lines.Close()
	var out []string
	scanner := bufio.NewScanner(lines)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var ad struct {
			Title        string
			Description  string `json:"job_description"`
			Requirements string
		}
		if err := json.Unmarshal(scanner.Bytes(), &ad); err != nil {
			t.Fatal(err)
		}
		out = append(out, ad.Title+"\n"+ad.Description+"\n"+ad.Requirements)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func inventedAds() []string {
	var out []string
	for _, job := range []string{"thợ hàn TIG biết tiếng Hàn", "công nhân may công nghiệp", "nhân viên bán hàng", "lái xe tải hạng C", "bảo vệ ca đêm", "kế toán tổng hợp"} {
		out = append(out, "Tuyển "+job+" làm việc tại huyện Tủa Chùa\n"+strings.Repeat("- Thực hiện công việc được phân công, phối hợp với các bộ phận liên quan để hoàn thành kế hoạch.\n"+
			"- Có bằng lái xe hạng B2, kinh nghiệm từ 2 năm trở lên, chịu khó, trung thực.\n- Lương 8 - 10 triệu, bao ăn ở, đóng BHXH đầy đủ, thưởng tháng 13.\n", 6))
	}
	return out
}

// BenchmarkRecogniseAds reads whole advertisements into one slice.
func BenchmarkRecogniseAds(b *testing.B) {
	ads := adTexts(b)
	size := 0
	for _, ad := range ads {
		size += len(ad)
	}
	Default()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var found []Concept
	for b.Loop() {
		for _, ad := range ads {
			found = Default().AppendConcepts(found[:0], ad, "")
		}
	}
	b.ReportMetric(float64(len(ads)), "ads/op")
}
