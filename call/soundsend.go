package call

import "sync"

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

	mu  sync.Mutex
	out AudioOut
}

// soundPackets bounds the sound that can wait for the encoder: 160 ms.
const soundPackets = 8

// soundRate is Opus's bit rate: speech at full band.
const soundRate = 32000

func newSoundSender(cfg MediaConfig, stats *collector) *soundSender {
	s := &soundSender{
		cfg: cfg, stats: stats,
		spare: make(chan *soundPacket, soundPackets), full: make(chan *soundPacket, soundPackets),
		stop: make(chan struct{}), done: make(chan struct{}),
	}
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
	s.out = out
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
	var buf []byte
	for {
		select {
		case <-s.stop:
			return
		case p := <-s.full:
			if out := s.attached(); out != nil {
				if buf, err = s.send(encoder, out, p, buf); err != nil {
					s.cfg.Log.Debug("sound was not sent", "err", err)
				}
			}
			s.spare <- p
		}
	}
}

func (s *soundSender) send(encoder AudioEncoder, out AudioOut, p *soundPacket, buf []byte) ([]byte, error) {
	payload, err := encoder.Encode(p.pcm[:], buf)
	if err != nil {
		return buf, err
	}
	s.stats.audioSent(len(payload))
	return payload, out.WritePacket(payload, p.at)
}

func (s *soundSender) close() error {
	s.once.Do(func() { close(s.stop) })
	<-s.done
	return s.err
}
