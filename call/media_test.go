package call

import (
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeCamera gives a grey picture every 33 ms of the bubble's time.
type fakeCamera struct {
	grey    byte
	fail    chan error
	stop    chan struct{}
	once    sync.Once
	closing time.Duration // how long Close takes: the driver's
}

func (c *fakeCamera) Read(dst *Picture) error {
	select {
	case <-c.stop:
		return io.EOF
	case err := <-c.fail:
		return err
	case <-time.After(33 * time.Millisecond):
	}
	dst.Resize(64, 48)
	for i := range dst.Y {
		dst.Y[i] = c.grey
	}
	dst.At = time.Now()
	return nil
}

func (c *fakeCamera) Close() error {
	c.once.Do(func() { close(c.stop) })
	time.Sleep(c.closing)
	return nil
}

// fakeSound is a device whose callback the test makes.
type fakeSound struct {
	name     string
	startErr error
	process  func(heard, play []int16)
	failed   chan error
	closed   bool
}

func (s *fakeSound) Start(process func(heard, play []int16)) error {
	s.process = process
	return s.startErr
}
func (s *fakeSound) Failed() <-chan error { return s.failed }
func (s *fakeSound) Close() error         { s.closed = true; return nil }

// studio is media with devices and codecs of the test's making.
type studio struct {
	media *Media

	mu      sync.Mutex // a device that comes back is opened from another goroutine
	cameras map[string]*fakeCamera
	sounds  []*fakeSound
	notices []MediaEvent
	opens   map[string]error
	startIn string // the microphone that does not start
}

func (s *studio) List() ([]DeviceInfo, error) { return nil, nil }

func (s *studio) OpenVideo(name string, _ VideoFormat) (VideoSource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.opens[name]; err != nil {
		return nil, err
	}
	c := &fakeCamera{grey: name[0], fail: make(chan error, 1), stop: make(chan struct{})}
	s.cameras[name] = c
	return c, nil
}

func (s *studio) OpenSound(mic, _ string) (SoundDevice, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.opens[mic]; err != nil {
		return nil, err
	}
	d := &fakeSound{name: mic, failed: make(chan error, 1)}
	if mic == s.startIn && mic != DeviceDefault {
		d.startErr = errors.New("it does not start")
	}
	s.sounds = append(s.sounds, d)
	return d, nil
}

// sound is the device in use.
func (s *studio) sound() *fakeSound {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sounds[len(s.sounds)-1]
}

// note keeps what a person is told.
func (s *studio) note(e MediaEvent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices = append(s.notices, e)
}

// plug makes a device fail to open from now on, or open again.
func (s *studio) plug(name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opens[name] = err
}

func newStudio() *studio {
	s := &studio{cameras: map[string]*fakeCamera{}, opens: map[string]error{}}
	s.media = NewMedia(MediaConfig{
		Devices: s, Video: []VideoCodec{greyCodec{}}, Audio: copyAudio{}, Format: VideoFormat{64, 48, 30}, BitRate: 1e6,
		NewPlayout: func(d AudioDecoder) Playout { return &onesPlayout{} },
		Log:        slog.New(slog.DiscardHandler), Notify: s.note,
	})
	return s
}

// seen is the grey of the newest preview, or 0.
func (s *studio) seen() byte {
	time.Sleep(time.Second)
	synctest.Wait()
	pic, fresh := s.media.Preview().Take()
	if !fresh {
		return 0
	}
	return pic.Y[0]
}

const black = 16

// greyCodec sends the first sample of a picture.
type greyCodec struct{}

func (greyCodec) Name() string                                 { return "GREY" }
func (greyCodec) NewEncoder(VideoConfig) (VideoEncoder, error) { return &greyEncoder{key: true}, nil }
func (greyCodec) NewDecoder() (VideoDecoder, error)            { return greyDecoder{}, nil }
func (greyCodec) IsKeyFrame(u []byte) bool                     { return u[0] == 1 }

type greyEncoder struct {
	mu  sync.Mutex
	key bool
}

func (e *greyEncoder) Encode(pic *Picture, buf []byte) ([]byte, bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	key := e.key
	e.key = false
	return append(buf[:0], pic.Y[0]), key, nil
}
func (e *greyEncoder) ForceKeyFrame()       { e.mu.Lock(); e.key = true; e.mu.Unlock() }
func (e *greyEncoder) SetBitRate(int)       {}
func (e *greyEncoder) SetFrameRate(float64) {}
func (e *greyEncoder) Close() error         { return nil }

type greyDecoder struct{}

func (greyDecoder) Decode(u []byte, dst *Picture) (bool, error) {
	if u[0] == 0xff {
		return false, errors.New("broken")
	}
	dst.Resize(64, 48)
	dst.Y[0] = u[0]
	return true, nil
}
func (greyDecoder) Close() error { return nil }

// copyAudio sends the first and the last sample's low bytes.
type copyAudio struct{}

func (copyAudio) Name() string                         { return "opus" }
func (copyAudio) NewEncoder(int) (AudioEncoder, error) { return copyAudio{}, nil }
func (copyAudio) NewDecoder() (AudioDecoder, error)    { return copyAudio{}, nil }
func (copyAudio) Encode(p []int16, b []byte) ([]byte, error) {
	return append(b[:0], byte(p[0]), byte(p[len(p)-1])), nil
}
func (copyAudio) SetBitRate(int)                      {}
func (copyAudio) SetLoss(float64)                     {}
func (copyAudio) Close() error                        { return nil }
func (copyAudio) Decode([]byte, []int16) (int, error) { return 0, nil }
func (copyAudio) DecodeFEC([]byte, []int16) error     { return nil }
func (copyAudio) Conceal([]int16) error               { return nil }

type onesPlayout struct{ closed bool }

func (*onesPlayout) Push(AudioPacket) {}
func (*onesPlayout) Pull(block []int16) {
	for i := range block {
		block[i] = 111
	}
}
func (*onesPlayout) Stats() PlayoutStats { return PlayoutStats{Played: 5} }
func (p *onesPlayout) Close() error      { p.closed = true; return nil }

// track keeps what is sent.
type track struct {
	mu     sync.Mutex
	frames []EncodedFrame
	packet [][]byte
	at     []uint32
	stuck  chan struct{} // nil: never
	behind bool
}

func (o *track) Codec() string { return "GREY" }
func (o *track) Ready() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return !o.behind
}
func (o *track) setBehind(behind bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.behind = behind
}
func (o *track) WriteFrame(f EncodedFrame) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	f.Unit = append([]byte(nil), f.Unit...)
	o.frames = append(o.frames, f)
	return nil
}
func (o *track) WritePacket(p []byte, at uint32) error {
	if o.stuck != nil {
		<-o.stuck
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.packet, o.at = append(o.packet, append([]byte(nil), p...)), append(o.at, at)
	return nil
}
func (o *track) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.frames)
}
func (o *track) last() EncodedFrame {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.frames[len(o.frames)-1]
}

