package wire

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/play"
	"parley/editor/render"
	"parley/editor/store"
)

// tape is a sound device that keeps what it plays.
type tape struct {
	mu    sync.Mutex
	pairs []int16
	stop  chan struct{}
	end   sync.WaitGroup
	once  sync.Once
}

func (d *tape) open(rate int, fill func([]int16)) (play.Speaker, error) {
	d.stop = make(chan struct{})
	d.end.Go(func() {
		block, tick := make([]int16, 2*rate/100), time.NewTicker(10*time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-d.stop:
				return
			case <-tick.C:
			}
			fill(block)
			d.mu.Lock()
			d.pairs = append(d.pairs, block...)
			d.mu.Unlock()
		}
	})
	return d, nil
}

func (d *tape) Latency() time.Duration { return 0 }
func (d *tape) Failed() <-chan error   { return nil }

func (d *tape) Close() error {
	d.once.Do(func() { close(d.stop) })
	d.end.Wait()
	return nil
}

// music is how loud a tone of 2 kHz is in each tenth of a second, in dB.
func music(pairs []int16) (all []float64) {
	for ; len(pairs) >= 2*4800; pairs = pairs[2*4800:] {
		var re, im float64
		for i := range 4800 {
			s, c := math.Sincos(2 * math.Pi * 2000 * float64(i) / 48000)
			re += float64(pairs[2*i]) * c
			im += float64(pairs[2*i]) * s
		}
		all = append(all, 20*math.Log10(2*math.Hypot(re, im)/4800/32768+1e-9))
	}
	return all
}

