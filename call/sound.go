package call

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// soundPath joins the sound device, the encoder and the playout. The device's
// callback (process) never waits: it hands packets to a goroutine and takes
// what the playout has.
type soundPath struct {
	cfg      MediaConfig
	stats    *collector
	recorder func() Recorder
	level    level
	hearing  hearing
	muted    atomic.Bool
	raw      atomic.Bool // the microphone is made up: a signal, which nothing may clean
	playout  atomic.Pointer[playoutBox]
	silence  [BlockSamples]int16

	mu     sync.Mutex // guards the choice of device
	device SoundDevice
	watch  chan struct{} // closed when device is no longer watched
	closed bool
	wait   sync.WaitGroup

	sender *soundSender
	// Of process: a device's last call happens before the next one's first.
	filled   *soundPacket // the packet that is being filled
	position uint32       // samples heard, and missed between devices
	stopped  time.Time    // when the device before was closed
}

type playoutBox struct{ Playout }

func newSoundPath(cfg MediaConfig, stats *collector, recorder func() Recorder) *soundPath {
	return &soundPath{cfg: cfg, stats: stats, recorder: recorder, sender: newSoundSender(cfg, stats)}
}

// use switches devices. The new one is started before the old one is closed
// where both can be open at once.
func (s *soundPath) use(microphone, speaker string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	device, err := s.cfg.Devices.OpenSound(microphone, speaker)
	if err != nil {
		return err
	}
	s.drop()
	s.raw.Store(!isHardware(microphone))
	if err := s.begin(device); err != nil {
		return errors.Join(err, s.beginSilence())
	}
	return nil
}

// begin starts a device and watches it. s.mu is held.
func (s *soundPath) begin(device SoundDevice) error {
	s.bridge(time.Now())
	if err := device.Start(s.process); err != nil {
		return errors.Join(fmt.Errorf("starting the sound device: %w", err), device.Close())
	}
	stop := make(chan struct{})
	s.device, s.watch = device, stop
	s.wait.Go(func() {
		select {
		case err := <-device.Failed():
			s.failed(device, err)
		case <-stop:
		}
	})
	return nil
}

// drop closes the device in use. s.mu is held.
func (s *soundPath) drop() {
	if s.device == nil {
		return
	}
	close(s.watch)
	if err := s.device.Close(); err != nil {
		s.cfg.Log.Warn("closing the sound device", "err", err)
	}
	s.device, s.stopped = nil, time.Now()
}

// bridge counts the time without a device, so that sound stays with the
// picture. s.mu is held and no device runs.
func (s *soundPath) bridge(now time.Time) {
	if s.stopped.IsZero() {
		return
	}
	s.position += uint32(now.Sub(s.stopped).Milliseconds()) * (SampleRate / 1000)
	s.stopped = now
	if s.filled != nil {
		s.filled.n = 0
	}
}

// beginSilence has the clock of the call go on without a device. s.mu is held.
func (s *soundPath) beginSilence() error {
	s.raw.Store(true)
	silent, err := s.cfg.Devices.OpenSound(DeviceOff, DeviceOff)
	if err != nil {
		return err
	}
	return s.begin(silent)
}

// failed replaces a device that died by a silent one.
func (s *soundPath) failed(device SoundDevice, cause error) {
	if !s.replaceDead(device) {
		return
	}
	s.cfg.Log.Warn("the sound device failed", "err", cause)
	s.cfg.Notify(MediaEvent{Microphone, fmt.Sprintf("The sound device stopped (%v); plug it in again or choose another.", cause), cause})
}

// replaceDead says whether the device was in use.
func (s *soundPath) replaceDead(device SoundDevice) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.device != device {
		return false
	}
	s.drop()
	if err := s.beginSilence(); err != nil {
		s.cfg.Log.Error("no sound at all", "err", err)
	}
	return true
}

// process is the device's callback, every 10 ms.
func (s *soundPath) process(heard, play []int16) {
	heard = s.hear(heard)
	s.level.add(heard)
	s.send(heard)
	s.play(play)
	if s.cfg.Voice != nil {
		s.cfg.Voice.Played(play)
	}
}

// hear gives what is to be sent of what was heard. The recorder gets it as it
// was; a muted microphone still teaches the voice's processor the room.
func (s *soundPath) hear(heard []int16) []int16 {
	muted, raw := s.muted.Load(), s.raw.Load()
	kept := heard
	if muted {
		kept = s.silence[:]
	}
	if rec := s.recorder(); rec != nil {
		rec.LocalSound(kept, time.Now())
	}
	s.warn(heard, !muted && !raw && s.sender.attached() != nil)
	if s.cfg.Voice != nil && !raw {
		s.cfg.Voice.Heard(heard)
	}
	return kept
}

// warn tells of a microphone that cannot be right while it is needed.
func (s *soundPath) warn(heard []int16, needed bool) {
	if !needed {
		s.hearing.pause()
		return
	}
	if sentence := s.hearing.add(heard); sentence != "" {
		s.cfg.Notify(MediaEvent{Kind: Microphone, Sentence: sentence})
	}
}

func (s *soundPath) play(play []int16) {
	if box := s.playout.Load(); box != nil {
		box.Pull(play)
		s.stats.played(play)
	} else {
		clear(play)
	}
}

// send gathers blocks into packets. A packet that the sender has no room for
// is left out: late sound is worth nothing.
func (s *soundPath) send(heard []int16) {
	at := s.position
	s.position += uint32(len(heard))
	if s.filled == nil {
		if s.filled = s.sender.free(); s.filled == nil {
			return
		}
	}
	p := s.filled
	if p.n == 0 {
		p.at = at
	}
	copy(p.pcm[p.n:], heard)
	if p.n += len(heard); p.n == len(p.pcm) {
		s.filled = nil
		s.sender.full <- p // never blocks: there are as many places as packets
	}
}

func (s *soundPath) attach(out AudioOut) { s.sender.attach(out) }

// receive feeds a remote track to the playout until it ends.
func (s *soundPath) receive(in AudioIn) {
	decoder, err := s.cfg.Audio.NewDecoder()
	if err != nil {
		s.cfg.Log.Error("their sound cannot be decoded", "err", err)
		return
	}
	box := &playoutBox{s.cfg.NewPlayout(decoder)}
	s.playout.Store(box)
	s.stats.setPlayout(box.Playout)
	defer func() {
		s.playout.CompareAndSwap(box, nil)
		if err := box.Close(); err != nil {
			s.cfg.Log.Warn("closing the playout", "err", err)
		}
	}()
	for {
		packet, err := in.ReadPacket()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.cfg.Log.Warn("their sound ended", "err", err)
			}
			return
		}
		s.stats.audioReceived(packet)
		if rec := s.recorder(); rec != nil {
			rec.RemotePacket(packet)
		}
		box.Push(packet)
	}
}

func (s *soundPath) close() error {
	s.mu.Lock()
	s.closed = true
	s.drop()
	s.mu.Unlock()
	s.wait.Wait()
	err := s.sender.close()
	if s.cfg.Voice != nil {
		err = errors.Join(err, s.cfg.Voice.Close())
	}
	return err
}
