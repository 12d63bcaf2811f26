package call

import (
	"errors"
	"fmt"
	"time"
)

const (
	mendEvery = time.Second // between two tries to get a device back
	// A device that dies sooner is not replaced at once, for its substitute may
	// do so as well, and so on forever.
	unstable = 2 * time.Second
	// A device that was replaced is let go of after so long, if the new one has
	// given nothing.
	patience = 3 * time.Second
)

// use switches devices. The new ones are opened before the old ones are closed,
// which stay in use where that fails.
func (s *soundPath) use(microphone, speaker string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	pair := soundPair{microphone, speaker}
	device, err := s.cfg.Devices.OpenSound(microphone, speaker)
	if err != nil {
		return err
	}
	s.wanted = pair
	if err := s.replace(pair, device); err != nil {
		s.wanted = silentPair
		return errors.Join(err, s.try(silentPair))
	}
	return nil
}

// replace starts a device beside the one in use, which goes on until the new
// one gives sound: that may take a second or two. s.mu is held.
func (s *soundPath) replace(pair soundPair, device SoundDevice) error {
	before := s.device
	if before == nil {
		return s.begin(pair, device)
	}
	close(s.watch)
	s.device = nil
	if err := s.begin(pair, device); err != nil {
		return errors.Join(err, before.Close())
	}
	relieved := s.turn.relieved(s.turns)
	s.wait.Go(func() {
		patience := time.NewTimer(patience)
		defer patience.Stop()
		select {
		case <-relieved:
		case <-patience.C:
		case <-s.closing:
		}
		if err := before.Close(); err != nil {
			s.cfg.Log.Warn("closing the sound device", "err", err)
		}
	})
	return nil
}

// begin starts a device and watches it. s.mu is held.
func (s *soundPath) begin(pair soundPair, device SoundDevice) error {
	s.turns++
	if err := device.Start(s.callback(s.turns, pair)); err != nil {
		return errors.Join(fmt.Errorf("starting the sound device: %w", err), device.Close())
	}
	stop := make(chan struct{})
	s.inUse, s.device, s.watch, s.begun = pair, device, stop, time.Now()
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
	s.device = nil
}

// try opens and starts a pair where none runs. s.mu is held.
func (s *soundPath) try(pair soundPair) error {
	device, err := s.cfg.Devices.OpenSound(pair.microphone, pair.speaker)
	if err != nil {
		return err
	}
	return s.begin(pair, device)
}

// settle takes the first pair that works, where none runs. s.mu is held.
func (s *soundPath) settle(pairs []soundPair) {
	var errs []error
	for _, pair := range pairs {
		err := s.try(pair)
		if err == nil {
			return
		}
		errs = append(errs, err)
	}
	s.cfg.Log.Error("no sound at all", "err", errors.Join(errs...))
}

// failed replaces a device that died by the best there is, says so, and sees
// to it that the device comes back.
func (s *soundPath) failed(device SoundDevice, cause error) {
	s.mu.Lock()
	if s.closed || s.device != device {
		s.mu.Unlock()
		return
	}
	pairs := s.wanted.substitutes()
	if time.Since(s.begun) < unstable {
		pairs = []soundPair{silentPair} // for a moment, see mend
	}
	s.drop()
	s.settle(pairs)
	wanted, now := s.wanted, s.inUse
	s.mend()
	s.mu.Unlock()
	s.cfg.Log.Warn("the sound device failed", "err", cause, "now", now)
	kind, sentence := wanted.fallenBack(now)
	s.cfg.Notify(MediaEvent{Kind: kind, Sentence: sentence, Err: cause})
}
