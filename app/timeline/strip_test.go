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
	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// told collects what a strip tells.
type told struct{ lines []string }

func (l *told) add(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *told) actions() Actions {
	return Actions{
		Select:   func(id editor.ClipID, at editor.Time) { l.add("select %s %s", id, at) },
		Move:     func(id editor.ClipID, to int) { l.add("move %s %d", id, to) },
		Trim:     func(id editor.ClipID, e Edge, t editor.Time) { l.add("trim %s %d %s", id, e, t) },
		Trimming: func(id editor.ClipID, e Edge, t editor.Time) { l.add("trimming %s %d %s", id, e, t) },
		Settled:  func() { l.add("settled") },
		Key:      func(c Command) { l.add("key %d", c) },
	}
}

// take returns what was told since the last time.
func (l *told) take() []string {
	lines := l.lines
	l.lines = nil
	return lines
}

func red(Clip, editor.Time) *image.RGBA { return redPicture }

var redPicture = func() *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, 160, 90))
	for i := 0; i < len(p.Pix); i += 4 {
		p.Pix[i], p.Pix[i+3] = 255, 255
	}
	return p
}()

// newTestStrip is a strip at 20 units a second, 600 units wide, with the clips
// of laid.
func newTestStrip(t *testing.T) (*Strip, *told, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	l := &told{}
	s := NewStrip(l.actions(), red, func(t editor.Time) string { return t.String() })
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 160))
	clips, _ := laid()
	s.Set(Model{Clips: clips, Selected: 0})
	s.zoomTo(20, 0)
	return s, l, w
}

func press(s *Strip, x, y float32) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(x, y)
	s.MouseDown(e)
}

func dragTo(s *Strip, x, y float32) {
	e := &fyne.DragEvent{}
	e.Position = fyne.NewPos(x, y)
	s.Dragged(e)
}

func TestAClickSelects(t *testing.T) {
	s, l, w := newTestStrip(t)
	press(s, 60, 80)
	s.MouseUp(nil)
	press(s, 188, 80)
	s.MouseUp(nil)
	press(s, 400, 80) // behind the last clip
	if got, want := l.take(), []string{"select a 2.5", "select c 7.5", "select c 9.5"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	if w.Canvas().Focused() != s {
		t.Error("keys do not go to the strip that was clicked")
	}
}

func TestADragReorders(t *testing.T) {
	tests := []struct {
		name     string
		from, to float32
		want     []string
	}{
		{"on", 50, 132, []string{"select a 2", "move a 1"}},
		{"to the end", 50, 500, []string{"select a 2", "move a 2"}},
		{"back", 188, 20, []string{"select c 7.5", "move c 0"}},
		{"nowhere", 50, 80, []string{"select a 2"}},
		{"to its own other side", 50, 105, []string{"select a 2"}},
		{"a trembling hand", 50, 53, []string{"select a 2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, l, _ := newTestStrip(t)
			press(s, tt.from, 80)
			dragTo(s, (tt.from+tt.to)/2, 80)
			dragTo(s, tt.to, 80)
			s.DragEnd()
			if got := l.take(); !slices.Equal(got, tt.want) {
				t.Errorf("told %q, want %q", got, tt.want)
			}
		})
	}
}

func TestADragAtAnEndTrims(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 226, 80) // the end of c, which has 4 s to spare
	dragTo(s, 246, 80)
	s.DragEnd()
	press(s, 150, 80) // its beginning
	dragTo(s, 160, 80)
	s.DragEnd()
	press(s, 108, 80) // the still's end
	dragTo(s, 88, 80)
	s.DragEnd()
	want := []string{
		"select c 9.4", "trimming c 2 6", "trim c 2 6",
		"select c 5.6", "trimming c 1 1.52", "trim c 1 1.52",
		"select a 4.9", "trimming a 2 4", "trim a 2 4",
	}
	if got := l.take(); !slices.Equal(got, want) {
		t.Errorf("told\n%q, want\n%q", got, want)
	}
}

