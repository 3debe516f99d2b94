package taxonomy

import (
	"strings"
	"testing"
)

func BenchmarkTags(b *testing.B) {
	ads, size := adTexts(b), 0
	ads = ads[:min(len(ads), 300)]
	for _, ad := range ads {
		size += len(ad)
	}
	Default()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, ad := range ads {
			title, text, _ := strings.Cut(ad, "\n")
			Default().Tags(title, text)
		}
	}
}

func BenchmarkAbbreviations(b *testing.B) {
	ads, size := adTexts(b), 0
	for _, ad := range ads {
		size += len(ad)
	}
	Default()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, ad := range ads {
			Default().Abbreviations(ad)
		}
	}
}
