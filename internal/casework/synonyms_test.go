package casework_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
)

func (d desk) missed(state market.MissedState) []market.MissedSearch {
	d.t.Helper()
	page, err := store.Find[market.MissedSearch](d.t.Context(), d.st, store.Query{Centre: centre, Index: "missed_by_count", Equal: []any{state}, Desc: true, Limit: 1000})
	if err != nil {
		d.t.Fatal(err)
	}
	return page.Items
}

func (d desk) miss(text string, count int) {
	d.t.Helper()
	if err := d.RecordMissed(d.t.Context(), centre, t0, []casework.Missed{{Text: text, Count: count}}); err != nil {
		d.t.Fatal(err)
	}
}

func TestMissedText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"  Thợ   CHẠY sợi ":                     "thợ chạy sợi",
		"Tho\u031b\u0323 ha\u0300n":             "thợ hàn",
		"lương 8tr 12 giờ":                      "lương 8tr 12 giờ",
		strings.Repeat("á ", 60):                strings.TrimSpace(strings.Repeat("á ", 40)),
		"tìm việc 0912345678":                   "",
		"0912 345 678":                          "",
		"09-12.34/56_78":                        "",
		"+84 912 345 678 may":                   "",
		"gọi 0912 gặp a 345 nhé 678":            "",
		"０９１２３４５６７８":                            "",
		"cccd 011098001234":                     "",
		"cmnd 040123456":                        "",
		"ai@vidu.vn":                            "",
		"viết cho ai gmail.com":                 "",
		"https://vidu.example/viec":             "",
		strings.Repeat("a", 90) + " 0912345678": "",
		"12345":                                 "", "?!": "", "": "",
	} {
		if got, ok := casework.MissedText(text); got != want || ok != (want != "") {
			t.Errorf("%q: got %q %v, want %q", text, got, ok, want)
		}
	}
}

func TestMissedSearches(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	d.miss("Thợ chạy sợi", 2)
	d.miss("thợ  chạy SỢI", 3)
	d.miss("osin", 1)
	d.miss("gọi 0912345678", 9)
	list := d.missed(market.MissedOpen)
	if len(list) != 2 || list[0].Text != "thợ chạy sợi" || list[0].Count != 5 || list[0].Last != market.DateOf(t0) || list[1].Text != "osin" {
		t.Fatalf("got %+v", list)
	}
	refusedWith(t, d.MoveMissed(ctx, staff, t0, list[1].ID, list[1].Rev+1, market.MissedIgnored), "error.stale")
	refusedWith(t, d.MoveMissed(ctx, seeker(), t0, list[1].ID, list[1].Rev, market.MissedIgnored), "error.denied")
	if err := d.MoveMissed(ctx, staff, t0, list[1].ID, list[1].Rev, market.MissedIgnored); err != nil {
		t.Fatal(err)
	}
	d.miss("osin", 4)
	if aside := d.missed(market.MissedIgnored); len(aside) != 1 || aside[0].Count != 5 || len(d.missed(market.MissedOpen)) != 1 {
		t.Errorf("put aside, it comes back: %+v", aside)
	}
	if h := d.history(list[1].ID); len(h) != 1 || h[0].Action != "missed.ignored" {
		t.Errorf("audit: got %+v", h)
	}
}

func seeker() market.Actor {
	return market.Actor{User: market.NewID(), Role: market.Seeker, Centre: centre, Subject: market.NewID()}
}

// TestMissedSearchesAreBounded lets the rarest make room.
func TestMissedSearchesAreBounded(t *testing.T) {
	t.Parallel()
	d := office(t)
	var ops []store.Op
	for i := range market.MaxMissed {
		text := fmt.Sprintf("nghề lạ %d", i)
		ops = append(ops, store.Put(&market.MissedSearch{Meta: market.Meta{ID: market.MissedID(centre, text), Centre: centre, RecordedAt: t0}, Text: text, State: market.MissedOpen, Count: i + 1, Last: "2026-11-01"}))
	}
	if err := d.st.Apply(t.Context(), ops...); err != nil {
		t.Fatal(err)
	}
	d.miss("nghề mới", 1)
	list := d.missed(market.MissedOpen)
	if len(list) != market.MaxMissed || list[len(list)-1].Text != "nghề mới" || list[len(list)-2].Count != 2 {
		t.Errorf("got %d, the last two %+v", len(list), list[len(list)-2:])
	}
}

func TestSynonyms(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	d.miss("zíp zắp", 3)
	s, err := d.AddSynonym(ctx, staff, t0, " Zíp  ZẮP ", "skill", "han")
	if err != nil {
		t.Fatal(err)
	}
	if s.Phrase != "zíp zắp" || s.By != staff.User || len(d.missed(market.MissedOpen)) != 0 {
		t.Errorf("got %+v, still missed %v", s, d.missed(market.MissedOpen))
	}
	for key, c := range map[string][3]string{
		"error.synonym.exists": {"zíp zắp", "skill", "han"},
		"error.required":       {" ", "skill", "han"},
		"error.synonym.of":     {"abc", "", ""},
		"error.code.unknown":   {"abc", "skill", "khong-co"},
		"error.synonym.phrase": {"gọi 0912345678", "skill", "han"},
		"error.text.long":      {strings.Repeat("dài ", 30), "skill", "han"},
	} {
		_, err := d.AddSynonym(ctx, staff, t0, c[0], c[1], c[2])
		refusedWith(t, err, key)
	}
	_, err = d.AddSynonym(ctx, seeker(), t0, "abc", "skill", "han")
	refusedWith(t, err, "error.denied")
	_, err = d.DropSynonym(ctx, seeker(), t0, s.ID, s.Rev)
	refusedWith(t, err, "error.denied")
	_, err = d.DropSynonym(ctx, staff, t0, s.ID, s.Rev+1)
	refusedWith(t, err, "error.stale")
	if _, err := d.DropSynonym(ctx, boss, t0, s.ID, s.Rev); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Get[market.Synonym](ctx, d.st, centre, s.ID); market.KindOf(err) != market.NotFound {
		t.Errorf("taken back: got %v", err)
	}
	h := d.history(s.ID)
	if len(h) != 2 || h[0].Action != "synonym.add" && h[1].Action != "synonym.add" || h[0].Reason != "zíp zắp" {
		t.Errorf("audit: got %+v", h)
	}
	if _, err := d.AddSynonym(ctx, staff, t0, "zíp zắp", "skill", "han"); err != nil {
		t.Errorf("added again after it was taken back: %v", err)
	}
}