func TestEscapeLetsGo(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 226, 80)
	dragTo(s, 246, 80)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	dragTo(s, 266, 80)
	s.DragEnd()
	want := []string{"select c 9.4", "trimming c 2 6", "settled"}
	if got := l.take(); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestAChangedFilmEndsADrag(t *testing.T) {
	s, l, _ := newTestStrip(t)
	press(s, 50, 80)
	dragTo(s, 300, 80)
	clips, _ := laid()
	slices.Reverse(clips)
	s.Set(Model{Clips: clips, Selected: -1})
	dragTo(s, 320, 80)
	s.DragEnd()
	if got, want := l.take(), []string{"select a 2"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestKeys(t *testing.T) {
	s, l, _ := newTestStrip(t)
	ctrl := fyne.KeyModifierShortcutDefault
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	key := func(name fyne.KeyName) func() { return func() { s.TypedKey(&fyne.KeyEvent{Name: name}) } }
	letter := func(r rune) func() { return func() { s.TypedRune(r) } }
	custom := func(name fyne.KeyName, m fyne.KeyModifier) func() {
		return func() { s.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: m}) }
	}
	tests := []struct {
		name  string
		press func()
		want  Command
	}{
		{"left", key(fyne.KeyLeft), Previous},
		{"right", key(fyne.KeyRight), Next},
		{"home", key(fyne.KeyHome), First},
		{"end", key(fyne.KeyEnd), Last},
		{"delete", key(fyne.KeyDelete), Remove},
		{"shift and left", func() { s.KeyDown(shift); key(fyne.KeyLeft)(); s.KeyUp(shift) }, MoveBack},
		{"shift and right", func() { s.KeyDown(shift); key(fyne.KeyRight)(); s.KeyUp(shift) }, MoveOn},
		{"right after shift", key(fyne.KeyRight), Next},
		{"alt and left", custom(fyne.KeyLeft, fyne.KeyModifierAlt), MoveBack},
		{"alt and right", custom(fyne.KeyRight, fyne.KeyModifierAlt), MoveOn},
		{"undo", func() { s.TypedShortcut(&fyne.ShortcutUndo{}) }, Undo},
		{"redo", func() { s.TypedShortcut(&fyne.ShortcutRedo{}) }, Redo},
		{"redo with shift", custom(fyne.KeyZ, ctrl|fyne.KeyModifierShift), Redo},
		{"i", letter('i'), TrimInHere},
		{"O", letter('O'), TrimOutHere},
		{"s", letter('s'), Split},
		{"d", letter('d'), Duplicate},
		{"comma", letter(','), FrameBack},
		{"point", letter('.'), FrameOn},
	}
	for _, tt := range tests {
		tt.press()
		if got, want := l.take(), []string{fmt.Sprintf("key %d", tt.want)}; !slices.Equal(got, want) {
			t.Errorf("%s: told %q, want %q", tt.name, got, want)
		}
	}
	letter('x')()
	if got := l.take(); len(got) > 0 {
		t.Errorf("x told %q", got)
	}
}

func TestZoomKeepsItsPlace(t *testing.T) {
	s, _, _ := newTestStrip(t)
	before := s.geometry.scale
	s.zoomTo(200, 60)
	if x := s.geometry.x(2.5) - s.scene.offset; x < 59 || x > 61 {
		t.Errorf("what was at 60 is at %v", x)
	}
	if s.scene.offset == 0 {
		t.Error("nothing was scrolled")
	}
	s.TypedRune('-')
	if s.geometry.scale >= 200 {
		t.Error("- does not zoom out")
	}
	s.TypedRune('0')
	if s.scene.offset != 0 || s.geometry.scale != largestFit {
		t.Errorf("0 does not fit the film: scale %v, scrolled by %v", s.geometry.scale, s.scene.offset)
	}
	s.TypedRune('+')
	if s.geometry.scale <= largestFit || before == 0 {
		t.Error("+ does not zoom in")
	}
}

func TestTheSelectedClipIsBroughtIntoView(t *testing.T) {
	s, _, _ := newTestStrip(t)
	s.zoomTo(300, 0)
	clips, _ := laid()
	s.Set(Model{Clips: clips, Selected: 2, Playhead: seconds(5.5)})
	left := s.geometry.lefts[2] - s.scene.offset
	if left < 0 || left > 600 {
		t.Errorf("the selected clip begins at %v of 600", left)
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1e6)})
	if s.scene.offset != 0 {
		t.Errorf("scrolled to %v, want 0", s.scene.offset)
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1e6)})
	if most := s.geometry.width() - 600; s.scene.offset != most {
		t.Errorf("scrolled to %v, want %v", s.scene.offset, most)
	}
}

