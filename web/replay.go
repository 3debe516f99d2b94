package web

import (
	"crypto/sha256"
	"encoding/hex"

	"noiviec/internal/market"
)

// replayID names the answer to one form, sent by one browser with these very words: whoever goes back and changes
// something sends another form, and it must not be answered with "saved" unread.
func (v *visit) replayID() market.ID {
	sum := sha256.Sum256(v.Body())
	return market.DerivedID("replay", v.Path(), v.formSecret(true), v.FormValue("_once"), hex.EncodeToString(sum[:]))
}

// replayed gives where the first sending of this very form led.
func (v *visit) replayed() (string, bool) {
	if v.FormValue("_once") == "" || v.s.Store == nil {
		return "", false
	}
	v.once = v.replayID()
	r, err := load[market.Replay](v, v.once)
	return r.Location, err == nil
}

// remember keeps where the form led; losing that only means that a second sending is judged afresh.
func (v *visit) remember(location string) error {
	if v.once == "" {
		return nil
	}
	r := market.Replay{
		Meta: market.Meta{ID: v.once, Centre: v.s.Centre, RecordedAt: market.Stamp(v.now)},
		User: v.actor.User, Path: v.Path(), Location: location, At: market.Stamp(v.now),
	}
	if err := v.put(&r); err != nil {
		v.s.Log.Warn("replay not kept", "path", v.Path(), "error", err)
	}
	return nil
}

// madeHere gives the id of what this form creates: the same when it is sent again.
func (v *visit) madeHere(kind string) market.ID {
	if once := v.FormValue("_once"); once != "" {
		return market.DerivedID(kind, once, v.formSecret(true))
	}
	return market.NewID()
}
