package call

import (
	"errors"
	"io"
	"log/slog"
	"sync"
)

// Mirror is the media of the far end of a call to oneself: every access unit
// and every packet goes back as it came, so that one encoder and one decoder
// stand for both directions.
type Mirror struct {
	log            *slog.Logger
	camera, screen glass

	mu    sync.Mutex
	audio AudioOut
}

// glass throws one video track back.
type glass struct {
	mu  sync.Mutex
	out VideoOut
	in  VideoIn
}

// NewMirror returns the media for one call to oneself.
func NewMirror(log *slog.Logger) *Mirror { return &Mirror{log: log} }

// SendVideo keeps the way back for pictures.
func (m *Mirror) SendVideo(out VideoOut) { m.camera.back(out) }

// SendScreen keeps the way back for a shared screen.
func (m *Mirror) SendScreen(out VideoOut) { m.screen.back(out) }

func (g *glass) back(out VideoOut) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.out = out
	if g.in != nil {
		g.in.RequestKeyFrame()
	}
}

// SendAudio keeps the way back for sound.
func (m *Mirror) SendAudio(out AudioOut) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.audio = out
}

// ReceiveVideo sends the track back until it ends.
func (m *Mirror) ReceiveVideo(in VideoIn) { m.reflect(m.camera.onto(in)) }

// ReceiveScreen sends the track back until it ends.
func (m *Mirror) ReceiveScreen(in VideoIn) { m.reflect(m.screen.onto(in)) }

// onto returns what sends one frame of in back.
func (g *glass) onto(in VideoIn) func() error {
	g.mu.Lock()
	g.in = in
	g.mu.Unlock()
	return func() error {
		frame, err := in.ReadFrame()
		if err != nil {
			return err
		}
		g.mu.Lock()
		out := g.out
		g.mu.Unlock()
		if out == nil {
			return nil
		}
		return out.WriteFrame(frame)
	}
}

// ReceiveAudio sends the track back until it ends.
func (m *Mirror) ReceiveAudio(in AudioIn) {
	m.reflect(func() error {
		packet, err := in.ReadPacket()
		if err != nil {
			return err
		}
		m.mu.Lock()
		out := m.audio
		m.mu.Unlock()
		if out == nil {
			return nil
		}
		return out.WritePacket(packet.Payload, packet.RTPTime)
	})
}

// reflect runs once a frame until the track ends.
func (m *Mirror) reflect(once func() error) {
	for {
		if err := once(); err != nil {
			if !errors.Is(err, io.EOF) {
				m.log.Debug("the mirror stops", "err", err)
			}
			return
		}
	}
}

// KeyFrameWanted passes the wish on to where the pictures come from.
func (m *Mirror) KeyFrameWanted() { m.camera.renew() }

// ScreenKeyFrameWanted is KeyFrameWanted for a shared screen.
func (m *Mirror) ScreenKeyFrameWanted() { m.screen.renew() }

func (g *glass) renew() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.in != nil {
		g.in.RequestKeyFrame()
	}
}

// TargetRate has no encoder to tell.
func (m *Mirror) TargetRate(int) {}

// SenderReport has nothing to keep.
func (m *Mirror) SenderReport(SenderReport) {}

// Transport has nobody to show the counters to.
func (m *Mirror) Transport(func() TransportStats) {}

// SendData sends everything back that comes beside the media: what one says to
// oneself, one hears, and a file comes back.
func (m *Mirror) SendData(d Data) {
	if d == nil {
		return // the channels end by themselves
	}
	for kind := range DataKinds {
		back := d.Channel(kind)
		go read(back, func(message []byte) {
			if err := back.Send(message); err != nil {
				m.log.Debug("not sent back", "err", err)
			}
		}, flow{}, nil)
	}
}
