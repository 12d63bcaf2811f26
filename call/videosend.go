package call

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// videoSender encodes the newest picture for the track that is attached. It
// owns one goroutine, which alone touches the encoder.
type videoSender struct {
	cfg   MediaConfig
	stats videoCounter
	slot  *Slot
	wake  chan struct{}
	stop  chan struct{}
	once  sync.Once
	done  chan struct{}

	mu  sync.Mutex
	out VideoOut

	rate     atomic.Int64
	wantKey  atomic.Bool
	screen   atomic.Bool // the pictures are a screen's
	interval atomic.Int64
	last     time.Time // of the newest picture; of whoever puts them
}

// videoCounter hears what a videoSender does.
type videoCounter interface {
	encoded(bytes int, key bool, pic *Picture)
	encoderDropped() // by its rate control
	skipped()        // since what was sent before has not left
	sends(codec string, m manner)
}

func newVideoSender(cfg MediaConfig, stats videoCounter) *videoSender {
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
	v.put()
}

// put gives the sender what was written into its slot.
func (v *videoSender) put() {
	v.pace(v.slot.Writable().At)
	v.slot.Put()
	v.poke()
}

// pace smooths the interval of the pictures that come. A pause says nothing.
func (v *videoSender) pace(at time.Time) {
	step := at.Sub(v.last)
	v.last = at
	if step <= 0 || step > time.Second {
		return
	}
	before := time.Duration(v.interval.Load())
	if before == 0 {
		before = step
	}
	v.interval.Store(int64(before + (step-before)/8))
}

// comes is the interval of the pictures that come; a usual one where there is
// none yet.
func (v *videoSender) comes() time.Duration {
	if d := time.Duration(v.interval.Load()); d > 0 {
		return d
	}
	return time.Second / 30
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
	v.poke()
}

func (v *videoSender) attached() VideoOut {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.out
}

func (v *videoSender) forceKeyFrame()     { v.wantKey.Store(true) }
func (v *videoSender) setRate(bps int)    { v.rate.Store(int64(bps)) }
func (v *videoSender) setScreen(yes bool) { v.screen.Store(yes) }

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
			e = encoding{out: out, buf: e.buf, small: e.small}
		}
		if out == nil {
			continue // the newest picture stays in the slot for the next attachment
		}
		pic, fresh := v.slot.Take()
		if !fresh {
			continue
		}
		ready := out.Ready() || pic.endsScreen()
		e.passing.note(ready)
		if !ready {
			v.stats.skipped()
			continue // the next picture is newer
		}
		e.note(v, e.send(v, pic))
	}
}

func findVideo(codecs []VideoCodec, name string) (VideoCodec, error) {
	for _, c := range codecs {
		if c.Name() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("no codec for %s", name)
}
