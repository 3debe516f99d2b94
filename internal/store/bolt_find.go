package store

import (
	"bytes"
	"context"
	"encoding/base64"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

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
