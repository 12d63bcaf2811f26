package rtc

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
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
	// Net replaces the system's network, for tests; nil is the system's.
	Net transport.Net
	Log *slog.Logger
}

// How soon silence is noticed: the session gives up some time after it.
const (
	disconnectedAfter = 2 * time.Second
	failedAfter       = 30 * time.Second
	keepAlive         = 500 * time.Millisecond
)

// Factory makes peers.
type Factory struct {
	cfg         Config
	certificate webrtc.Certificate
	port        *sharedPort
}

// NewFactory makes the certificate that this program shows in calls.
func NewFactory(cfg Config) (*Factory, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	certificate, err := webrtc.GenerateCertificate(key)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	f := &Factory{cfg: cfg, certificate: *certificate}
	if cfg.Net == nil {
		f.port = &sharedPort{port: cfg.Port}
	}
	return f, nil
}

// NewPeer satisfies call.NewPeer.
func (f *Factory) NewPeer(media call.PeerMedia, notify func(call.PeerEvent)) (call.Peer, error) {
	settings, release, err := f.settings()
	if err != nil {
		return nil, err
	}
	p, err := f.connect(settings, media, notify)
	if err != nil {
		release()
		return nil, err
	}
	p.release = release
	return p, nil
}

func (f *Factory) connect(settings webrtc.SettingEngine, media call.PeerMedia, notify func(call.PeerEvent)) (*Peer, error) {
	engine := &webrtc.MediaEngine{}
	if err := registerCodecs(engine, f.cfg.Video); err != nil {
		return nil, err
	}
	registry := &interceptor.Registry{}
	if err := webrtc.RegisterDefaultInterceptors(engine, registry); err != nil {
		return nil, fmt.Errorf("interceptors: %w", err)
	}
	api := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithInterceptorRegistry(registry), webrtc.WithSettingEngine(settings))
	pc, err := api.NewPeerConnection(webrtc.Configuration{
		Certificates: []webrtc.Certificate{f.certificate},
		BundlePolicy: webrtc.BundlePolicyMaxBundle,
	})
	if err != nil {
		return nil, fmt.Errorf("peer connection: %w", err)
	}
	return newPeer(pc, f.cfg, media, notify)
}

func (f *Factory) settings() (webrtc.SettingEngine, func(), error) {
	s := webrtc.SettingEngine{LoggerFactory: loggers{f.cfg.Log}}
	s.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetDTLSRetransmissionInterval(200 * time.Millisecond)
	if f.port == nil {
		s.SetNet(f.cfg.Net)
		return s, func() {}, nil
	}
	s.SetIncludeLoopbackCandidate(true)
	mux, err := f.port.acquire()
	if err != nil {
		return s, nil, err
	}
	s.SetICEUDPMux(mux)
	return s, f.port.release, nil
}
