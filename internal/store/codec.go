package store

import (
	"bytes"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"noiviec/internal/market"
)

func encode(doc market.Document) (bson.Raw, error) {
	var buf bytes.Buffer
	enc := bson.NewEncoder(bson.NewDocumentWriter(&buf))
	enc.UseJSONStructTags()
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", doc.Collection(), doc.Head().ID, err)
	}
	return buf.Bytes(), nil
}

func decode(body bson.Raw, into any) error {
	dec := bson.NewDecoder(bson.NewDocumentReader(bytes.NewReader(body)))
	dec.UseJSONStructTags()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("decode %T: %w", into, err)
	}
	return nil
}

// headOf reads the metadata of a body without decoding the rest.
func headOf(body bson.Raw) (centre, id market.ID, rev int64) {
	c, _ := body.Lookup("centre").StringValueOK()
	i, _ := body.Lookup("id").StringValueOK()
	rev, _ = body.Lookup("rev").AsInt64OK()
	return market.ID(c), market.ID(i), rev
}
