//go:build !unix

package search

import (
	"os"
	"path/filepath"
)

// lockFolder leaves the locking to the index's own file, which waits boltTimeout.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	return f, refusal(err, "lock index", dir)
}
