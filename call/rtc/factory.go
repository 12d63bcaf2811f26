package rtc

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/transport/v5"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// Config is what a Factory is made of.
type Config struct {
	// Port is the UDP port of all media; 0 lets the system choose for each call.
	Port int
	// Video lists the encoding names to offer and answer, best first: "H264", "VP8".
	Video []string
	// MaxRate is the most bit/s to send, everything counted; 0 is 5 Mbit/s.
	MaxRate int
	// TCP takes connections of media where UDP is blocked; nil: none are taken.
	TCP net.Listener
	// Certificate is shown in calls; nil makes one for this factory alone.
	Certificate *Certificate
	// Servers help to find a path beyond this network; asked for at each call.
	Servers func() []call.Server
	// Net replaces the system's network, for tests; nil is the system's.
	Net transport.Net
	Log *slog.Logger

	mirror    bool // of the far end of a call to oneself
	relayOnly bool // tests: no other path
	noUDP     bool // tests: as where it is blocked
}

// How soon silence is noticed, and when a path is given up: a session does so
// before, for as long as a path is checked it can come back.
const (
	disconnectedAfter = 2 * time.Second
	failedAfter       = 90 * time.Second
	keepAlive         = 500 * time.Millisecond
)

// dataPatience is the longest pause between two tries to get a message through
// beside the media: after a cut it is not to take longer than the media does.
const dataPatience = time.Second

// Factory makes peers.
type Factory struct {
	cfg         Config
	certificate webrtc.Certificate
	net         transport.Net
	tcp         ice.TCPMux  // nil: no media over TCP is taken
	port        *sharedPort // nil: every peer has ports of its own
}

// NewFactory makes what makes peers.
func NewFactory(cfg Config) (*Factory, error) {
	if cfg.Certificate == nil {
		var err error
		if cfg.Certificate, err = newCertificate(time.Now()); err != nil {
			return nil, err
		}
	}
	f := &Factory{cfg: cfg, certificate: cfg.Certificate.cert, net: cfg.Net}
	f.tcp = f.tcpMux()
	if cfg.Net == nil {
		system, err := newSystemNet()
		if err != nil {
			return nil, fmt.Errorf("this machine's network cannot be used: %w", err)
		}
		f.net, f.port = system, &sharedPort{port: cfg.Port, net: system, log: loggers{cfg.Log}.NewLogger("port")}
	}
	return f, nil
}

// NewPeer satisfies call.NewPeer.
func (f *Factory) NewPeer(media call.PeerMedia, servers []call.Server, notify func(call.PeerEvent)) (call.Peer, error) {
	return f.newPeer(f.cfg.with(servers), f.port, media, notify)
}

// NewFarPeer makes the far end of a call to oneself. It has ports of its own:
// two ends on one socket could not tell each other's packets apart. It sends
// as fast as it is sent to: what it would hold back could not be made smaller.
func (f *Factory) NewFarPeer(media call.PeerMedia, _ []call.Server, notify func(call.PeerEvent)) (call.Peer, error) {
	cfg := f.cfg
	cfg.mirror = true
	return f.newPeer(cfg, nil, media, notify)
}

// newPeer makes a peer on the shared port, or on ports of its own where port
// is nil.
func (f *Factory) newPeer(cfg Config, port *sharedPort, media call.PeerMedia, notify func(call.PeerEvent)) (call.Peer, error) {
	settings, release, err := f.settings(port)
	if err != nil {
		return nil, err
	}
	p, err := f.connect(cfg, settings, media, notify)
	if err != nil {
		release()
		return nil, err
	}
	p.release = release
	if port != nil {
		p.follow(f.net)
	}
	return p, nil
}

func (f *Factory) connect(cfg Config, settings webrtc.SettingEngine, media call.PeerMedia, notify func(call.PeerEvent)) (*Peer, error) {
	engine := &webrtc.MediaEngine{}
	if err := registerCodecs(engine, cfg.Video); err != nil {
		return nil, err
	}
	out := newOutlet(cfg, media)
	settings.BufferFactory = out.pacer.Buffer
	registry, err := interceptors(engine, out, settings.LoggerFactory)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("interceptors: %w", err), out.pacer.Close())
	}
	api := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithInterceptorRegistry(registry), webrtc.WithSettingEngine(settings))
	pc, err := api.NewPeerConnection(f.configuration(cfg))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("peer connection: %w", err), out.pacer.Close())
	}
	return newPeer(pc, cfg, out, media, notify)
}

func (f *Factory) configuration(cfg Config) webrtc.Configuration {
	c := webrtc.Configuration{Certificates: []webrtc.Certificate{f.certificate}, BundlePolicy: webrtc.BundlePolicyMaxBundle}
	if cfg.relayOnly {
		c.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	if cfg.Servers == nil || cfg.mirror {
		return c
	}
	c.ICEServers = iceServers(cfg.Servers(), cfg.Log)
	return c
}

func (f *Factory) settings(port *sharedPort) (webrtc.SettingEngine, func(), error) {
	s := webrtc.SettingEngine{LoggerFactory: loggers{f.cfg.Log}}
	s.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	s.SetICEMaxBindingRequests(mostChecks)
	acceptSoon(&s)
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetDTLSRetransmissionInterval(200 * time.Millisecond)
	// The path has been proven by ICE before DTLS begins: another proof of the
	// address would only cost a round trip (RFC 6347 section 4.2.1).
	s.SetDTLSInsecureSkipHelloVerify(true)
	s.DetachDataChannels()
	s.SetSCTPRTOMax(dataPatience)
	s.SetNet(f.net)
	s.SetIncludeLoopbackCandidate(f.cfg.Net == nil)
	if port == nil {
		return s, func() {}, nil
	}
	if err := port.acquire(); err != nil {
		return s, nil, err
	}
	s.SetNetworkTypes(networkTypes(!f.cfg.noUDP))
	if f.tcp != nil {
		s.SetICETCPMux(f.tcp)
	}
	if !f.cfg.noUDP {
		s.SetICEUDPMux(port)
	}
	return s, port.release, nil
}
