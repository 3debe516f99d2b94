package taxonomy

import (
	"slices"
	"strings"
)

// PersonName reports whether a text seems to hold somebody's name: a family name, "văn", "thị" or "a" and one word more
// anywhere in it; or nothing but a family name with words that people are called, or one such word after "anh", "chị"
// and their like. What is known as a skill, an occupation or a place is none: "lễ tân" is a trade, although people are
// called Lê Tân. It is made for texts that found nothing, where to take a rare word for a name does little harm.
func (t *Taxonomy) PersonName(text string) bool {
	tokens := Tokens(text)
	known := t.phraseAt(text)
	for i := range tokens {
		if i+2 < len(tokens) && families.has(tokens[i]) && onlyInNames.has(tokens[i+1]) && !known(tokens[i:i+3]) {
			return true
		}
	}
	spoken := slices.IndexFunc(tokens, func(o Token) bool { return !beforeNames.has(o) })
	if spoken < 0 {
		return false
	}
	addressed := spoken > 0 && addresses.has(tokens[spoken-1])
	tokens = tokens[spoken:]
	if len(tokens) > mostNames || known(tokens) {
		return false
	}
	called := !slices.ContainsFunc(tokens[1:], func(o Token) bool { return !givenNames.has(o) && !betweenNames.has(o) })
	if len(tokens) == 1 {
		return addressed && (givenNames.has(tokens[0]) || families.has(tokens[0]))
	}
	return families.has(tokens[0]) && called || surelyFamilies.has(tokens[0])
}

// mostNames is of how many words a name is at most.
const mostNames = 5

// phraseAt tells whether a recognised phrase of several words begins or ends within tokens of a text.
func (t *Taxonomy) phraseAt(text string) func([]Token) bool {
	concepts := t.Recognise(text)
	return func(tokens []Token) bool {
		from, to := tokens[0].Start, tokens[len(tokens)-1].End
		return slices.ContainsFunc(concepts, func(c Concept) bool {
			return c.Start < to && from < c.End && len(Tokens(text[c.Start:c.End])) > 1
		})
	}
}

// nameWords are words by their keys; one that was typed without marks may be any of them.
type nameWords struct{ exact, fold map[string]bool }

func (w nameWords) has(t Token) bool {
	if t.Marked() {
		return w.exact[t.Exact]
	}
	return w.fold[t.Fold]
}

func wordsOf(text string) nameWords {
	w := nameWords{map[string]bool{}, map[string]bool{}}
	for _, t := range Tokens(text) {
		w.exact[t.Exact], w.fold[t.Fold] = true, true
	}
	return w
}

// Words of names, from general knowledge: family names of the Kinh and of the peoples of the north-west, what stands
// between, and what people are called. Words that begin what is searched for ("lương cao", "đang tuyển") are in no list
// in which they would stand alone.
var (
	families = wordsOf(`nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng mai tô hà tạ
		châu tăng quách la thái kiều cao lưu tống đồng thạch chu nghiêm khuất doãn ninh triệu hứa đàm khổng nông hầu vi lục lương lường lò lô cà quàng tòng
		cầm bạc đèo điêu lèo lù mè hoàng vì vàng giàng sùng thào mùa hạng cháng chang lầu vừ cứ sình chảo tẩn chẻo phàn lỳ pờ khoàng mào tao hảng ly giằng
		thầu cư chớ sồng phá lừ vừng hờ vạ ma bế nùng lã mạc cù kim âu diệp văn viên từ phí thân tiêu trang ung hàn tráng lèng`)
	surelyFamilies = nameWords{
		exact: wordsOf(`nguyễn huỳnh đặng giàng sùng thào quàng tòng lường vừ tẩn`).exact,
		fold:  wordsOf(`nguyễn huỳnh`).fold,
	}
	onlyInNames  = wordsOf(`văn thị a`)
	betweenNames = wordsOf(`văn thị a hữu đức đình ngọc thanh minh quang xuân công quốc bá duy`)
	givenNames   = wordsOf(`an anh ánh bảo bắc bằng bích bình cảnh chi chiến chính chung cúc cường dân diễm diệp diệu dịu dinh dũng dung duyên dương
		đại đan đào đạt điệp định đông giang hà hải hằng hạnh hào hậu hiền hiển hiệp hiếu hoa hoà hoài hoan hoàng hoạt hồng huân huệ hùng huy huyền hương hường
		hưng hữu khải khang khánh khiêm khoa khôi kiên kiệt kim lam lâm lan lành lê lệ liên liễu linh loan lộc lợi long luân luyến lượng lưu ly lý mai mạnh mận mến mơ
		my mỹ nam nga ngà ngân nghĩa ngoan ngọc nguyên nguyệt nhã nhàn nhân nhật nhi nhung như ninh nương oanh phát phong phú phúc phước phương phượng quân
		quang quế quốc quý quyên quyền quyết quỳnh sáng sinh sơn sương tài tâm tân tấn thái thắm thắng thanh thành thảo thiện thiên thịnh thoa thơ thơm thu thuận thuỷ thuý thư
		thương tiên tiến tín toàn toản trà trâm trang trí triều trinh trọng trung trường tú tuấn tuệ tùng tuyến tuyền tuyết tươi vân vi việt vinh vũ vượng vy xuân yên yến
		páo pó dính dế dơ sử tủa chứ chua sáu súa sua nếnh lử lầu pàng páo mỷ máy mỵ dua dủ tồng thào ún ín ọi pản panh ánh phanh xôm xuyến`)
	addresses   = wordsOf(`anh chị em ông bà cô chú bác cháu`)
	beforeNames = wordsOf(strings.Join([]string{"tìm người bạn gặp tên là tôi mình hồ sơ của cần nhờ", "anh chị em ông bà cô chú bác cháu"}, " "))
)
