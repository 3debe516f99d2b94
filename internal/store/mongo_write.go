package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	mg "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"noiviec/internal/market"
)

// apply drives the transaction by hand: Session.WithTransaction goes on for two minutes whatever its context says.
func (m *mongo) apply(ctx context.Context, writes []write) error {
	ctx, cancel := context.WithTimeout(ctx, mongoApply)
	defer cancel()
	session, err := m.client.StartSession()
	if err != nil {
		return mongoError(err)
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	for {
		err := m.transact(mg.NewSessionContext(ctx, session), session, writes)
		var server mg.ServerError
		if market.KindOf(err) == market.Conflict {
			return m.refused(ctx, writes, err)
		}
		if err == nil || !errors.As(err, &server) || !server.HasErrorLabel("TransientTransactionError") {
			return mongoError(err)
		}
		select {
		case <-time.After(2 * time.Millisecond):
		case <-ctx.Done():
			return mongoError(err)
		}
	}
}

// refused tells a new document that is already there (stale) from one whose unique value somebody else has:
// the server names only the first index that is hurt.
func (m *mongo) refused(ctx context.Context, writes []write, err error) error {
	for _, w := range writes {
		if w.expect != 0 || w.check {
			continue
		}
		if _, there := m.get(ctx, w.collection, w.centre, w.id); there == nil {
			return market.Fail(market.Conflict, "error.stale")
		}
	}
	return err
}

func (m *mongo) transact(ctx context.Context, session *mg.Session, writes []write) error {
	journal := true
	if err := session.StartTransaction(options.Transaction().SetReadConcern(readconcern.Snapshot()).
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal}).SetReadPreference(readpref.Primary())); err != nil {
		return err
	}
	// What leaves a unique value goes before what takes it.
	for _, w := range writes {
		if err := m.write(ctx, w); err != nil {
			abort, cancel := context.WithTimeout(context.WithoutCancel(ctx), mongoAbort)
			defer cancel()
			_ = session.AbortTransaction(abort)
			return err
		}
	}
	for {
		err := session.CommitTransaction(ctx)
		var server mg.ServerError
		if err == nil || ctx.Err() != nil || !errors.As(err, &server) || !server.HasErrorLabel("UnknownTransactionCommitResult") {
			return err
		}
	}
}

func (m *mongo) write(ctx context.Context, w write) error {
	c := m.db.Collection(w.collection)
	at := bson.D{{Key: "_id", Value: string(w.id)}, {Key: "centre", Value: string(w.centre)}, {Key: "rev", Value: w.expect}}
	var matched int64
	switch {
	case w.check && w.expect == 0:
		n, err := c.CountDocuments(ctx, bson.D{{Key: "_id", Value: string(w.id)}})
		if err != nil || n == 0 {
			return err
		}
	case w.check: // to read it would not do: of two batches that each rest on what the other changes, both would stand
		res, err := c.UpdateOne(ctx, at, bson.D{{Key: "$inc", Value: bson.D{{Key: "checked", Value: 1}}}})
		if err != nil {
			return err
		}
		matched = res.MatchedCount
	case w.body == nil:
		res, err := c.DeleteOne(ctx, at)
		if err != nil {
			return err
		}
		matched = res.DeletedCount
	case w.expect == 0:
		_, err := c.InsertOne(ctx, withID(w.body, w.id))
		return duplicate(err, w)
	default:
		res, err := c.ReplaceOne(ctx, at, withID(w.body, w.id))
		if err != nil {
			return duplicate(err, w)
		}
		matched = res.MatchedCount
	}
	if matched == 0 {
		return market.Fail(market.Conflict, "error.stale")
	}
	return nil
}

// withID puts _id before a body's own fields.
func withID(body bson.Raw, id market.ID) bson.D {
	doc := bson.D{{Key: "_id", Value: string(id)}}
	elements, _ := body.Elements()
	for _, e := range elements {
		if e.Key() != "_id" {
			doc = append(doc, bson.E{Key: e.Key(), Value: e.Value()})
		}
	}
	return doc
}

// duplicate names the unique key that is taken; a taken _id means that the document is already there.
func duplicate(err error, w write) error {
	if err == nil || !mg.IsDuplicateKeyError(err) {
		return err
	}
	for _, ix := range indexesOf(w.collection) {
		if ix.unique != "" && strings.Contains(err.Error(), ix.name) {
			return uniqueError(ix)
		}
	}
	return market.Fail(market.Conflict, "error.stale")
}
