package audio

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gen2brain/malgo"

	"parley/call"
)

const (
	period  = 10 // ms, asked of the sound system
	periods = 3
)

// hardware is a device of miniaudio: a microphone, a speaker, or both.
type hardware struct {
	engine  *engine
	context *malgo.AllocatedContext
	devices []*malgo.Device

	ring  ring    // to the speaker where the microphone is the clock
	spare []int16 // what a speaker that is the clock has left of a block

	failed chan error
	fail   sync.Once
	beats  atomic.Uint64 // callbacks of the clock
	ready  atomic.Bool   // Start was called; callbacks before are silence

	mu      sync.Mutex
	started bool
	closing chan struct{}
	close   sync.Once
	done    sync.WaitGroup
}

func openHardware(o Options, e *engine) (call.SoundDevice, error) {
	context, err := newContext()
	if err != nil {
		return nil, err
	}
	d := &hardware{engine: e, context: context, failed: make(chan error, 1), closing: make(chan struct{})}
	if err := d.open(o); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// open makes the devices, the speaker last: it must not wait for the first
// sound longer than needed.
func (d *hardware) open(o Options) error {
	microphone, speaker := isHardware(o.Microphone), isHardware(o.Speaker)
	if microphone {
		if err := d.add(malgo.Capture, o.Microphone, d.onHeard); err != nil {
			return err
		}
	}
	if !speaker {
		return nil
	}
	if microphone {
		return d.add(malgo.Playback, o.Speaker, d.onRelay)
	}
	return d.add(malgo.Playback, o.Speaker, d.onPlay)
}

func (d *hardware) add(kind malgo.DeviceType, name string, data malgo.DataProc) error {
	what := kindOf(kind)
	id, err := find(d.context, kind, name)
	if err != nil {
		return err
	}
	var pinned runtime.Pinner
	defer pinned.Unpin()
	cfg := config(kind)
	if id != nil {
		pinned.Pin(id)
		cfg.Capture.DeviceID, cfg.Playback.DeviceID = unsafe.Pointer(id), unsafe.Pointer(id)
	}
	device, err := malgo.InitDevice(d.context.Context, cfg, malgo.DeviceCallbacks{
		Data: data,
		Stop: func() { d.die(fmt.Errorf("the %s failed: %w", what, errStopped)) },
	})
	if err != nil {
		return fmt.Errorf("opening the %s %q: %w; choose another, or close what is using it", what, name, err)
	}
	d.devices = append(d.devices, device)
	return nil
}

// config asks for the least delay: 10 ms at a time, handed over as they come,
// converted by miniaudio to one channel of 16 bits at 48 kHz.
func config(kind malgo.DeviceType) malgo.DeviceConfig {
	cfg := malgo.DefaultDeviceConfig(kind)
	cfg.SampleRate = call.SampleRate
	cfg.PeriodSizeInMilliseconds = period
	cfg.Periods = periods
	cfg.PerformanceProfile = malgo.LowLatency
	cfg.NoFixedSizedCallback = 1
	cfg.Capture.Format, cfg.Capture.Channels = malgo.FormatS16, 1
	cfg.Playback.Format, cfg.Playback.Channels = malgo.FormatS16, 1
	cfg.Pulse.StreamNameCapture, cfg.Pulse.StreamNamePlayback = "Parley", "Parley"
	return cfg
}

// Start implements call.SoundDevice.
func (d *hardware) Start(process func(heard, play []int16)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.started {
		return ErrStarted
	}
	select {
	case <-d.closing:
		return call.ErrClosed
	default:
	}
	d.started = true
	d.engine.process = process
	d.ready.Store(true)
	for _, device := range d.devices {
		if err := device.Start(); err != nil {
			return fmt.Errorf("starting the sound device: %w; choose another, or close what is using it", err)
		}
	}
	d.done.Go(func() {
		watch(&d.beats, d.closing, func() { d.die(fmt.Errorf("the sound device failed: %w", errStalled)) })
	})
	return nil
}

// die reports a failure, unless the device rests before Start or stops
// because it was told to.
func (d *hardware) die(cause error) {
	select {
	case <-d.closing:
		return
	default:
	}
	if !d.ready.Load() {
		return
	}
	d.fail.Do(func() { d.failed <- cause })
}

// Failed implements call.SoundDevice.
func (d *hardware) Failed() <-chan error { return d.failed }

// Close implements call.SoundDevice. Not from within process.
func (d *hardware) Close() error {
	var err error
	d.close.Do(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		close(d.closing)
		for _, device := range d.devices {
			release(device)
		}
		err = d.context.Uninit()
		d.context.Free()
	})
	d.done.Wait()
	return err
}

// release ends a device and waits for its thread. It is stopped first, since
// Uninit alone wakes no thread that waits for a sound server which is gone.
func release(device *malgo.Device) {
	_ = device.Stop() // of a device that may be dead
	device.Uninit()
}

// onHeard is the microphone's callback, and the clock.
func (d *hardware) onHeard(_, in []byte, _ uint32) {
	d.beats.Add(1)
	if d.ready.Load() {
		d.engine.hear(asSamples(in), d.toRing)
	}
}

func (d *hardware) toRing(block []int16) { d.ring.write(block) }

// onRelay is the speaker's callback where the microphone is the clock.
func (d *hardware) onRelay(out, _ []byte, _ uint32) { d.ring.pull(asSamples(out)) }

// onPlay is the speaker's callback where it is the clock.
func (d *hardware) onPlay(out, _ []byte, _ uint32) {
	d.beats.Add(1)
	if !d.ready.Load() {
		clear(out)
		return
	}
	for play := asSamples(out); len(play) > 0; {
		if len(d.spare) == 0 {
			d.engine.step()
			d.spare = d.engine.play[:]
		}
		n := copy(play, d.spare)
		play, d.spare = play[n:], d.spare[n:]
	}
}

// asSamples is miniaudio's buffer, which is in the machine's byte order.
func asSamples(b []byte) []int16 {
	return unsafe.Slice((*int16)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/2)
}
