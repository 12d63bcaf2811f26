package play

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/editor"
)

const (
	fps  = 30
	hz   = 48000
	wide = 64
	tall = 36
)

// studio is a decoder, a screen and a speaker without a machine. It decodes
// pictures that carry the file's number and the moment that they show, and
// sound whose samples carry the moment that they belong to, both as the
// arguments of the run ask for.
type studio struct {
	opening time.Duration // of a run, until its first picture
	each    time.Duration // of a picture
	broken  string        // a file that cannot be decoded
	short   string        // a file that has less in it than it says

	mu     sync.Mutex
	opened []string // what was run, as in "pictures 2@1.500"
	open   int
	shown  []shot
	heard  []heard
	states []State
}

// shot is a picture that came to the screen.
type shot struct {
	when  time.Time
	frame int64 // as it was told
	file  int
	at    float64 // the moment in it, in seconds
}

// heard is a block that came out of the speaker.
type heard struct {
	when time.Time
	at   float64 // the moment that its first sample belongs to, negative: silence
}

var (
	pointOf = regexp.MustCompile(`PTS-\((-?\d+)/(\d+)\)`)
	fileOf  = regexp.MustCompile(`/(\d+)\.mp4`)
)

// Open satisfies Decoder.
func (s *studio) Open(ctx context.Context, step editor.Step) (io.ReadCloser, error) {
	args := strings.Join(step.Args, " ")
	r := &run{studio: s, closed: make(chan struct{}), each: s.each, left: step.Frames, size: wide * tall * 4}
	if p := pointOf.FindStringSubmatch(args); p != nil {
		num, _ := strconv.ParseInt(p[1], 10, 64)
		den, _ := strconv.ParseInt(p[2], 10, 64)
		r.at = float64(num) / float64(den)
	}
	if f := fileOf.FindStringSubmatch(args); f != nil {
		r.file, _ = strconv.Atoi(f[1])
	}
	kind := "pictures"
	if step.Samples > 0 {
		kind, r.sound, r.left, r.size, r.each = "sound", true, step.Samples/samplesEach, 4*samplesEach, 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = append(s.opened, fmt.Sprintf("%s %d@%.3f", kind, r.file, r.at))
	s.open++
	r.broken = s.broken != "" && strings.Contains(args, s.broken)
	if s.short != "" && strings.Contains(args, s.short) {
		r.left = 0
	}
	context.AfterFunc(ctx, r.stop)
	return r, nil
}

// samplesEach is how many samples a run of sound makes at once.
const samplesEach = 1600

// run is one run of the decoder.
type run struct {
	studio *studio
	sound  bool
	broken bool
	file   int
	at     float64
	each   time.Duration
	left   int64
	size   int

	begun  bool
	buffer []byte
	once   sync.Once
	count  sync.Once
	closed chan struct{}
}

func (r *run) stop() { r.once.Do(func() { close(r.closed) }) }

// Close satisfies io.Closer.
func (r *run) Close() error {
	r.stop()
	r.count.Do(func() {
		r.studio.mu.Lock()
		defer r.studio.mu.Unlock()
		r.studio.open--
	})
	return nil
}

// Read satisfies io.Reader.
func (r *run) Read(p []byte) (int, error) {
	if len(r.buffer) == 0 {
		if err := r.make(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.buffer)
	r.buffer = r.buffer[n:]
	return n, nil
}

func (r *run) make() error {
	pause := r.each
	if !r.begun {
		r.begun, pause = true, r.studio.opening
	}
	select {
	case <-time.After(pause):
	case <-r.closed:
		return os.ErrClosed
	}
	if r.broken {
		return errors.New("it cannot be decoded")
	}
	if r.left == 0 {
		return io.EOF
	}
	r.left--
	r.buffer = make([]byte, r.size)
	if r.sound {
		for i := range samplesEach {
			ms := uint16(int16(r.at*1000) + int16(i*1000/hz))
			binary.LittleEndian.PutUint16(r.buffer[4*i:], ms)
			binary.LittleEndian.PutUint16(r.buffer[4*i+2:], ms)
		}
		r.at += samplesEach / float64(hz)
		return nil
	}
	binary.LittleEndian.PutUint32(r.buffer, uint32(r.file))
	binary.LittleEndian.PutUint64(r.buffer[4:], uint64(r.at*1e6+0.5))
	r.at += 1.0 / fps
	return nil
}

func (s *studio) screen(p *image.RGBA, frame int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = append(s.shown, shot{time.Now(), frame,
		int(binary.LittleEndian.Uint32(p.Pix)), float64(binary.LittleEndian.Uint64(p.Pix[4:])) / 1e6})
}

func (s *studio) report(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states = append(s.states, state)
}

// pictures are what the screen has shown so far, blocks what was heard.
func (s *studio) pictures() []shot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shown)
}