func inStudio(t *testing.T, f func(t *testing.T, s *studio)) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio()
		f(t, s)
		if err := errors.Join(s.media.Close(), s.media.Close()); err != nil {
			t.Error(err)
		}
		if err := s.media.UseCamera("x"); !errors.Is(err, ErrClosed) {
			t.Errorf("a camera after Close: %v", err)
		}
	})
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestCameraSwitchesInACall(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("a"))
		out := &track{}
		time.Sleep(100 * time.Millisecond)
		s.media.SendVideo(out)
		synctest.Wait()
		if f := out.last(); !f.Key || f.Unit[0] != 'a' {
			t.Fatalf("the first picture: %+v", f)
		}
		must(t, s.media.UseCamera("b"))
		if s.seen() != 'b' || out.last().Unit[0] != 'b' {
			t.Errorf("still %v", out.last())
		}
		must(t, s.media.SetCameraOff(true))
		if s.seen() != black || out.last().Unit[0] != black {
			t.Errorf("off, but %v is sent", out.last())
		}
		must(t, s.media.UseCamera("c"))
		if s.seen() != black || s.media.Camera() != "c" {
			t.Error("a choice turned the camera on")
		}
		must(t, s.media.SetCameraOff(false))
		if s.seen() != 'c' {
			t.Error("on again, but not the camera that was chosen")
		}
		s.media.SendVideo(nil)
		synctest.Wait()
		n := len(out.frames)
		time.Sleep(time.Second)
		if len(out.frames) != n {
			t.Error("pictures go out after the end")
		}
	})
}