func TestDropPlace(t *testing.T) {
	s, _, _ := newTestStrip(t)
	for x, want := range map[float32]editor.ClipID{0: "a", 40: "a", 90: "b", 140: "c", 590: ""} {
		if got := s.GapAt(x); got != want {
			t.Errorf("dropped at %v it goes before %q, want %q", x, got, want)
		}
	}
}

func TestWhatIsDrawn(t *testing.T) {
	s, _, _ := newTestStrip(t)
	clips, _ := laid()
	clips[1].Missing, clips[2].Picture = true, false
	s.scene.focused = true
	s.Set(Model{Clips: clips, Selected: 0, Playhead: seconds(2.5)})
	picture := s.draw(600, 160).(*image.RGBA)
	ink := &s.painter.ink
	tests := []struct {
		what string
		x, y int
		want color.Color
	}{
		{"the first clip's picture", 40, 60, color.RGBA{255, 0, 0, 255}},
		{"the selected clip's frame", 50, 25, ink.primary.C},
		{"the missing clip", 135, 60, ink.missing.C},
		{"the clip that is only sound", 190, 60, ink.sound.C},
		{"nothing behind the film", 400, 60, ink.ground.C},
		{"the playhead", 60, 60, ink.mark.C},
	}
	for _, tt := range tests {
		if got := picture.RGBAAt(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: %v at %d,%d, want %v", tt.what, got, tt.x, tt.y, tt.want)
		}
	}
	if r, g, b := lightest(picture, image.Rect(14, 128, 100, 146)); r < 200 || g < 200 || b < 200 {
		t.Errorf("no name is written on the clip: lightest %d %d %d", r, g, b)
	}
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

func TestTheCursorTellsOfEnds(t *testing.T) {
	s, _, _ := newTestStrip(t)
	for x, want := range map[float32]desktop.Cursor{50: desktop.DefaultCursor, 108: desktop.HResizeCursor, 12: desktop.HResizeCursor, 400: desktop.DefaultCursor} {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, 80)
		s.MouseMoved(e)
		if got := s.Cursor(); got != want {
			t.Errorf("cursor at %v: %v, want %v", x, got, want)
		}
	}
}

// busyStrip is 200 clips, of which some dozen are seen, with one carried.
func busyStrip(tb testing.TB) *Strip {
	tb.Helper()
	test.NewTempApp(tb)
	s := NewStrip((&told{}).actions(), red, func(editor.Time) string { return "12.5 s" })
	s.Resize(fyne.NewSize(1280, 160))
	clips := make([]Clip, 200)
	for i := range clips {
		clips[i] = movingClip(editor.ClipID(fmt.Sprint("clip ", i)), 0, 12.5, 20)
	}
	s.Set(Model{Clips: clips, Selected: 3, Playhead: seconds(40)})
	s.zoomTo(8, 0)
	s.draw(1280, 160) // takes the colours
	s.scene.drag = drag{on: true, held: true, clip: 2, to: 5, x: 420}
	return s
}

func TestDrawingAgainDoesNotAllocate(t *testing.T) {
	s := busyStrip(t)
	draw := func() { s.painter.paint(1280, 160, 1, &s.scene, &s.geometry) }
	draw()
	if n := testing.AllocsPerRun(20, draw); n > 0 {
		t.Errorf("%.0f allocations a drawing, want none", n)
	}
}

func BenchmarkPaint(b *testing.B) {
	s := busyStrip(b)
	b.ReportAllocs()
	for b.Loop() {
		s.painter.paint(1280, 160, 1, &s.scene, &s.geometry)
	}
}

func TestAThemeWithoutAFontDrawsNoNames(t *testing.T) {
	test.NewTempApp(t)
	var l labels
	l.use(fyne.NewStaticResource("broken", []byte("no font")), 12)
	if l.get("name", 100) != nil {
		t.Error("a broken font wrote something")
	}
	l.use(theme.DefaultTextFont(), 12)
	whole, cut := l.get("a long name of a clip", 800), l.get("a long name of a clip", 64)
	if whole == nil || cut == nil || cut.Rect.Dx() > 64 || whole.Rect.Dx() <= 64 {
		t.Error("a long name is not cut to its room")
	}
	if l.get("a long name", 4) != nil {
		t.Error("a name is written where there is no room")
	}
}
