package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

// TestPersonIf counts what is open to a person and what one change opens, on the counsellor's page and the person's own.
func TestPersonIf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.another("Lái xe tải")
	p.Requirements = []market.Requirement{{Kind: "certificate", ID: "gplx-c"}}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p); err != nil {
		t.Fatal(err)
	}
	_, body := s.browser(market.Counsellor).get(ifPath(peopleHome, s.worker.ID))
	for _, want := range []string{"trong 2 việc đang tuyển", "Có giấy phép lái xe hạng C", "Bắt buộc có giấy tờ mà người này chưa có", "1 việc chỉ vướng điều này"} {
		if !strings.Contains(body, want) {
			t.Errorf("the counsellor's page: no %q", want)
		}
	}
	_, body = s.browser(market.Seeker).get("/toi/viec-hop")
	for _, want := range []string{"Muốn có thêm việc hợp?", "Có giấy phép lái xe hạng C"} {
		if !strings.Contains(body, want) {
			t.Errorf("the person's own page: no %q", want)
		}
	}
}

// TestWhyNot leads from a person and a number typed to what is in the way, and lists people of one phone.
func TestWhyNot(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.another("Lái xe tải")
	p.Requirements, p.Workplaces = []market.Requirement{{Kind: "certificate", ID: "gplx-c"}}, []market.Workplace{{Province: "24"}}
	if _, err := s.s.Desk.SavePosting(t.Context(), market.SystemActor(s.centre), testNow, p); err != nil {
		t.Fatal(err)
	}
	b := s.browser(market.Counsellor)
	_, body := b.get(whyHome + "?nguoi=" + string(s.worker.ID) + "&tin=" + url.QueryEscape(p.Number))
	not := strings.Index(body, "Không gợi ý vì:")
	for _, want := range []string{"Chưa có giấy phép lái xe hạng C", "Xa hơn mức người lao động đi được"} {
		if at := strings.Index(body, want); not < 0 || at < not {
			t.Errorf("no %q under what is in the way", want)
		}
	}
	if strings.Index(body, `class="parts"`) < not {
		t.Error("the score stands before what is in the way")
	}
	if _, body = b.get(whyPath(s.worker.ID, s.posting.ID)); !strings.Contains(body, "Đủ mọi điều kiện bắt buộc") || !strings.Contains(body, "Đứng thứ 1 trong danh sách việc gợi ý") {
		t.Error("a suggested pair is not said to pass and where it stands")
	}
	if _, body = b.get(whyHome + "?nguoi=0912345678"); !strings.Contains(body, s.worker.Name) {
		t.Error("a phone does not lead to the person")
	}
	for _, typed := range []string{"0999999999", "Thử"} {
		res, body := b.get(whyHome + "?nguoi=" + url.QueryEscape(typed))
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, typed) {
			t.Errorf("%s: got %d, or what was typed is gone", typed, res.StatusCode)
		}
	}
	other := s.register("Vàng Thị Mẫu")
	other.State = market.WorkerPaused
	other.RecordedAt = testNow
	if err := s.s.Store.Apply(t.Context(), store.Put(&other)); err != nil {
		t.Fatal(err)
	}
	if _, body = b.get(whyPath(other.ID, s.posting.ID)); !strings.Contains(body, "Người này hiện không tìm việc") {
		t.Error("a paused person is not said to be")
	}
}
