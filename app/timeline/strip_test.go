package timeline

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// told collects what a strip tells.
type told struct{ lines []string }

func (l *told) add(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *told) actions() Actions {
	return Actions{
		Select:     func(id editor.ClipID, at editor.Time) { l.add("select %s %s", id, at) },
		Toggle:     func(id editor.ClipID) { l.add("toggle %s", id) },
		Extend:     func(id editor.ClipID) { l.add("extend %s", id) },
		Choose:     func(ids []editor.ClipID) { l.add("choose %v", ids) },
		Scrub:      func(at editor.Time) { l.add("scrub %s", at) },
		Move:       func(ids []editor.ClipID, gap int) { l.add("move %v %d", ids, gap) },
		Trim:       func(id editor.ClipID, e Edge, t editor.Time) { l.add("trim %s %d %s", id, e, t) },
		Trimming:   func(id editor.ClipID, e Edge, t editor.Time) { l.add("trimming %s %d %s", id, e, t) },
		Settled:    func() { l.add("settled") },
		Stretch:    func(id editor.ClipID, length editor.Time) { l.add("stretch %s %s", id, length) },
		Fade:       func(id editor.ClipID, e Edge, length editor.Time) { l.add("fade %s %d %s", id, e, length) },
		ChooseTune: func(id editor.MusicID) { l.add("tune %s", id) },
		MoveTune:   func(id editor.MusicID, at editor.Time) { l.add("move %s %s", id, at) },
		TrimTune:   func(id editor.MusicID, e Edge, t editor.Time) { l.add("trim %s %d %s", id, e, t) },
		MoveMarker: func(id editor.MarkerID, at editor.Time) { l.add("marker %s %s", id.Clip, at) },
		OpenMarker: func(id editor.MarkerID) { l.add("open %s", id.Clip) },
		Menu: func(on Menu, _ fyne.Position) {
			l.add("menu %s%s %v", on.Clip, on.Tune, on.Marker != nil)
		},
		Key: func(c Command) { l.add("key %d", c) },
	}
}

// take returns what was told since the last time.
func (l *told) take() []string {
	lines := l.lines
	l.lines = nil
	return lines
}

func (l *told) expect(t *testing.T, name string, want ...string) {
	t.Helper()
	if got := l.take(); !slices.Equal(got, want) {
		t.Errorf("%s: told %q, want %q", name, got, want)
	}
}

func red(int, editor.Time) *image.RGBA { return redPicture }

var redPicture = func() *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, 160, 90))
	for i := 0; i < len(p.Pix); i += 4 {
		p.Pix[i], p.Pix[i+3] = 255, 255
	}
	return p
}()

var loud = func() *editor.Waveform {
	peaks := make([]editor.Peak, 100000)
	for i := range peaks {
		peaks[i] = editor.Peak{Low: -120, High: 120}
	}
	return editor.NewWaveform(peaks)
}()

var loudWaves = Waves{
	Clip: func(int) *editor.Waveform { return loud },
	Tune: func(int) *editor.Waveform { return loud },
}

// withAll is the film of laid with a marker at 8 s, and music of 4 s from 2 s
// on.
func withAll() *Film {
	f, _ := laid()
	f.Markers = []Marker{{ID: editor.MarkerID{Clip: "c"}, At: seconds(8), Label: "here"}}
	f.Tunes = []Tune{{ID: "m1", Label: "song", At: seconds(2), In: seconds(1), Out: seconds(5), Available: seconds(9)}}
	return f
}

// Heights at which things are in the strip of newTestStrip, in units.
const (
	onTheRuler = 10
	onTheFilm  = 75
	onTheMusic = 175
)

// newTestStrip is a strip at 20 units a second, 600 units wide, with the film
// of withAll, of which the first clip is chosen.
func newTestStrip(t *testing.T) (*Strip, *told, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	l := &told{}
	s := NewStrip(l.actions(), red, loudWaves)
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 200))
	s.Set(Model{Film: withAll(), Chosen: []bool{true, false, false}})
	s.zoomTo(20, 0)
	return s, l, w
}

