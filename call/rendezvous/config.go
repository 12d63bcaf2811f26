package rendezvous

import (
	"io/fs"
	"log/slog"
	"net/netip"

	"parley/call"
)

// Config is all that a server is made of. The zero Config is a server at which
// nobody may open a slot.
type Config struct {
	// Open lets those without an invitation key open slots, in the server's
	// own space.
	Open   bool
	Spaces Spaces // nil: none but the server's own
	Own    Space  // title, theme and quota of the server's own

	// Servers are told to both sides for their media's path: a STUN server,
	// and a relay with a name and word that are good for this session. It is
	// called for "opened" with the session "", when there is nobody yet to relay
	// for; it may be nil, and must not wait.
	Servers func(space, session string) []call.Server
	// Relayed is how many bytes the server's own relay has passed on for a
	// space today. Where they are beyond the space's quota, its sessions are
	// told no relay. It may be nil, and must not wait.
	Relayed func(space string) int64

	// Page holds the guest page: index.html and what it loads, by name, from
	// /guest/. nil: a page that says what this is.
	Page fs.FS

	Bus    Bus // nil: this server alone
	Limits Limits
	// Proxies are where a proxy in front connects from: it is believed what it
	// says of the address that a request comes from (X-Forwarded-For).
	Proxies []netip.Prefix
	Version string
	Log     *slog.Logger // nil: none
}

func (c Config) withDefaults() Config {
	c.Limits = c.Limits.withDefaults()
	if c.Spaces == nil {
		c.Spaces = noSpaces{}
	}
	if c.Servers == nil {
		c.Servers = func(string, string) []call.Server { return nil }
	}
	if c.Relayed == nil {
		c.Relayed = func(string) int64 { return 0 }
	}
	if c.Bus == nil {
		c.Bus = new(Memory)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}
