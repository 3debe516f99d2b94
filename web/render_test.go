package web

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestPagesDoNotMix asks for many pages at once, uncompressed, over real connections: each answer carries the word
// that its own request brought and no other's.
func TestPagesDoNotMix(t *testing.T) {
	t.Parallel()
	base := newSite(t).serve()
	const browsers, pages = 8, 40
	var all sync.WaitGroup
	for b := range browsers {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
			defer client.CloseIdleConnections()
			for n := range pages {
				own := fmt.Sprintf("tu%dx%dx", b, n)
				res, err := client.Get(base + "/?q=" + own)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err != nil || !strings.Contains(string(body), own) || !strings.HasSuffix(strings.TrimSpace(string(body)), "</html>") {
					t.Errorf("%s: %v, a page of %d bytes without its own word or end", own, err, len(body))
					return
				}
			}
		})
	}
	all.Wait()
}
