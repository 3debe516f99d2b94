package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// weightSet proposes a set, worse in what is named.
func (s *site) weightSet(worse ...string) market.WeightSet {
	s.t.Helper()
	set := market.WeightSet{Engine: "x", Digest: "0123456789abcdef", Body: "{}", Source: market.FromSimulator, From: "2026-08-01", To: "2026-10-31", Split: "2026-10-01", Positives: 812, Hires: 97,
		Parts:    []market.WeightChange{{Part: "occupation", Today: 20, Proposed: 16}, {Part: "pay", Today: 8, Proposed: 12}, {Part: "place", Today: 12, Proposed: 12}},
		Policies: []market.PolicyFigures{{Policy: "proposed", Recall5: 0.61, Recall10: 0.9, MRR: 0.394, Coverage: 0.98, Gini: 0.467}, {Policy: "today", Recall5: 0.58}, {Policy: "random"}, {Policy: "newest"}, {Policy: "popularity"}},
		Groups:   []market.GroupFigure{{Group: "sex:f", N: 51, Today: 0.4, Proposed: 0.41}, {Group: "commune:" + s.worker.Commune, N: 20}}, Difference: 0.031, Low: -0.008, High: 0.057, Moved: 0.229, Off: 0.002,
		Reliable: []market.ReliabilityRow{{Expected: 0.01, Observed: 0.02, N: 4226}}, Worse: worse, TodayDigest: "y"}
	set, err := s.s.Desk.ProposeWeights(s.t.Context(), market.SystemActor(s.centre), testNow, set)
	if err != nil {
		s.t.Fatal(err)
	}
	return set
}

// fairness records this month's figures.
func (s *site) fairness() {
	s.t.Helper()
	run := market.Run{Meta: market.Meta{ID: market.NewID(), Centre: s.centre, RecordedAt: testNow}, Job: "match", Started: testNow, Ended: testNow, State: market.RunDone, Engine: "1", Weights: "abc",
		Counts: map[string]int{"changed": 0, "spread.gini_percent": 41, "spread.never_shown": 7}}
	if err := s.s.Store.Apply(s.t.Context(), store.Put(&run)); err != nil {
		s.t.Fatal(err)
	}
	for i := range 7 {
		w := s.register("Sùng Thị Mẫu")
		w.Sex, w.Ethnicity = "f", "08"
		if i == 0 {
			w.Sex = "m"
		}
		if _, err := s.s.Desk.UpdateWorker(s.t.Context(), market.SystemActor(s.centre), testNow, w); err != nil {
			s.t.Fatal(err)
		}
	}
	if _, err := s.s.Desk.RecordFairness(s.t.Context(), market.SystemActor(s.centre), testNow, market.MonthOf(testNow)); err != nil {
		s.t.Fatal(err)
	}
}

func TestWeightPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Administrator)
	worse := s.weightSet("mrr", "groups")
	path := weightsPath + "/" + string(worse.ID)
	_, body := b.get(path + "?lang=vi")
	for _, want := range []string{"số liệu không phải của trung tâm", "Kém hơn bộ đang dùng về: Gần đầu danh sách (1 là luôn đứng đầu), kết quả của một nhóm người", "Nghề 20 → 16", "không duyệt được", "0,031", "−0,008"} {
		if !strings.Contains(body, want) {
			t.Errorf("a worse set: no %q", want)
		}
	}
	if strings.Contains(body, `value="approve"`) {
		t.Error("a worse set can be approved")
	}
	send := func(path, event, why string) (int, string) {
		res, body := b.post(path, path, url.Values{"event": {event}, "why": {why}})
		return res.StatusCode, body
	}
	if status, _ := send(path, "approve", "vẫn muốn"); status == http.StatusSeeOther {
		t.Error("a worse set was approved all the same")
	}
	good := s.weightSet()
	path = weightsPath + "/" + string(good.ID)
	if status, body := send(path, "approve", ""); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Ghi vì sao") {
		t.Errorf("without a reason: got %d", status)
	}
	if status, _ := send(path, "approve", "Người được nhận đứng gần đầu hơn"); status != http.StatusSeeOther {
		t.Fatalf("approve: got %d", status)
	}
	if _, body = b.get(weightsPath + "?lang=vi"); !strings.Contains(body, "“Người được nhận đứng gần đầu hơn”") || !strings.Contains(body, "không hợp với phiên bản ghép hiện nay") {
		t.Error("the page of weights does not say who approved and why, or that the set does not fit this engine")
	}
	if status, _ := send(path, "replace", "về bộ gốc"); status != http.StatusSeeOther {
		t.Errorf("put away: got %d", status)
	}
	if status, _ := send(path, "return", "thử lại"); status != http.StatusSeeOther {
		t.Errorf("return to it: got %d", status)
	}
}

func TestFairnessPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.fairness()
	b := s.browser(market.Administrator)
	_, body := b.get(fairnessPath + "?lang=vi")
	for _, want := range []string{"dưới 5", "Theo dân tộc", "Chênh lệch chưa phải là phân biệt đối xử", "0,41", "Tháng chưa hết"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if !strings.Contains(body, "ở bước: được đưa ra xem, được duyệt ghép, được giới thiệu, được nhận") || strings.Contains(body, `data-l="Được nhận"`) || !strings.Contains(body, `data-l="Đang tìm việc"`) {
		t.Error("columns that hide every figure still stand, or are not named")
	}
	res, body := b.get(fairnessPath + "?thang=2026-11&dang=csv")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv") || len(rows) < 8 {
		t.Fatalf("got %v, %d rows, %s", err, len(rows), res.Header.Get("Content-Type"))
	}
	men := ""
	for _, row := range rows {
		if row[1] == "sex" && row[2] == "m" {
			men = row[4]
		}
		for i, cell := range row[4:] {
			if strings.Trim(cell, "1234") == "" && cell != "" && row[0] != "month" {
				t.Errorf("%v: a small count is shown in column %d", row, i)
			}
		}
	}
	if men != "dưới 5 hoặc được che" {
		t.Errorf("one man: got %q", men)
	}
	department := s.users[market.Administrator]
	department.Meta, department.Login, department.Role = market.Meta{Centre: s.centre}, "thu-so", market.Department
	if _, err := s.s.Desk.SaveUser(t.Context(), market.SystemActor(s.centre), testNow, department); err != nil {
		t.Fatal(err)
	}
	d := s.browser(market.Anyone)
	d.post("/dang-nhap", "/dang-nhap", url.Values{"login": {"thu-so"}, "password": {"mat-khau-thu"}})
	if res, body := d.get(fairnessPath); res.StatusCode != 200 || !strings.Contains(body, "Theo dân tộc") {
		t.Errorf("the department: got %d", res.StatusCode)
	}
	if res, _ := d.get(weightsPath); res.StatusCode == 200 {
		t.Error("the department sees the weights")
	}
	if res, _ := s.browser(market.Counsellor).get(fairnessPath); res.StatusCode == 200 {
		t.Error("a counsellor sees the fairness page")
	}
}
