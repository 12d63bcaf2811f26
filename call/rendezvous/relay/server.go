package relay

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/pion/turn/v5"
)

// Config is what a Server is made of.
type Config struct {
	Secret string // shared with the Issuer
	Realm  string // "" is "parley"
	// Public are the addresses of this machine as the internet sees them, one
	// of IPv4, of IPv6, or both: relayed addresses are told with them.
	Public []netip.Addr
	// UDP, TCP and TLS are where programs come in; the Server closes them.
	UDP       []net.PacketConn
	TCP       []net.Listener
	TLS       []net.Listener // plain ones, made into TLS's by TLSConfig
	TLSConfig *tls.Config
	// First and Last are the ports of relayed addresses; 0: the system chooses.
	First, Last int
	// Private lets addresses that are not of the internet be relayed to, for
	// tests and for networks of one's own.
	Private bool
	Limits  Limits
	// Own tells the limits of one space. It is asked every second of a space
	// that is used, must not wait, and may be nil.
	Own   func(space string) Own
	Watch Watch
	Log   *slog.Logger
}

// Watch is told what happens, for figures. A nil field is not called.
type Watch struct {
	Opened  func(space string) // an allocation
	Closed  func(space string)
	Relayed func(space string, bytes int)
	Refused func(space string, why Refusal)
}

// Server relays. Its goroutines are pion's, one for each listener, connection
// and allocation; Close ends them.
type Server struct {
	cfg    Config
	ledger *ledger
	ports  ports
	local  func() ([]net.Addr, error) // this machine's addresses
	server *turn.Server
	doors  []*door

	once sync.Once
	err  error
}

// Serve begins to relay.
func Serve(cfg Config) (*Server, error) {
	if cfg.Realm == "" {
		cfg.Realm = "parley"
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, ledger: newLedger(cfg.Limits, cfg.Own), ports: ports{open: map[netip.AddrPort]bool{}}, local: net.InterfaceAddrs}
	c := turn.ServerConfig{
		Realm: cfg.Realm, AuthHandler: s.admit, QuotaHandler: s.mayOpen, LoggerFactory: loggers{cfg.Log},
	}
	for _, u := range cfg.UDP {
		c.PacketConnConfigs = append(c.PacketConnConfigs, turn.PacketConnConfig{
			PacketConn: u, RelayAddressGenerator: generator{s}, PermissionHandler: s.mayReach,
		})
	}
	for _, l := range cfg.TCP {
		s.doors = append(s.doors, newDoor(l, nil, cfg.Log))
	}
	for _, l := range cfg.TLS {
		s.doors = append(s.doors, newDoor(l, cfg.TLSConfig, cfg.Log))
	}
	for _, d := range s.doors {
		c.ListenerConfigs = append(c.ListenerConfigs, turn.ListenerConfig{
			Listener: d, RelayAddressGenerator: generator{s}, PermissionHandler: s.mayReach,
		})
	}
	var err error
	if s.server, err = turn.NewServer(c); err != nil {
		return nil, fmt.Errorf("the relay does not start: %w", err)
	}
	return s, nil
}

// leastSecret is how long a secret has to be, in bytes: whoever guesses it has
// the relay for nothing.
const leastSecret = 16

func (c Config) check() error {
	switch {
	case len(c.Secret) < leastSecret:
		return fmt.Errorf("the relay's secret has to be of %d letters at least", leastSecret)
	case len(c.Public) == 0:
		return errors.New("the relay has to know this machine's public address; name it")
	case len(c.UDP)+len(c.TCP)+len(c.TLS) == 0:
		return errors.New("the relay has nowhere to listen")
	case len(c.TLS) > 0 && c.TLSConfig == nil:
		return errors.New("the relay has no certificate for TLS")
	case c.First < 0 || c.Last > 0xffff || c.First > c.Last:
		return fmt.Errorf("%d to %d are no ports for relayed addresses", c.First, c.Last)
	}
	for _, a := range c.Public {
		if !c.Private && !isPublic(a) {
			return fmt.Errorf("%s is no public address; name the one that this machine has on the internet", a)
		}
	}
	return nil
}

// admit tells pion the key of a user, whose knowledge of it pion then checks.
func (s *Server) admit(r *turn.RequestAttributes) (id string, key []byte, ok bool) {
	id, err := readName(r.Username, time.Now())
	if err != nil || r.Realm != s.cfg.Realm {
		s.refuse("", BadName)
		return "", nil, false
	}
	return id, turn.GenerateAuthKey(r.Username, r.Realm, Word(s.cfg.Secret, r.Username)), true
}

// mayOpen answers for one more allocation.
func (s *Server) mayOpen(id, _ string, _ net.Addr) bool {
	why := s.ledger.may(id, time.Now())
	if why != "" {
		s.refuse(id, why)
	}
	return why == ""
}

// mayReach tells whether an address may be relayed to: those of the internet
// that are other machines', and those that this relay gives out itself.
func (s *Server) mayReach(_ net.Addr, peer net.IP) bool {
	a, ok := netip.AddrFromSlice(peer)
	a = a.Unmap()
	if ok && (s.cfg.Private && !a.IsMulticast() && !a.IsUnspecified() || s.isOwn(a) || isPublic(a) && !s.isLocal(a)) {
		return true
	}
	s.refuse("", BadPeer)
	return false
}

// isLocal tells whether an address is this machine's: what is sent there passes
// by the firewall in front of it. The addresses may change; it is asked once for
// each permission.
func (s *Server) isLocal(a netip.Addr) bool {
	all, err := s.local()
	if err != nil {
		s.cfg.Log.Warn("this machine's addresses are not known; none may be relayed to", "err", err)
		return true
	}
	return slices.ContainsFunc(all, func(one net.Addr) bool {
		p, err := netip.ParsePrefix(one.String())
		return err == nil && p.Addr().Unmap().WithZone("") == a
	})
}

// isOwn tells whether an address is one that relayed addresses are told with.
func (s *Server) isOwn(a netip.Addr) bool {
	for _, p := range s.cfg.Public {
		if p.Unmap() == a {
			return true
		}
	}
	return false
}

func (s *Server) refuse(id string, why Refusal) {
	if s.cfg.Watch.Refused != nil {
		s.cfg.Watch.Refused(spaceOf(id), why)
	}
}

// Used is how many bytes were passed on for a space today, in both directions.
func (s *Server) Used(space string) int64 { return s.ledger.used(space, time.Now()) }

// Open is how many allocations there are.
func (s *Server) Open() int { return s.server.AllocationCount() }

// Close ends all relaying. It is idempotent.
func (s *Server) Close() error {
	s.once.Do(func() {
		s.err = s.server.Close()
		for _, d := range s.doors {
			d.wait()
		}
	})
	return s.err
}