func press(s *Strip, x, y float32, keys ...fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(x, y)
	for _, k := range keys {
		e.Modifier |= k
	}
	s.MouseDown(e)
}

func dragTo(s *Strip, x, y float32) {
	e := &fyne.DragEvent{}
	e.Position = fyne.NewPos(x, y)
	s.Dragged(e)
}

// pull presses at one place and lets go at another.
func pull(s *Strip, from, to, y float32) {
	press(s, from, y)
	dragTo(s, (from+to)/2, y)
	dragTo(s, to, y)
	s.MouseUp(nil)
	s.DragEnd()
}

func click(s *Strip, x, y float32, keys ...fyne.KeyModifier) {
	press(s, x, y, keys...)
	s.MouseUp(nil)
}

func TestClicks(t *testing.T) {
	s, l, w := newTestStrip(t)
	click(s, 180, onTheFilm)
	l.expect(t, "another clip", "select c 8.4")
	click(s, 62, onTheFilm)
	l.expect(t, "the chosen clip", "select a 2.52")
	click(s, 180, onTheFilm, fyne.KeyModifierShift)
	l.expect(t, "with Shift", "extend c")
	click(s, 180, onTheFilm, fyne.KeyModifierShortcutDefault)
	l.expect(t, "with Control", "toggle c")
	click(s, 400, onTheFilm)
	l.expect(t, "behind the film", "choose []")
	click(s, 100.5, onTheRuler)
	l.expect(t, "the ruler", "scrub 4.44")
	click(s, 400, onTheRuler)
	l.expect(t, "the ruler behind the film", "scrub 10")
	click(s, 174, onTheRuler)
	l.expect(t, "a marker", "scrub 8")
	click(s, 100, onTheMusic)
	l.expect(t, "music", "tune m1")
	if w.Canvas().Focused() != s {
		t.Error("keys do not go to the strip that was clicked")
	}
}

func TestADragReorders(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to float32
		want     []string
	}{
		{"on", 50, 132, []string{"move [a] 2"}},
		{"to the end", 50, 500, []string{"move [a] 3"}},
		{"nowhere", 50, 60, []string{"move [a] 1"}},
		{"a trembling hand", 50, 53, []string{"select a 2.04"}},
	} {
		s, l, _ := newTestStrip(t)
		pull(s, tt.from, tt.to, onTheFilm)
		l.expect(t, tt.name, tt.want...)
	}
	s, l, _ := newTestStrip(t)
	s.Set(Model{Film: s.film(), Chosen: []bool{true, false, true}})
	pull(s, 180, 110, onTheFilm)
	l.expect(t, "two at once", "move [a c] 1")
}

func TestADragAtAnEndTrims(t *testing.T) {
	s, l, _ := newTestStrip(t)
	pull(s, 207, 227, onTheFilm) // the end of c, which has 4 s to spare
	l.expect(t, "longer", "choose [c]", "trimming c 2 5.52", "trimming c 2 6", "trim c 2 6")
	pull(s, 135, 155, onTheFilm)
	l.expect(t, "from its beginning", "choose [c]", "trimming c 1 1.52", "trimming c 1 2", "trim c 1 2")
	pull(s, 98, 78, 120)
	l.expect(t, "a still", "trimming a 2 4.5", "trimming a 2 4", "trim a 2 4")
	press(s, 207, onTheFilm)
	dragTo(s, 227, onTheFilm)
	dragTo(s, 207, onTheFilm)
	s.DragEnd()
	l.expect(t, "back to where it was", "choose [c]", "trimming c 2 6", "trimming c 2 5", "settled")
}

