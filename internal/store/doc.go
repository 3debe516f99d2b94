// Package store is the system of record: an embedded file by default, MongoDB when a URI is given. What
// callers see is written once, above a narrow seam (the unexported interface backend): typed reads ([Get],
// [Find], [Each], [Count]), one way to write ([Store.Apply]) and a feed of what changed ([Store.Changes]).
//
// Guarantees, the same on both backends and held to by one contract suite:
//
//   - Apply is atomic and durable: every write of a batch is stored when it returns nil, none when it returns
//     an error. Each write carries the revision that was read; if one has moved, the batch is a Conflict
//     "error.stale". A unique key that is taken is a Conflict "error.unique.<name>".
//   - A read after an Apply sees it.
//   - The feed gives every change in commit order, ids and revisions only, never bodies, so that what was
//     erased is gone; it resumes after any position still kept.
//   - A store that cannot be reached is market.Unavailable ("error.store.unavailable"), within seconds.
//
// Documents are BSON with the field names of their json tags: instants in UTC milliseconds, nil and empty
// lists told apart. Every key begins with the centre, so one store can hold many services.
//
// To add an index, add a line to the table in index.go: both backends build it when they open. To change the
// data, append to migrations in migrate.go; a store of a newer format refuses an older program.
//
// Concerns on MongoDB: a replica set (one node is enough); writes w=majority with journal, reads of majority
// from the primary, native transactions driven by hand so that the caller's deadline holds.
package store
