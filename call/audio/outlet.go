package audio

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/gen2brain/malgo"

	"parley/call"
)

// outletPeriod is how much an Outlet asks for at once, in ms: it may be later
// than a call, but must not break off on a busy machine.
const outletPeriod = 25

// Outlet is a speaker for sound that is no call's: stereo, at any rate, and
// without a microphone. Its thread is miniaudio's; Close ends it and waits.
type Outlet struct {
	context *malgo.AllocatedContext
	device  *malgo.Device
	fill    func(pairs []int16)

	failed  chan error
	fail    sync.Once
	beats   atomic.Uint64
	closing chan struct{}
	close   sync.Once
	done    sync.WaitGroup
}

// OpenOutlet opens the speaker of a name (see Options) and has it call fill
// with blocks to be filled, two samples a pair, left before right, until Close.
// fill is called on a thread of the sound system's and must not block. The
// error wraps ErrNoDevice where there is no such speaker.
func OpenOutlet(speaker string, rate int, fill func(pairs []int16)) (*Outlet, error) {
	context, err := newContext()
	if err != nil {
		return nil, err
	}
	o := &Outlet{context: context, fill: fill, failed: make(chan error, 1), closing: make(chan struct{})}
	if err := o.open(speaker, rate); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	o.done.Go(func() {
		watch(&o.beats, o.closing, func() { o.die(errStalled) })
	})
	return o, nil
}

func (o *Outlet) open(speaker string, rate int) error {
	id, err := find(o.context, malgo.Playback, speaker)
	if err != nil {
		return err
	}
	var pinned runtime.Pinner
	defer pinned.Unpin()
	cfg := malgo.DefaultDeviceConfig(malgo.Playback)
	cfg.SampleRate = uint32(rate)
	cfg.PeriodSizeInMilliseconds, cfg.Periods = outletPeriod, periods
	cfg.NoFixedSizedCallback = 1
	cfg.Playback.Format, cfg.Playback.Channels = malgo.FormatS16, 2
	cfg.Pulse.StreamNamePlayback = "Parley"
	if id != nil {
		pinned.Pin(id)
		cfg.Playback.DeviceID = unsafe.Pointer(id)
	}
	o.device, err = malgo.InitDevice(o.context.Context, cfg, malgo.DeviceCallbacks{
		Data: o.onPlay,
		Stop: func() { o.die(errStopped) },
	})
	if err == nil {
		err = o.device.Start()
	}
	if err != nil {
		return fmt.Errorf("opening the %s %q: %w; choose another, or close what is using it", call.Speaker, speaker, err)
	}
	return nil
}

func (o *Outlet) onPlay(out, _ []byte, _ uint32) {
	o.beats.Add(1)
	o.fill(asSamples(out))
}

// Latency is how long a block waits, once it has been filled, until it is
// heard: what the sound system was asked to hold.
func (o *Outlet) Latency() time.Duration { return outletPeriod * time.Millisecond }

// Failed receives at most one error when the device dies by itself.
func (o *Outlet) Failed() <-chan error { return o.failed }

func (o *Outlet) die(cause error) {
	select {
	case <-o.closing:
	default:
		o.fail.Do(func() { o.failed <- fmt.Errorf("the %s failed: %w", call.Speaker, cause) })
	}
}

// Close stops the sound, waits for a fill in progress, and is idempotent. It
// is not called from within fill.
func (o *Outlet) Close() error {
	var err error
	o.close.Do(func() {
		close(o.closing)
		if o.device != nil {
			release(o.device)
		}
		err = o.context.Uninit()
		o.context.Free()
	})
	o.done.Wait()
	return err
}