// While an end is pulled, what follows moves along; what is right of a
// beginning that is pulled stays where it is to be seen.
func TestTheFilmFollowsAPulledEnd(t *testing.T) {
	s, _, _ := newTestStrip(t)
	seen := func(i int) float64 { return s.geometry.left(i) - s.scene.offset }
	before := seen(2)
	press(s, 14, onTheFilm)
	dragTo(s, 34, onTheFilm)
	if got := seen(0); got != 32 {
		t.Errorf("the beginning that is pulled is at %v, want 32", got)
	}
	if got := seen(2); got != before {
		t.Errorf("a clip behind is at %v, want %v", got, before)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	press(s, 98, 120)
	dragTo(s, 118, 120)
	if got := seen(2); got != before+20 {
		t.Errorf("a clip behind is at %v, want %v", got, before+20)
	}
}

func TestThingsSnap(t *testing.T) {
	s, l, _ := newTestStrip(t)
	alt := &fyne.KeyEvent{Name: desktop.KeyAltLeft}
	pull(s, 40, 170.5, onTheRuler)
	if got := l.take(); got[len(got)-1] != "scrub 8" || s.scene.drag.held {
		t.Errorf("the playhead near a marker: %q", got)
	}
	s.KeyDown(alt)
	pull(s, 40, 170.5, onTheRuler)
	if got := l.take(); got[len(got)-1] != "scrub 7.92" {
		t.Errorf("with Alt: %q", got)
	}
	s.KeyUp(alt)
	s.Set(Model{Film: s.film(), Chosen: []bool{false, false, true}, Playhead: seconds(4)})
	pull(s, 100, 142, onTheMusic) // 2.1 s: its beginning comes near the playhead
	l.expect(t, "music to the playhead", "tune m1", "move m1 4")
	pull(s, 100, 178, onTheMusic) // its end comes near the film's
	l.expect(t, "music to the film's end", "tune m1", "move m1 6")
	pull(s, 174, 96, onTheRuler)
	l.expect(t, "a marker to a cut", "marker c 4")
	press(s, 207, onTheFilm)
	dragTo(s, 169, onTheFilm)
	if d := &s.scene.drag; !d.snapped || d.snap != 8 {
		t.Errorf("an end near a marker is held at %v (%v)", d.snap, d.snapped)
	}
}

func TestTransitionsAndFades(t *testing.T) {
	s, l, _ := newTestStrip(t)
	pull(s, 92, 82, onTheFilm) // both ends of the transition move
	l.expect(t, "longer at its left", "choose [b]", "stretch b 1")
	pull(s, 112, 107, onTheFilm)
	l.expect(t, "shorter at its right", "choose [b]", "stretch b 0.5")
	pull(s, 92, 150, onTheFilm)
	l.expect(t, "away", "choose [b]", "stretch b 0")
	y := float32(s.scene.lanes.wave(true).top)
	pull(s, 148, 172, y)
	l.expect(t, "a fade at the beginning", "choose [c]", "fade c 1 2")
	pull(s, 194, 172, y)
	l.expect(t, "a fade at the end", "choose [c]", "fade c 2 2")
	pull(s, 194, 260, y)
	l.expect(t, "no fade", "choose [c]", "fade c 2 0")
}

func TestMusicIsPulled(t *testing.T) {
	s, l, _ := newTestStrip(t)
	pull(s, 130, 250, onTheMusic)
	l.expect(t, "its end, as long as there is", "tune m1", "trim m1 2 9")
	pull(s, 53, 93, onTheMusic)
	l.expect(t, "its beginning", "tune m1", "trim m1 1 3")
	pull(s, 53, 5, onTheMusic)
	l.expect(t, "its beginning, as early as there is", "tune m1", "trim m1 1 0")
}

func TestARubberBandChooses(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 400, onTheFilm)
	dragTo(s, 120, onTheFilm+20)
	l.expect(t, "from behind", "choose [b c]")
	dragTo(s, 50, onTheFilm+20)
	s.DragEnd()
	l.expect(t, "all", "choose [a b c]")
	press(s, 400, 155)
	dragTo(s, 120, 160)
	s.DragEnd()
	l.expect(t, "between the lanes", "choose []")
}

