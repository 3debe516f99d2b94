package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
