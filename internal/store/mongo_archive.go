package store

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	mg "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
)

// snapshot reads everything as it was at one instant.
func (m *mongo) snapshot(ctx context.Context, use func(string, bson.Raw) error) error {
	session, err := m.client.StartSession()
	if err != nil {
		return mongoError(err)
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	if err := session.StartTransaction(options.Transaction().SetReadConcern(readconcern.Snapshot()).SetReadPreference(readpref.Primary())); err != nil {
		return mongoError(err)
	}
	inside := mg.NewSessionContext(ctx, session)
	for _, collection := range knownCollections {
		err := m.stream(inside, collection, bson.D{}, func(body bson.Raw) error {
			plain, err := withoutID(body)
			if err != nil {
				return err
			}
			return use(collection, plain)
		})
		if err != nil {
			_ = session.AbortTransaction(context.WithoutCancel(ctx))
			return err
		}
	}
	return mongoError(session.CommitTransaction(inside))
}

func withoutID(body bson.Raw) (bson.Raw, error) {
	doc := bson.D{}
	elements, err := body.Elements()
	for _, e := range elements {
		if e.Key() != "_id" {
			doc = append(doc, bson.E{Key: e.Key(), Value: e.Value()})
		}
	}
	if err != nil {
		return nil, err
	}
	return bson.Marshal(doc)
}

func (m *mongo) empty(ctx context.Context) (bool, error) {
	for _, collection := range knownCollections {
		n, err := m.db.Collection(collection).CountDocuments(ctx, bson.D{}, options.Count().SetLimit(1))
		if err != nil || n > 0 {
			return false, mongoError(err)
		}
	}
	return true, nil
}

func (m *mongo) load(ctx context.Context, docs []loaded) error {
	groups := map[string][]any{}
	for _, d := range docs {
		_, id, _ := headOf(d.body)
		groups[d.collection] = append(groups[d.collection], withID(d.body, id))
	}
	for collection, bodies := range groups {
		if _, err := m.db.Collection(collection).InsertMany(ctx, bodies); err != nil {
			return fmt.Errorf("load %s: %w", collection, mongoError(err))
		}
	}
	return nil
}