func TestMenus(t *testing.T) {
	s, l, _ := newTestStrip(t)
	menu := func(x, y float32) {
		e := &fyne.PointEvent{}
		e.Position = fyne.NewPos(x, y)
		s.TappedSecondary(e)
	}
	menu(62, onTheFilm)
	l.expect(t, "a chosen clip", "menu a false")
	menu(180, onTheFilm)
	l.expect(t, "another", "select c 8.4", "menu c false")
	menu(100, onTheMusic)
	l.expect(t, "music", "tune m1", "menu m1 false")
	menu(174, onTheRuler)
	l.expect(t, "a marker", "scrub 8", "menu  true")
	menu(100.5, onTheRuler)
	l.expect(t, "the ruler", "scrub 4.44", "menu  false")
	e := &fyne.PointEvent{}
	e.Position = fyne.NewPos(174, onTheRuler)
	s.DoubleTapped(e)
	l.expect(t, "a marker clicked twice", "open c")
}

func TestEscapeLetsGo(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 207, onTheFilm)
	dragTo(s, 227, onTheFilm)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	dragTo(s, 247, onTheFilm)
	s.DragEnd()
	l.expect(t, "Escape", "choose [c]", "trimming c 2 6", "settled")
}

func TestAChangedFilmEndsADrag(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 50, onTheFilm)
	dragTo(s, 300, onTheFilm)
	s.Set(Model{Film: filmOf(movingClip("c", 0, 2, 2))})
	dragTo(s, 320, onTheFilm)
	s.DragEnd()
	l.expect(t, "another film")
	s.Set(Model{Film: &Film{}})
	click(s, 50, onTheFilm)
	click(s, 50, onTheRuler)
	l.expect(t, "an empty film", "choose []", "scrub 0")
}

func TestZoomKeepsItsPlace(t *testing.T) {
	s, _, _ := newTestStrip(t)
	s.zoomTo(200, 60)
	if x := s.geometry.x(2.4) - s.scene.offset; x < 59 || x > 61 {
		t.Errorf("what was at 60 is at %v", x)
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1e6)})
	if most := s.geometry.width() - 600; s.scene.offset != most {
		t.Errorf("scrolled to %v, want %v", s.scene.offset, most)
	}
	s.KeyDown(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -30)})
	s.KeyUp(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	if s.geometry.scale >= 200 {
		t.Error("Control and the wheel do not zoom out")
	}
	before := s.geometry.scale
	if s.TypedRune('-'); s.geometry.scale >= before {
		t.Error("- does not zoom out")
	}
	s.TypedRune('0')
	if s.scene.offset != 0 || s.geometry.scale != fitting(10, 600) {
		t.Errorf("0 does not fit the film: scale %v, scrolled by %v", s.geometry.scale, s.scene.offset)
	}
	if s.TypedRune('+'); s.geometry.scale <= fitting(10, 600) {
		t.Error("+ does not zoom in")
	}
}

func TestThePlayheadIsBroughtIntoView(t *testing.T) {
	s, _, _ := newTestStrip(t)
	s.zoomTo(300, 0)
	for _, at := range []float64{9.5, 0.1, 5} {
		s.Set(Model{Film: s.film(), Playhead: seconds(at)})
		if x := s.geometry.x(at) - s.scene.offset; x < 0 || x > 600 {
			t.Errorf("the playhead is at %v of 600", x)
		}
	}
}