func TestPools(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	colleague := market.Actor{User: market.NewID(), Role: market.Counsellor, Centre: centre}
	save := func(by market.Actor, p market.Pool) market.Pool {
		t.Helper()
		p, err := d.SavePool(ctx, by, t0, p)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	own := save(staff, market.Pool{Name: " May, sẵn sàng đi,  Tủa Chùa ", Query: "kynang=may-cn"})
	shared := save(staff, market.Pool{Name: "Thợ hàn có chứng chỉ", Query: "chungchi=han", Shared: true})
	if own.Name != "May, sẵn sàng đi, Tủa Chùa" {
		t.Errorf("got %q", own.Name)
	}
	if got, err := d.Pools(ctx, colleague); err != nil || len(got) != 1 || got[0].ID != shared.ID {
		t.Errorf("a colleague sees %+v, %v", got, err)
	}
	if got, err := d.Pools(ctx, staff); err != nil || len(got) != 2 {
		t.Errorf("the owner sees %+v, %v", got, err)
	}
	_, _, err := d.PoolFor(ctx, colleague, own.ID)
	refusedWith(t, err, "error.not_found")
	_, err = d.SavePool(ctx, colleague, t0, market.Pool{Meta: shared.Meta, Name: "x"})
	refusedWith(t, err, "error.pool.others")
	refusedWith(t, d.DropPool(ctx, colleague, t0, shared.ID, shared.Rev), "error.pool.others")
	_, err = d.SavePool(ctx, staff, t0, market.Pool{Name: own.Name, Query: "q=x"})
	refusedWith(t, err, "error.pool.name")
	_, err = d.SavePool(ctx, staff, t0, market.Pool{Name: "Tất cả"})
	refusedWith(t, err, "error.pool.empty")
	_, err = d.SavePool(ctx, seeker(), t0, market.Pool{Name: "x", Query: "q=x"})
	refusedWith(t, err, "error.denied")
	renamed := save(staff, market.Pool{Meta: own.Meta, Name: "May", Shared: true})
	if renamed.Query != own.Query || !renamed.Shared {
		t.Errorf("renaming lost the conditions: %+v", renamed)
	}
	_, err = d.SavePool(ctx, staff, t0, market.Pool{Meta: own.Meta, Name: "May mặc"})
	refusedWith(t, err, "error.stale")
	refusedWith(t, d.DropPool(ctx, staff, t0, own.ID, own.Rev), "error.stale")
	if err := d.DropPool(ctx, boss, t0, renamed.ID, renamed.Rev); err != nil {
		t.Fatal(err)
	}
	actions := map[string]int{}
	for _, e := range d.history(own.ID) {
		actions[e.Action]++
	}
	if actions["pool.save"] != 1 || actions["pool.change"] != 1 || actions["pool.drop"] != 1 {
		t.Errorf("audit: got %v", actions)
	}
}

// TestPoolLooks counts who is new since one last opened a list, for each person on their own.
func TestPoolLooks(t *testing.T) {
	t.Parallel()
	d, ctx := office(t), context.Background()
	p, err := d.SavePool(ctx, staff, t0, market.Pool{Name: "May", Query: "q=may", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := market.NewID(), market.NewID(), market.NewID()
	look := func(who market.Actor) market.PoolLook {
		t.Helper()
		_, l, err := d.PoolFor(ctx, who, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	open := func(people ...market.ID) {
		t.Helper()
		if _, err := d.LookAtPool(ctx, staff, t0, p.ID, people); err != nil {
			t.Fatal(err)
		}
	}
	if l := look(staff); l.Opened() || l.NewNow(a) {
		t.Errorf("never opened: %+v", l)
	}
	open(a, b)
	if l := look(staff); l.NewSince([]market.ID{a, b}) != 0 || l.NewSince([]market.ID{b, c}) != 1 || l.NewNow(a) {
		t.Errorf("after the first opening: %+v", l)
	}
	open(b, c)
	if l := look(staff); l.NewSince([]market.ID{b, c}) != 0 || !l.NewNow(c) || l.NewNow(b) {
		t.Errorf("after the second opening: %+v", l)
	}
	if l := look(boss); l.Opened() {
		t.Error("another person's opening counts for everybody")
	}
	if err := d.DropPool(ctx, staff, t0, p.ID, p.Rev); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Get[market.PoolLook](ctx, d.st, centre, market.PoolLookID(p.ID, staff.User)); market.KindOf(err) != market.NotFound {
		t.Errorf("the look outlives its list: %v", err)
	}
}