func TestCameraThatCannotBeOpened(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("a"))
		s.opens["b"] = errors.New("busy")
		if err := s.media.UseCamera("b"); err == nil || s.seen() != 'a' || s.media.Camera() != "a" {
			t.Errorf("%v: the camera before is gone", err)
		}
		s.opens["a"] = errors.New("unplugged")
		if err := s.media.UseCamera("a"); err == nil || s.seen() != black {
			t.Errorf("%v: nothing is sent at all", err)
		}
	})
}

// A dead camera gives way to black at once, though its driver takes 5 s to
// close, and blocks nothing but the next choice of a camera.
func TestCameraDies(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("a"))
		s.cameras["a"].closing = 5 * time.Second
		s.cameras["a"].fail <- errors.New("gone")
		if s.seen() != black {
			t.Error("no black after a second")
		}
		if len(s.notices) != 1 || s.notices[0].Kind != Camera || s.media.Camera() != "a" {
			t.Errorf("notices %+v", s.notices)
		}
		began := time.Now()
		must(t, s.media.UseCamera("a"))
		if took := time.Since(began); took > 5*time.Second || s.seen() != 'a' {
			t.Errorf("it came back after %v", took)
		}
	})
}

// A camera may die while it is being replaced: neither waits for the other.
func TestCameraDiesWhileSwitching(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("a"))
		dying := s.cameras["a"]
		dying.closing = 3 * time.Second
		done := make(chan error)
		go func() { done <- s.media.UseCamera("b") }()
		dying.fail <- errors.New("gone")
		synctest.Wait()
		began := time.Now()
		s.media.Camera() // the window asks
		if time.Since(began) != 0 {
			t.Error("asking for the camera's name waited for the driver")
		}
		must(t, <-done)
		if s.seen() != 'b' {
			t.Error("the new camera is not in use")
		}
	})
}

// blocks calls the device's callback n times.
func (s *studio) blocks(n int, value int16) (play []int16) {
	heard, play := make([]int16, BlockSamples), make([]int16, BlockSamples)
	for i := range heard {
		heard[i] = value
	}
	for range n {
		s.sound().process(heard, play)
		synctest.Wait()
	}
	return play
}

func TestSoundGoesOutInOrderAndOnItsClock(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		out := &track{}
		s.media.SendAudio(out)
		for i := range int16(10) {
			s.blocks(1, i)
		}
		for i, p := range out.packet {
			if p[0] != byte(2*i) || p[1] != byte(2*i+1) || out.at[i] != uint32(i)*960 {
				t.Errorf("packet %d: %v at %d", i, p, out.at[i])
			}
		}
		if len(out.packet) != 5 {
			t.Fatalf("%d packets of 10 blocks", len(out.packet))
		}
		// Two seconds pass before another device runs: its clock counts them.
		s.opens["other"] = nil
		s.media.sound.mu.Lock()
		s.media.sound.drop()
		s.media.sound.mu.Unlock()
		time.Sleep(2 * time.Second)
		must(t, s.media.UseSound("other", "speaker"))
		s.blocks(2, 1)
		if at := out.at[5]; at != 4800+2*SampleRate {
			t.Errorf("after 2 s without a device the clock says %d", at)
		}
	})
}

