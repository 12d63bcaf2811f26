package call

import (
	"sync"
	"sync/atomic"
)

// soundPacket is one packet's worth of samples on its way to the encoder.
type soundPacket struct {
	pcm [PacketBlocks * BlockSamples]int16
	n   int
	at  uint32 // time of the first sample, see AudioOut
}

// soundSender encodes packets and writes them to the track that is attached.
// It owns one goroutine, which alone touches the encoder; packets go round
// between spare and full and none is allocated.
type soundSender struct {
	cfg   MediaConfig
	stats *collector
	spare chan *soundPacket
	full  chan *soundPacket
	stop  chan struct{}
	once  sync.Once
	done  chan struct{}
	err   error

	wanted atomic.Pointer[soundTarget]

	mu  sync.Mutex
	out AudioOut
}

// soundPackets bounds the sound that can wait for the encoder: 160 ms.
const soundPackets = 8

// soundRate is Opus's bit rate until the link says otherwise: speech at full
// band.
const soundRate = 32000

// emptyPacket is the size in bytes up to which a packet of a codec with DTX
// says nothing but that silence goes on (RFC 7587 section 3.1.3).
const emptyPacket = 2

func newSoundSender(cfg MediaConfig, stats *collector) *soundSender {
	s := &soundSender{
		cfg: cfg, stats: stats,
		spare: make(chan *soundPacket, soundPackets), full: make(chan *soundPacket, soundPackets),
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	s.target(soundTarget{rate: soundRate})
	for range soundPackets {
		s.spare <- &soundPacket{}
	}
	go s.run()
	return s
}

// free returns an empty packet, or nil while the encoder is behind.
func (s *soundSender) free() *soundPacket {
	select {
	case p := <-s.spare:
		p.n = 0
		return p
	default:
		return nil
	}
}

func (s *soundSender) attach(out AudioOut) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.out == nil {
		s.target(soundTarget{rate: soundRate}) // another link, of which nothing is known
	}
	s.out = out
}

// target sets what the sound is to keep to. It may be called from anywhere and
// never waits.
func (s *soundSender) target(t soundTarget) { s.wanted.Store(&t) }

func (s *soundSender) attached() AudioOut {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out
}

func (s *soundSender) run() {
	defer close(s.done)
	encoder, err := s.cfg.Audio.NewEncoder(soundRate)
	if err != nil {
		s.cfg.Log.Error("sound cannot be encoded", "err", err)
		s.err = err
		return
	}
	defer func() { s.err = encoder.Close() }()
	line := soundLine{encoder: encoder, rate: soundRate}
	for {
		select {
		case <-s.stop:
			return
		case p := <-s.full:
			if out := s.attached(); out != nil {
				if err = s.send(&line, out, p); err != nil {
					s.cfg.Log.Debug("sound was not sent", "err", err)
				}
			}
			s.spare <- p
		}
	}
}

// soundLine is the encoder and what it was told and gave last.
type soundLine struct {
	encoder    AudioEncoder
	rate       int
	loss       float64
	out        AudioOut   // the track that went before,
	redundancy redundancy // and what it needs
	buf        []byte
	empty      bool // the last packet was empty
}

// retune passes a new target on.
func (l *soundLine) retune(t soundTarget, out AudioOut) {
	if out != l.out {
		l.out, l.redundancy = out, redundancy{}
	}
	before, rate := l.redundancy.next(t)
	if to, ok := out.(RedundantOut); !ok || !to.SetRedundancy(before) {
		rate = min(t.rate, soundRate)
	}
	if rate != l.rate {
		l.encoder.SetBitRate(rate)
	}
	if t.loss != l.loss {
		l.encoder.SetLoss(t.loss)
	}
	l.rate, l.loss = rate, t.loss
}

// send encodes and writes a packet. Of empty ones in a row only the first
// goes out: it tells the other side that what follows is no loss.
func (s *soundSender) send(l *soundLine, out AudioOut, p *soundPacket) error {
	l.retune(*s.wanted.Load(), out)
	payload, err := l.encoder.Encode(p.pcm[:], l.buf)
	if err != nil {
		return err
	}
	again := l.empty
	l.buf, l.empty = payload, len(payload) <= emptyPacket
	if s.cfg.DTX && l.empty && again {
		return nil
	}
	s.stats.audioSent(len(payload))
	return out.WritePacket(payload, p.at)
}

func (s *soundSender) close() error {
	s.once.Do(func() { close(s.stop) })
	<-s.done
	return s.err
}
