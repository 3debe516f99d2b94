package storetest

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// initiate makes a mongod the one node of a replica set; the store's opening tells whether it worked.
func initiate(port string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	client, err := mongo.Connect(options.Client().ApplyURI("mongodb://127.0.0.1:" + port + "/?directConnection=true"))
	if err != nil {
		return
	}
	defer func() { _ = client.Disconnect(context.Background()) }()
	member := bson.D{{Key: "_id", Value: 0}, {Key: "host", Value: "127.0.0.1:" + port}}
	client.Database("admin").RunCommand(ctx, bson.D{{Key: "replSetInitiate", Value: bson.D{{Key: "_id", Value: "rs0"}, {Key: "members", Value: bson.A{member}}}}})
}
