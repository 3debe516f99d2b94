package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	mg "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"noiviec/internal/market"
)

const (
	mongoSelect = 3 * time.Second  // to find the primary
	mongoCall   = 30 * time.Second // the longest any call may take, transactions and their retries included
	mongoApply  = 10 * time.Second // one batch with its retries
	mongoAbort  = 5 * time.Second  // to give up a batch: the server holds what it touched for a minute unless told
)

// mongo keeps a collection a document type; bodies carry _id beside their own id.
type mongo struct {
	client *mg.Client
	db     *mg.Database
}

func openMongo(ctx context.Context, uri string) (backend, error) {
	parsed, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, &market.Error{Kind: market.Unavailable, Key: "error.store.uri", Cause: err}
	}
	name := parsed.Database
	if name == "" {
		name = "noiviec"
	}
	client, err := mg.Connect(options.Client().ApplyURI(uri).SetAppName("noiviec").
		SetServerSelectionTimeout(mongoSelect).SetConnectTimeout(mongoSelect).SetTimeout(mongoCall).
		SetRetryWrites(true).SetRetryReads(true).SetReadPreference(readpref.Primary()).
		SetReadConcern(readconcern.Majority()).SetWriteConcern(writeconcern.Majority()))
	if err != nil {
		return nil, &market.Error{Kind: market.Unavailable, Key: "error.store.uri", Cause: err}
	}
	m := &mongo{client: client, db: client.Database(name)}
	if err := m.start(ctx); err != nil {
		_ = m.close()
		return nil, err
	}
	return m, nil
}

// start waits for the primary and builds collections and indexes.
func (m *mongo) start(ctx context.Context) error {
	if err := m.ping(ctx); err != nil {
		return &market.Error{Kind: market.Unavailable, Key: "error.store.no_server", Cause: err}
	}
	there, err := m.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return mongoError(err)
	}
	have := make(map[string]bool, len(there))
	for _, name := range there {
		have[name] = true
	}
	for _, collection := range append([]string{"meta"}, knownCollections...) {
		if !have[collection] { // a transaction must not have to make it
			if err := m.db.CreateCollection(ctx, collection); err != nil && !strings.Contains(err.Error(), "already exists") {
				return mongoError(err)
			}
		}
		if err := m.buildIndexes(ctx, collection); err != nil {
			return err
		}
	}
	return nil
}

func (m *mongo) buildIndexes(ctx context.Context, collection string) error {
	models := []mg.IndexModel{{Keys: bson.D{{Key: "centre", Value: 1}, {Key: "_id", Value: 1}}, Options: options.Index().SetName("by_centre")}}
	if collection == "meta" {
		return nil
	}
	for _, ix := range indexesOf(collection) {
		keys, partial := bson.D{{Key: "centre", Value: 1}}, bson.D{}
		for _, f := range ix.fields {
			keys = append(keys, bson.E{Key: f, Value: 1})
			partial = append(partial, bson.E{Key: f, Value: bson.D{{Key: "$exists", Value: true}}})
		}
		opts := options.Index().SetName(ix.name)
		if ix.unique != "" {
			opts.SetUnique(true).SetPartialFilterExpression(partial)
		} else {
			keys = append(keys, bson.E{Key: "_id", Value: 1})
		}
		models = append(models, mg.IndexModel{Keys: keys, Options: opts})
	}
	if _, err := m.db.Collection(collection).Indexes().CreateMany(ctx, models); err != nil {
		return fmt.Errorf("build indexes of %s: %w", collection, mongoError(err))
	}
	return nil
}

func (m *mongo) get(ctx context.Context, collection string, centre, id market.ID) (bson.Raw, error) {
	body, err := m.db.Collection(collection).FindOne(ctx, bson.D{{Key: "_id", Value: string(id)}, {Key: "centre", Value: string(centre)}}).Raw()
	if errors.Is(err, mg.ErrNoDocuments) {
		return nil, market.Fail(market.NotFound, "error.not_found")
	}
	return body, mongoError(err)
}

// mongoError tells a server that is away, slow or changing its primary from a fault.
func mongoError(err error) error {
	var known *market.Error
	var server mg.ServerError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case mg.IsTimeout(err) || mg.IsNetworkError(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, mg.ErrClientDisconnected) || strings.Contains(err.Error(), "server selection error"):
		return &market.Error{Kind: market.Unavailable, Key: "error.store.unavailable", Cause: err}
	case errors.As(err, &server) && (server.HasErrorLabel("TransientTransactionError") || server.HasErrorLabel("RetryableWriteError")):
		return &market.Error{Kind: market.Unavailable, Key: "error.store.unavailable", Cause: err}
	}
	return err
}

func (m *mongo) format(ctx context.Context) (int, error) {
	var doc struct {
		Version int `bson:"version"`
	}
	err := m.db.Collection("meta").FindOne(ctx, bson.D{{Key: "_id", Value: "format"}}).Decode(&doc)
	if errors.Is(err, mg.ErrNoDocuments) {
		return 0, nil
	}
	return doc.Version, mongoError(err)
}

func (m *mongo) setFormat(ctx context.Context, version int) error {
	_, err := m.db.Collection("meta").ReplaceOne(ctx, bson.D{{Key: "_id", Value: "format"}},
		bson.D{{Key: "_id", Value: "format"}, {Key: "version", Value: version}}, options.Replace().SetUpsert(true))
	return mongoError(err)
}

func (m *mongo) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, mongoSelect)
	defer cancel()
	return mongoError(m.client.Ping(ctx, readpref.Primary()))
}

func (m *mongo) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return m.client.Disconnect(ctx)
}
