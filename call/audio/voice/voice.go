// Package voice cleans a microphone's sound with WebRTC's audio processing
// (AEC3 echo cancellation, noise suppression, high-pass filter; through the
// livekit apm module, 48 kHz, blocks of 10 ms) and levels it.
//
//	microphone ─> high-pass ─> minus echo ─> minus noise ─> gain ─> sent
//	                              ^                           ^
//	             what is played ──┴───────────────────────────┘
//
// It owns no goroutine. Samples are handed to C only for the length of a call.
package voice

import (
	"errors"
	"fmt"
	"sync"

	"github.com/livekit/livekit-cli/v2/pkg/apm"

	"parley/call"
)

// ErrClosed is returned after Close.
var ErrClosed = errors.New("voice: processor is closed")

// Processor implements call.VoiceProcessor.
type Processor struct {
	configure sync.Mutex // one Configure at a time

	mu     sync.Mutex // held for a block at most, so that the callback never waits long
	config call.VoiceConfig
	apm    *apm.APM // nil after Close
	gain   leveller
	failed uint64 // blocks that WebRTC refused
	render [call.BlockSamples]int16
}

var _ call.VoiceProcessor = (*Processor)(nil)

// New returns a processor. The caller closes it.
func New(config call.VoiceConfig) (*Processor, error) {
	p := &Processor{config: config, gain: newLeveller()}
	var err error
	p.apm, err = newAPM(config)
	return p, err
}

// newAPM leaves WebRTC's gain control out: the module switches its adaptive
// part off, and what is left does not raise a voice that is too low.
func newAPM(c call.VoiceConfig) (*apm.APM, error) {
	a, err := apm.NewAPM(apm.APMConfig{
		EchoCanceller: c.Echo, NoiseSuppressor: c.Noise, HighPassFilter: true,
		CaptureChannels: 1, RenderChannels: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("sound is sent as it is, with its echo: %w", err)
	}
	if err := prime(a, c.Echo); err != nil {
		a.Close()
		return nil, fmt.Errorf("sound is sent as it is, with its echo: %w", err)
	}
	return a, nil
}

// Heard implements call.VoiceProcessor. A block that WebRTC refuses is left as
// it is.
func (p *Processor) Heard(block []int16) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.apm == nil {
		return
	}
	if err := p.apm.ProcessCapture(block); err != nil {
		p.failed++
	}
	if p.config.Gain {
		p.gain.level(block)
	}
}

// Played implements call.VoiceProcessor. WebRTC may write to what it is given,
// which is why it gets a copy.
func (p *Processor) Played(block []int16) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.apm == nil {
		return
	}
	p.gain.played(block)
	if !p.config.Echo {
		return
	}
	copy(p.render[:], block)
	if err := p.apm.ProcessRender(p.render[:]); err != nil {
		p.failed++
	}
}

// Configure implements call.VoiceProcessor. Switching echo or noise makes
// WebRTC begin anew, and learn the room again within a second or two.
func (p *Processor) Configure(config call.VoiceConfig) error {
	p.configure.Lock()
	defer p.configure.Unlock()
	p.mu.Lock()
	closed, before := p.apm == nil, p.config
	p.mu.Unlock()
	if closed {
		return ErrClosed
	}
	if before.Echo == config.Echo && before.Noise == config.Noise {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.config = config
		return nil
	}
	next, err := newAPM(config) // takes milliseconds: not while the callback waits
	if err != nil {
		return err
	}
	p.swap(next, config).Close()
	return nil
}

func (p *Processor) swap(next *apm.APM, config call.VoiceConfig) (before *apm.APM) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, p.apm, p.config = p.apm, next, config
	return before
}

// Close implements call.VoiceProcessor.
func (p *Processor) Close() error {
	p.configure.Lock()
	defer p.configure.Unlock()
	if a := p.swap(nil, call.VoiceConfig{}); a != nil {
		a.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed > 0 {
		return fmt.Errorf("voice: %d blocks of sound were not processed", p.failed)
	}
	return nil
}
