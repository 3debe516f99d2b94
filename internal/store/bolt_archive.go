package store

import (
	"context"
	"slices"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"
)

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
