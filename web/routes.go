package web

import "noiviec/internal/market"

// public marks an address that anybody may open.
const public market.Action = "public"

// route is one address: what one must be allowed to do there, and the handler. only narrows it to some
// roles where the page is about oneself. Whose document it is, the handler asks market.Can.
type route struct {
	method string
	path   string
	action market.Action
	handle func(*Server, *visit) error
	only   []market.Role
}

var (
	seekers   = []market.Role{market.Seeker}
	employers = []market.Role{market.EmployerRole}
	staff     = []market.Role{market.Counsellor, market.Administrator}
)

// routes is the table of all addresses; the application is built from it and a test walks it with every role.
func routes() []route {
	return []route{
		// anybody
		{"GET", "/", market.SearchPostings, (*Server).showSearch, nil},
		{"GET", "/viec/:id", market.ReadPosting, (*Server).showPosting, nil},
		{"GET", "/goi-y", market.SearchPostings, (*Server).suggest, nil},
		{"GET", "/nghe", market.SearchPostings, (*Server).showTiles, nil},
		{"GET", "/chon/noi", market.SearchPostings, (*Server).showPlaces, nil},
		{"POST", "/viec/:id/bao", market.ReportPosting, (*Server).reportPosting, nil},
		{"GET", "/dang-nhap", public, (*Server).showLogin, nil},
		{"POST", "/dang-nhap", public, (*Server).login, nil},
		{"POST", "/dang-xuat", public, (*Server).logout, nil},
		{"GET", "/dang-ky", market.RegisterWorker, (*Server).showRegister, nil},
		{"POST", "/dang-ky", market.RegisterWorker, (*Server).register, nil},
		{"GET", "/ma-xac-nhan", public, (*Server).showEnrol, nil},
		{"POST", "/ma-xac-nhan", public, (*Server).enrol, nil},
		{"GET", "/dat-mat-khau", public, (*Server).showSetup, nil},
		{"POST", "/dat-mat-khau", public, (*Server).setUp, nil},
		{"GET", "/ngon-ngu", public, (*Server).chooseLanguage, nil},
		{"GET", "/suc-khoe", public, (*Server).health, nil},
		{"GET", "/robots.txt", public, (*Server).robots, nil},

		// job seekers: their own data
		{"GET", "/toi", market.ReadWorker, (*Server).showProfile, seekers},
		{"POST", "/toi", market.WriteWorker, (*Server).saveProfile, seekers},
		{"GET", "/toi/mo-ta", market.WriteWorker, (*Server).showDescribe, seekers},
		{"POST", "/toi/mo-ta", market.WriteWorker, (*Server).saveDescribe, seekers},
		{"POST", "/toi/mo-ta/chon", market.WriteWorker, (*Server).takeDescribed, seekers},
		{"POST", "/toi/chon", market.WriteWorker, (*Server).pickForProfile, seekers},
		{"GET", "/toi/du-lieu", market.ReadWorker, (*Server).sendOwnData, seekers},
		{"POST", "/toi/trang-thai", market.WriteWorker, (*Server).moveSelf, seekers},
		{"GET", "/toi/viec-hop", market.ReadSuggestions, (*Server).showFitting, seekers},
		{"POST", "/toi/viec-hop/:id", market.AnswerReferral, (*Server).answerFitting, seekers},
		{"POST", "/toi/dieu-chinh", market.WriteWorker, (*Server).dropOwnLearned, seekers},
		{"GET", "/toi/gioi-thieu", market.ReadReferral, (*Server).showReferrals, seekers},
		{"POST", "/toi/gioi-thieu/:id", market.AnswerReferral, (*Server).answerReferral, seekers},

		// employers: their own postings and referrals
		{"GET", "/nha-tuyen-dung", market.ReadEmployer, (*Server).showOwnPostings, employers},
		{"POST", "/nha-tuyen-dung/tin/:id/buoc", market.WritePosting, (*Server).moveOwnPosting, employers},
		{"GET", "/nha-tuyen-dung/tin-moi", market.WritePosting, (*Server).showNewPosting, employers},
		{"POST", "/nha-tuyen-dung/tin-moi", market.WritePosting, (*Server).saveNewPosting, employers},
		{"GET", "/nha-tuyen-dung/tin/:id", market.WritePosting, (*Server).showOwnPosting, employers},
		{"POST", "/nha-tuyen-dung/tin/:id", market.WritePosting, (*Server).saveOwnPosting, employers},
		{"GET", "/nha-tuyen-dung/tin/:id/xem-lai", market.WritePosting, (*Server).showPostingReview, employers},
		{"GET", "/nha-tuyen-dung/thong-tin", market.WriteEmployer, (*Server).showOwnEmployer, employers},
		{"POST", "/nha-tuyen-dung/thong-tin", market.WriteEmployer, (*Server).saveOwnEmployer, employers},
		{"GET", "/nha-tuyen-dung/gioi-thieu/:id", market.ReadReferral, (*Server).showIntroduced, employers},
		{"POST", "/nha-tuyen-dung/gioi-thieu/:id", market.ReportResult, (*Server).answerIntroduced, employers},
		{"GET", "/nha-tuyen-dung/dang-ky", market.RegisterEmployer, (*Server).showRegisterEmployer, registrants},
		{"POST", "/nha-tuyen-dung/dang-ky", market.RegisterEmployer, (*Server).registerEmployer, registrants},

		// counsellors and administrators
		{"GET", "/can-bo", market.ReviewMatches, (*Server).showToday, staff},
		{"GET", "/can-bo/ghep", market.ReviewMatches, (*Server).showReview, staff},
		{"POST", "/can-bo/ghep", market.ReviewMatches, (*Server).decideMatch, staff},
		{"POST", "/can-bo/ghep/phim", market.ReviewMatches, (*Server).switchKeys, staff},
		{"GET", "/can-bo/tin", market.CheckPosting, (*Server).showCheck, staff},
		{"GET", "/can-bo/tin/:id", market.CheckPosting, (*Server).showCheckOne, staff},
		{"POST", "/can-bo/tin/:id", market.CheckPosting, (*Server).checkPosting, staff},
		{"GET", "/can-bo/tin/:id/neu-thay-doi", market.CheckPosting, (*Server).showPostingIf, staff},
		{"GET", "/can-bo/vi-sao", market.ReviewMatches, (*Server).showWhy, staff},
		{"POST", "/can-bo/tin/:id/doc", market.CheckPosting, (*Server).decideTag, staff},
		{"GET", "/can-bo/ho-so", market.SearchWorkers, (*Server).showPeople, staff},
		{"POST", "/can-bo/ho-so", market.MoveReferral, (*Server).referPeople, staff},
		{"GET", "/can-bo/ho-so/danh-sach", market.KeepPools, (*Server).showPools, staff},
		{"POST", "/can-bo/ho-so/danh-sach", market.KeepPools, (*Server).savePool, staff},
		{"POST", "/can-bo/ho-so/danh-sach/:id/mo", market.KeepPools, (*Server).openPool, staff},
		{"POST", "/can-bo/ho-so/danh-sach/:id/xoa", market.KeepPools, (*Server).dropPool, staff},
		{"GET", "/can-bo/ho-so/moi", market.RegisterWorker, (*Server).showCaseNew, staff},
		{"POST", "/can-bo/ho-so/moi", market.RegisterWorker, (*Server).saveCaseNew, staff},
		{"GET", "/can-bo/ho-so/:id", market.ReadWorker, (*Server).showCase, staff},
		{"GET", "/can-bo/ho-so/:id/viec-lam", market.ReadWorker, (*Server).showJobsFor, staff},
		{"GET", "/can-bo/ho-so/:id/neu-thay-doi", market.ReadWorker, (*Server).showPersonIf, staff},
		{"GET", "/can-bo/ho-so/:id/sua", market.WriteWorker, (*Server).showCaseEdit, staff},
		{"POST", "/can-bo/ho-so/:id/sua", market.WriteWorker, (*Server).saveCaseEdit, staff},
		{"POST", "/can-bo/ho-so/:id/trang-thai", market.WriteWorker, (*Server).moveCase, staff},
		{"POST", "/can-bo/ho-so/:id/theo-doi", market.WriteWorker, (*Server).assignCase, staff},
		{"POST", "/can-bo/ho-so/:id/lien-he", market.WriteWorker, (*Server).addContact, staff},
		{"POST", "/can-bo/ho-so/:id/dieu-chinh", market.WriteWorker, (*Server).dropLearned, staff},
		{"POST", "/can-bo/ho-so/:id/gioi-thieu", market.MoveReferral, (*Server).referCase, staff},
		{"POST", "/can-bo/ho-so/:id/dong-y", market.WriteWorker, (*Server).consentCase, staff},
		{"GET", "/can-bo/tu-khoa", market.WriteWords, (*Server).showWords, staff},
		{"POST", "/can-bo/tu-khoa", market.WriteWords, (*Server).addWord, staff},
		{"GET", "/can-bo/tu-khoa/nghia", market.WriteWords, (*Server).showMeaning, staff},
		{"POST", "/can-bo/tu-khoa/:id/bo-qua", market.WriteWords, (*Server).moveMissed, staff},
		{"POST", "/can-bo/tu-khoa/:id/thu-hoi", market.WriteWords, (*Server).dropWord, staff},
		{"GET", "/can-bo/khoa-hoc", market.KeepCourses, (*Server).showCourses, staff},
		{"GET", "/can-bo/khoa-hoc/moi", market.KeepCourses, (*Server).showNewCourse, staff},
		{"POST", "/can-bo/khoa-hoc/moi", market.KeepCourses, (*Server).saveNewCourse, staff},
		{"GET", "/can-bo/khoa-hoc/:id", market.KeepCourses, (*Server).showCourse, staff},
		{"POST", "/can-bo/khoa-hoc/:id", market.KeepCourses, (*Server).saveStoredCourse, staff},
		{"POST", "/can-bo/khoa-hoc/:id/buoc", market.KeepCourses, (*Server).moveCourse, staff},
		{"GET", "/can-bo/noi-tuyen", market.VerifyEmployer, (*Server).showFirms, staff},
		{"GET", "/can-bo/noi-tuyen/:id", market.ReadEmployer, (*Server).showFirm, staff},
		{"POST", "/can-bo/noi-tuyen/:id", market.VerifyEmployer, (*Server).moveFirm, staff},
		{"GET", "/can-bo/noi-tuyen/:id/sua", market.WriteEmployer, (*Server).showFirmEdit, staff},
		{"POST", "/can-bo/noi-tuyen/:id/sua", market.WriteEmployer, (*Server).saveFirmEdit, staff},
		{"POST", "/can-bo/noi-tuyen/:id/lien-he", market.WriteEmployer, (*Server).addFirmContact, staff},
		{"GET", "/can-bo/noi-tuyen/:id/tin-moi", market.WritePosting, (*Server).showFirmPosting, staff},
		{"POST", "/can-bo/noi-tuyen/:id/tin-moi", market.WritePosting, (*Server).saveFirmPosting, staff},
		{"GET", "/can-bo/noi-tuyen/:id/tin/:tin", market.WritePosting, (*Server).showFirmPostingEdit, staff},
		{"POST", "/can-bo/noi-tuyen/:id/tin/:tin", market.WritePosting, (*Server).saveFirmPostingEdit, staff},
		{"GET", "/can-bo/gioi-thieu", market.MoveReferral, (*Server).showReferralList, staff},
		{"GET", "/can-bo/gioi-thieu/:id", market.MoveReferral, (*Server).showReferral, staff},
		{"POST", "/can-bo/gioi-thieu/:id", market.MoveReferral, (*Server).moveReferral, staff},
		{"GET", "/can-bo/gioi-thieu/:id/phieu", market.MoveReferral, (*Server).printSlip, staff},
		{"GET", "/can-bo/bao-cao", market.ReadReport, (*Server).showReport, nil},
		{"GET", "/can-bo/khai-bao", market.DeclareResult, (*Server).showDeclaredList, nil},
		{"GET", "/can-bo/khai-bao/moi", market.DeclareResult, (*Server).showNewDeclared, nil},
		{"POST", "/can-bo/khai-bao/moi", market.DeclareResult, (*Server).saveNewDeclared, nil},
		{"GET", "/can-bo/khai-bao/:id", market.DeclareResult, (*Server).showDeclared, nil},
		{"POST", "/can-bo/khai-bao/:id", market.DeclareResult, (*Server).correctDeclared, nil},
		{"POST", "/can-bo/khai-bao/:id/bo", market.DeclareResult, (*Server).voidDeclared, nil},
		{"GET", "/can-bo/tham-hoi", market.ReadPlacements, (*Server).showFollowUps, staff},
		{"POST", "/can-bo/tham-hoi/:id", market.WritePlacement, (*Server).answerFollowUp, staff},
		{"GET", "/can-bo/viec-lam", market.ReadPlacements, (*Server).showPlacements, staff},
		{"GET", "/can-bo/viec-lam/:id", market.ReadPlacements, (*Server).showPlacement, staff},
		{"POST", "/can-bo/viec-lam/:id/bo", market.WritePlacement, (*Server).voidPlacement, staff},

		// administrators
		{"GET", "/quan-tri", market.ReadRuns, (*Server).showRuns, nil},
		{"POST", "/quan-tri/chay", market.StartRun, (*Server).startRun, nil},
		{"GET", "/quan-tri/luot-chay/:id", market.ReadRuns, (*Server).showRun, nil},
		{"GET", "/quan-tri/ke-hoach", market.WritePlan, (*Server).showPlan, nil},
		{"POST", "/quan-tri/ke-hoach", market.WritePlan, (*Server).savePlan, nil},
		{"GET", "/quan-tri/tai-khoan", market.ManageAccounts, (*Server).showAccounts, nil},
		{"GET", "/quan-tri/tai-khoan/moi", market.ManageAccounts, (*Server).showNewAccount, nil},
		{"POST", "/quan-tri/tai-khoan/moi", market.ManageAccounts, (*Server).saveNewAccount, nil},
		{"GET", "/quan-tri/tai-khoan/:id", market.ManageAccounts, (*Server).showAccount, nil},
		{"POST", "/quan-tri/tai-khoan/:id", market.ManageAccounts, (*Server).saveAccount, nil},
		{"POST", "/quan-tri/tai-khoan/:id/buoc", market.ManageAccounts, (*Server).stepAccount, nil},
		{"GET", "/quan-tri/nhat-ky", market.ReadAudit, (*Server).showAudit, nil},
		{"GET", "/quan-tri/trong-so", market.WriteWeights, (*Server).showWeights, nil},
		{"GET", "/quan-tri/trong-so/:id", market.WriteWeights, (*Server).showWeightSet, nil},
		{"POST", "/quan-tri/trong-so/:id", market.WriteWeights, (*Server).decideWeights, nil},
		{"GET", "/quan-tri/cong-bang", market.ReadFairness, (*Server).showFairness, nil},
		{"GET", "/quan-tri/trung-tam", market.WriteCentre, (*Server).showCentre, nil},
		{"POST", "/quan-tri/trung-tam", market.WriteCentre, (*Server).saveCentre, nil},
	}
}