// What is carried to an end of the strip scrolls it.
func TestADragScrolls(t *testing.T) {
	s, _, _ := newTestStrip(t)
	s.zoomTo(300, 0)
	press(s, 300, onTheFilm)
	dragTo(s, 590, onTheFilm)
	if s.animation == nil || s.rolling() <= 0 {
		t.Fatal("it does not scroll")
	}
	before := s.scene.offset
	s.animation.Tick(0)
	if s.scene.offset <= before {
		t.Error("a tick does not scroll")
	}
	dragTo(s, 300, onTheFilm)
	if s.animation != nil || s.rolling() != 0 {
		t.Error("it scrolls on in the middle")
	}
	dragTo(s, 5, onTheFilm)
	s.DragEnd()
	if s.animation != nil {
		t.Error("it scrolls on when it was let go")
	}
}

func TestDropPlace(t *testing.T) {
	s, _, _ := newTestStrip(t)
	for x, want := range map[float32]editor.ClipID{0: "a", 40: "a", 90: "b", 125: "c", 590: ""} {
		if got := s.GapAt(x); got != want {
			t.Errorf("dropped at %v it goes before %q, want %q", x, got, want)
		}
	}
	if at, ok := s.MusicAt(fyne.NewPos(62, onTheMusic)); !ok || at != seconds(2.52) {
		t.Errorf("dropped on the music: %s, %v", at, ok)
	}
	if _, ok := s.MusicAt(fyne.NewPos(62, onTheFilm)); ok {
		t.Error("the clips are music")
	}
}

func TestTheCursorTellsOfEnds(t *testing.T) {
	s, _, _ := newTestStrip(t)
	for x, want := range map[float32]desktop.Cursor{50: desktop.DefaultCursor, 207: desktop.HResizeCursor, 14: desktop.HResizeCursor, 400: desktop.DefaultCursor} {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, onTheFilm)
		s.MouseMoved(e)
		if got := s.Cursor(); got != want {
			t.Errorf("cursor at %v: %v, want %v", x, got, want)
		}
	}
}

func TestKeys(t *testing.T) {
	s, l, _ := newTestStrip(t)
	ctrl := fyne.KeyModifierShortcutDefault
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	key := func(name fyne.KeyName) func() { return func() { s.TypedKey(&fyne.KeyEvent{Name: name}) } }
	withShift := func(name fyne.KeyName) func() {
		return func() { s.KeyDown(shift); key(name)(); s.KeyUp(shift) }
	}
	letter := func(r rune) func() { return func() { s.TypedRune(r) } }
	custom := func(name fyne.KeyName, m fyne.KeyModifier) func() {
		return func() { s.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: m}) }
	}
	shortcut := func(x fyne.Shortcut) func() { return func() { s.TypedShortcut(x) } }
	tests := []struct {
		name  string
		press func()
		want  Command
	}{
		{"left", key(fyne.KeyLeft), FrameBack},
		{"right", key(fyne.KeyRight), FrameOn},
		{"shift and left", withShift(fyne.KeyLeft), SecondBack},
		{"shift and right", withShift(fyne.KeyRight), SecondOn},
		{"right after shift", key(fyne.KeyRight), FrameOn},
		{"up", key(fyne.KeyUp), PreviousCut},
		{"page down", key(fyne.KeyPageDown), NextCut},
		{"home", key(fyne.KeyHome), First},
		{"end", key(fyne.KeyEnd), Last},
		{"delete", key(fyne.KeyDelete), Remove},
		{"escape", key(fyne.KeyEscape), ChooseLess},
		{"space", key(fyne.KeySpace), PlayPause},
		{"F1", key(fyne.KeyF1), Help},
		{"alt and left", custom(fyne.KeyLeft, fyne.KeyModifierAlt), MoveBack},
		{"alt and right", custom(fyne.KeyRight, fyne.KeyModifierAlt), MoveOn},
		{"undo", shortcut(&fyne.ShortcutUndo{}), Undo},
		{"redo", shortcut(&fyne.ShortcutRedo{}), Redo},
		{"redo with shift", custom(fyne.KeyZ, ctrl|fyne.KeyModifierShift), Redo},
		{"copy", shortcut(&fyne.ShortcutCopy{}), Copy},
		{"cut", shortcut(&fyne.ShortcutCut{}), Cut},
		{"paste", shortcut(&fyne.ShortcutPaste{}), Paste},
		{"all", shortcut(&fyne.ShortcutSelectAll{}), ChooseAll},
		{"duplicate", custom(fyne.KeyD, ctrl), Duplicate},
		{"split with control", custom(fyne.KeyB, ctrl), Split},
		{"i", letter('i'), TrimInHere},
		{"O", letter('O'), TrimOutHere},
		{"bracket", letter(']'), TrimOutHere},
		{"s", letter('s'), Split},
		{"f", letter('f'), Freeze},
		{"t", letter('t'), Card},
		{"x", letter('x'), Crossfade},
		{"m", letter('m'), Mark},
		{"M", letter('M'), NameMarker},
		{"j", letter('j'), PlayBack},
		{"K", letter('K'), PlayStop},
		{"l", letter('l'), PlayOn},
		{"comma", letter(','), FrameBack},
		{"point", letter('.'), FrameOn},
		{"question mark", letter('?'), Help},
	}
	for _, tt := range tests {
		tt.press()
		l.expect(t, tt.name, fmt.Sprintf("key %d", tt.want))
	}
	letter('y')()
	custom(fyne.KeyQ, ctrl)()
	key(fyne.KeyF5)()
	l.expect(t, "keys that mean nothing")
}

