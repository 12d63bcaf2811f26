package pacing

import (
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtp"
)

// Config is what a Pacer is made of.
type Config struct {
	Control Controller
	// MaxWait is how long a picture's packets may wait before all that wait
	// are given up; 0 is 2 s.
	MaxWait time.Duration
	// Dropped hears of packets that were given up, from the pacer's goroutine;
	// after a picture's packets a key frame is due. nil: nobody asks.
	Dropped func(Drops)
}

// Pacer satisfies interceptor.Interceptor.
type Pacer struct {
	interceptor.NoOp
	cfg   Config
	began time.Time
	wake  chan struct{}
	stop  chan struct{}
	done  chan struct{}
	once  sync.Once

	mu      sync.Mutex // guards what waits
	streams []*stream
	repairs queue
	copies  queue // of what has left, by the time when they are due
	video   queue
	free    []*packet
	rate    int
	hold    bool
	copying int // copies to make of each of the pictures' packets

	copyAfter time.Duration

	out     sync.Mutex // held while a packet leaves: numbers follow that order
	seq     uint16     // transport-wide
	instant packet     // sound on its way
	rtcp    sync.Mutex // keeps feedback in order

	// run's own
	next    time.Time // when the next picture packet may leave
	cluster Cluster
	burst   time.Time // when the next packet of the cluster is due
	pad     packet
}

const (
	tick          = 25 * time.Millisecond // between two orders
	quantum       = 5 * time.Millisecond  // of packets that leave at once
	catchUp       = 7 * time.Millisecond  // of that, and a timer that came late
	defaultWait   = 2 * time.Second
	repairWait    = 500 * time.Millisecond // a retransmission later than this is of no use
	freePackets   = 512                    // kept for reuse
	mostQueued    = 4 << 20                // bytes, whatever their age
	unorderedRate = 2_500_000              // bit/s before the first orders
)

// ErrClosed is returned for packets after Close.
var ErrClosed = errors.New("the pacer is closed")

// New starts a pacer; Close ends it.
func New(cfg Config) *Pacer {
	if cfg.MaxWait == 0 {
		cfg.MaxWait = defaultWait
	}
	p := &Pacer{
		cfg: cfg, began: time.Now(), rate: unorderedRate,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go p.run()
	return p
}

// Close gives up what waits. It is idempotent.
func (p *Pacer) Close() error {
	p.once.Do(func() { close(p.stop) })
	<-p.done
	return nil
}

// Backlog is how long the pictures' packets that wait will take to leave; while
// they are held, nobody knows.
func (p *Pacer) Backlog() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hold {
		return p.cfg.MaxWait
	}
	return time.Duration(float64((p.video.bytes+p.repairs.bytes)*8) / float64(p.rate) * float64(time.Second))
}

// BindLocalStream satisfies interceptor.Interceptor.
func (p *Pacer) BindLocalStream(info *interceptor.StreamInfo, writer interceptor.RTPWriter) interceptor.RTPWriter {
	s := newStream(p, info, writer)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.streams = append(p.streams, s)
	return s
}

// UnbindLocalStream satisfies interceptor.Interceptor. What waits is still
// written, and refused by a transport that is gone.
func (p *Pacer) UnbindLocalStream(info *interceptor.StreamInfo) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.streams[:0]
	for _, s := range p.streams {
		if s.repairSSRC != info.SSRCRetransmission || s.repairSSRC == 0 {
			kept = append(kept, s)
		}
	}
	p.streams = kept
}

// enqueue copies a packet into its queue.
func (p *Pacer) enqueue(s *stream, h *rtp.Header, payload []byte) (int, error) {
	select {
	case <-p.stop:
		return 0, ErrClosed
	default:
	}
	now := time.Since(p.began)
	p.mu.Lock()
	if s.isRepair(h) && len(payload) > 1 && !s.answers.needs(binary.BigEndian.Uint16(payload), now) {
		p.mu.Unlock()
		return len(payload), nil
	}
	q := p.take()
	q.fill(h, payload, s)
	q.at = int64(now)
	if s.isRepair(h) {
		p.repairs.push(q)
	} else {
		if s.repairSSRC != 0 && s.repairType != 0 {
			q.copies = p.copying
		}
		p.video.push(q)
	}
	size := q.size
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return size, nil
}

// take returns a packet to fill. p.mu is held.
func (p *Pacer) take() *packet {
	if n := len(p.free); n > 0 {
		q := p.free[n-1]
		p.free = p.free[:n-1]
		return q
	}
	return &packet{payload: make([]byte, 0, 1500)}
}

// recycle keeps a packet for reuse. p.mu is held.
func (p *Pacer) recycle(q *packet) {
	if len(p.free) < freePackets {
		p.free = append(p.free, q)
	}
}
