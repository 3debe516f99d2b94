package market

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// ID names a document for ever: 26 lower-case base32 letters and digits, 130 random bits, made anywhere,
// also offline. Ids sort by nothing that means anything.
type ID string

// NewID draws a fresh id.
func NewID() ID { return ID(strings.ToLower(rand.Text())) }

// DerivedID gives the same id for the same parts on every machine, for documents that must exist once:
// a match is derived from its posting and its worker, an imported posting from its source and key.
func DerivedID(parts ...string) ID {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return ID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:26]))
}

// Valid reports whether the id has the form NewID gives.
func (id ID) Valid() bool {
	if len(id) != 26 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// Meta opens every document. The store sets Rev: 0 means "not stored yet", and every write must carry
// the revision that was read, so that two people deciding at once are told apart.
type Meta struct {
	ID          ID        `json:"id"`
	Rev         int64     `json:"rev"`
	Centre      ID        `json:"centre"`                 // the provincial service the document belongs to
	RecordedAt  time.Time `json:"recorded_at"`            // when it was entered: UTC, whole milliseconds
	EffectiveOn Date      `json:"effective_on,omitempty"` // when it happened, where that can be reported late
}

// Head gives the metadata of a document for reading and stamping.
func (m *Meta) Head() *Meta { return m }

// Document is anything the store keeps.
type Document interface {
	Head() *Meta        // what every document opens with
	Collection() string // where it is kept, a constant of its type
}

// Stamp cuts an instant to what every store keeps: UTC, whole milliseconds.
func Stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
