package store

import (
	"context"
	"fmt"

	"noiviec/internal/market"
)

// migrations bring a store from format i to i+1. Append only; each must give the same result when it is run
// again after it was interrupted. Format 1 is what an empty store begins with.
var migrations = []func(context.Context, backend) error{
	func(context.Context, backend) error { return nil }, // 0 → 1: an empty store
}

func migrate(ctx context.Context, be backend) error {
	version, err := be.format(ctx)
	if err != nil {
		return fmt.Errorf("read store format: %w", err)
	}
	if version > len(migrations) {
		return market.Fail(market.Unavailable, "error.store.newer", version, len(migrations))
	}
	for ; version < len(migrations); version++ {
		if err := migrations[version](ctx, be); err != nil {
			return fmt.Errorf("migrate store to format %d: %w", version+1, err)
		}
		if err := be.setFormat(ctx, version+1); err != nil {
			return fmt.Errorf("record store format %d: %w", version+1, err)
		}
	}
	return nil
}