func TestSoundThatIsNotWrittenInTimeIsLeftOut(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		out := &track{stuck: make(chan struct{})}
		s.media.SendAudio(out)
		s.blocks(100, 1) // never waits
		close(out.stuck)
		synctest.Wait()
		s.blocks(4, 2)
		if n := len(out.packet); n != soundPackets+2 {
			t.Errorf("%d packets, want %d of the past and 2 new ones", n, soundPackets)
		}
		if at := out.at[len(out.at)-1]; at != 102*BlockSamples {
			t.Errorf("the newest packet's time is %d", at)
		}
	})
}

func TestMuteSilencesEverything(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		rec := &memory{}
		must(t, s.media.Record(rec))
		out := &track{}
		s.media.SendAudio(out)
		s.blocks(10, 16384)
		if l := s.media.Level(); l < 0.49 || l > 0.51 {
			t.Errorf("level %v of half the range", l)
		}
		s.media.SetMuted(true)
		s.blocks(10, 16384)
		if l := s.media.Level(); l != 0 || rec.loudest != 0 || out.packet[9][1] != 0 {
			t.Errorf("muted, but level %v, recorded %d, sent %v", l, rec.loudest, out.packet[9])
		}
		s.media.SetMuted(false)
		s.blocks(2, -32768)
		if l := s.media.Level(); l != 1 {
			t.Errorf("level %v of the full range", l)
		}
	})
}

func TestSoundDeviceDies(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		dead := s.sound()
		s.plug("mic", errors.New("unplugged"))
		s.plug(DeviceDefault, errors.New("none"))
		dead.failed <- errors.New("unplugged")
		synctest.Wait()
		if s.sound() == dead || s.sound().name != DeviceOff || !dead.closed {
			t.Fatal("no silent device took its place")
		}
		if len(s.notices) != 1 || s.notices[0].Kind != Microphone {
			t.Errorf("notices %+v", s.notices)
		}
		s.blocks(2, 0)
	})
}

func TestSoundThatCannotBeOpenedOrStarted(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		s.opens["bad"] = errors.New("busy")
		before := s.sound()
		if err := s.media.UseSound("bad", "speaker"); err == nil || s.sound() != before || before.closed {
			t.Errorf("%v: the device before is gone", err)
		}
		s.startIn = "dead"
		if err := s.media.UseSound("dead", "speaker"); err == nil || s.sound().name != DeviceOff {
			t.Errorf("%v: no clock goes on", err)
		}
	})
}

// feed is a remote track that the test fills.
type feed struct {
	frames  chan EncodedFrame
	packets chan AudioPacket
	wishes  int
}

func (f *feed) Codec() string { return "GREY" }
func (f *feed) ReadFrame() (EncodedFrame, error) {
	frame, ok := <-f.frames
	if !ok {
		return frame, io.EOF
	}
	return frame, nil
}
func (f *feed) ReadPacket() (AudioPacket, error) {
	p, ok := <-f.packets
	if !ok {
		return p, io.EOF
	}
	return p, nil
}
func (f *feed) RequestKeyFrame() { f.wishes++ }

func TestOnlyWholePicturesAreShown(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		f := &feed{frames: make(chan EncodedFrame)}
		done := make(chan struct{})
		go func() { defer close(done); s.media.ReceiveVideo(f) }()
		steps := []struct {
			frame EncodedFrame
			shown byte // 0: nothing new
			wish  bool
		}{
			{EncodedFrame{Unit: []byte{1}}, 0, true}, // joined in the middle
			{EncodedFrame{Unit: []byte{2}, Key: true}, 2, false},
			{EncodedFrame{Unit: []byte{3}}, 3, false},
			{EncodedFrame{Unit: []byte{4}, Lost: 2}, 0, true}, // its reference is gone
			{EncodedFrame{Unit: []byte{5}}, 0, true},
			{EncodedFrame{Unit: []byte{6}, Key: true, Lost: 1}, 6, false},
			{EncodedFrame{Unit: []byte{0xff}}, 0, true}, // does not decode
			{EncodedFrame{Unit: []byte{8}, Key: true}, 8, false},
		}
		for i, step := range steps {
			before := f.wishes
			f.frames <- step.frame
			synctest.Wait()
			pic, fresh := s.media.Remote().Take()
			if fresh != (step.shown != 0) || fresh && pic.Y[0] != step.shown {
				t.Errorf("step %d: shown %v", i, fresh)
			}
			if asked := f.wishes > before; asked != step.wish {
				t.Errorf("step %d: a key frame was asked for: %v", i, asked)
			}
		}
		close(f.frames)
		<-done
		if r := s.media.Stats().Received; r.Frames != 8 || r.Decoded != 4 || r.Failed != 1 || r.PacketsLost != 3 {
			t.Errorf("%+v", r)
		}
	})
}