func TestWhatIsDrawn(t *testing.T) {
	s, _, _ := newTestStrip(t)
	f := withAll()
	f.Clips[1].Missing, f.Clips[2].Picture = true, false
	f.Cues = []Span{{seconds(1), seconds(2)}}
	s.scene.focused = true
	s.Set(Model{Film: f, Chosen: []bool{true, false, false}, Playhead: seconds(2.5)})
	picture := s.draw(600, 200).(*image.RGBA)
	ink := &s.painter.ink
	middle := int(s.scene.lanes.clips.top + 40)
	tests := []struct {
		what string
		x, y int
		want color.Color
	}{
		{"the first clip's picture", 40, middle, color.RGBA{255, 0, 0, 255}},
		{"the chosen clip's frame", 50, int(s.scene.lanes.clips.top) - 1, ink.primary.C},
		{"the sound of a clip", 190, int(s.scene.lanes.clips.bottom) - 5, ink.sound.wave.C},
		{"nothing behind the film", 400, middle, ink.ground.C},
		{"the playhead", 62, middle, ink.mark.C},
		{"a flag", 172, int(s.scene.lanes.ruler.bottom) - 9, ink.flag.C},
		{"a subtitle", 40, int(s.scene.lanes.cues.top) + 1, ink.hot.C},
		{"the music's sound", 100, int(s.scene.lanes.music.bottom) - 5, ink.music.head.C},
	}
	for _, tt := range tests {
		if got := picture.RGBAAt(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: %v at %d,%d, want %v", tt.what, got, tt.x, tt.y, tt.want)
		}
	}
	band := image.Rect(115, middle-10, 128, middle+10)
	if seen := colours(picture, band); len(seen) < 2 {
		t.Errorf("a missing clip is not hatched: %v", seen)
	}
	if r, g, b := lightest(picture, image.Rect(14, int(s.scene.lanes.clips.top), 60, int(s.scene.lanes.head().bottom))); int(r)+int(g)+int(b) < 500 {
		t.Errorf("no name is written on the clip: lightest %d %d %d", r, g, b)
	}
}

func colours(p *image.RGBA, in image.Rectangle) map[color.RGBA]bool {
	seen := map[color.RGBA]bool{}
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			seen[p.RGBAAt(x, y)] = true
		}
	}
	return seen
}

func lightest(p *image.RGBA, in image.Rectangle) (r, g, b uint8) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if c := p.RGBAAt(x, y); int(c.R)+int(c.G)+int(c.B) > int(r)+int(g)+int(b) {
				r, g, b = c.R, c.G, c.B
			}
		}
	}
	return r, g, b
}
