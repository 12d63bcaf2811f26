package call

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// videoSender encodes the newest picture for the track that is attached. It
// owns one goroutine, which alone touches the encoder.
type videoSender struct {
	cfg   MediaConfig
	stats *collector
	slot  *Slot
	wake  chan struct{}
	stop  chan struct{}
	once  sync.Once
	done  chan struct{}

	mu  sync.Mutex
	out VideoOut

	rate    atomic.Int64
	wantKey atomic.Bool
}

func newVideoSender(cfg MediaConfig, stats *collector) *videoSender {
	v := &videoSender{
		cfg: cfg, stats: stats, slot: NewSlot(),
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	v.rate.Store(int64(cfg.BitRate))
	go v.run()
	return v
}

// offer gives the sender a picture; one that it has not taken yet is replaced.
func (v *videoSender) offer(pic *Picture) {
	v.slot.Writable().CopyFrom(pic)
	v.slot.Put()
	v.poke()
}

func (v *videoSender) poke() {
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// attach sends to out from now on, beginning with a key frame of the newest
// picture at once; nil stops.
func (v *videoSender) attach(out VideoOut) {
	v.mu.Lock()
	v.out = out
	v.mu.Unlock()
	v.setRate(v.cfg.BitRate)
	v.poke()
}

func (v *videoSender) attached() VideoOut {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.out
}

func (v *videoSender) forceKeyFrame() { v.wantKey.Store(true) }
func (v *videoSender) setRate(bps int) {
	v.rate.Store(int64(bps))
	v.stats.target(bps)
}

func (v *videoSender) close() {
	v.once.Do(func() { close(v.stop) })
	<-v.done
}

// run encodes until close. The encoder lives as long as one attachment.
func (v *videoSender) run() {
	defer close(v.done)
	var e encoding
	defer e.end(v)
	for {
		select {
		case <-v.stop:
			return
		case <-v.wake:
		}
		out := v.attached()
		if out != e.out {
			e.end(v)
			e.out = out
		}
		if out == nil {
			continue // the newest picture stays in the slot for the next attachment
		}
		pic, fresh := v.slot.Take()
		if !fresh {
			continue
		}
		if !out.Ready() {
			v.stats.skipped()
			continue // the next picture is newer
		}
		e.note(v, e.send(v, pic))
	}
}

// encoding is the work for one attachment.
type encoding struct {
	out     VideoOut
	encoder VideoEncoder
	rate    int64
	buf     []byte
	failing bool // the last picture was not sent
	keyAt   time.Time
	ladder  ladder
	small   Picture // the picture at the size that the rate affords
}

// keysApart bounds what requests for key frames cost, whoever makes them: one
// that comes within it is granted at its end.
const keysApart = 250 * time.Millisecond

// sized is the picture at the size that the rate affords, valid until the next
// call.
func (e *encoding) sized(pic *Picture, rate int) *Picture {
	w, h := e.ladder.choose(pic.Width(), pic.Height(), rate, pic.At)
	if w == pic.Width() && h == pic.Height() {
		return pic
	}
	Scale(&e.small, pic, w, h)
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

func (e *encoding) send(v *videoSender, pic *Picture) error {
	rate := v.rate.Load()
	pic = e.sized(pic, int(rate))
	rate = min(rate, int64(mostRate(pic.Width()*pic.Height())))
	if e.encoder == nil {
		if err := e.begin(v, pic, rate); err != nil {
			return err
		}
	}
	if rate != e.rate {
		e.encoder.SetBitRate(int(rate))
		e.rate = rate
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

func (e *encoding) begin(v *videoSender, pic *Picture, rate int64) error {
	codec, err := findVideo(v.cfg.Video, e.out.Codec())
	if err != nil {
		return err
	}
	e.rate = rate
	e.encoder, err = codec.NewEncoder(VideoConfig{
		Width: pic.Width(), Height: pic.Height(), FrameRate: v.cfg.Format.FrameRate, BitRate: int(e.rate),
	})
	return err
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

func findVideo(codecs []VideoCodec, name string) (VideoCodec, error) {
	for _, c := range codecs {
		if c.Name() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("no codec for %s", name)
}
