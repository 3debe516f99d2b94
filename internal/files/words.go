package files

import (
	"strconv"
	"strings"

	"noiviec/internal/taxonomy"
)

// openingsCell reads the column of openings: a number, or words that name one ("05 người").
func openingsCell(stated string) (int, bool) {
	if n, err := strconv.Atoi(stated); err == nil && n >= 1 {
		return n, true
	}
	return taxonomy.ParseOpenings(stated)
}

// openingsIn reads how many people are wanted out of the title, else out of a short clause of the text that
// says so ("Số lượng: 05 người"). Numbers elsewhere count other things.
func openingsIn(title, text string) (int, bool) {
	if n, ok := taxonomy.ParseOpenings(title); ok {
		return n, true
	}
	for _, c := range clauses(text) {
		if len([]rune(c.words)) > 60 || !says(c.words, "so luong tuyen", "so luong can tuyen", "so luong", "can tuyen", "chi tieu") {
			continue
		}
		if n, ok := taxonomy.ParseOpenings(strings.TrimSpace(c.words)); ok {
			return n, true
		}
	}
	return 0, false
}
