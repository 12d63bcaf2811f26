package serving

import (
	"errors"
	"testing"

	"parley/call/rendezvous"
)

// Strangers open slots only where they were let in by a word, or where nobody
// else reaches the server.
func TestWhoMayOpen(t *testing.T) {
	for name, c := range map[string]struct {
		options Options
		spaces  int
		open    bool
		refused bool
	}{
		"this machine alone":         {Options{}, 0, true, false},
		"IPv6's loopback":            {Options{Listen: "[::1]:80"}, 0, true, false},
		"this machine, with a space": {Options{}, 1, false, false},
		"everybody, by a word":       {Options{Listen: ":80", Open: true}, 0, true, false},
		"by a word, with a space":    {Options{Listen: ":80", Open: true}, 1, true, false},
		"all addresses":              {Options{Listen: ":80"}, 0, false, true},
		"all addresses, a space":     {Options{Listen: ":80"}, 1, false, false},
		"an address":                 {Options{Listen: "192.0.2.1:80"}, 0, false, true},
		"a name":                     {Options{Listen: "example.org:80"}, 0, false, true},
		"with TLS":                   {Options{ACME: []string{"example.org"}}, 0, false, true},
		"TLS on loopback":            {Options{Listen: "127.0.0.1:443", Cert: "c", Key: "k"}, 0, false, true},
		"behind a proxy":             {Options{Proxies: rendezvous.Private()}, 0, false, true},
	} {
		open, err := c.options.open(c.spaces)
		if open != c.open || errors.Is(err, ErrNobody) != c.refused {
			t.Errorf("%s: open %v, %v", name, open, err)
		}
	}
}
