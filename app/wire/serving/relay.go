package serving

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"parley/call/rendezvous/relay"
)

// Relay says how media is relayed.
type Relay struct {
	Listen  string   // address of UDP and TCP; "" relays nothing here
	TLS     string   // address of TLS; "" has none
	Host    string   // name in the certificate
	Public  []string // addresses of this machine on the internet
	Ports   string   // FIRST-LAST; "": the system's
	Secret  string   // or @FILE; "": the server's own
	Servers []string // URLs of another relay with the same secret
	Private bool
}

func (r Relay) check(secure bool) error {
	switch {
	case r.Listen != "" && len(r.Servers) > 0:
		return errors.New("media is relayed here (--turn) or by another server (--turn-server), not by both")
	case len(r.Servers) > 0 && r.Secret == "":
		return errors.New("another relay takes its secret as well: --turn-secret, coturn's static-auth-secret")
	case r.Listen != "" && len(r.Public) == 0:
		return errors.New("--turn takes the address that this machine has on the internet: --public-ip ADDRESS")
	case r.TLS != "" && (r.Listen == "" || !secure || r.Host == ""):
		return errors.New("--turn-tls takes --turn, a certificate, and the name in it: --turn-host NAME")
	}
	for _, u := range r.Servers {
		if scheme, host, found := strings.Cut(u, ":"); !found || host == "" || scheme != "turn" && scheme != "turns" && scheme != "stun" {
			return fmt.Errorf("--turn-server %q is no turn:HOST:PORT", u)
		}
	}
	return nil
}

// relaying is what becomes of it.
type relaying struct {
	issuer  relay.Issuer
	figures *relayFigures // nil: nothing is relayed here

	mu     sync.Mutex
	server *relay.Server // nil until it listens
}

// openRelay has media relayed, here or elsewhere, and credentials made.
func (s *server) openRelay() error {
	r := s.options.Relay
	if r.Listen == "" && len(r.Servers) == 0 {
		return nil
	}
	secret, err := s.relaySecret()
	if err != nil {
		return err
	}
	s.relaying.issuer.Secret = secret
	if len(r.Servers) > 0 {
		for _, u := range r.Servers {
			if strings.HasPrefix(u, "stun:") {
				s.relaying.issuer.STUN = append(s.relaying.issuer.STUN, u)
			} else {
				s.relaying.issuer.URLs = append(s.relaying.issuer.URLs, u)
			}
		}
		return nil
	}
	cfg, err := s.relayConfig(secret)
	if err != nil {
		return err
	}
	s.relaying.tell(r, cfg.Public)
	err = s.relay(cfg)
	if errors.Is(err, syscall.EADDRINUSE) && s.sockets.Follow() { // by the process that this one follows, which goes on relaying with the same secret
		s.wait.Go(func() { s.relayLater(cfg) })
		return nil
	}
	return err
}

// tell has programs told where the relay is.
func (r *relaying) tell(o Relay, public []netip.Addr) {
	_, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return // which listening tells
	}
	for _, p := range public {
		at := net.JoinHostPort(p.String(), port)
		r.issuer.STUN = append(r.issuer.STUN, "stun:"+at)
		r.issuer.URLs = append(r.issuer.URLs, "turn:"+at+"?transport=udp", "turn:"+at+"?transport=tcp")
	}
	if _, secure, err := net.SplitHostPort(o.TLS); err == nil {
		r.issuer.URLs = append(r.issuer.URLs, "turns:"+net.JoinHostPort(o.Host, secure)+"?transport=tcp")
	}
}

func (s *server) relayConfig(secret string) (cfg relay.Config, err error) {
	r := s.options.Relay
	s.relaying.figures = newRelayFigures()
	cfg = relay.Config{Secret: secret, Private: r.Private, Log: s.log, Own: s.ownLimits, Watch: s.relaying.figures.watch()}
	for _, text := range r.Public {
		a, err := netip.ParseAddr(text)
		if err != nil {
			return cfg, fmt.Errorf("--public-ip %q is no IP address", text)
		}
		cfg.Public = append(cfg.Public, a)
	}
	if r.Ports != "" {
		first, last, _ := strings.Cut(r.Ports, "-")
		var err1, err2 error
		cfg.First, err1 = strconv.Atoi(first)
		cfg.Last, err2 = strconv.Atoi(last)
		if err1 != nil || err2 != nil || cfg.First < 1 {
			return cfg, fmt.Errorf("--turn-ports %q is no FIRST-LAST, such as 49152-65535", r.Ports)
		}
	}
	if r.TLS != "" {
		cfg.TLSConfig, err = s.tls()
	}
	return cfg, err
}

