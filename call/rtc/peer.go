package rtc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"

	"parley/call"
)

// Peer is one peer connection with a track of each role in both directions.
type Peer struct {
	pc      *webrtc.PeerConnection
	media   call.PeerMedia
	notify  func(call.PeerEvent)
	log     *slog.Logger
	release func()

	video, audio *trackOut
	screen       *trackOut // nil: the media has none
	tracks       []*trackOut
	counters     *counters
	arrivals     *arrivals

	cfg   Config
	draft *webrtc.SessionDescription // that waits for Gather

	trickling atomic.Bool // candidates go out one by one: the description is gone
	ctx       context.Context
	cancel    context.CancelFunc // of ctx, at Close
	wait      sync.WaitGroup

	mu       sync.Mutex // guards what follows
	state    webrtc.PeerConnectionState
	attached bool
	talking  bool // the channels beside the media were handed over
	closing  bool
	received map[role]bool    // tracks of theirs that are read
	held     []call.Candidate // for TCP, told later
	tcpTold  bool

	once   sync.Once
	closed error
}

// gatherPatience is how long a description waits for this side's addresses:
// those of this machine are known at once, and then the whole is one message.
const gatherPatience = 30 * time.Millisecond

func newPeer(pc *webrtc.PeerConnection, cfg Config, out outlet, media call.PeerMedia, notify func(call.PeerEvent)) (*Peer, error) {
	p := &Peer{
		pc: pc, media: media, notify: notify, cfg: cfg, log: cfg.Log,
		video: out.video, audio: out.audio, screen: out.screen, tracks: out.tracks(), counters: out.counters, arrivals: out.arrivals,
		received: map[role]bool{},
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	pc.OnICECandidate(p.onCandidate)
	pc.OnConnectionStateChange(func(webrtc.PeerConnectionState) { p.onState() })
	pc.OnTrack(p.onTrack)
	if err := openData(pc, media, out.pace, p.onData); err != nil {
		return nil, errors.Join(fmt.Errorf("making the channels beside the media: %w", err), pc.Close())
	}
	for i, track := range p.tracks {
		sender, err := pc.AddTrack(track)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("adding a track: %w", err), pc.Close())
		}
		p.wait.Go(func() { p.readFeedback(sender, role(i)) })
	}
	return p, nil
}

// Offer satisfies call.Peer.
func (p *Peer) Offer(ctx context.Context) (string, error) {
	offer, err := p.pc.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	return p.describe(ctx, offer)
}

// Draft satisfies call.Peer.
func (p *Peer) Draft(context.Context) (string, error) {
	draft, err := p.pc.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	p.draft = &draft
	return draft.SDP, nil
}

// Gather satisfies call.Peer.
func (p *Peer) Gather(servers []call.Server) error {
	if cfg := p.cfg.with(servers); cfg.Servers != nil && !cfg.mirror {
		c := webrtc.Configuration{ICEServers: iceServers(cfg.Servers(), cfg.Log), ICETransportPolicy: p.pc.GetConfiguration().ICETransportPolicy}
		if err := p.pc.SetConfiguration(c); err != nil {
			return err
		}
	}
	p.trickling.Store(true)
	return p.pc.SetLocalDescription(*p.draft)
}

// Restart satisfies call.Peer.
func (p *Peer) Restart(ctx context.Context) (string, error) {
	p.anew()
	offer, err := p.pc.CreateOffer(&webrtc.OfferOptions{ICERestart: true})
	if err != nil {
		return "", err
	}
	return p.describe(ctx, offer)
}

// anew begins with addresses that belong to other keys than those before.
func (p *Peer) anew() {
	p.trickling.Store(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held, p.tcpTold = nil, false
}

// Take satisfies call.Peer.
func (p *Peer) Take(offer string) error {
	p.anew()
	if n := strings.Count(offer, "\nm="); n > maxSections {
		return fmt.Errorf("%w: an offer of %d tracks", call.ErrMessage, n)
	}
	return p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: offer})
}

// maxSections bounds the tracks that an offer can make this side set up.
const maxSections = 8

