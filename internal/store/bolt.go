package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

// boltFile is the embedded store's file in its folder.
const boltFile = "noiviec.db"

// lockWait is how long a second process waits for the folder before it is told.
const lockWait = 2 * time.Second

var (
	logBucket  = []byte("log")
	metaBucket = []byte("meta")
)

// bolt keeps documents in a bucket a collection, under centre and id; an index in a bucket of its own, its
// keys ending with the document's; the change log under rising numbers.
type bolt struct {
	db    *bbolt.DB
	mu    sync.Mutex
	moved chan struct{} // closed and replaced after every write
}

func openBolt(dir string) (backend, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &market.Error{Kind: market.Unavailable, Key: "error.store.folder", Args: []any{dir}, Cause: err}
	}
	db, err := bbolt.Open(filepath.Join(dir, boltFile), 0o600, &bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistMapType})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, &market.Error{Kind: market.Unavailable, Key: "error.store.locked", Args: []any{dir}, Cause: err}
	}
	if err != nil {
		return nil, &market.Error{Kind: market.Unavailable, Key: "error.store.folder", Args: []any{dir}, Cause: err}
	}
	b := &bolt{db: db, moved: make(chan struct{})}
	if err := b.build(); err != nil {
		return nil, errors.Join(fmt.Errorf("build buckets: %w", err), db.Close())
	}
	return b, nil
}

func dataBucket(collection string) []byte { return []byte("d:" + collection) }
func indexBucket(name string) []byte      { return []byte("i:" + name) }
func docKey(centre, id market.ID) []byte  { return append(textKey(nil, string(centre)), id...) }

