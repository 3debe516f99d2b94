package market

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"time"
)

// Pool is a saved search over people, "may, sẵn sàng đi, Tủa Chùa": its conditions, not the people, so that it is
// always as of now.
type Pool struct {
	Meta   `json:",inline"`
	Name   string `json:"name"`
	Owner  ID     `json:"owner"`            // the account that saved it
	Shared bool   `json:"shared,omitempty"` // everybody in the centre sees it
	Query  string `json:"query"`            // the conditions as the list of people has them in its address
}

// MaxPools bounds the pools of one account, and those shared in one centre.
const MaxPools = 100

// maxPoolQuery is the most bytes of a pool's conditions.
const maxPoolQuery = 2000

// Collection names where pools are kept.
func (*Pool) Collection() string { return "pools" }

// Validate gives every problem of the pool.
func (l *Pool) Validate() error {
	var p problems
	p.text("name", l.Name, true, MaxName)
	p.need(l.Query != "", "name", "error.pool.empty")
	p.need(len(l.Query) <= maxPoolQuery, "name", "error.pool.long")
	return errors.Join(p...)
}

// PoolLook remembers who was in a pool when one person last opened it, and the time before: what is new since.
type PoolLook struct {
	Meta   `json:",inline"`
	Pool   ID        `json:"pool"`
	User   ID        `json:"user"`
	At     time.Time `json:"at"`
	Seen   []int64   `json:"seen,omitempty"`   // short hashes of ids, sorted: enough to compare, no list of people
	Before []int64   `json:"before,omitempty"` // what Seen was before the last opening
	First  bool      `json:"first,omitempty"`  // opened once only: there is no before
}

// MaxSeen is up to how many people a pool is compared with what one last saw.
const MaxSeen = 5000

// PoolLookID derives the id from the pool and the one who looks.
func PoolLookID(pool, user ID) ID { return DerivedID("pool look", string(pool), string(user)) }

// Collection names where looks are kept.
func (*PoolLook) Collection() string { return "pool_looks" }

// SeenPeople gives the short hashes of ids, sorted, at most MaxSeen.
func SeenPeople(ids []ID) []int64 {
	out := make([]int64, 0, min(len(ids), MaxSeen))
	for _, id := range ids[:min(len(ids), MaxSeen)] {
		out = append(out, seenPerson(id))
	}
	slices.Sort(out)
	return out
}

func seenPerson(id ID) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// Opened reports whether the person has opened the pool before.
func (l *PoolLook) Opened() bool { return !l.At.IsZero() }

// NewSince counts who was not there when the pool was last opened.
func (l *PoolLook) NewSince(ids []ID) int {
	n := 0
	for _, id := range ids {
		if _, there := slices.BinarySearch(l.Seen, seenPerson(id)); !there {
			n++
		}
	}
	return n
}

// NewNow reports whether somebody came between the opening before and the last one, or after it: who is marked as new
// on the list that is open. Nobody is when it was opened for the first time.
func (l *PoolLook) NewNow(id ID) bool {
	if l.First || !l.Opened() {
		return false
	}
	_, there := slices.BinarySearch(l.Before, seenPerson(id))
	return !there
}
