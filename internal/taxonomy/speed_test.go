package taxonomy

import (
	"strings"
	"testing"
	"time"
)

// TestNothingIsSlow reads 64 KB of what might make the readers work hardest: one endless line, repeated short
// forms, numbers, half phrases, letters taken apart, bytes that are no text. The aim is 5 ms a kilobyte for
// each reader; the limit is ten times that.
func TestNothingIsSlow(t *testing.T) {
	if raceDetector {
		t.Skip("skipped: the race detector slows it down")
	}
	const size = 64 << 10
	readers := map[string]func(string){
		"Recognise":     func(s string) { Default().RecogniseNear(s, "11") },
		"Abbreviations": func(s string) { Default().Abbreviations(s) },
		"Passages":      func(s string) { Default().Passages(s) },
		"Tags":          func(s string) { Default().Tags(s[:200], s) },
		"Describe":      func(s string) { Default().Describe(s) },
		"ParsePay":      func(s string) { ParsePay(s) },
		"ParsePlaces":   func(s string) { Default().ParsePlaces(s) },
		"Suggest":       func(s string) { Default().Suggest(SuggestQuery{Text: s}) },
	}
	for _, unit := range []string{
		"CN ", "tuyển 3 nam 2 nữ ", "hàn ", "công nhân ", "biết may ", "không ", "lương 8tr ", "N3 B2 qc ", "xã ", "huyện Điện Biên Đông ", "a\u0323\u0302 ", "\xff\xc3 ", "1 ", "kinh nghiệm 2 năm ",
		"bảo hiểm ", "TP. ", "hàn\n", "x", "phường 1 quận 1 ", "công ty tuyển ", "KT TC TN CC PC ", "'", "triệu ", "hai ", "Bắc ", "Hà Nội, ",
	} {
		text := strings.Repeat(unit, size/len(unit)+1)[:size]
		for name, read := range readers {
			best := time.Hour
			for range 2 {
				start := time.Now()
				read(text)
				best = min(best, time.Since(start))
			}
			perKB := best / 64
			if perKB > time.Millisecond {
				t.Logf("%s of %q…: %v a KB", name, unit, perKB)
			}
			if perKB > 50*time.Millisecond {
				t.Errorf("%s of %q…: %v a KB, want 5 ms and never 50", name, unit, perKB)
			}
		}
	}
}
