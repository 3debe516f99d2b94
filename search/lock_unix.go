//go:build unix

package search

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// lockFolder takes the folder for this process; the system gives it back when the process ends, however.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, refusal(err, "lock index", dir)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = errLocked
		}
		return nil, refusal(err, "lock index", dir)
	}
	return f, nil
}
