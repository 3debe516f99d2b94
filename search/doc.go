// Package search is the index of postings and workers: what people type is found by words, codes, places and
// pay, and every filter comes with the number of results it would leave.
//
// Open gives an Index over one folder. The index is derived from the store and disposable: it can be deleted
// at any time, NeedsRebuild then asks for Rebuild, which builds a new one beside the old and swaps them while
// searches go on. PutPostings, PutWorkers and Remove keep it fresh, Stamps lists what it holds so that the
// nightly job can compare it with the store.
//
// Inside, Bleve answers the question "which documents have this key", and nothing else: its segments, merges and
// snapshots keep the inverted index. Text is cut into syllables by taxonomy before Bleve sees it, at index and at
// query time by the same code, so no analyzer, stop list or stemmer of its own can interfere. A key is a folded
// syllable, one with its marks, two side by side, or a concept (text.go). A query is understood (intent.go), becomes
// the things a document must have and the ways to have them (plan.go, weights.go), and is answered by operations on
// whole sets of documents (segments.go, score.go); what a key is worth depends on how many documents have it, never
// on how the index was written.
//
// What is filtered and counted travels in a compact stored row per document; the rows of a segment are decoded once,
// into columns (table.go), and read by the snapshot's own document numbers, so a row can never belong to another version
// of its document. Documents are judged a block at a time, so that a column is read from front to back. A
// held certificate keeps its id and its last valid day together in the row, which is what nested documents would be
// for ("certificate C, valid in 2027" must not mix two certificates).
//
// Filters are judged in that one pass as well: a document that fails none is a hit, one that fails exactly
// one group still counts for that group's own facet. That is why every count is the total one would see after
// tapping it.
package search
