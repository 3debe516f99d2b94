package demo

// people says how a people of the province names its children, how often one meets them there, and the code
// of the official list. The shares are rough and for the demo only.
type people struct {
	code, language   string
	share            int
	surnames         []string
	men, women       []string
	middleM, middleF string
}

var peoples = []people{
	{"03", "tai", 38, []string{"Lò", "Quàng", "Cà", "Lường", "Tòng", "Vì", "Bạc", "Điêu"}, []string{"Biên", "Chung", "Hặc", "Inh", "Ổn", "Panh", "Thoan", "Tướng"}, []string{"Én", "Hoa", "Inh", "Lả", "Ngân", "Phương", "Thơm", "Xuân"}, "Văn", "Thị"},
	{"08", "hmn", 38, []string{"Giàng", "Vừ", "Sùng", "Lầu", "Hờ", "Mùa", "Thào", "Ly", "Hạng"}, []string{"Chống", "Dế", "Páo", "Sính", "Tủa", "Vàng", "Chu", "Nhè"}, []string{"Chía", "Dua", "Mái", "Mỷ", "Pàng", "Sua", "Xua", "Dợ"}, "A", "Thị"},
	{"01", "vi", 17, []string{"Nguyễn", "Trần", "Phạm", "Lê", "Vũ", "Hoàng", "Đỗ"}, []string{"Dũng", "Hùng", "Long", "Minh", "Nam", "Sơn", "Thắng"}, []string{"Hà", "Hạnh", "Hương", "Lan", "Mai", "Thảo", "Yến"}, "Văn", "Thị"},
	{"29", "vi", 4, []string{"Lò", "Quàng", "Lường", "Moong"}, []string{"Ánh", "Bun", "Chưm", "Thoong"}, []string{"Chương", "Inh", "Phóng", "Xôm"}, "Văn", "Thị"},
	{"09", "vi", 3, []string{"Chảo", "Lý", "Phàn", "Tẩn"}, []string{"Phủ", "Sành", "Vảng", "Quẩy"}, []string{"Mẩy", "Mùi", "Nái", "Pham"}, "A", "Thị"},
}

// trade is one line of work: what it is called, which skill it is, what it pays in the province and in the
// factories elsewhere (million đồng a month), and what it asks.
type trade struct {
	title        string
	skill        string
	nice         []string
	certificate  string // asked for, "" none
	lower, upper int    // pay in the province
	away         int    // what factories elsewhere pay more; 0: the trade is not wanted there
	share        int
	benefits     []string
	shifts       []string
	months       int // of experience some ask
	duties       string
}