// memory is a Recorder that notes what it is given.
type memory struct {
	mu      sync.Mutex
	loudest int16 // of the newest block
	remote  []EncodedFrame
	closed  bool
}

func (m *memory) LocalPicture(*Picture) {}
func (m *memory) LocalSound(b []int16, _ time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loudest = b[0]
}
func (m *memory) RemoteFrame(_ string, f EncodedFrame) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remote = append(m.remote, f)
}
func (m *memory) RemotePacket(AudioPacket)  {}
func (m *memory) SenderReport(SenderReport) {}
func (m *memory) Close() error              { m.closed = true; return nil }
func (m *memory) Dir() string               { return "kept" }

// A recording asks for a key frame until it has one.
func TestRecordingBeginsWithAKeyFrame(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		f := &feed{frames: make(chan EncodedFrame)}
		go s.media.ReceiveVideo(f)
		f.frames <- EncodedFrame{Unit: []byte{1}, Key: true}
		synctest.Wait()
		rec := &memory{}
		must(t, s.media.Record(rec))
		if err := s.media.Record(&memory{}); err == nil {
			t.Error("two recordings at once")
		}
		for range 3 {
			f.frames <- EncodedFrame{Unit: []byte{2}}
		}
		f.frames <- EncodedFrame{Unit: []byte{3}, Key: true}
		f.frames <- EncodedFrame{Unit: []byte{4}}
		close(f.frames)
		synctest.Wait()
		if f.wishes != 3 {
			t.Errorf("asked %d times, want 3", f.wishes)
		}
		if dir, err := s.media.StopRecording(); dir != "kept" || err != nil || !rec.closed || len(rec.remote) != 5 {
			t.Errorf("%q, %v, %d frames", dir, err, len(rec.remote))
		}
		if dir, err := s.media.StopRecording(); dir != "" || err != nil {
			t.Errorf("stopped twice: %q, %v", dir, err)
		}
	})
}

// Their sound is played while its track lasts, silence before and after, and
// its figures outlive it.
func TestTheirSoundIsPlayed(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		if play := s.blocks(1, 0); play[0] != 0 {
			t.Error("something is played before the call")
		}
		f := &feed{packets: make(chan AudioPacket)}
		done := make(chan struct{})
		go func() { defer close(done); s.media.ReceiveAudio(f) }()
		f.packets <- AudioPacket{Payload: []byte{1}}
		if play := s.blocks(1, 0); play[0] != 111 {
			t.Error("their sound is not played")
		}
		close(f.packets)
		<-done
		if play := s.blocks(1, 0); play[0] != 0 {
			t.Error("something is played after the call")
		}
		if r := s.media.Stats().Received; r.Sound.Played != 5 || r.AudioPackets != 1 || r.FirstSound.IsZero() {
			t.Errorf("%+v", r)
		}
	})
}

func TestMediaClosesItsRecording(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, rec := newStudio(), &memory{}
		must(t, s.media.Record(rec), s.media.Close())
		if !rec.closed {
			t.Error("the recording is open still")
		}
		if err := s.media.Record(&memory{}); !errors.Is(err, ErrClosed) {
			t.Errorf("a recording after Close: %v", err)
		}
	})
}
