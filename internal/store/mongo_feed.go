package store

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	mg "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"noiviec/internal/market"
)

func (m *mongo) changes(ctx context.Context, after Position, use func([]Change, Position) error) error {
	opts := options.ChangeStream().SetMaxAwaitTime(time.Second)
	if after != "" {
		token, err := base64.RawURLEncoding.DecodeString(string(after))
		if err != nil {
			return market.Fail(market.Conflict, "error.feed.position")
		}
		opts.SetResumeAfter(bson.Raw(token))
	}
	stream, err := m.db.Watch(ctx, mg.Pipeline{}, opts)
	if err != nil {
		return feedError(err, after)
	}
	defer stream.Close(context.WithoutCancel(ctx))
	if err := use(nil, mongoPosition(stream.ResumeToken(), after)); err != nil {
		return err
	}
	for stream.Next(ctx) {
		if c, ok := changeOf(stream.Current); ok {
			if err := use([]Change{c}, mongoPosition(stream.ResumeToken(), after)); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return feedError(stream.Err(), after)
}

// feedError tells a server that cannot go on from a position, because it no longer has what came after it or because
// it is another server's, from one that is away.
func feedError(err error, after Position) error {
	err = mongoError(err)
	var server mg.ServerError
	if after != "" && market.KindOf(err) == "" && errors.As(err, &server) {
		return &market.Error{Kind: market.Conflict, Key: "error.feed.position", Cause: err}
	}
	return err
}

func mongoPosition(token bson.Raw, fallback Position) Position {
	if token == nil {
		return fallback
	}
	return Position(base64.RawURLEncoding.EncodeToString(token))
}

func changeOf(event bson.Raw) (Change, bool) {
	collection, _ := event.Lookup("ns", "coll").StringValueOK()
	id, ok := event.Lookup("documentKey", "_id").StringValueOK()
	if !ok || !known(collection) {
		return Change{}, false
	}
	kind, _ := event.Lookup("operationType").StringValueOK()
	if kind == "update" { // only a check does that: what is stored is replaced as a whole
		return Change{}, false
	}
	c := Change{Collection: collection, ID: market.ID(id), Deleted: kind == "delete"}
	if body, ok := event.Lookup("fullDocument").DocumentOK(); ok {
		c.Centre, _, c.Rev = headOf(body)
	}
	return c, true
}
