package capture

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jezek/xgb/xproto"

	"parley/call"
)

// colours in BT.601, limited range, as 75 % or full bars have them.
var colours = map[uint32][3]uint8{
	0xFFFFFF: {235, 128, 128}, 0x000000: {16, 128, 128}, 0xFF0000: {82, 90, 240},
	0x00FF00: {145, 54, 34}, 0x0000FF: {41, 240, 110}, 0x808080: {126, 128, 128},
}

// at is the pixel of a picture.
func at(pic *call.Picture, x, y int) [3]uint8 {
	c := y/2*pic.CStride + x/2
	return [3]uint8{pic.Y[y*pic.YStride+x], pic.Cb[c], pic.Cr[c]}
}

func alike(a, b [3]uint8) bool {
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -1 || d > 1 {
			return false
		}
	}
	return true
}

func TestScreenShowsItsColours(t *testing.T) {
	d := newDesktop(t, "640x480x24")
	s := shared(t, "screen:1", 30)
	for colour, want := range colours {
		d.fill(t, 0x123456)
		d.rect(t, colour, xproto.Rectangle{X: 100, Y: 200, Width: 50, Height: 60})
		pic := read(t, s)
		if pic.Width() != 640 || pic.Height() != 480 {
			t.Fatalf("%dx%d", pic.Width(), pic.Height())
		}
		for _, p := range [][2]int{{100, 200}, {149, 259}, {120, 230}} {
			if got := at(pic, p[0], p[1]); !alike(got, want) {
				t.Errorf("%06x at %v is %v, want %v", colour, p, got, want)
			}
		}
		for _, p := range [][2]int{{98, 200}, {150, 230}, {120, 198}, {120, 260}, {0, 0}, {639, 479}} {
			if got := at(pic, p[0], p[1]); !alike(got, [3]uint8{55, 148, 111}) {
				t.Errorf("beside %06x at %v is %v", colour, p, got)
			}
		}
	}
}

func TestScreenWithoutSharedMemory(t *testing.T) {
	d := newDesktop(t, "320x240x24", "-extension", "MIT-SHM")
	if d.shared {
		t.Fatal("the server shares memory all the same")
	}
	d.fill(t, 0x00FF00)
	if got := at(read(t, shared(t, "screen:1", 30)), 319, 239); !alike(got, colours[0x00FF00]) {
		t.Errorf("the screen is %v", got)
	}
}

func TestScreenShowsABarCode(t *testing.T) {
	d := newDesktop(t, "800x600x24")
	s := shared(t, "screen:1", 30)
	shown, pattern := &call.Picture{}, call.NewPattern(800, 600, 30)
	for i := range uint32(5) {
		want := call.Mark{Frame: i, At: time.UnixMicro(1_790_000_000_000_000 + int64(i))}
		pattern.Draw(shown, want.Frame, want.At)
		d.show(t, shown)
		if got, ok := call.ReadMark(read(t, s)); !ok || got.Frame != want.Frame || !got.At.Equal(want.At) {
			t.Errorf("read %+v, %v; want %+v", got, ok, want)
		}
	}
}

func TestScreenShowsThePointer(t *testing.T) {
	d := newDesktop(t, "320x240x24")
	d.fill(t, 0xFFFFFF)
	s := shared(t, "screen:1", 30)
	d.cursor(t, 0xFFFF, 0, 0, 100, 50)
	pic := read(t, s)
	for p, want := range map[[2]int]uint32{{100, 50}: 0xFF0000, {92, 42}: 0xFF0000, {107, 57}: 0xFF0000, {90, 50}: 0xFFFFFF, {108, 58}: 0xFFFFFF} {
		if got := at(pic, p[0], p[1]); !alike(got, colours[want]) {
			t.Errorf("%v is %v, want %06x", p, got, want)
		}
	}
	d.cursor(t, 0, 0, 0xFFFF, 319, 239) // half of it outside
	readUntil(t, s, "the pointer in its new place and colour", func(pic *call.Picture) bool {
		return alike(at(pic, 319, 239), colours[0x0000FF]) && alike(at(pic, 100, 50), colours[0xFFFFFF])
	})
}

