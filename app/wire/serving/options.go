package serving

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"
)

// Options say how to serve.
type Options struct {
	Listen  string // address; "": DefaultListen, or port 443 where there is TLS
	Metrics string // address of the figures' own listener; "" has none
	Folder  string // of the server's own files

	Open bool   // strangers may open slots
	Name string // of the server's own space, as shown

	Cert, Key string   // PEM files
	ACME      []string // host names to have certificates issued for
	ACMEURL   string   // directory of the authority; "": Let's Encrypt

	Proxies []netip.Prefix // that are believed
	Drain   time.Duration  // how long an old process waits for its calls to end

	NATS string // URLs of a cluster, through which servers are one; "": this one alone

	MaxConnections, MaxPerAddress int // 0: the defaults

	Relay Relay

	Version string
	Log     *slog.Logger
	// Started is told the addresses that are listened on.
	Started func(web, metrics string)
	Restart <-chan os.Signal // starts the program anew and hands over to it
	Program []string         // that is started then, with its arguments
}

// DefaultListen is this machine alone: what everybody reaches needs TLS, which
// needs a name.
const DefaultListen = "127.0.0.1:27540"

// Spaces is the file of the spaces in a server's folder.
func Spaces(folder string) string { return filepath.Join(folder, "spaces.json") }

func (o Options) secure() bool { return o.Cert != "" || len(o.ACME) > 0 }

func (o Options) listen() string {
	switch {
	case o.Listen != "":
		return o.Listen
	case o.secure():
		return ":443"
	}
	return DefaultListen
}

// ErrNobody is wrapped where the server would refuse everybody.
var ErrNobody = errors.New("nobody could open a slot at this server")

// open says whether strangers may open slots. Where only this machine reaches
// the server, they may; elsewhere it would be a relay for the whole world, so
// it takes a word: --open, or a space.
func (o Options) open(spaces int) (bool, error) {
	switch {
	case o.Open:
		return true, nil
	case spaces > 0:
		return false, nil
	case isLoopback(o.listen()) && !o.secure() && len(o.Proxies) == 0:
		return true, nil
	}
	return false, fmt.Errorf("%w: add --open to let everybody, or make a space and give its key to those who may: parley serve space add NAME", ErrNobody)
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && at.IsLoopback()
}

func (o Options) check() error {
	switch {
	case (o.Cert == "") != (o.Key == ""):
		return errors.New("a certificate takes its key as well: --cert FILE --key FILE")
	case o.Cert != "" && len(o.ACME) > 0:
		return errors.New("a certificate comes from files (--cert) or from an authority (--acme), not from both")
	}
	return o.Relay.check(o.secure())
}
