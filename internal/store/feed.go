package store

import (
	"context"
	"errors"

	"noiviec/internal/market"
)

// Position is a place in the change feed, to read on after.
type Position string

// Change says that a document is now at a revision, or gone.
type Change struct {
	Collection string
	Centre     market.ID
	ID         market.ID
	Rev        int64
	Deleted    bool
}

// Changes gives every change after a position to use, in commit order, until the context or use ends it;
// "" begins with what comes next. use is called first with no changes, once the feed stands, so that a
// reader can scan everything then and miss nothing. A position that is no longer kept is a Conflict
// "error.feed.position": scan everything again. On MongoDB Rev and Centre of a deleted document are empty.
func (s *Store) Changes(ctx context.Context, after Position, use func([]Change, Position) error) error {
	return s.be.changes(ctx, after, use)
}

var errHere = errors.New("where the feed stands is known")

// Here gives where the feed stands: all that is read from now on holds what comes before it.
func (s *Store) Here(ctx context.Context) (Position, error) {
	var here Position
	err := s.Changes(ctx, "", func(_ []Change, at Position) error { here = at; return errHere })
	if errors.Is(err, errHere) {
		return here, nil
	}
	return "", err
}
