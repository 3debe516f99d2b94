package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
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
			abort, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
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
	case w.check:
		n, err := c.CountDocuments(ctx, at)
		if err != nil {
			return err
		}
		matched = n
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

// filter gives the query's conditions; a document without one of the fields is not in the index.
func (q Query) filter(ix index) bson.D {
	f := bson.D{{Key: "centre", Value: string(q.Centre)}}
	for i, field := range ix.fields {
		switch {
		case i < len(q.Equal):
			f = append(f, bson.E{Key: field, Value: q.Equal[i]})
		case i == len(q.Equal) && (q.From != nil || q.To != nil):
			bounds := bson.D{}
			if q.From != nil {
				bounds = append(bounds, bson.E{Key: "$gte", Value: q.From})
			}
			if q.To != nil {
				bounds = append(bounds, bson.E{Key: "$lt", Value: successor(q.To)})
			}
			f = append(f, bson.E{Key: field, Value: bounds})
		default:
			f = append(f, bson.E{Key: field, Value: bson.D{{Key: "$exists", Value: true}}})
		}
	}
	return f
}

// successor gives the least value beyond v, so that "up to v" can be asked as "before the next": the same on
// every server, while SecantusDB 0.7 drops v itself when the index goes on behind the field.
func successor(v any) any {
	if at, ok := v.(time.Time); ok {
		return at.Truncate(time.Millisecond).Add(time.Millisecond)
	}
	switch r := reflect.ValueOf(v); {
	case r.Kind() == reflect.String:
		return r.String() + "\x00"
	case r.CanInt():
		return r.Int() + 1
	}
	return v
}

// cursor is where a page ended: the values of the fields not fixed by Equal, and the id.
type cursor struct {
	Values []bson.RawValue `bson:"v"`
	ID     string          `bson:"i"`
}

// beyond gives the condition "after the cursor" in the index's order.
func (c cursor) beyond(fields []string, op string) bson.D {
	var ways bson.A
	for i := range len(fields) + 1 {
		way := bson.D{}
		for j := range i {
			way = append(way, bson.E{Key: fields[j], Value: c.Values[j]})
		}
		if i < len(fields) {
			way = append(way, bson.E{Key: fields[i], Value: bson.D{{Key: op, Value: c.Values[i]}}})
		} else {
			way = append(way, bson.E{Key: "_id", Value: bson.D{{Key: op, Value: c.ID}}})
		}
		ways = append(ways, way)
	}
	return bson.D{{Key: "$or", Value: ways}}
}

func (m *mongo) find(ctx context.Context, ix index, q Query) (bodies []bson.Raw, next string, err error) {
	open := ix.fields[len(q.Equal):]
	filter, direction, op := q.filter(ix), 1, "$gt"
	if q.Desc {
		direction, op = -1, "$lt"
	}
	if q.After != "" {
		var from cursor
		text, err := base64.RawURLEncoding.DecodeString(q.After)
		if err != nil || bson.Unmarshal(text, &from) != nil || len(from.Values) != len(open) {
			return nil, "", market.Bad("after", "error.page")
		}
		filter = bson.D{{Key: "$and", Value: bson.A{filter, from.beyond(open, op)}}}
	}
	order := bson.D{}
	for _, field := range open {
		order = append(order, bson.E{Key: field, Value: direction})
	}
	order = append(order, bson.E{Key: "_id", Value: direction})
	found, err := m.db.Collection(ix.collection).Find(ctx, filter, options.Find().SetSort(order).SetLimit(int64(q.Limit)+1))
	if err != nil {
		return nil, "", mongoError(err)
	}
	if err := found.All(ctx, &bodies); err != nil {
		return nil, "", mongoError(err)
	}
	if len(bodies) <= q.Limit {
		return bodies, "", nil
	}
	bodies = bodies[:q.Limit]
	next, err = cursorAt(bodies[q.Limit-1], open)
	return bodies, next, err
}

func cursorAt(body bson.Raw, fields []string) (string, error) {
	var c cursor
	for _, field := range fields {
		c.Values = append(c.Values, body.Lookup(field))
	}
	c.ID = body.Lookup("_id").StringValue()
	text, err := bson.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(text), err
}

func (m *mongo) count(ctx context.Context, ix index, q Query) (int, error) {
	n, err := m.db.Collection(ix.collection).CountDocuments(ctx, q.filter(ix))
	return int(n), mongoError(err)
}

func (m *mongo) each(ctx context.Context, collection string, centre market.ID, use func(bson.Raw) error) error {
	return m.stream(ctx, collection, bson.D{{Key: "centre", Value: string(centre)}}, use)
}

func (m *mongo) stream(ctx context.Context, collection string, filter bson.D, use func(bson.Raw) error) error {
	found, err := m.db.Collection(collection).Find(ctx, filter, options.Find().SetSort(bson.D{{Key: "centre", Value: 1}, {Key: "_id", Value: 1}}).SetBatchSize(500))
	if err != nil {
		return mongoError(err)
	}
	defer found.Close(context.WithoutCancel(ctx))
	for found.Next(ctx) {
		if err := use(found.Current); err != nil {
			return err
		}
	}
	return mongoError(found.Err())
}

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
		return mongoError(err)
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
	return mongoError(stream.Err())
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
	c := Change{Collection: collection, ID: market.ID(id), Deleted: kind == "delete"}
	if body, ok := event.Lookup("fullDocument").DocumentOK(); ok {
		c.Centre, _, c.Rev = headOf(body)
	}
	return c, true
}

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