func TestScreenChangesItsSize(t *testing.T) {
	d := newDesktop(t, "800x600x24")
	s := shared(t, "screen:1", 30)
	green := colours[0x00FF00] // in two corners: the pointer is pushed into another
	for _, size := range [][2]int{{800, 600}, {640, 480}, {800, 600}, {321, 241}, {640, 480}} {
		d.resize(t, size[0], size[1])
		readUntil(t, s, fmt.Sprint("a picture of ", size), func(pic *call.Picture) bool {
			defer d.fill(t, 0x00FF00)
			w, h := pic.Width(), pic.Height()
			return w == size[0]&^1 && h == size[1]&^1 && alike(at(pic, w-1, 0), green) && alike(at(pic, 0, h-1), green)
		})
	}
}

// A screen may shrink between the last look at it and a picture: the server
// then refuses the picture, which must not end the source, nor the program.
func TestScreenThatShrinksUnseen(t *testing.T) {
	newDesktop(t, "320x240x24")
	s := shared(t, "screen:1", 30)
	read(t, s)
	s.(*screen).area = image.Rect(0, 0, 1000, 1000)
	if pic := read(t, s); pic.Width() != 320 || pic.Height() != 240 {
		t.Errorf("%dx%d", pic.Width(), pic.Height())
	}
}

func TestScreensSideBySide(t *testing.T) {
	d := newDesktop(t, "800x480x24")
	d.split(t, "desk", 300, 500)
	d.fill(t, 0x0000FF)
	d.rect(t, 0xFF0000, xproto.Rectangle{X: 300, Width: 500, Height: 480})
	want := []call.DeviceInfo{
		{Kind: call.Screen, Name: "Screen 1 (300x480)", ID: "screen:1"},
		{Kind: call.Screen, Name: "Screen 2 (500x480)", ID: "screen:2"},
	}
	if diff := cmp.Diff(want, listScreens()); diff != "" {
		t.Errorf("screens (-want +got):\n%s", diff)
	}
	for name, want := range map[string][4]uint32{"screen:1": {300, 480, 0x0000FF}, "Screen 2 (500x480)": {500, 480, 0xFF0000}, "Screen 2 (9x9)": {500, 480, 0xFF0000}} {
		pic := read(t, shared(t, name, 30))
		if pic.Width() != int(want[0]) || pic.Height() != int(want[1]) || !alike(at(pic, 0, 0), colours[want[2]]) || !alike(at(pic, pic.Width()-1, 479), colours[want[2]]) {
			t.Errorf("%s is %dx%d of %v", name, pic.Width(), pic.Height(), at(pic, 0, 0))
		}
	}
	if _, err := Open("screen:3", call.VideoFormat{}); !errors.Is(err, ErrNoScreen) || !strings.Contains(err.Error(), "no screen 3") {
		t.Errorf("screen 3: %v", err)
	}
}

func TestScreenInsideWayland(t *testing.T) {
	d := newDesktop(t, "640x480x24")
	d.split(t, "XWAYLAND", 640)
	if got := listScreens(); len(got) != 0 {
		t.Errorf("listed %v", got)
	}
	if _, err := Open("screen:1", call.VideoFormat{}); !errors.Is(err, ErrNoScreen) || !strings.Contains(err.Error(), "Xorg") {
		t.Errorf("said %v", err)
	}
}

func TestScreenOfFewColours(t *testing.T) {
	(&desktop{}).start(t, "640x480x16")
	if _, err := Open("screen:1", call.VideoFormat{}); !errors.Is(err, errPixels) {
		t.Errorf("said %v", err)
	}
}

func TestScreenKeepsItsRate(t *testing.T) {
	newDesktop(t, "64x48x24")
	for _, test := range []struct{ asked, want float64 }{{30, 30}, {60, 30}, {1, 5}, {12.5, 12.5}} {
		s := shared(t, "screen:1", test.asked)
		if got := s.(*screen).pace.fps; got != test.want {
			t.Errorf("asked for %v: %v", test.asked, got)
		}
	}
	s := shared(t, "screen:1", 30)
	before := time.Now()
	for range 4 {
		pic := read(t, s)
		if pic.At.Before(before) || pic.At.After(time.Now()) {
			t.Errorf("taken at %v, after %v", pic.At, before)
		}
		before = pic.At
	}
}