// build makes the buckets, and fills an index that is new to this file.
func (b *bolt) build() error {
	return b.db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{logBucket, metaBucket} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		for _, collection := range knownCollections {
			if _, err := tx.CreateBucketIfNotExists(dataBucket(collection)); err != nil {
				return err
			}
		}
		for _, ix := range indexes {
			if tx.Bucket(indexBucket(ix.name)) != nil {
				continue
			}
			bucket, err := tx.CreateBucket(indexBucket(ix.name))
			if err != nil {
				return err
			}
			if err := tx.Bucket(dataBucket(ix.collection)).ForEach(func(_, body []byte) error {
				centre, id, _ := headOf(body)
				return putKeys(bucket, keysOf(ix, centre, body), id)
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func putKeys(bucket *bbolt.Bucket, keys [][]byte, id market.ID) error {
	for _, key := range keys {
		if err := bucket.Put(append(key, id...), nil); err != nil {
			return err
		}
	}
	return nil
}

func (b *bolt) get(ctx context.Context, collection string, centre, id market.ID) (bson.Raw, error) {
	if err := ended(ctx); err != nil {
		return nil, err
	}
	var out bson.Raw
	err := b.db.View(func(tx *bbolt.Tx) error {
		out = bytes.Clone(tx.Bucket(dataBucket(collection)).Get(docKey(centre, id)))
		return nil
	})
	if err == nil && out == nil {
		err = market.Fail(market.NotFound, "error.not_found")
	}
	return out, boltError(err)
}

// ended turns a finished context into the store's answer, before any work is done.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return &market.Error{Kind: market.Unavailable, Key: "error.store.unavailable", Cause: err}
	}
	return nil
}

func boltError(err error) error {
	var known *market.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &market.Error{Kind: market.Unavailable, Key: "error.store.unavailable", Cause: err}
}

func (b *bolt) apply(ctx context.Context, writes []write) error {
	if err := ended(ctx); err != nil {
		return err
	}
	err := b.db.Update(func(tx *bbolt.Tx) error {
		// Keys that leave go first, so that a batch may move a unique value from one document to another.
		olds := make([]bson.Raw, len(writes))
		for i, w := range writes {
			old, err := unindex(tx, w)
			if err != nil {
				return err
			}
			olds[i] = old
		}
		for _, w := range writes {
			if err := store1(tx, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return boltError(err)
	}
	b.mu.Lock()
	close(b.moved)
	b.moved = make(chan struct{})
	b.mu.Unlock()
	return nil
}

// unindex checks the revision and takes the stored document out of its indexes.
func unindex(tx *bbolt.Tx, w write) (bson.Raw, error) {
	old := bson.Raw(tx.Bucket(dataBucket(w.collection)).Get(docKey(w.centre, w.id)))
	rev := int64(0)
	if old != nil {
		_, _, rev = headOf(old)
	}
	if rev != w.expect {
		return nil, market.Fail(market.Conflict, "error.stale")
	}
	if old == nil || w.check {
		return old, nil
	}
	for _, ix := range indexesOf(w.collection) {
		bucket := tx.Bucket(indexBucket(ix.name))
		for _, key := range keysOf(ix, w.centre, old) {
			if err := bucket.Delete(append(key, w.id...)); err != nil {
				return nil, err
			}
		}
	}
	return old, nil
}

// store1 writes or removes one document, its index keys and its line in the change log.
func store1(tx *bbolt.Tx, w write) error {
	if w.check {
		return nil
	}
	data := tx.Bucket(dataBucket(w.collection))
	if w.body == nil {
		if err := data.Delete(docKey(w.centre, w.id)); err != nil {
			return err
		}
		return logChange(tx, Change{Collection: w.collection, Centre: w.centre, ID: w.id, Rev: w.expect, Deleted: true})
	}
	for _, ix := range indexesOf(w.collection) {
		bucket := tx.Bucket(indexBucket(ix.name))
		keys := keysOf(ix, w.centre, w.body)
		for _, key := range keys {
			if found, _ := bucket.Cursor().Seek(key); ix.unique != "" && bytes.HasPrefix(found, key) {
				return uniqueError(ix)
			}
		}
		if err := putKeys(bucket, keys, w.id); err != nil {
			return err
		}
	}
	if err := data.Put(docKey(w.centre, w.id), w.body); err != nil {
		return err
	}
	return logChange(tx, Change{Collection: w.collection, Centre: w.centre, ID: w.id, Rev: w.expect + 1})
}

// keptChanges is how many lines the change log keeps; a reader further behind must read everything again.
const keptChanges = 200_000

func logChange(tx *bbolt.Tx, c Change) error {
	bucket := tx.Bucket(logBucket)
	n, err := bucket.NextSequence()
	if err != nil {
		return err
	}
	line, err := bson.Marshal(bson.D{{Key: "c", Value: c.Collection}, {Key: "p", Value: string(c.Centre)}, {Key: "i", Value: string(c.ID)}, {Key: "r", Value: c.Rev}, {Key: "d", Value: c.Deleted}})
	if err != nil {
		return err
	}
	if n > keptChanges {
		if err := bucket.Delete(binary.BigEndian.AppendUint64(nil, n-keptChanges)); err != nil {
			return err
		}
	}
	return bucket.Put(binary.BigEndian.AppendUint64(nil, n), line)
}

func (b *bolt) find(ctx context.Context, ix index, q Query) (bodies []bson.Raw, next string, err error) {
	if err := ended(ctx); err != nil {
		return nil, "", err
	}
	from, beyond, err := q.span()
	if err != nil {
		return nil, "", err
	}
	resume, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil {
		return nil, "", market.Bad("after", "error.page")
	}
	err = b.db.View(func(tx *bbolt.Tx) error {
		data := tx.Bucket(dataBucket(ix.collection))
		c := tx.Bucket(indexBucket(ix.name)).Cursor()
		var last []byte
		for key := seek(c, from, beyond, resume, q.Desc); key != nil && inside(key, from, beyond); key = step(c, q.Desc) {
			if len(bodies) == q.Limit {
				next = base64.RawURLEncoding.EncodeToString(last)
				return nil
			}
			id := market.ID(key[len(key)-idLength:])
			bodies = append(bodies, bytes.Clone(data.Get(docKey(q.Centre, id))))
			last = key
		}
		return nil
	})
	return bodies, next, boltError(err)
}

// idLength is the length of the id at the end of an index key: Apply takes no other ids (market.ID.Valid).
const idLength = 26

func seek(c *bbolt.Cursor, from, beyond, resume []byte, desc bool) []byte {
	var key []byte
	switch {
	case desc && len(resume) > 0:
		if key, _ = c.Seek(resume); key == nil {
			key, _ = c.Last()
			return key
		}
		key, _ = c.Prev()
	case desc:
		if beyond == nil {
			key, _ = c.Last()
			return key
		}
		if key, _ = c.Seek(beyond); key == nil {
			key, _ = c.Last()
			return key
		}
		key, _ = c.Prev()
	case len(resume) > 0:
		if key, _ = c.Seek(resume); bytes.Equal(key, resume) {
			key, _ = c.Next()
		}
	default:
		key, _ = c.Seek(from)
	}
	return key
}

func step(c *bbolt.Cursor, desc bool) []byte {
	var key []byte
	if desc {
		key, _ = c.Prev()
	} else {
		key, _ = c.Next()
	}
	return key
}

func inside(key, from, beyond []byte) bool {
	return bytes.Compare(key, from) >= 0 && (beyond == nil || bytes.Compare(key, beyond) < 0)
}

func (b *bolt) count(ctx context.Context, ix index, q Query) (int, error) {
	if err := ended(ctx); err != nil {
		return 0, err
	}
	from, beyond, err := q.span()
	if err != nil {
		return 0, err
	}
	n := 0
	err = b.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(indexBucket(ix.name)).Cursor()
		for key, _ := c.Seek(from); key != nil && inside(key, from, beyond); key, _ = c.Next() {
			n++
		}
		return nil
	})
	return n, boltError(err)
}

// each reads in pieces, so that a long walk holds no transaction open while the caller works.
func (b *bolt) each(ctx context.Context, collection string, centre market.ID, use func(bson.Raw) error) error {
	prefix := textKey(nil, string(centre))
	from := prefix
	for {
		if err := ended(ctx); err != nil {
			return err
		}
		var bodies []bson.Raw
		var next []byte
		err := b.db.View(func(tx *bbolt.Tx) error {
			c := tx.Bucket(dataBucket(collection)).Cursor()
			for key, body := c.Seek(from); key != nil && bytes.HasPrefix(key, prefix); key, body = c.Next() {
				if len(bodies) == 500 {
					next = bytes.Clone(key)
					return nil
				}
				bodies = append(bodies, bytes.Clone(body))
			}
			return nil
		})
		if err != nil {
			return boltError(err)
		}
		for _, body := range bodies {
			if err := use(body); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		from = next
	}
}

func (b *bolt) changes(ctx context.Context, after Position, use func([]Change, Position) error) error {
	at, err := b.position(after)
	if err != nil {
		return err
	}
	if err := use(nil, boltPosition(at)); err != nil {
		return err
	}
	for {
		b.mu.Lock()
		moved := b.moved
		b.mu.Unlock()
		batch, last, err := b.since(at)
		if err != nil {
			return err
		}
		if len(batch) > 0 {
			if err := use(batch, boltPosition(last)); err != nil {
				return err
			}
			at = last
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		}
	}
}

func boltPosition(n uint64) Position { return Position(strconv.FormatUint(n, 10)) }

// position gives where to read on: the log's end for "", an error for a place that is no longer kept.
func (b *bolt) position(after Position) (at uint64, err error) {
	if after != "" {
		if at, err = strconv.ParseUint(string(after), 10, 64); err != nil {
			return 0, market.Fail(market.Conflict, "error.feed.position")
		}
	}
	err = b.db.View(func(tx *bbolt.Tx) error {
		end := tx.Bucket(logBucket).Sequence()
		switch {
		case after == "":
			at = end
		case at > end || end > keptChanges && at < end-keptChanges:
			return market.Fail(market.Conflict, "error.feed.position")
		}
		return nil
	})
	return at, boltError(err)
}

func (b *bolt) since(at uint64) (batch []Change, last uint64, err error) {
	last = at
	err = b.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(logBucket).Cursor()
		for key, line := c.Seek(binary.BigEndian.AppendUint64(nil, at+1)); key != nil && len(batch) < 1000; key, line = c.Next() {
			raw := bson.Raw(line)
			batch = append(batch, Change{Collection: raw.Lookup("c").StringValue(), Centre: market.ID(raw.Lookup("p").StringValue()),
				ID: market.ID(raw.Lookup("i").StringValue()), Rev: raw.Lookup("r").AsInt64(), Deleted: raw.Lookup("d").Boolean()})
			last = binary.BigEndian.Uint64(key)
		}
		return nil
	})
	return batch, last, boltError(err)
}

func (b *bolt) snapshot(ctx context.Context, use func(string, bson.Raw) error) error {
	return b.db.View(func(tx *bbolt.Tx) error {
		for _, collection := range knownCollections {
			if err := tx.Bucket(dataBucket(collection)).ForEach(func(_, body []byte) error {
				if err := ended(ctx); err != nil {
					return err
				}
				return use(collection, body)
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bolt) empty(context.Context) (bool, error) {
	empty := true
	err := b.db.View(func(tx *bbolt.Tx) error {
		for _, collection := range knownCollections {
			key, _ := tx.Bucket(dataBucket(collection)).Cursor().First()
			empty = empty && key == nil
		}
		return nil
	})
	return empty, boltError(err)
}

func (b *bolt) load(_ context.Context, docs []loaded) error {
	return boltError(b.db.Update(func(tx *bbolt.Tx) error {
		for _, d := range docs {
			centre, id, rev := headOf(d.body)
			if err := store1(tx, write{collection: d.collection, centre: centre, id: id, expect: rev - 1, body: slices.Clone(d.body)}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (b *bolt) format(context.Context) (version int, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		text := tx.Bucket(metaBucket).Get([]byte("format"))
		if text == nil {
			return nil
		}
		version, err = strconv.Atoi(string(text))
		return err
	})
	return version, err
}

func (b *bolt) setFormat(_ context.Context, version int) error {
	return b.db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(metaBucket).Put([]byte("format"), []byte(strconv.Itoa(version)))
	})
}

func (b *bolt) ping(ctx context.Context) error {
	if err := ended(ctx); err != nil {
		return err
	}
	return boltError(b.db.View(func(*bbolt.Tx) error { return nil }))
}

func (b *bolt) close() error { return b.db.Close() }
