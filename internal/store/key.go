package store

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

// Keys of the embedded store order as the values do. A value is a type byte and its bytes: text ends with
// 0x00 0x01 (a zero inside is 0x00 0xFF), whole numbers and instants are big-endian with the sign flipped.
const (
	tagBool = 'b'
	tagInt  = 'i'
	tagText = 's'
	tagTime = 't'
)

func textKey(b []byte, s string) []byte {
	b = append(b, tagText)
	for i := range len(s) {
		if b = append(b, s[i]); s[i] == 0 {
			b = append(b, 0xFF)
		}
	}
	return append(b, 0, 1)
}

func intKey(b []byte, tag byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(append(b, tag), uint64(n)^1<<63)
}

// valueKey encodes one value of a query.
func valueKey(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case time.Time:
		return intKey(b, tagTime, v.UnixMilli()), nil
	case bool:
		if v {
			return append(b, tagBool, 1), nil
		}
		return append(b, tagBool, 0), nil
	}
	switch r := reflect.ValueOf(v); {
	case r.Kind() == reflect.String:
		return textKey(b, r.String()), nil
	case r.CanInt():
		return intKey(b, tagInt, r.Int()), nil
	}
	return nil, fmt.Errorf("query: a value of type %T cannot be in an index", v)
}

// rawKey encodes one value of a document; ok is false for what is missing or cannot stand in an index.
func rawKey(b []byte, v bson.RawValue) (key []byte, ok bool) {
	switch v.Type {
	case bson.TypeString:
		return textKey(b, v.StringValue()), true
	case bson.TypeInt32, bson.TypeInt64:
		return intKey(b, tagInt, v.AsInt64()), true
	case bson.TypeDateTime:
		return intKey(b, tagTime, v.DateTime()), true
	case bson.TypeBoolean:
		if v.Boolean() {
			return append(b, tagBool, 1), true
		}
		return append(b, tagBool, 0), true
	}
	return nil, false
}

// keysOf gives the keys (without the id at the end) under which a document stands in an index.
func keysOf(ix index, centre market.ID, body bson.Raw) [][]byte {
	keys := [][]byte{textKey(nil, string(centre))}
	for _, field := range ix.fields {
		v, err := body.LookupErr(field)
		if err != nil {
			return nil
		}
		values := []bson.RawValue{v}
		if v.Type == bson.TypeArray {
			if values, err = v.Array().Values(); err != nil {
				return nil
			}
		}
		var longer [][]byte
		for _, key := range keys {
			for _, value := range values {
				if k, ok := rawKey(key[:len(key):len(key)], value); ok {
					longer = append(longer, k)
				}
			}
		}
		keys = longer
	}
	return keys
}

// span gives the first key and the first key beyond a query.
func (q Query) span() (from, beyond []byte, err error) {
	prefix := textKey(nil, string(q.Centre))
	for _, v := range q.Equal {
		if prefix, err = valueKey(prefix, v); err != nil {
			return nil, nil, err
		}
	}
	from, beyond = prefix, after(prefix)
	if q.From != nil {
		if from, err = valueKey(prefix[:len(prefix):len(prefix)], q.From); err != nil {
			return nil, nil, err
		}
	}
	if q.To != nil {
		to, err := valueKey(prefix[:len(prefix):len(prefix)], q.To)
		if err != nil {
			return nil, nil, err
		}
		beyond = after(to)
	}
	return from, beyond, nil
}

// after gives the first key that does not begin with prefix.
func after(prefix []byte) []byte {
	out := append([]byte(nil), prefix...)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] < 0xFF {
			out[i]++
			return out[:i+1]
		}
	}
	return nil
}
