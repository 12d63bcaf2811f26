package call

import (
	"errors"
	"time"
)

// encoding is the work for one attachment of a videoSender, of whose goroutine
// it is.
type encoding struct {
	out     VideoOut
	encoder VideoEncoder
	screen  bool
	rate    int64
	fps     float64 // as the encoder was told; 0: as they come
	buf     []byte
	failing bool // the last picture was not sent
	ladder  ladder
	keyAt   time.Time
	effort  effort
	cadence cadence
	passing passing
	small   Picture // the picture at the size that the rate affords
}

// keysApart bounds what requests for key frames cost, whoever makes them: one
// that comes within it is granted at its end.
const keysApart = 250 * time.Millisecond

// manner is how a picture is to be sent now.
func (e *encoding) manner(pic *Picture, rate int64) manner {
	if e.screen {
		return screenManner(pic.Width(), pic.Height(), int(rate), e.effort.level)
	}
	return e.ladder.choose(pic.Width(), pic.Height(), int(rate), e.effort.level, pic.At)
}

// sized is the picture in the size of m, valid until the next call.
func (e *encoding) sized(pic *Picture, m manner) *Picture {
	if m.width == pic.Width() && m.height == pic.Height() {
		return pic
	}
	Scale(&e.small, pic, m.width, m.height)
	return &e.small
}

// note tells the first failure of a row.
func (e *encoding) note(v *videoSender, err error) {
	if err == nil {
		e.failing = false
		return
	}
	if !e.failing && v.attached() == e.out {
		v.cfg.Log.Warn("pictures are not sent", "err", err)
	}
	e.failing = true
}

// send encodes and writes a picture, unless it is one that its manner leaves
// out.
func (e *encoding) send(v *videoSender, pic *Picture) error {
	if screen := v.screen.Load(); screen != e.screen {
		e.end(v)
		e.screen, e.effort, e.cadence = screen, effort{}, cadence{}
	}
	if pic.endsScreen() {
		return e.encode(v, pic)
	}
	rate := v.rate.Load()
	m := e.manner(pic, rate)
	v.stats.sends(e.out.Codec(), m)
	if !e.cadence.passes(pic.At, m.fps) {
		return nil
	}
	began := time.Now()
	pic = e.sized(pic, m)
	rate = e.passing.of(min(rate, int64(mostRate(m.width*m.height))))
	if err := e.tune(v, pic, rate, m.fps); err != nil {
		return err
	}
	err := e.encode(v, pic)
	e.effort.note(time.Since(began), interval(v.comes(), m.fps), pic.At)
	return err
}

// interval is the time between two pictures that are sent.
func interval(comes time.Duration, fps float64) time.Duration {
	if fps <= 0 {
		return comes
	}
	return max(comes, time.Duration(float64(time.Second)/fps))
}

// tune makes the encoder, or tells it what has changed.
func (e *encoding) tune(v *videoSender, pic *Picture, rate int64, fps float64) error {
	comes := float64(time.Second) / float64(interval(v.comes(), fps))
	if e.encoder == nil {
		return e.begin(v, pic, rate, comes)
	}
	if rate != e.rate {
		e.encoder.SetBitRate(int(rate))
		e.rate = rate
	}
	if fps != e.fps {
		e.encoder.SetFrameRate(comes)
		e.fps = fps
	}
	return nil
}

func (e *encoding) begin(v *videoSender, pic *Picture, rate int64, fps float64) error {
	codec, err := findVideo(v.cfg.Video, e.out.Codec())
	if err != nil {
		return err
	}
	e.rate = rate
	e.encoder, err = codec.NewEncoder(VideoConfig{
		Width: pic.Width(), Height: pic.Height(), FrameRate: fps, BitRate: int(rate), Screen: e.screen,
	})
	return err
}

func (e *encoding) encode(v *videoSender, pic *Picture) error {
	if e.encoder == nil {
		return nil // the end of what nobody saw
	}
	if v.wantKey.Load() && pic.At.Sub(e.keyAt) >= keysApart && v.wantKey.Swap(false) {
		e.encoder.ForceKeyFrame()
	}
	unit, key, err := e.encoder.Encode(pic, e.buf)
	if errors.Is(err, ErrFrameDropped) {
		v.stats.encoderDropped()
		return nil
	}
	if err != nil {
		e.end(v) // the next picture begins anew
		return err
	}
	e.buf = unit
	if key {
		e.keyAt = pic.At
	}
	v.stats.encoded(len(unit), key, pic)
	return e.out.WriteFrame(EncodedFrame{Unit: unit, Key: key, At: pic.At})
}

func (e *encoding) end(v *videoSender) {
	if e.encoder == nil {
		return
	}
	if err := e.encoder.Close(); err != nil {
		v.cfg.Log.Warn("closing the encoder", "err", err)
	}
	e.encoder = nil
}
