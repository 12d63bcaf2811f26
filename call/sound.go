package call

import (
	"errors"
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
	lips     *lipSync
	recorder func() Recorder
	level    level
	hearing  hearing
	chime    chime
	ring     ringtone
	muted    atomic.Bool
	raw      atomic.Bool // the microphone is made up: a signal, which nothing may clean
	playout  atomic.Pointer[playoutBox]
	silence  [BlockSamples]int16

	mu      sync.Mutex // guards the choice of device, see soundchoice.go
	wanted  soundPair  // what a person chose
	inUse   soundPair  // what runs: that, or what takes its place
	device  SoundDevice
	begun   time.Time
	watch   chan struct{} // closed when device is no longer watched
	mending bool          // a goroutine tries to get wanted back
	closed  bool
	closing chan struct{}
	wait    sync.WaitGroup

	sender *soundSender
	turns  int // devices begun so far; guarded by mu
	// Of process, and guarded by turn.
	turn     soundTurn
	filled   *soundPacket // the packet that is being filled
	position uint32       // samples heard, and missed between devices
}

type playoutBox struct{ Playout }

func newSoundPath(cfg MediaConfig, stats *collector, lips *lipSync, recorder func() Recorder) *soundPath {
	return &soundPath{
		cfg: cfg, stats: stats, lips: lips, recorder: recorder, sender: newSoundSender(cfg, stats), closing: make(chan struct{}),
	}
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
		s.keepSync(box.Playout)
		s.stats.played(play)
	} else {
		clear(play)
	}
	s.chime.mix(play)
	s.ring.mix(play)
}

// keepSync tells what sound is played now, and has it wait for late pictures.
func (s *soundPath) keepSync(playout Playout) {
	synced, ok := playout.(SyncedPlayout)
	if !ok {
		return
	}
	if rtp, playing := synced.Playing(); playing {
		s.lips.played(rtp, time.Now())
	}
	synced.SetExtra(s.lips.wait())
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
	s.lips.begin(false)
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
	if !s.closed {
		s.closed = true
		close(s.closing)
	}
	s.drop()
	s.mu.Unlock()
	s.wait.Wait()
	err := s.sender.close()
	if s.cfg.Voice != nil {
		err = errors.Join(err, s.cfg.Voice.Close())
	}
	return err
}
