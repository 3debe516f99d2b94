package web

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"noiviec/internal/market"
	"noiviec/internal/store"
)

var jobData = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// TestJobPostingData holds the page's data against what search engines ask of a JobPosting, and against carrying
// anybody's name or number.
func TestJobPostingData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	employer := s.employer
	employer.Contact, employer.Phone = "Nguyễn Người Liên Hệ", "0987111222"
	if _, err := s.s.Desk.UpdateEmployer(t.Context(), market.SystemActor(s.centre), testNow, employer); err != nil {
		t.Fatal(err)
	}
	for _, role := range []market.Role{market.Anyone, market.Seeker} {
		_, body := s.browser(role).get(pathOf(s.posting.ID))
		found := jobData.FindStringSubmatch(body)
		if found == nil {
			t.Fatalf("%s: no data", role)
		}
		var got struct {
			Title, Description string
			DatePosted         string
			ValidThrough       string
			EmploymentType     string
			Hiring             struct{ Name string } `json:"hiringOrganization"`
			Location           []struct {
				Address struct{ AddressCountry, AddressRegion, AddressLocality string }
			} `json:"jobLocation"`
			Salary struct {
				Currency string
				Value    struct {
					MinValue, MaxValue int64
					UnitText           string
				}
			} `json:"baseSalary"`
		}
		if err := json.Unmarshal([]byte(found[1]), &got); err != nil {
			t.Fatalf("%s: %v in %s", role, err, found[1])
		}
		var kinds map[string]any
		json.Unmarshal([]byte(found[1]), &kinds)
		if kinds["@type"] != "JobPosting" || kinds["@context"] != "https://schema.org/" {
			t.Errorf("got type %v in %v", kinds["@type"], kinds["@context"])
		}
		if got.Title != "Công nhân may" || !strings.HasPrefix(got.Description, "May theo chuyền.") || got.DatePosted != "2026-11-24" || got.ValidThrough != "2026-12-15T23:59:59+07:00" ||
			got.EmploymentType != "FULL_TIME" || got.Hiring.Name != s.employer.Name {
			t.Errorf("%s: got %+v", role, got)
		}
		if len(got.Location) != 1 || got.Location[0].Address.AddressCountry != "VN" || got.Location[0].Address.AddressRegion != "Tỉnh Điện Biên" {
			t.Errorf("place: got %+v", got.Location)
		}
		if got.Salary.Currency != "VND" || got.Salary.Value.MinValue != 7_800_000 || got.Salary.Value.MaxValue != 10_500_000 || got.Salary.Value.UnitText != "MONTH" {
			t.Errorf("pay: got %+v", got.Salary)
		}
		for _, never := range []string{"0987111222", "Người Liên Hệ", s.worker.Name, s.worker.Phones[0], "Người Thử"} {
			if strings.Contains(found[1], never) {
				t.Errorf("%s: the data carries %q", role, never)
			}
		}
	}
}

// TestSeekerSeesWhatComesNext walks a yes from the posting to its referral.
func TestSeekerSeesWhatComesNext(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.browser(market.Seeker)
	page, path := pathOf(s.posting.ID), "/toi/viec-hop/"+string(s.posting.ID)
	if _, body := b.get(page); !strings.Contains(body, "Bạn đã có") || !strings.Contains(body, "Chưa có, bạn vẫn đăng ký được") || strings.Count(body, `value="yes"`) != 2 {
		t.Error("the posting does not say what one has and lacks, or offers no yes")
	}
	res, _ := b.post(page, path, url.Values{"answer": {"yes"}})
	_, body := b.get(res.Header.Get("Location"))
	for _, want := range []string{"Cán bộ sẽ gọi cho bạn trong 2 ngày làm việc", "công ty chưa biết gì về bạn", "Tôi không đi được nữa", "Từ đầu đến giờ"} {
		if !strings.Contains(body, want) {
			t.Errorf("after a yes: no %q", want)
		}
	}
	if _, body = b.get(page); !strings.Contains(body, "Bạn đã chọn việc này") || strings.Contains(body, `value="yes"`) {
		t.Error("a chosen posting still asks for a yes")
	}
	found, err := store.Find[market.Referral](t.Context(), s.s.Store, store.Query{Centre: s.centre, Index: "referrals_by_worker", Equal: []any{s.worker.ID}})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("referrals: got %d, %v", len(found.Items), err)
	}
	r := found.Items[0]
	system := market.SystemActor(s.centre)
	if r, err = s.s.Desk.MoveReferral(t.Context(), system, testNow, r.ID, r.Rev, market.ReferralIntroduce, market.ReferralStep{}); err != nil {
		t.Fatal(err)
	}
	if _, err = s.s.Desk.MoveReferral(t.Context(), system, testNow, r.ID, r.Rev, market.ReferralReject, market.ReferralStep{Reason: "seats_taken"}); err != nil {
		t.Fatal(err)
	}
	if _, body = b.get("/toi/gioi-thieu"); !strings.Contains(body, "Nơi tuyển chưa nhận bạn lần này") || !strings.Contains(body, "Lý do: đã đủ người.") || strings.Contains(body, "Tôi không đi được nữa") {
		t.Error("an employer's no is not said in plain words with its reason")
	}
}

func TestPostingThatEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := s.s.Desk.MovePosting(t.Context(), market.SystemActor(s.centre), testNow, s.posting.ID, s.posting.Rev, market.PostingClose, "đủ người"); err != nil {
		t.Fatal(err)
	}
	_, body := s.browser(market.Anyone).get(pathOf(s.posting.ID))
	if !strings.Contains(body, "không còn nhận người") || strings.Contains(body, "ld+json") || strings.Contains(body, `btn go big`) {
		t.Error("a closed posting is still advertised")
	}
}
