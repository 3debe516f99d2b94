package taxonomy

import "slices"

// WorkAbroad is the skill of somebody who may be sent to work in another country.
const WorkAbroad = "di-nuoc-ngoai"

// abroad adds that somebody goes to work in a country that stands at a token: "đi Nhật làm giàn giáo", "XKLĐ Hàn".
// Goods and tourists go there, too ("xuất khẩu đi Nhật", "du lịch đi Thái Lan").
func (r *reader) abroad(i, length int, place int32) {
	from := i
	if r.t.places.places[place].Kind != InCountry {
		return
	}
	if !r.goes(i) {
		if from--; from < 0 || r.line[i].gap&gapParted != 0 || !r.goes(from) {
			return
		}
	}
	if from > 0 && slices.Contains([]string{"khau", "lich", "hang", "ban", "chuyen", "ve", "bai"}, Fold(r.word(from-1))) {
		return
	}
	at := r.t.skills.at[WorkAbroad]
	c := Concept{Kind: SkillConcept, ID: WorkAbroad, Start: int(r.line[from].start), End: int(r.line[i+length-1].end), tokens: i + length - from}
	r.found = append(r.found, candidate{c, int32(at), true, false})
}

// goes reports whether a token says that somebody is going; before a country's name it is "đi", hardly ever "dì".
func (r *reader) goes(i int) bool {
	return slices.Contains([]string{"di", "xkld", "tts"}, Fold(r.word(i)))
}