// ownLimits are what the book of spaces says of one.
func (s *server) ownLimits(space string) relay.Own {
	found, _ := s.book.ByName(space)
	return relay.Own{Allocations: found.Quota.RelayAllocations, DayBytes: found.Quota.RelayBytes}
}

// relay listens and relays.
func (s *server) relay(cfg relay.Config) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, closeDoors(cfg))
		}
	}()
	for _, family := range families(cfg.Public) {
		if err = s.openDoors(&cfg, family); err != nil {
			return err
		}
	}
	server, err := relay.Serve(cfg)
	if err != nil {
		return err
	}
	s.relaying.mu.Lock()
	s.relaying.server = server
	s.relaying.mu.Unlock()
	s.log.Info("relaying", "on", s.options.Relay.Listen, "tls", s.options.Relay.TLS, "public", cfg.Public)
	return nil
}

// families are the versions of the Internet Protocol that there are public
// addresses of. Each has sockets of its own: who comes in over one is given a
// relayed address of it.
func families(public []netip.Addr) (all []string) {
	for _, a := range public {
		if family := map[bool]string{true: "4", false: "6"}[a.Unmap().Is4()]; !slices.Contains(all, family) {
			all = append(all, family)
		}
	}
	return all
}

// openDoors listens over one family.
func (s *server) openDoors(cfg *relay.Config, family string) error {
	r := s.options.Relay
	udp, err := net.ListenPacket("udp"+family, r.Listen)
	if err != nil {
		return cannotUse("UDP", r.Listen, err)
	}
	cfg.UDP = append(cfg.UDP, udp)
	tcp, err := net.Listen("tcp"+family, r.Listen)
	if err != nil {
		return cannotUse("TCP", r.Listen, err)
	}
	cfg.TCP = append(cfg.TCP, tcp)
	if r.TLS == "" {
		return nil
	}
	secure, err := net.Listen("tcp"+family, r.TLS)
	if err != nil {
		return cannotUse("TCP", r.TLS, err)
	}
	cfg.TLS = append(cfg.TLS, secure)
	return nil
}

func cannotUse(what, address string, err error) error {
	return fmt.Errorf("the relay cannot use %s at %s; choose another address or end what is there: %w", what, address, err)
}

// closeDoors closes what was opened for a relay that does not come about.
func closeDoors(cfg relay.Config) (err error) {
	for _, c := range cfg.UDP {
		err = errors.Join(err, c.Close())
	}
	for _, l := range slices.Concat(cfg.TCP, cfg.TLS) {
		err = errors.Join(err, l.Close())
	}
	return err
}

// relayAgain is how often a port is tried that an older process still has.
const relayAgain = time.Second

// relayLater relays as soon as an older process has ended.
func (s *server) relayLater(cfg relay.Config) {
	s.log.Info("the older process relays until its last call has ended")
	every := time.NewTicker(relayAgain)
	defer every.Stop()
	for {
		select {
		case <-every.C:
		case <-s.ctx.Done():
			return
		}
		err := s.relay(cfg)
		if err == nil {
			return
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			s.log.Error("nothing is relayed", "err", err)
			return
		}
	}
}

// idle waits until nothing is relayed any more.
func (r *relaying) idle(ctx context.Context) {
	every := time.NewTicker(relayAgain)
	defer every.Stop()
	for {
		r.mu.Lock()
		busy := r.server != nil && r.server.Open() > 0
		r.mu.Unlock()
		if !busy {
			return
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

// used is what was relayed here for a space today.
func (r *relaying) used(space string) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.server == nil {
		return 0
	}
	return r.server.Used(space)
}

func (r *relaying) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.server == nil {
		return nil
	}
	return r.server.Close()
}

// relaySecret is what was given, or this server's own, made once.
func (s *server) relaySecret() (string, error) {
	given := s.options.Relay.Secret
	path, fromFile := strings.CutPrefix(given, "@")
	if given != "" && !fromFile {
		return given, nil
	}
	if !fromFile {
		path = filepath.Join(s.options.Folder, "turn-secret")
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !fromFile {
		return newSecret(path)
	}
	return strings.TrimSpace(string(b)), err
}

func newSecret(path string) (string, error) {
	secret := rand.Text()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	return secret, os.WriteFile(path, []byte(secret+"\n"), 0o600)
}