var trades = []trade{
	{"Công nhân may công nghiệp", "may-cn", []string{"ui-ht", "kcs"}, "", 5, 8, 4, 14, []string{"meals", "insurance", "bonus"}, []string{"day", "two_shifts"}, 0, "Ngồi máy may theo chuyền, may các công đoạn của áo và quần. Người chưa biết được dạy nghề."},
	{"Công nhân lắp ráp điện tử", "lap-rap-dt", []string{"kcs", "lam-ca"}, "", 6, 8, 4, 13, []string{"dormitory", "meals", "bus", "insurance"}, []string{"two_shifts", "three_shifts"}, 0, "Lắp linh kiện trên dây chuyền, kiểm tra bằng mắt, làm ca luân phiên."},
	{"Thợ hàn", "han", []string{"han-tig", "han-mig-mag", "doc-ban-ve"}, "the-atld-3", 8, 12, 4, 8, []string{"meals", "insurance"}, []string{"day"}, 12, "Hàn khung cửa, lan can, kết cấu thép theo bản vẽ."},
	{"Thợ xây", "tho-xay", []string{"op-lat", "cop-pha"}, "", 8, 11, 3, 8, []string{"meals", "dormitory"}, []string{"day"}, 6, "Xây tường, trát và hoàn thiện nhà ở, trường học."},
	{"Phụ hồ", "phu-ho", []string{"be-tong"}, "", 6, 8, 2, 8, []string{"meals"}, []string{"day"}, 0, "Trộn vữa, chuyển gạch và vật liệu cho thợ xây."},
	{"Công nhân chế biến cà phê", "che-bien-ca-phe", []string{"che-bien-ns"}, "kham-sk-atp", 5, 7, 0, 6, []string{"meals"}, []string{"day", "two_shifts"}, 0, "Phơi, xát và phân loại cà phê; vận hành máy sấy."},
	{"Chăm sóc vườn mắc ca", "trong-mac-ca", []string{"ghep-cay", "phun-thuoc"}, "", 5, 7, 0, 6, []string{"meals"}, []string{"day"}, 0, "Làm cỏ, bón phân, tưới và thu hoạch mắc ca."},
	{"Lái xe tải", "lai-xe-tai", []string{"boc-xep"}, "gplx-c", 9, 13, 3, 5, []string{"insurance", "meals"}, []string{"day", "flexible"}, 24, "Lái xe chở hàng trong tỉnh và đi các tỉnh, giữ xe sạch, đủ giấy tờ."},
	{"Đầu bếp", "nau-an", []string{"phu-bep"}, "cc-nau-an", 7, 11, 2, 4, []string{"meals", "dormitory"}, []string{"two_shifts"}, 12, "Nấu món ăn địa phương cho nhà hàng, khách đoàn."},
	{"Phụ bếp, rửa bát", "phu-bep", []string{"nau-an"}, "", 5, 6, 2, 4, []string{"meals"}, []string{"two_shifts", "part_time"}, 0, "Sơ chế rau thịt, rửa bát, giữ bếp sạch."},
	{"Nhân viên buồng phòng", "buong-phong", []string{"giat-la"}, "", 5, 7, 2, 4, []string{"meals", "insurance"}, []string{"day", "two_shifts"}, 0, "Dọn phòng, thay ga gối, kiểm tra đồ dùng."},
	{"Lễ tân khách sạn", "le-tan", []string{"tieng-anh", "tin-hoc-vp"}, "", 6, 8, 2, 3, []string{"insurance", "meals"}, []string{"two_shifts"}, 6, "Đón khách, nhận và trả phòng, ghi sổ trên máy tính."},
	{"Bảo vệ", "bao-ve", []string{"doc-lap"}, "gcn-bao-ve", 6, 8, 2, 4, []string{"insurance", "uniform"}, []string{"two_shifts", "night"}, 0, "Trực cổng, tuần tra, ghi sổ người và xe ra vào."},
	{"Giúp việc gia đình", "giup-viec", []string{"trong-tre", "cham-gia"}, "", 5, 8, 2, 4, []string{"meals", "dormitory"}, []string{"day", "part_time"}, 0, "Nấu cơm, dọn nhà, đón trẻ; ăn ở cùng gia đình."},
	{"Giáo viên mầm non", "gv-mam-non", []string{"giao-tiep"}, "nvsp", 6, 9, 0, 2, []string{"insurance"}, []string{"day"}, 12, "Chăm sóc và dạy trẻ 3 đến 5 tuổi."},
	{"Kế toán", "ke-toan", []string{"ke-toan-thue", "tin-hoc-vp"}, "", 7, 11, 2, 2, []string{"insurance", "bonus"}, []string{"day"}, 12, "Ghi sổ, lập hoá đơn, báo cáo thuế hằng tháng."},
	{"Thợ điện nước", "dien-nuoc", []string{"dien-dan-dung", "ong-nuoc"}, "the-at-dien", 8, 11, 3, 3, []string{"meals", "travel"}, []string{"day"}, 12, "Lắp điện, nước cho nhà ở và công trình."},
	{"Thợ sửa xe máy", "sua-xe-may", []string{"rua-xe"}, "", 6, 9, 2, 2, []string{"meals"}, []string{"day"}, 6, "Sửa máy, thay dầu, vá lốp, giao xe cho khách."},
	{"Lao động phổ thông", "ldpt", []string{"boc-xep", "dong-goi"}, "", 5, 7, 3, 8, []string{"meals", "bus"}, []string{"day", "three_shifts"}, 0, "Bốc xếp, đóng gói, dọn xưởng theo hướng dẫn của tổ trưởng."},
	{"Bán hàng", "ban-hang", []string{"thu-ngan", "giao-tiep"}, "", 5, 7, 2, 3, []string{"bonus"}, []string{"day", "part_time"}, 0, "Tư vấn và bán hàng tại cửa hàng, kiểm hàng cuối ngày."},
}

// away are the provinces whose factories recruit here, by code, and abroad the countries under contract.
var (
	away   = []string{"24", "19", "31", "33", "79"}
	abroad = []string{"JP", "KR", "TW"}
)

var (
	firmNames = []string{"Hoa Ban Mẫu", "Nậm Rốm Mẫu", "Pha Đin Mẫu", "Mường Mây Mẫu", "Nà Hoa Mẫu", "Sơn La Mẫu", "Tây Bắc Mẫu", "Bản Mây Mẫu", "Suối Xanh Mẫu", "Đồi Chè Mẫu"}
	hamlets   = []string{"Bản Nà Mẫu", "Bản Huổi Mẫu", "Bản Pú Mẫu", "Bản Co Mẫu", "Tổ dân phố Mẫu"}
)
