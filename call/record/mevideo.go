package record

import (
	"errors"
	"time"

	"parley/call"
)

// pictureQueue is how many pictures may wait for the encoder: few enough to
// hold little memory, enough for one slow key frame.
const pictureQueue = 4

// meVideo encodes my pictures as a master and writes them.
type meVideo struct {
	host    *host
	in      *queue[call.Picture]
	codec   call.VideoCodec
	bitRate func(width, height int) int
	encoder call.VideoEncoder
	out     *videoTrack
	pic     call.Picture
	last    time.Time // of the picture encoded last
	width   int
	height  int
	buf     []byte
}

func newMeVideo(h *host, codec call.VideoCodec, bitRate func(width, height int) int, id string) *meVideo {
	return &meVideo{
		host: h, in: newQueue[call.Picture](pictureQueue), codec: codec, bitRate: bitRate,
		out: newVideoTrack(h, id, Me, codec.Name()),
	}
}

// Bounds of a master's bit rate, and its bits a pixel: about four times what a
// call spends, so that the film's own encoding has something to work from.
const (
	masterBits    = 0.22
	masterFPS     = 30
	leastMaster   = 1_000_000
	greatestRate  = 20_000_000
	droppedBusy   = "busy"
	droppedByRate = "rate"
)

// masterRate is the bit rate for a picture size, in bit/s: 6 Mbit/s for 720p.
func masterRate(width, height int) int {
	return min(max(int(float64(width*height)*masterFPS*masterBits), leastMaster), greatestRate)
}

func (m *meVideo) wake() <-chan struct{} { return m.in.wake }

// take queues a copy of a picture, from any goroutine.
func (m *meVideo) take(pic *call.Picture) {
	if p := m.in.begin(); p != nil {
		p.CopyFrom(pic)
		m.in.commit()
	}
}

func (m *meVideo) drain() {
	for {
		dropped, ok := m.in.take(&m.pic)
		if !ok {
			return
		}
		at := m.host.elapsed(m.pic.At)
		if dropped > 0 {
			m.out.track.note(noteDropped{"dropped", dropped, droppedBusy, at})
		}
		if at >= 0 && m.pic.At.After(m.last) && !m.out.track.failed {
			m.last = m.pic.At
			m.encode(at)
			m.tick() // an encoder that is always behind leaves no other time to flush
		}
	}
}

func (m *meVideo) encode(at time.Duration) {
	if err := m.fit(); err != nil {
		m.out.track.fail(err)
		return
	}
	unit, _, err := m.encoder.Encode(&m.pic, m.buf)
	if errors.Is(err, call.ErrFrameDropped) {
		m.out.track.note(noteDropped{"dropped", 1, droppedByRate, at})
		return
	}
	if err != nil {
		m.out.track.fail(err)
		return
	}
	m.buf = unit
	begun := m.out.track.begun()
	m.out.unit(at, unit)
	if !begun && m.out.track.begun() {
		m.out.track.note(noteStart{"origin", at})
	}
}

// fit makes the encoder, and tells it about a new picture size.
func (m *meVideo) fit() error {
	w, h := m.pic.Width(), m.pic.Height()
	if m.encoder != nil && w == m.width && h == m.height {
		return nil
	}
	m.width, m.height = w, h
	if m.encoder != nil {
		m.encoder.SetBitRate(m.bitRate(w, h))
		return nil
	}
	var err error
	m.encoder, err = m.codec.NewEncoder(call.VideoConfig{
		Width: w, Height: h, FrameRate: masterFPS, BitRate: m.bitRate(w, h), Master: true,
	})
	return err
}

func (m *meVideo) tick() { m.out.track.tick() }

func (m *meVideo) end() {
	if m.encoder != nil {
		m.out.track.fail(m.encoder.Close())
		m.encoder = nil
	}
	m.out.track.end()
}
