package rtc_test

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"

	"parley/call"
	"parley/call/rtc"
)

// desk is one whole side of a call on a virtual network: real session, media
// and peer connection, with codecs and devices that cost nothing.
type desk struct {
	phone    *call.Phone
	media    *call.Media
	listener *pipeListener
	lab      *lab
	talk     *call.Talk
	files    *memory

	mu     sync.Mutex
	events []call.Event
	news   chan call.Event
	told   []call.Server // that its links tell
}

// lab is a virtual network with two hosts whose link can be cut.
type lab struct {
	wan      *vnet.Router
	ann, bob *desk
	mu       sync.Mutex
	cut      bool
	dead     string  // an address that nothing reaches or leaves any more
	loss     float64 // share of packets
	random   *rand.Rand
}

func (l *lab) setLoss(share float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loss = share
}

// passes decides about one packet.
func (l *lab) passes(c vnet.Chunk) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	alive := l.dead == "" || !strings.Contains(c.SourceAddr().String()+" "+c.DestinationAddr().String(), l.dead+":")
	return !l.cut && alive && l.random.Float64() >= l.loss
}

func (l *lab) setDead(address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dead = address
}

func (l *lab) isCut() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cut
}

func (l *lab) setCut(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
}

// newLab makes two desks with delay each way between them. It must be called,
// and its close deferred, inside a bubble.
func newLab(t *testing.T, delay time.Duration, log *slog.Logger) (*lab, func()) {
	t.Helper()
	l := &lab{random: rand.New(rand.NewPCG(1, 2))}
	wan, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.0.0.0/24", MinDelay: delay, LoggerFactory: logging.NewDefaultLoggerFactory()})
	if err != nil {
		t.Fatal(err)
	}
	wan.AddChunkFilter(l.passes)
	l.wan = wan
	l.ann = newDesk(t, wan, "Ann", log, "10.0.0.1", "10.0.0.11")
	l.bob = newDesk(t, wan, "Bob", log, "10.0.0.2")
	l.ann.lab, l.bob.lab = l, l
	if err := wan.Start(); err != nil {
		t.Fatal(err)
	}
	l.ann.dialTo(l.bob)
	l.bob.dialTo(l.ann)
	return l, func() {
		l.ann.close(t)
		l.bob.close(t)
		if err := wan.Stop(); err != nil {
			t.Error(err)
		}
	}
}

func newDesk(t *testing.T, wan *vnet.Router, name string, log *slog.Logger, ips ...string) *desk {
	t.Helper()
	return deskWith(t, wan, name, log, nil, ips...)
}