// underMusic is a film in which somebody speaks from its second second to its
// third, with music under all of it.
func underMusic(t *testing.T) *editor.Project {
	t.Helper()
	p := project(t, made(t, "speech.mp4", "-f", "lavfi", "-i", "color=gray:s=64x36:r=30:d=6",
		"-f", "lavfi", "-i", "aevalsrc='if(between(t,2,3),0.3*sin(2*PI*300*t),0)':s=48000:d=6", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"))
	kit := kitOf(t)
	tune, err := store.Import(t.Context(), kit.Tools, made(t, "music.wav", "-f", "lavfi", "-i", "aevalsrc='0.2*sin(2*PI*2000*t)':s=48000:d=6"))
	if err != nil {
		t.Fatal(err)
	}
	p.Library[tune.Path] = tune
	m, err := editor.NewMusic("m1", tune, editor.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Timeline, err = p.Timeline.WithMusic(m); err != nil {
		t.Fatal(err)
	}
	return p
}

func kitOf(t *testing.T) *Editor {
	t.Helper()
	folders, err := settings.FoldersFor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kit, err := NewEditor(t.Context(), folders, editor.Effects{})
	if err != nil {
		t.Fatal(err)
	}
	return kit
}

// Music gives way to speech in the preview as it does in the film.
func TestThePreviewDucksAsTheFilmDoes(t *testing.T) {
	device := &tape{}
	v := newViewer(t, func(c *PreviewConfig) { c.Sound = device.open })
	p := underMusic(t)
	if err := v.Load(p, 64, 36); err != nil {
		t.Fatal(err)
	}
	listening := func(s play.State) bool { return s.Listening }
	v.until(t, "end of listening", func() bool {
		return slices.ContainsFunc(v.states, listening) && !listening(v.states[len(v.states)-1])
	})
	v.Play(1)
	v.until(t, "end of the film", func() bool { return v.frame >= 178 })
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	first := slices.IndexFunc(device.pairs, func(s int16) bool { return s != 0 })
	if first < 0 {
		t.Fatal("nothing was heard")
	}
	got, want := music(device.pairs[first&^1:]), music(rendered(t, p))
	for i := 1; i < 55; i++ {
		if i >= len(got) || math.Abs(got[i]-want[i]) > 0.7 {
			t.Fatalf("from the begin on the music is %.1f in the preview and %.1f in the film", got, want)
		}
	}
	if want[15] < want[25]+11 {
		t.Errorf("the film's music goes from %.1f to %.1f dB only", want[15], want[25])
	}
}

// rendered is the sound of the film that is made of a project.
func rendered(t *testing.T, p *editor.Project) []int16 {
	t.Helper()
	kit, target := kitOf(t), filepath.Join(t.TempDir(), "film.mp4")
	if _, err := kit.Renderer.Render(t.Context(), render.FilmOf(p), target, nil); err != nil {
		t.Fatal(err)
	}
	data, err := kit.Tools.Output(t.Context(), ffmpeg.Command{Args: []string{"-i", ffmpeg.InputArg(target), "-f", "s16le", "-ac", "2", "-ar", "48000", "pipe:1"}}, 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	pairs := make([]int16, len(data)/2)
	for i := range pairs {
		pairs[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	return pairs
}

// listened is a ducking with nobody behind it but ffmpeg, and what came of it.
type listened struct {
	ducking
	opened int
	fail   error
	told   chan string
}

func newListened(t *testing.T) *listened {
	kit := kitOf(t)
	l := &listened{told: make(chan string, 9)}
	l.open = func(ctx context.Context, s editor.Step) (io.ReadCloser, error) {
		if l.opened++; l.fail != nil {
			return nil, l.fail
		}
		return kit.Tools.Stream(ctx, ffmpeg.Command{Op: s.Clip, Args: s.Args})
	}
	l.duck = func(c editor.Curve) {
		down, first := 0, 0 // tenths of a second
		for i := 0; i < len(c.Gains); i += 10 {
			if c.Gains[i] < 0.3 {
				if down++; down == 1 {
					first = i / 10
				}
			}
		}
		l.told <- fmt.Sprintf("duck %d from %d", down, first)
	}
	l.unduck = func(why error) { l.told <- fmt.Sprint("unduck ", why) }
	t.Cleanup(l.close)
	return l
}

func (l *listened) tells(t *testing.T, p *editor.Project, want ...string) {
	t.Helper()
	film, err := editor.Assemble(p.Timeline, p.Library, p.Spec(), editor.Effects{}, func(m *editor.Media) []string {
		return []string{"-i", ffmpeg.InputArg(m.Path)}
	})
	if err != nil {
		t.Fatal(err)
	}
	l.follow(film)
	l.done.Wait()
	var got []string
	for len(l.told) > 0 {
		got = append(got, <-l.told)
	}
	if !slices.Equal(got, want) {
		t.Errorf("it tells %q, want %q", got, want)
	}
}

// Only what an edit has changed is listened to again, and what cannot be
// listened to is told.
func TestDuckingListensOnceToAClip(t *testing.T) {
	l, p := newListened(t), underMusic(t)
	l.tells(t, p, "unduck <nil>", "duck 18 from 20")
	l.tells(t, p)
	m := p.Timeline.Music()[0]
	m.Gain = -3 // changes nothing in what is said
	p.Timeline = must(p.Timeline.WithMusic(m))
	l.tells(t, p)
	if l.opened != 1 {
		t.Errorf("it has listened %d times", l.opened)
	}
	m.At = editor.Rational(1, 1)
	p.Timeline = must(p.Timeline.WithMusic(m))
	l.tells(t, p, "unduck <nil>", "duck 18 from 20")
	again := p.Timeline.Clip(0)
	again.ID = p.Timeline.NextID()
	again.Sound.Gain = -6
	p.Timeline = must(p.Timeline.Append(again))
	l.tells(t, p, "unduck <nil>", "duck 18 from 20")
	if l.opened != 2 {
		t.Errorf("it has listened %d times", l.opened)
	}
	m.At = editor.Rational(7, 1) // over the second clip, which comes two seconds later then
	first := p.Timeline.Clip(0)
	first.Out = editor.Rational(5, 1)
	p.Timeline = must(must(p.Timeline.Replace(first.ID, first)).WithMusic(m))
	l.tells(t, p, "unduck <nil>", "duck 18 from 70")
	if l.opened != 2 {
		t.Errorf("it has listened %d times to what has only moved", l.opened)
	}
	l.fail = errors.New("the file is gone")
	again.Sound.Gain = -7
	p.Timeline = must(p.Timeline.Replace(again.ID, again))
	l.tells(t, p, "unduck <nil>", "unduck the file is gone")
	p.Timeline = must(p.Timeline.WithoutMusic(m.ID))
	l.tells(t, p, "duck 0 from 0")
}

func must(t editor.Timeline, err error) editor.Timeline {
	if err != nil {
		panic(err)
	}
	return t
}
