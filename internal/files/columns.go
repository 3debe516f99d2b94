package files

import (
	"noiviec/internal/taxonomy"
)

// column is one kind of cell: its key, the headings we write, and the other names it is found under. Names
// are compared without marks, case and separators.
type column struct {
	key, vi, en string
	also        []string
}

// columns of postings, workers and placements. "row" and "error" are what an errors file adds.
var columns = []column{
	{"row", "Dòng", "row", []string{"row_number", "dòng số"}},
	{"error", "Lỗi", "error", []string{"errors", "lý do", "error_message"}},

	{"noiviec_id", "Mã nối việc", "noiviec_id", nil},
	{"id", "Mã", "id", []string{"mã tin", "mã số", "job_id", "posting_id", "ref", "reference", "external_id", "source_key"}},
	{"number", "Số hiệu", "number", []string{"số tin", "số hồ sơ"}},
	{"url", "Đường dẫn", "url", []string{"link", "địa chỉ web", "liên kết", "source_url", "job_url"}},
	{"source_name", "Nguồn", "source_name", []string{"source"}},

	{"title", "Vị trí tuyển dụng", "title", []string{"job_title", "tên công việc", "chức danh", "chức danh công việc", "vị trí", "vị trí việc làm", "tiêu đề", "tên việc", "việc cần tuyển", "vị trí cần tuyển", "tên vị trí", "position", "job", "job name", "công việc"}},
	{"employer", "Doanh nghiệp", "employer", []string{"company_name", "company", "employer_name", "tên doanh nghiệp", "công ty", "tên công ty", "người sử dụng lao động", "đơn vị", "đơn vị tuyển dụng", "nhà tuyển dụng", "tên đơn vị", "cơ sở"}},
	{"employer_id", "Mã doanh nghiệp nối việc", "employer_id", nil},
	{"place", "Nơi làm việc", "place", []string{"location", "city", "place_stated", "địa điểm", "địa điểm làm việc", "tỉnh thành", "tỉnh", "thành phố", "nơi làm", "workplace", "address", "province", "job_location", "khu vực"}},
	{"place_codes", "Mã nơi làm việc", "place_codes", nil},
	{"more_places", "Số nơi khác", "more_places", nil},
	{"pay", "Mức lương", "pay", []string{"salary", "pay_stated", "lương", "thu nhập", "mức thu nhập", "tiền lương", "wage", "lương tháng"}},
	{"pay_status", "Tình trạng lương", "pay_status", nil},
	{"pay_min", "Lương từ", "pay_min", []string{"salary_min", "min_salary", "lương tối thiểu", "mức lương tối thiểu", "mức lương thấp nhất"}},
	{"pay_max", "Lương đến", "pay_max", []string{"salary_max", "max_salary", "lương tối đa", "mức lương tối đa", "mức lương cao nhất"}},
	{"pay_currency", "Loại tiền", "pay_currency", []string{"currency", "tiền tệ"}},
	{"pay_period", "Kỳ lương", "pay_period", []string{"salary_period"}},
	{"pay_basis", "Cách tính lương", "pay_basis", []string{"hình thức trả lương"}},
	{"openings", "Số lượng", "openings", []string{"số lượng tuyển", "số người", "chỉ tiêu", "số lượng cần tuyển", "quantity", "vacancies", "headcount", "nhu cầu"}},
	{"occupation", "Mã nghề", "occupation", []string{"nghề", "mã nghề vsco", "vsco", "tên nghề", "nghề nghiệp", "occupation_code"}},
	{"requirement_codes", "Mã yêu cầu", "requirement_codes", nil},
	{"skills", "Kỹ năng", "skills", []string{"kỹ năng cần có", "skill", "tay nghề", "kỹ năng nghề"}},
	{"certificates", "Chứng chỉ", "certificates", []string{"bằng cấp chứng chỉ", "chứng chỉ nghề", "certificate", "bằng, chứng chỉ", "giấy phép"}},
	{"languages", "Ngoại ngữ", "languages", []string{"ngôn ngữ", "language", "tiếng"}},
	{"requirements", "Yêu cầu", "requirements", []string{"yêu cầu công việc", "yêu cầu ứng viên", "requirement", "yêu cầu khác", "job_requirements", "yêu cầu tuyển dụng"}},
	{"experience", "Kinh nghiệm", "experience", []string{"kinh nghiệm làm việc", "experience_stated", "yêu cầu kinh nghiệm", "số năm kinh nghiệm"}},
	{"min_months", "Số tháng kinh nghiệm", "min_months", nil},
	{"schooling", "Trình độ học vấn", "schooling", []string{"học vấn", "trình độ văn hóa", "văn hóa", "min_schooling", "trình độ phổ thông", "education"}},
	{"qualification", "Trình độ chuyên môn", "qualification", []string{"cmkt", "chuyên môn kỹ thuật", "trình độ chuyên môn kỹ thuật", "min_qualification", "trình độ cmkt"}},
	{"description", "Mô tả công việc", "description", []string{"job_description", "mô tả", "nội dung công việc", "nội dung", "chi tiết", "text"}},
	{"full_text", "Toàn văn", "full_text", nil},
	{"job_fields", "Lĩnh vực", "job_fields", []string{"ngành nghề", "ngành", "industry", "fields", "lĩnh vực hoạt động"}},
	{"tags", "Từ khóa", "tags", []string{"career_tags", "keywords", "thẻ"}},
	{"job_type", "Hình thức làm việc", "job_type", []string{"loại hình", "loại hình làm việc", "employment_type", "hình thức"}},
	{"position_level", "Cấp bậc", "position_level", []string{"level", "chức vụ"}},
	{"benefits", "Quyền lợi", "benefits", []string{"phúc lợi", "chế độ", "quyền lợi được hưởng", "chế độ đãi ngộ"}},
	{"benefit_codes", "Mã quyền lợi", "benefit_codes", nil},
	{"meals_per_day", "Số bữa ăn", "meals_per_day", nil},
	{"shift", "Ca làm việc", "shift", []string{"thời gian làm việc", "giờ làm việc", "ca", "working_time"}},
	{"contract_type", "Loại hợp đồng", "contract_type", []string{"hợp đồng", "loại hợp đồng lao động"}},
	{"condition_codes", "Mã điều kiện làm việc", "condition_codes", nil},
	{"channel", "Kênh", "channel", nil},
	{"start_on", "Ngày bắt đầu", "start_on", []string{"ngày đi làm", "start_date"}},
	{"deadline", "Hạn nộp", "deadline", []string{"hạn nộp hồ sơ", "hạn", "ngày hết hạn", "hạn tuyển", "thời hạn", "expires", "valid_through", "hạn chót"}},
	{"state", "Trạng thái", "state", []string{"tình trạng", "status"}},

	{"name", "Họ và tên", "name", []string{"họ tên", "tên", "người lao động", "full_name", "họ tên người lao động", "họ, tên", "họ và tên người lao động", "tên người lao động"}},
	{"born", "Ngày sinh", "born", []string{"năm sinh", "ngày tháng năm sinh", "sinh năm", "birth_date", "date_of_birth", "dob", "birth year", "ngày, tháng, năm sinh"}},
	{"sex", "Giới tính", "sex", []string{"gender", "nam/nữ", "giới"}},
	{"ethnicity", "Dân tộc", "ethnicity", []string{"ethnic group", "ethnic"}},
	{"phones", "Điện thoại", "phones", []string{"số điện thoại", "sđt", "đt", "phone", "mobile", "di động", "số đt", "điện thoại liên hệ"}},
	{"citizen_id", "Số CCCD", "citizen_id", []string{"cccd", "cmnd", "số cmnd", "số định danh", "số căn cước", "căn cước", "căn cước công dân", "cmnd/cccd", "cccd/cmnd", "số cccd/cmnd", "số định danh cá nhân"}},
	{"commune", "Xã, phường", "commune", []string{"xã", "phường", "xã/phường", "phường/xã", "địa chỉ", "nơi ở", "nơi ở hiện nay", "địa chỉ thường trú", "nơi cư trú", "hộ khẩu", "hộ khẩu thường trú", "commune_name", "chỗ ở hiện nay"}},
	{"hamlet", "Thôn, bản", "hamlet", []string{"thôn", "bản", "tổ dân phố", "thôn/bản", "tổ", "village"}},
	{"home_province", "Tỉnh thường trú", "home_province", []string{"tỉnh nơi ở"}},
	{"training_field", "Chuyên ngành", "training_field", []string{"ngành đào tạo", "lĩnh vực đào tạo", "chuyên ngành đào tạo"}},
	{"skill_codes", "Mã kỹ năng", "skill_codes", nil},
	{"certificate_codes", "Mã chứng chỉ", "certificate_codes", nil},
	{"wish", "Việc muốn làm", "wish", []string{"nguyện vọng", "công việc mong muốn", "việc làm mong muốn", "nhu cầu việc làm", "vị trí mong muốn", "wish_1", "nguyện vọng 1", "desired job"}},
	{"wish2", "Việc muốn làm thứ hai", "wish2", []string{"nguyện vọng 2", "wish_2"}},
	{"wish_place", "Nơi muốn làm", "wish_place", []string{"nơi làm việc mong muốn", "địa điểm mong muốn", "nơi mong muốn", "desired place"}},
	{"wish_pay", "Lương mong muốn", "wish_pay", []string{"mức lương mong muốn", "thu nhập mong muốn", "desired pay"}},
	{"mobility", "Có thể đi", "mobility", []string{"phạm vi", "khả năng di chuyển"}},
	{"priority", "Đối tượng ưu tiên", "priority", []string{"đối tượng", "ưu tiên", "diện ưu tiên"}},
	{"needs", "Nhu cầu hỗ trợ", "needs", []string{"cần hỗ trợ"}},
	{"about", "Giới thiệu", "about", []string{"ghi chú", "note", "notes", "tự giới thiệu", "kinh nghiệm, nghề đã làm"}},
	{"consent", "Đồng ý cung cấp thông tin", "consent", []string{"đồng ý", "sự đồng ý", "đồng ý xử lý dữ liệu", "consent given", "chấp thuận"}},
	{"consent_on", "Ngày đồng ý", "consent_on", []string{"consent_date", "ngày ký đồng ý"}},
	{"consent_document", "Văn bản đồng ý", "consent_document", []string{"số phiếu", "phiếu đồng ý", "consent document", "số văn bản đồng ý"}},

	{"worker_id", "Mã người lao động nối việc", "worker_id", nil},
	{"posting_ref", "Mã tin nối việc", "posting_ref", nil},
	{"evidence", "Bằng chứng", "evidence", nil},
	{"month", "Tháng báo cáo", "month", nil},
	{"left_on", "Ngày nghỉ việc", "left_on", nil},
	{"follow_up", "Theo dõi", "follow_up", nil},
}

// columnByName finds a column's key by any folded name of it.
var columnByName = func() map[string]string {
	out := map[string]string{}
	for _, c := range columns {
		for _, name := range append([]string{c.key, c.vi, c.en}, c.also...) {
			if fold := taxonomy.Fold(name); out[fold] == "" {
				out[fold] = c.key
			}
		}
	}
	return out
}()

// columnKey gives the key of a column name, "" when nobody knows it.
func columnKey(name string) string { return columnByName[taxonomy.Fold(name)] }

// knownColumns gives where each known column stands; of two with one key the first counts.
func knownColumns(names []string) map[string]int {
	out := make(map[string]int, len(names))
	for i, name := range names {
		if key := columnKey(name); key != "" {
			if _, twice := out[key]; !twice {
				out[key] = i
			}
		}
	}
	return out
}

// heading gives the name we write over a column in a language ("vi", else English).
func heading(key, lang string) string {
	for _, c := range columns {
		if c.key == key {
			if lang == "vi" {
				return c.vi
			}
			return c.en
		}
	}
	return key
}