func (s *studio) blocks() []heard {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.heard)
}

// mend has everything be decoded from now on.
func (s *studio) mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = ""
}

func (s *studio) last(t *testing.T) shot {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shown) == 0 {
		t.Fatal("nothing was shown")
	}
	return s.shown[len(s.shown)-1]
}

func (s *studio) state() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.states) == 0 {
		return State{}
	}
	return s.states[len(s.states)-1]
}

// runs returns what was opened since the last call.
func (s *studio) runs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.opened
	s.opened = nil
	return all
}

// clear forgets what was shown and heard.
func (s *studio) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown, s.heard, s.states = nil, nil, nil
}

// latency is how late the speaker is heard.
const latency = 40 * time.Millisecond

// device is a speaker that takes 10 ms every 10 ms.
type device struct {
	failed chan error
	stop   chan struct{}
	once   sync.Once
	done   sync.WaitGroup
}

func (s *studio) speaker(rate int, fill func([]int16)) (Speaker, error) {
	d := &device{failed: make(chan error, 1), stop: make(chan struct{})}
	d.done.Go(func() {
		ticker := time.NewTicker(10 * time.Millisecond)
		defer ticker.Stop()
		pairs := make([]int16, 2*rate/100)
		for {
			select {
			case <-ticker.C:
			case <-d.stop:
				return
			}
			fill(pairs)
			at := -1.0
			if k := slices.IndexFunc(pairs, func(v int16) bool { return v != 0 }); k >= 0 {
				at = float64(pairs[len(pairs)-1])/1000 - 0.01 // the last, for the volume eases in
			}
			s.mu.Lock()
			s.heard = append(s.heard, heard{time.Now().Add(latency), at})
			s.mu.Unlock()
		}
	})
	return d, nil
}

func (d *device) Latency() time.Duration { return latency }
func (d *device) Failed() <-chan error   { return d.failed }
func (d *device) Close() error {
	d.once.Do(func() { close(d.stop) })
	d.done.Wait()
	return nil
}

// film is clips of files, each from a second to another.
type part struct {
	file     int
	from, to float64
}

func film(t *testing.T, parts ...part) *editor.Assembly {
	t.Helper()
	lib := editor.Library{}
	var line editor.Timeline
	for i, p := range parts {
		path := fmt.Sprintf("/%d.mp4", p.file)
		length := editor.Rational(7200, 1)
		lib[path] = editor.Source{Path: path, Media: &editor.Media{Path: path, Format: "mov", Duration: length, Streams: []editor.Stream{
			{Kind: editor.VideoStream, Width: 1280, Height: 720, FrameRate: editor.Ratio{Num: fps, Den: 1}, Duration: length},
			{Index: 1, Kind: editor.AudioStream, SampleRate: hz, Channels: 2, Duration: length},
		}}}
		c, err := editor.NewClip(editor.ClipID(fmt.Sprint("c", i)), lib[path])
		if err != nil {
			t.Fatal(err)
		}
		c.In, c.Out = editor.Seconds(p.from), editor.Seconds(p.to)
		if line, err = line.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	out := editor.Output{Width: wide, Height: tall, Rate: editor.Ratio{Num: fps, Den: 1}, SampleRate: hz}
	a, err := editor.Assemble(line, lib, out, editor.Effects{}, func(m *editor.Media) []string { return []string{"-i", m.Path} })
	if err != nil {
		t.Fatal(err)
	}
	a.Draft = true
	return a
}

// bubble runs f with a player in a synctest bubble.
func bubble(t *testing.T, s *studio, f func(t *testing.T, p *Player)) {
	t.Helper()
	if s.opening == 0 {
		s.opening, s.each = 120*time.Millisecond, 3*time.Millisecond
	}
	c := Config{Decoder: s, Speaker: s.speaker, Screen: s.screen, Report: s.report}
	synctestPlayer(t, c, func(p *Player) { f(t, p) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open != 0 {
		t.Errorf("%d runs are left open", s.open)
	}
}

// synctestPlayer runs f with a player in a bubble, which fails where anything
// is left running.
func synctestPlayer(t *testing.T, c Config, f func(p *Player)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := New(c)
		f(p)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// pass lets time pass.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
