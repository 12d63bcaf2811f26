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
	log *slog.Logger

	mu    sync.Mutex
	video VideoOut
	audio AudioOut
	in    VideoIn
}

// NewMirror returns the media for one call to oneself.
func NewMirror(log *slog.Logger) *Mirror { return &Mirror{log: log} }

// SendVideo keeps the way back for pictures.
func (m *Mirror) SendVideo(out VideoOut) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.video = out
	if m.in != nil {
		m.in.RequestKeyFrame()
	}
}

// SendAudio keeps the way back for sound.
func (m *Mirror) SendAudio(out AudioOut) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.audio = out
}

// ReceiveVideo sends the track back until it ends.
func (m *Mirror) ReceiveVideo(in VideoIn) {
	m.mu.Lock()
	m.in = in
	m.mu.Unlock()
	m.reflect(func() error {
		frame, err := in.ReadFrame()
		if err != nil {
			return err
		}
		m.mu.Lock()
		out := m.video
		m.mu.Unlock()
		if out == nil {
			return nil
		}
		return out.WriteFrame(frame)
	})
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
		if out == nil || packet.Redundant {
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
func (m *Mirror) KeyFrameWanted() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.in != nil {
		m.in.RequestKeyFrame()
	}
}

// TargetRate has no encoder to tell.
func (m *Mirror) TargetRate(int) {}

// SenderReport has nothing to keep.
func (m *Mirror) SenderReport(SenderReport) {}

// Transport has nobody to show the counters to.
func (m *Mirror) Transport(func() TransportStats) {}
