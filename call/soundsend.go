package call

import (
	"math"
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

	rate atomic.Int64  // bit/s that the encoder is to use
	loss atomic.Uint64 // share of packets that the other side misses, as bits of a float64

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
	s.target(soundRate, 0)
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
		s.target(soundRate, 0) // another link, of which nothing is known
	}
	s.out = out
}

// target sets what the encoder is to keep to. It may be called from anywhere
// and never waits.
func (s *soundSender) target(bps int, loss float64) {
	s.rate.Store(int64(bps))
	s.loss.Store(math.Float64bits(loss))
}

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
	encoder AudioEncoder
	rate    int64
	loss    uint64
	buf     []byte
	empty   bool // the last packet was empty
}

// retune passes a new target on.
func (l *soundLine) retune(rate int64, loss uint64) {
	if rate != l.rate {
		l.encoder.SetBitRate(int(rate))
	}
	if loss != l.loss {
		l.encoder.SetLoss(math.Float64frombits(loss))
	}
	l.rate, l.loss = rate, loss
}

// send encodes and writes a packet. Of empty ones in a row only the first
// goes out: it tells the other side that what follows is no loss.
func (s *soundSender) send(l *soundLine, out AudioOut, p *soundPacket) error {
	l.retune(s.rate.Load(), s.loss.Load())
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
