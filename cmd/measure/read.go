package main

import (
	"fmt"
	"io"
	"os"
)

// readFile reads a file with a reader of its format.
func readFile[T any](name string, read func(io.Reader) (T, error)) (out T, err error) {
	f, err := os.Open(name)
	if err != nil {
		return out, err
	}
	defer f.Close()
	if out, err = read(f); err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return out, err
}

// mean adds up the values that there are.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(value float64, ok bool) {
	if ok {
		m.sum += value
		m.n++
	}
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}
