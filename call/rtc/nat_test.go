package rtc_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"
	"github.com/pion/turn/v5"

	"parley/call"
)

// The routers that people are behind (RFC 4787 names their behaviours; the old
// names are those of RFC 3489). nil is none.
var (
	fullCone = &vnet.NATType{
		MappingBehavior: vnet.EndpointIndependent, FilteringBehavior: vnet.EndpointIndependent, MappingLifeTime: 30 * time.Second,
	}
	portRestricted = &vnet.NATType{
		MappingBehavior: vnet.EndpointIndependent, FilteringBehavior: vnet.EndpointAddrPortDependent, MappingLifeTime: 30 * time.Second,
	}
	symmetric = &vnet.NATType{
		MappingBehavior: vnet.EndpointAddrPortDependent, FilteringBehavior: vnet.EndpointAddrPortDependent, MappingLifeTime: 30 * time.Second,
	}
)

// internet is a virtual network with a relay on it.
type internet struct {
	wan     *vnet.Router
	relay   *turn.Server
	routers []*vnet.Router
}

const relayAddress = "5.0.0.1"

// newInternet takes delay for each hop. It must be called, and closed, inside a
// bubble; connect it before it starts.
func newInternet(t *testing.T, delay time.Duration) *internet {
	t.Helper()
	wan, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "5.0.0.0/8", MinDelay: delay, LoggerFactory: logging.NewDefaultLoggerFactory()})
	if err != nil {
		t.Fatal(err)
	}
	host, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{relayAddress}})
	if err != nil {
		t.Fatal(err)
	}
	if err := wan.AddNet(host); err != nil {
		t.Fatal(err)
	}
	conn, err := host.ListenPacket("udp4", relayAddress+":3478")
	if err != nil {
		t.Fatal(err)
	}
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: "test", LoggerFactory: logging.NewDefaultLoggerFactory(),
		AuthHandler: func(r *turn.RequestAttributes) (string, []byte, bool) {
			return r.Username, turn.GenerateAuthKey("ann", "test", "secret"), r.Username == "ann"
		},
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: conn, RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{
			RelayAddress: net.ParseIP(relayAddress), Address: relayAddress, Net: host,
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &internet{wan: wan, relay: server}
}

// behind is a network at home: its router has a public address, and a NAT.
func (i *internet) behind(t *testing.T, nat *vnet.NATType, public string) (router *vnet.Router, address string) {
	t.Helper()
	if nat == nil {
		return i.wan, public
	}
	n := len(i.routers) + 1
	lan, err := vnet.NewRouter(&vnet.RouterConfig{
		CIDR: fmt.Sprintf("192.168.%d.0/24", n), StaticIPs: []string{public}, NATType: nat, LoggerFactory: logging.NewDefaultLoggerFactory(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.wan.AddRouter(lan); err != nil {
		t.Fatal(err)
	}
	i.routers = append(i.routers, lan)
	return lan, fmt.Sprintf("192.168.%d.2", n)
}

func servers() []call.Server {
	return []call.Server{
		{URL: "stun:" + relayAddress + ":3478"},
		{URL: "turn:" + relayAddress + ":3478?transport=udp", Username: "ann", Credential: "secret"},
	}
}

// Two people find a path whatever routers they are behind, and one without a
// relay where there is one.
func TestRouters(t *testing.T) {
	kinds := []struct {
		name string
		nat  *vnet.NATType
	}{{"none", nil}, {"full-cone", fullCone}, {"port-restricted", portRestricted}, {"symmetric", symmetric}}
	for a, ann := range kinds {
		for b, bob := range kinds {
			relayed := a+b >= 5 && max(a, b) == 3 // one of the two cannot know where the other's packets come from
			t.Run(ann.name+" to "+bob.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { throughRouters(t, ann.nat, bob.nat, relayed) })
			})
		}
	}
}

func throughRouters(t *testing.T, annNAT, bobNAT *vnet.NATType, relayed bool) {
	net := newInternet(t, 20*time.Millisecond)
	l := &lab{random: rand.New(rand.NewPCG(1, 2))}
	router, address := net.behind(t, annNAT, "5.0.0.2")
	l.ann = deskWith(t, router, "Ann", quiet, servers, address)
	router, address = net.behind(t, bobNAT, "5.0.0.3")
	l.bob = deskWith(t, router, "Bob", quiet, servers, address)
	l.ann.lab, l.bob.lab = l, l
	l.ann.dialTo(l.bob)
	l.bob.dialTo(l.ann)
	if err := net.wan.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		l.ann.close(t)
		l.bob.close(t)
		if err := net.relay.Close(); err != nil {
			t.Error(err)
		}
		if err := net.wan.Stop(); err != nil {
			t.Error(err)
		}
	}()
	began := time.Now()
	connect(t, l)
	took := time.Since(began)
	time.Sleep(4 * time.Second) // virtual: a better path may take the first one's place
	path := l.ann.media.Stats().Transport
	before := l.ann.media.Stats().Received.Shown
	time.Sleep(2 * time.Second)
	if shown := l.ann.media.Stats().Received.Shown - before; shown < 50 {
		t.Errorf("%d pictures in 2 s", shown)
	}
	if got := strings.Contains(path.Local+path.Remote, "relay"); got != relayed {
		t.Errorf("over %s to %s; relayed should be %v", path.Local, path.Remote, relayed)
	}
	limit := 700 * time.Millisecond // at 80 ms round trip
	if relayed {
		limit = 1500 * time.Millisecond
	}
	if took > limit {
		t.Errorf("connected after %v", took)
	}
	t.Logf("connected in %v, over %s to %s", took.Round(time.Millisecond), path.Local, path.Remote)
}
