package store

import (
	"context"
	"encoding/base64"
	"reflect"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"noiviec/internal/market"
)

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
