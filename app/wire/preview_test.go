package wire

import (
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/app/settings"
	"parley/call"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/play"
	"parley/editor/store"
)

// viewer is a preview with what it shows.
type viewer struct {
	*Preview
	mu     sync.Mutex
	at     map[int64]time.Time // when each frame was shown last
	last   *image.RGBA
	frame  int64
	states []play.State
	news   chan struct{}
}

// newViewer opens a preview without a speaker, changed by with.
func newViewer(t testing.TB, with ...func(*PreviewConfig)) *viewer {
	t.Helper()
	folders, err := settings.FoldersFor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kit, err := NewEditor(t.Context(), folders, editor.Effects{})
	if errors.Is(err, ffmpeg.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	v := &viewer{at: map[int64]time.Time{}, news: make(chan struct{}, 1), frame: -1}
	c := PreviewConfig{
		Editor:  func() (*Editor, error) { return kit, nil },
		Speaker: func() string { return call.DeviceOff },
		Screen:  v.show,
		Report:  v.tell,
	}
	for _, change := range with {
		change(&c)
	}
	v.Preview = NewPreview(c)
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func (v *viewer) show(p *image.RGBA, frame int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.at[frame] = time.Now()
	if v.last == nil || v.last.Rect != p.Rect {
		v.last = image.NewRGBA(p.Rect)
	}
	copy(v.last.Pix, p.Pix)
	v.frame = frame
	select {
	case v.news <- struct{}{}:
	default:
	}
}

func (v *viewer) tell(s play.State) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.states = append(v.states, s)
	select {
	case v.news <- struct{}{}:
	default:
	}
}

// await waits until a frame is shown.
func (v *viewer) await(t testing.TB, frame int64) {
	t.Helper()
	v.until(t, fmt.Sprint("frame ", frame), func() bool { return v.frame == frame })
}

func (v *viewer) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		v.mu.Lock()
		done := ok()
		v.mu.Unlock()
		if done {
			return
		}
		select {
		case <-v.news:
		case <-deadline:
			t.Fatalf("no %s; %+v", what, v.states[len(v.states)-1])
		}
	}
}

// project is a film of whole files.
func project(t testing.TB, paths ...string) *editor.Project {
	t.Helper()
	folders, err := settings.FoldersFor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kit, err := NewEditor(t.Context(), folders, editor.Effects{})
	if errors.Is(err, ffmpeg.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := &editor.Project{Library: editor.Library{}}
	for _, path := range paths {
		s, err := store.Import(t.Context(), kit.Tools, path)
		if err != nil {
			t.Fatal(err)
		}
		p.Library[s.Path] = s
		c, err := editor.NewClip(p.Timeline.NextID(), s)
		if err != nil {
			t.Fatal(err)
		}
		if p.Timeline, err = p.Timeline.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// A click shows exactly the frame that was clicked, wherever key frames and
// B-frames lie, and so does a step from there. The brightness of each frame
// tells its number.
func TestPreviewIsExact(t *testing.T) {
	for _, name := range []string{"a.mp4", "a.mkv", "a.ts"} {
		path := made(t, name, "-f", "lavfi", "-i", "nullsrc=s=64x36:r=30:d=12,geq=lum='16+mod(N*37,211)':cb=128:cr=128",
			"-c:v", "libx264", "-crf", "4", "-g", "77", "-bf", "3", "-pix_fmt", "yuv420p")
		v := newViewer(t)
		p := project(t, path)
		c := p.Timeline.Clip(0)
		c.In = editor.Rational(3, 2)
		var err error
		if p.Timeline, err = p.Timeline.Replace(c.ID, c); err != nil {
			t.Fatal(err)
		}
		if err := v.Load(p, 64, 36); err != nil {
			t.Fatal(err)
		}
		for _, frame := range []int64{200, 32, 31, 33, 109, 108, 300, 299, 1, 0} {
			v.MoveTo(frame)
			v.await(t, frame)
			v.mu.Lock()
			got := int(v.last.RGBAAt(32, 18).G)
			v.mu.Unlock()
			want := int((frame + 45) * 37 % 211 * 255 / 219)
			if got < want-6 || got > want+6 {
				t.Errorf("%s: frame %d has the brightness %d, want %d", name, frame, got, want)
			}
		}
	}
}

// BenchmarkClick is the time from a click at any point of a film to its exact
// frame. PARLEY_FILM names a file; the figures are told in ms.
func BenchmarkClick(b *testing.B) {
	path := os.Getenv("PARLEY_FILM")
	if path == "" {
		b.Skip("PARLEY_FILM names no file")
	}
	v := newViewer(b)
	p := project(b, path)
	if err := v.Load(p, 640, 360); err != nil {
		b.Fatal(err)
	}
	frames := p.Timeline.Duration().FrameFloor(v.Rate())
	v.await(b, 0)
	random := rand.New(rand.NewPCG(1, 2))
	var took []float64
	for b.Loop() {
		frame := random.Int64N(frames - 10)
		time.Sleep(400 * time.Millisecond) // what a person needs to click again
		begin := time.Now()
		v.MoveTo(frame)
		v.await(b, frame)
		took = append(took, float64(time.Since(begin).Microseconds())/1000)
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "p50-ms")
	b.ReportMetric(took[len(took)*95/100], "p95-ms")
	b.ReportMetric(0, "ns/op")
}