func TestScreenWhoseServerEnds(t *testing.T) {
	d := newDesktop(t, "320x240x24")
	s := shared(t, "screen:1", 30)
	read(t, s)
	d.stop()
	pic := &call.Picture{}
	for range 100 { // pictures taken meanwhile are right
		if err := s.Read(pic); err != nil {
			if !errors.Is(err, ErrGone) || errors.Is(err, io.EOF) {
				t.Errorf("said %v, want ErrGone", err)
			}
			break
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := listScreens(); len(got) != 0 {
		t.Errorf("listed %v", got)
	}
	if _, err := Open("screen:1", call.VideoFormat{}); !errors.Is(err, ErrNoScreen) {
		t.Errorf("said %v", err)
	}
}

func TestScreenCloseWakesRead(t *testing.T) {
	newDesktop(t, "320x240x24")
	s := shared(t, "screen:1", 5)
	read(t, s)
	done := make(chan error)
	go func() { done <- s.Read(&call.Picture{}) }()
	for range 3 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := <-done; err != nil && !errors.Is(err, io.EOF) {
		t.Errorf("Read says %v", err)
	}
	if err := s.Read(&call.Picture{}); !errors.Is(err, io.EOF) {
		t.Errorf("Read after Close says %v", err)
	}
}

// Neither memory shared with the server nor its connections may pile up.
func TestScreenGivesEverythingBack(t *testing.T) {
	newDesktop(t, "640x480x24")
	count := func() (segments, files int) {
		maps, err1 := os.ReadFile("/proc/self/maps")
		fds, err2 := os.ReadDir("/proc/self/fd")
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(maps), "/SYSV") + segmentsMade(t), len(fds)
	}
	use := func() {
		s := shared(t, "screen:1", 30)
		read(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if n := len(listScreens()); n != 1 {
			t.Errorf("%d screens", n)
		}
	}
	use()
	segments, files := count()
	for range 5 {
		use()
	}
	if s, f := count(); s != segments || f != files {
		t.Errorf("%d segments and %d files before, %d and %d after", segments, files, s, f)
	}
}

// segmentsMade counts the shared memory of this process that the system still
// has, mapped or not.
func segmentsMade(t *testing.T) int {
	t.Helper()
	table, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(table)) {
		if f := strings.Fields(line); len(f) > 4 && f[4] == strconv.Itoa(os.Getpid()) { // its creator
			n++
		}
	}
	return n
}

func TestNoDisplay(t *testing.T) {
	for _, display := range []string{"", ":4711", "nonsense"} {
		t.Setenv("DISPLAY", display)
		if got := listScreens(); len(got) != 0 {
			t.Errorf("%q: listed %v", display, got)
		}
		if _, err := Open("screen:1", call.VideoFormat{}); !errors.Is(err, ErrNoScreen) {
			t.Errorf("%q: said %v", display, err)
		}
	}
}

func TestScreenNumber(t *testing.T) {
	for name, want := range map[string]int{
		"screen:1": 1, "screen:12": 12, "Screen 1 (1920x1080)": 1, "Screen 2": 2, "screen:x": 0, "screen:": 0,
		"Screen": -1, "Screen door camera": -1, "Screen 1 (HD) cam": -1, "screen": -1, "": -1, "USB Screen 1": -1,
	} {
		got, ok := screenNumber(name)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d, %v; want %d", name, got, ok, want)
		}
	}
}

func BenchmarkScreen(b *testing.B) {
	d := newDesktop(b, "1920x1080x24")
	d.fill(b, 0x336699)
	s, err := openScreen(1, call.VideoFormat{FrameRate: 30})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	pic := &call.Picture{}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.take(pic); err != nil {
			b.Fatal(err)
		}
	}
}
