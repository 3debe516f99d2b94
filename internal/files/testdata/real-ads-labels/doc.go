// Package labels draws rows from the two sets of real ads and names them by hash, so that the
// hand-made labels in labels.csv can be laid beside the rows they were made from without a word
// of an ad being kept here. README.md says what the labels mean and how they were made.
//
// The ads are not part of the repository. Folder finds them beside it, and whoever has none
// skips whatever needs them.
package labels
