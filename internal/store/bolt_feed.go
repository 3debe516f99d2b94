package store

import (
	"context"
	"encoding/binary"
	"strconv"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

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