// deskWith makes a desk that knows servers.
func deskWith(t *testing.T, wan *vnet.Router, name string, log *slog.Logger, servers func() []call.Server, ips ...string) *desk {
	t.Helper()
	host, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: ips})
	if err != nil {
		t.Fatal(err)
	}
	if err := wan.AddNet(host); err != nil {
		t.Fatal(err)
	}
	factory, err := rtc.NewFactory(rtc.Config{Video: []string{"VP8"}, Net: host, Servers: servers, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{news: make(chan call.Event, 100), listener: &pipeListener{links: make(chan call.Link), done: make(chan struct{})}}
	d.files = newMemory()
	d.talk = call.NewTalk(d.files, log)
	d.media = call.NewMedia(call.MediaConfig{
		Talk:    d.talk,
		Devices: fakeDevices{}, Video: []call.VideoCodec{markCodec{}}, Audio: rawAudio{},
		NewPlayout: func(call.AudioDecoder) call.Playout { return &countingPlayout{} },
		Format:     call.VideoFormat{Width: 320, Height: 180, FrameRate: 30}, BitRate: 1e6,
		Log: log, Notify: func(call.MediaEvent) {},
	})
	d.media.ResetStats(true)
	if err := d.media.UseCamera(call.DevicePattern); err != nil {
		t.Fatal(err)
	}
	if err := d.media.UseSound(call.DeviceTone, call.DeviceOff); err != nil {
		t.Fatal(err)
	}
	d.media.Remote().OnPut(func() {
		if pic, fresh := d.media.Remote().Take(); fresh {
			d.media.Shown(pic)
		}
	})
	d.phone = call.NewPhone(call.PhoneConfig{
		Me: func() string { return name }, Dialer: d, Port: 5, NewPeer: factory.NewPeer, Media: d.media,
		Mirror: func() call.PeerMedia { return call.NewMirror(log) }, MirrorPeer: factory.NewFarPeer, Log: log,
	})
	d.phone.Watch(d.note)
	d.phone.Listen(d.listener)
	return d
}

func (d *desk) note(e call.Event) {
	d.mu.Lock()
	d.events = append(d.events, e)
	d.mu.Unlock()
	d.news <- e
}

// until waits for a state; in a bubble no time passes while anything runs.
func (d *desk) until(t *testing.T, want call.State) call.Event {
	t.Helper()
	timeout := time.After(2 * time.Minute)
	for {
		select {
		case e := <-d.news:
			if e.State == want {
				return e
			}
			if e.State == call.Ended {
				t.Fatalf("ended (%s, %v) before %s", e.Reason, e.Detail, want)
			}
		case <-timeout:
			t.Fatalf("no %s in 2 minutes; events: %+v", want, d.events)
		}
	}
}

func (d *desk) close(t *testing.T) {
	t.Helper()
	if err := errors.Join(d.phone.Close(), d.media.Close(), d.talk.Close()); err != nil {
		t.Error(err)
	}
}

func (d *desk) dialTo(other *desk) { d.listener.peer = other.listener }

// Dial satisfies call.Dialer: the only address is the other desk.
func (d *desk) Dial(ctx context.Context, address string) (call.Link, error) {
	if d.lab.isCut() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	near, far := call.Pipe()
	select {
	case d.listener.peer.links <- backLink{far, d.told}:
		return backLink{near, d.told}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Manner satisfies call.Mannered: a link that tells servers is dialled like one
// of a rendezvous.
func (d *desk) Manner(string) (call.Manner, bool) {
	told := d.told != nil
	return call.Manner{Late: told, Draft: told, Steady: told}, true
}

// backLink is a link whose other side can be dialled.
type backLink struct {
	call.Link
	told []call.Server
}

func (backLink) Back(int) string          { return "back" }
func (l backLink) Servers() []call.Server { return l.told }

type pipeListener struct {
	links chan call.Link
	done  chan struct{}
	once  sync.Once
	peer  *pipeListener
}

func (l *pipeListener) Accept(ctx context.Context) (call.Link, error) {
	select {
	case link := <-l.links:
		return link, nil
	case <-l.done:
		return nil, call.ErrLinkClosed
	}
}

func (l *pipeListener) Close() error { l.once.Do(func() { close(l.done) }); return nil }

// fakeDevices gives the real test pattern and a ticking sound device.
type fakeDevices struct{}

func (fakeDevices) List() ([]call.DeviceInfo, error) { return nil, nil }

func (fakeDevices) OpenVideo(_ string, f call.VideoFormat) (call.VideoSource, error) {
	return call.NewPattern(f.Width, f.Height, f.FrameRate), nil
}

func (fakeDevices) OpenSound(string, string) (call.SoundDevice, error) {
	return &tickingSound{stop: make(chan struct{}), done: make(chan struct{}), failed: make(chan error, 1)}, nil
}

type tickingSound struct {
	stop, done chan struct{}
	once       sync.Once
	failed     chan error
}

func (s *tickingSound) Start(process func(heard, play []int16)) error {
	go func() {
		defer close(s.done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		heard, play := make([]int16, call.BlockSamples), make([]int16, call.BlockSamples)
		for i := range heard {
			heard[i] = int16(i * 20)
		}
		for {
			select {
			case <-tick.C:
				process(heard, play)
			case <-s.stop:
				return
			}
		}
	}()
	return nil
}

func (s *tickingSound) Failed() <-chan error { return s.failed }
func (s *tickingSound) Close() error         { s.once.Do(func() { close(s.stop); <-s.done }); return nil }

// A frame has its mark and fills four packets.
const markBytes, frameBytes = 13, 4000

// markCodec sends a test picture's mark alone, in the clothes of VP8, and
// draws the picture anew at the far end.
type markCodec struct{}

func (markCodec) Name() string { return "VP8" }
func (markCodec) NewEncoder(call.VideoConfig) (call.VideoEncoder, error) {
	return &markEncoder{key: true}, nil
}
func (markCodec) NewDecoder() (call.VideoDecoder, error) {
	return markDecoder{call.NewPattern(320, 180, 30)}, nil
}
func (markCodec) IsKeyFrame(unit []byte) bool { return unit[0]&1 == 0 }

type markEncoder struct {
	mu  sync.Mutex
	key bool
}

func (e *markEncoder) Encode(pic *call.Picture, buf []byte) ([]byte, bool, error) {
	if pic.Width() < 32 { // no mark fits: a screen's end, a key frame for its new size
		return append(buf[:0], 0, byte(pic.Width())), true, nil
	}
	mark, ok := call.ReadMark(pic)
	if !ok {
		return nil, false, errors.New("no mark in the picture")
	}
	e.mu.Lock()
	key := e.key
	e.key = false
	e.mu.Unlock()
	buf = append(buf[:0], 1)
	if key {
		buf[0] = 0
	}
	buf = binary.BigEndian.AppendUint32(buf, mark.Frame)
	buf = binary.BigEndian.AppendUint64(buf, uint64(mark.At.UnixNano()))
	return append(buf, make([]byte, frameBytes-markBytes)...), key, nil
}

func (e *markEncoder) ForceKeyFrame()       { e.mu.Lock(); e.key = true; e.mu.Unlock() }
func (e *markEncoder) SetBitRate(int)       {}
func (e *markEncoder) SetFrameRate(float64) {}
func (e *markEncoder) Close() error         { return nil }

type markDecoder struct{ pattern *call.Pattern }

func (d markDecoder) Decode(unit []byte, dst *call.Picture) (bool, error) {
	if len(unit) == 2 {
		dst.Resize(int(unit[1]), int(unit[1]))
		return true, nil
	}
	if len(unit) != frameBytes {
		return false, errors.New("not a mark")
	}
	dst.Resize(320, 180)
	d.pattern.Draw(dst, binary.BigEndian.Uint32(unit[1:]), time.Unix(0, int64(binary.BigEndian.Uint64(unit[5:]))))
	return true, nil
}
func (d markDecoder) Close() error { return d.pattern.Close() }

// rawAudio sends every hundredth sample and no more.
type rawAudio struct{}

func (rawAudio) Name() string                              { return "opus" }
func (rawAudio) NewEncoder(int) (call.AudioEncoder, error) { return rawAudio{}, nil }
func (rawAudio) NewDecoder() (call.AudioDecoder, error)    { return rawAudio{}, nil }
func (rawAudio) Encode(pcm []int16, buf []byte) ([]byte, error) {
	return append(buf[:0], byte(pcm[0]), byte(len(pcm)/100)), nil
}
func (rawAudio) SetBitRate(int)                          {}
func (rawAudio) SetLoss(float64)                         {}
func (rawAudio) Close() error                            { return nil }
func (rawAudio) Decode(_ []byte, _ []int16) (int, error) { return 0, nil }
func (rawAudio) DecodeFEC([]byte, []int16) error         { return nil }
func (rawAudio) Conceal([]int16) error                   { return nil }

// countingPlayout counts packets and plays something.
type countingPlayout struct {
	mu sync.Mutex
	n  uint64
}

func (p *countingPlayout) Push(call.AudioPacket) { p.mu.Lock(); p.n++; p.mu.Unlock() }
func (p *countingPlayout) Pull(block []int16) {
	for i := range block {
		block[i] = 1000
	}
}
func (p *countingPlayout) Stats() call.PlayoutStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return call.PlayoutStats{Played: p.n}
}
func (p *countingPlayout) Close() error { return nil }
