package store

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

// Options say where the store is. MongoURI wins over Dir.
type Options struct {
	Dir      string // folder of the embedded store, made when missing
	MongoURI string // of a replica set; its path names the database, "noiviec" when it has none
}

// Store is open until Close and may be used by many goroutines.
type Store struct {
	be     backend
	shared bool
}

// Shared reports whether other processes may work on the same records. The embedded store belongs to one.
func (s *Store) Shared() bool { return s.shared }

// write is one revision-checked change of a batch.
type write struct {
	collection string
	centre, id market.ID
	expect     int64    // the revision that must be stored, 0 none
	body       bson.Raw // nil: delete, or only check
	check      bool
}

// backend is the seam. Bodies are whole documents; errors are market.Errors where a person can act on them.
type backend interface {
	get(ctx context.Context, collection string, centre, id market.ID) (bson.Raw, error)
	apply(ctx context.Context, writes []write) error
	find(ctx context.Context, ix index, q Query) (bodies []bson.Raw, next string, err error)
	count(ctx context.Context, ix index, q Query) (int, error)
	each(ctx context.Context, collection string, centre market.ID, use func(bson.Raw) error) error
	changes(ctx context.Context, after Position, use func([]Change, Position) error) error
	snapshot(ctx context.Context, use func(collection string, body bson.Raw) error) error
	empty(ctx context.Context) (bool, error)
	load(ctx context.Context, docs []loaded) error
	format(ctx context.Context) (int, error)
	setFormat(ctx context.Context, version int) error
	ping(ctx context.Context) error
	close() error
}

// loaded is one document of an archive on its way in.
type loaded struct {
	collection string
	body       bson.Raw
}

// Open opens the store and brings its format up to date. A folder in use by another process, a server that
// does not answer and a newer format are market.Unavailable, with a message that says what to do.
func Open(ctx context.Context, o Options) (*Store, error) {
	var be backend
	var err error
	if o.MongoURI != "" {
		be, err = openMongo(ctx, o.MongoURI)
	} else {
		be, err = openBolt(o.Dir)
	}
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, be); err != nil {
		return nil, errors.Join(err, be.close())
	}
	return &Store{be: be, shared: o.MongoURI != ""}, nil
}

// Close ends the store; calls after it fail.
func (s *Store) Close() error { return s.be.close() }

// Ping reports whether the store answers.
func (s *Store) Ping(ctx context.Context) error { return s.be.ping(ctx) }

func collectionOf[T any]() string {
	doc, ok := any(new(T)).(market.Document)
	if !ok {
		panic(fmt.Sprintf("store: %T is not a document", *new(T)))
	}
	return doc.Collection()
}

// Get reads one document of a centre; none is market.NotFound.
func Get[T any](ctx context.Context, s *Store, centre, id market.ID) (T, error) {
	var out T
	body, err := s.be.get(ctx, collectionOf[T](), centre, id)
	if err != nil {
		return out, err
	}
	return out, decode(body, &out)
}

// Query finds by a declared index: Equal fixes its first fields, From and To (both inclusive, nil open)
// bound the next one. Results come in the index's order, then by id; Desc reverses it.
type Query struct {
	Centre   market.ID
	Index    string
	Equal    []any
	From, To any
	Desc     bool
	After    string // Page.Next of the page before
	Limit    int    // 0 means 50; at most 1,000
}

// Page is one page of results; Next is "" on the last.
type Page[T any] struct {
	Items []T
	Next  string
}

// Find gives one page of a query.
func Find[T any](ctx context.Context, s *Store, q Query) (Page[T], error) {
	var page Page[T]
	ix, err := indexFor(collectionOf[T](), &q)
	if err != nil {
		return page, err
	}
	bodies, next, err := s.be.find(ctx, ix, q)
	if err != nil {
		return page, err
	}
	page.Next, page.Items = next, make([]T, len(bodies))
	for i, body := range bodies {
		if err := decode(body, &page.Items[i]); err != nil {
			return page, err
		}
	}
	return page, nil
}

// First gives the first document of a query; none is market.NotFound.
func First[T any](ctx context.Context, s *Store, q Query) (T, error) {
	q.Limit = 1
	page, err := Find[T](ctx, s, q)
	if err == nil && len(page.Items) == 0 {
		err = market.Fail(market.NotFound, "error.not_found")
	}
	if err != nil {
		return *new(T), err
	}
	return page.Items[0], nil
}

// Count counts what a query would find over all pages.
func Count[T any](ctx context.Context, s *Store, q Query) (int, error) {
	ix, err := indexFor(collectionOf[T](), &q)
	if err != nil {
		return 0, err
	}
	return s.be.count(ctx, ix, q)
}

// Each streams all documents of a centre, ordered by id. use must not write to the store.
func Each[T any](ctx context.Context, s *Store, centre market.ID, use func(T) error) error {
	return s.be.each(ctx, collectionOf[T](), centre, func(body bson.Raw) error {
		var doc T
		if err := decode(body, &doc); err != nil {
			return err
		}
		return use(doc)
	})
}

// Op is one part of a batch.
type Op struct {
	doc    market.Document
	delete bool
	check  bool
}

// Put stores a document: a new one when its Rev is 0, else over the revision it carries. After the batch its
// Rev is the new one.
func Put(doc market.Document) Op { return Op{doc: doc} }

// Delete removes a document of the revision it carries.
func Delete(doc market.Document) Op { return Op{doc: doc, delete: true} }

// Check writes nothing, and fails the batch when the document has moved from the revision it carries.
func Check(doc market.Document) Op { return Op{doc: doc, check: true} }

// Apply does all of a batch or none of it. The same document may stand in it once.
func (s *Store) Apply(ctx context.Context, ops ...Op) error {
	writes := make([]write, 0, len(ops))
	named := make(map[string]bool, len(ops))
	for _, op := range ops {
		w, err := op.write()
		if err != nil {
			return err
		}
		key := w.collection + "/" + string(w.id)
		if named[key] {
			return fmt.Errorf("apply: %s stands twice in one batch", key)
		}
		named[key] = true
		writes = append(writes, w)
	}
	if len(writes) == 0 {
		return nil
	}
	if err := s.be.apply(ctx, writes); err != nil {
		return err
	}
	for _, op := range ops {
		if !op.check && !op.delete {
			op.doc.Head().Rev++
		}
	}
	return nil
}

func (op Op) write() (write, error) {
	head := op.doc.Head()
	w := write{collection: op.doc.Collection(), centre: head.Centre, id: head.ID, expect: head.Rev, check: op.check}
	switch {
	case !head.ID.Valid() || head.Centre == "":
		return w, fmt.Errorf("apply: a document of %s has no valid id or no centre", w.collection)
	case !known(w.collection):
		return w, fmt.Errorf("apply: unknown collection %s", w.collection)
	case op.check || op.delete:
		return w, nil
	}
	head.RecordedAt = market.Stamp(head.RecordedAt)
	head.Rev++
	body, err := encode(op.doc)
	head.Rev--
	w.body = body
	return w, err
}