// Answer satisfies call.Peer.
func (p *Peer) Answer(ctx context.Context) (string, error) {
	answer, err := p.pc.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	p.offerTCP()
	defer p.nudge()
	return p.describe(ctx, answer)
}

// describe sets the local description and returns it with the addresses that
// are known soon; the others trickle (RFC 8838).
func (p *Peer) describe(ctx context.Context, d webrtc.SessionDescription) (string, error) {
	gathered := webrtc.GatheringCompletePromise(p.pc)
	if err := p.pc.SetLocalDescription(d); err != nil {
		return "", err
	}
	timer := time.NewTimer(gatherPatience)
	defer timer.Stop()
	select {
	case <-gathered:
	case <-timer.C:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	p.trickling.Store(true)
	return withoutTCP(p.pc.LocalDescription().SDP), nil
}

// Accept satisfies call.Peer.
func (p *Peer) Accept(answer string) error {
	p.offerTCP()
	defer p.nudge()
	return p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer})
}

// AddCandidate satisfies call.Peer.
func (p *Peer) AddCandidate(c call.Candidate) error {
	return p.pc.AddICECandidate(webrtc.ICECandidateInit{
		Candidate: c.Candidate, SDPMid: c.SDPMid, SDPMLineIndex: c.SDPMLineIndex,
	})
}

func (p *Peer) onCandidate(c *webrtc.ICECandidate) {
	if c == nil {
		return
	}
	init := c.ToJSON()
	found := call.Candidate{Candidate: init.Candidate, SDPMid: init.SDPMid, SDPMLineIndex: init.SDPMLineIndex}
	switch {
	case isTCP(init.Candidate):
		if c.TCPType == "passive" { // nobody can reach the others
			p.holdBack(found)
		}
	case p.trickling.Load():
		p.notify(call.PeerEvent{Kind: call.PeerCandidate, Candidate: found})
	}
}

// onState tells a change. pion calls it in a goroutine for each change, in any
// order, so it is the present state that counts.
func (p *Peer) onState() {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.pc.ConnectionState()
	if p.closing || s == p.state {
		return
	}
	p.state = s
	p.log.Debug("peer connection", "state", s)
	switch s {
	case webrtc.PeerConnectionStateConnected:
		p.attach()
		p.notify(call.PeerEvent{Kind: call.PeerConnected})
	case webrtc.PeerConnectionStateDisconnected:
		p.notify(call.PeerEvent{Kind: call.PeerDisconnected})
	case webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
		p.notify(call.PeerEvent{Kind: call.PeerFailed})
	}
}

// attach hands the sending ends over, once. p.mu is held.
func (p *Peer) attach() {
	if p.attached {
		return
	}
	p.attached = true
	p.media.Transport(p.stats)
	p.media.SendAudio(p.audio)
	p.media.SendVideo(p.video)
	p.sendScreen(true)
}

// onData hands the channels beside the media over, once all are open.
func (p *Peer) onData(d call.Data) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closing {
		p.talking = true
		p.media.(call.DataMedia).SendData(d)
	}
}

func (p *Peer) wasConnected() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.attached
}

// detach takes the sending ends back.
func (p *Peer) detach() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closing = true
	if p.talking {
		p.media.(call.DataMedia).SendData(nil)
	}
	if p.attached {
		p.sendScreen(false)
		p.media.SendVideo(nil)
		p.media.SendAudio(nil)
		p.media.Transport(nil)
	}
}

// onTrack hands a remote track over, the first of each role. pion calls it in a
// goroutine of its own, but Close has to wait for what it starts.
func (p *Peer) onTrack(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	p.mu.Lock()
	defer p.mu.Unlock()
	as := p.roleOf(receiver)
	if p.closing || p.received[as] {
		return
	}
	p.received[as] = true
	p.wait.Go(func() { p.readReports(receiver, as) })
	p.wait.Go(func() { p.receive(as, track) })
}

// Close satisfies call.Peer.
func (p *Peer) Close() error {
	p.once.Do(func() {
		p.cancel()
		p.detach()
		p.closed = p.pc.GracefulClose()
		p.wait.Wait()
		p.release()
	})
	return p.closed
}
