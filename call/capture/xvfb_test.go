package capture

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"parley/call"
)

// desktop is an X server without hardware, and a client that paints on it.
type desktop struct {
	*display
	server *exec.Cmd
	gc     xproto.Gcontext
}

// newDesktop starts a server with one screen of such a size ("640x480x24"),
// for this test alone, and points DISPLAY to it.
func newDesktop(t testing.TB, size string, more ...string) *desktop {
	t.Helper()
	d := &desktop{}
	d.start(t, size, more...)
	var err error
	if d.display, err = openDisplay(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.display.close)
	d.prepare(t)
	return d
}

func (d *desktop) start(t testing.TB, size string, more ...string) {
	t.Helper()
	program, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Skip("Xvfb is not installed: sudo apt-get install xvfb")
	}
	told, tell, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer told.Close()
	args := append([]string{"-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "-noreset"}, more...)
	d.server = exec.Command(program, args...)
	d.server.ExtraFiles = []*os.File{tell}
	if err := d.server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.stop() })
	if err := tell.Close(); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(told).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	t.Setenv("XAUTHORITY", os.DevNull)
}

func (d *desktop) prepare(t testing.TB) {
	t.Helper()
	var err error
	if d.gc, err = xproto.NewGcontextId(d.conn); err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateGCChecked(d.conn, d.gc, xproto.Drawable(d.root), 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
}

// stop ends the server and waits for it; a second time does nothing.
func (d *desktop) stop() {
	_ = d.server.Process.Kill()
	_ = d.server.Wait()
}

// fill paints the whole screen in one colour.
func (d *desktop) fill(t testing.TB, colour uint32) {
	t.Helper()
	d.rect(t, colour, xproto.Rectangle{Width: 1 << 14, Height: 1 << 14})
}

func (d *desktop) rect(t testing.TB, colour uint32, r xproto.Rectangle) {
	t.Helper()
	if err := xproto.ChangeGCChecked(d.conn, d.gc, xproto.GcForeground, []uint32{colour}).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.PolyFillRectangleChecked(d.conn, xproto.Drawable(d.root), d.gc, []xproto.Rectangle{r}).Check(); err != nil {
		t.Fatal(err)
	}
}

// show paints the luma of a picture in the upper left corner.
func (d *desktop) show(t testing.TB, pic *call.Picture) {
	t.Helper()
	w := pic.Width()
	const rows = 8
	for y := 0; y < pic.Height(); y += rows {
		band := make([]byte, 0, 4*w*rows)
		for _, v := range pic.Y[y*pic.YStride : (y+rows)*pic.YStride] {
			g := byte(min(max((int(v)-16)*255/219, 0), 255))
			band = append(band, g, g, g, 0)
		}
		err := xproto.PutImageChecked(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(d.root), d.gc,
			uint16(w), rows, 0, int16(y), 0, d.depth, band).Check()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// resize changes the size of the screen, in the steps of a desktop that is told
// to: the output goes off, the root window changes, the output comes back.
func (d *desktop) resize(t testing.TB, w, h int) {
	t.Helper()
	all, err := randr.GetScreenResources(d.conn, d.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	crtc, output := all.Crtcs[0], all.Outputs[0]
	d.setMode(t, crtc, 0, nil)
	if err := randr.SetScreenSizeChecked(d.conn, d.root, uint16(w), uint16(h), uint32(w/4), uint32(h/4)).Check(); err != nil {
		t.Fatal(err)
	}
	d.setMode(t, crtc, d.mode(t, all, output, w, h), []randr.Output{output})
}

func (d *desktop) setMode(t testing.TB, crtc randr.Crtc, mode randr.Mode, outputs []randr.Output) {
	t.Helper()
	reply, err := randr.SetCrtcConfig(d.conn, crtc, 0, 0, 0, 0, mode, randr.RotationRotate0, outputs).Reply()
	if err != nil || reply.Status != randr.SetConfigSuccess {
		t.Fatal(reply, err)
	}
}

// mode is the output's mode of a size, made if there is none.
func (d *desktop) mode(t testing.TB, all *randr.GetScreenResourcesReply, output randr.Output, w, h int) randr.Mode {
	t.Helper()
	for _, m := range all.Modes {
		if int(m.Width) == w && int(m.Height) == h {
			return randr.Mode(m.Id)
		}
	}
	name := fmt.Sprintf("%dx%d", w, h)
	info := randr.ModeInfo{Width: uint16(w), Height: uint16(h), NameLen: uint16(len(name))}
	made, err := randr.CreateMode(d.conn, d.root, info, name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	if err := randr.AddOutputModeChecked(d.conn, output, made.Mode).Check(); err != nil {
		t.Fatal(err)
	}
	return made.Mode
}

// split makes monitors out of the one, side by side, each as wide as told and
// 480 high.
func (d *desktop) split(t testing.TB, name string, widths ...int) {
	t.Helper()
	all, err := randr.GetScreenResources(d.conn, d.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	outputs, x := all.Outputs, 0 // the first takes the output, whose own monitor goes
	for i, w := range widths {
		text := fmt.Sprint(name, i)
		atom, err := xproto.InternAtom(d.conn, false, uint16(len(text)), text).Reply()
		if err != nil {
			t.Fatal(err)
		}
		m := randr.MonitorInfo{Name: atom.Atom, X: int16(x), Width: uint16(w), Height: 480, WidthInMillimeters: 100, HeightInMillimeters: 100, NOutput: uint16(len(outputs)), Outputs: outputs}
		outputs = nil
		if err := randr.SetMonitorChecked(d.conn, d.root, m).Check(); err != nil {
			t.Fatal(err)
		}
		x += w
	}
}

// cursor makes the pointer a square of 16x16 pixels in one colour, and puts
// its middle somewhere.
func (d *desktop) cursor(t testing.TB, red, green, blue uint16, x, y int16) {
	t.Helper()
	square, gc, cursor := d.bitmap(t)
	err := xproto.CreateCursorChecked(d.conn, cursor, square, square, red, green, blue, red, green, blue, 8, 8).Check()
	if err != nil {
		t.Fatal(err)
	}
	if err := xproto.FreeGCChecked(d.conn, gc).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.ChangeWindowAttributesChecked(d.conn, d.root, xproto.CwCursor, []uint32{uint32(cursor)}).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.WarpPointerChecked(d.conn, xproto.WindowNone, d.root, 0, 0, 0, 0, x, y).Check(); err != nil {
		t.Fatal(err)
	}
}

// bitmap is a square whose bits are all set, and an ID for a cursor.
func (d *desktop) bitmap(t testing.TB) (xproto.Pixmap, xproto.Gcontext, xproto.Cursor) {
	t.Helper()
	square, err1 := xproto.NewPixmapId(d.conn)
	gc, err2 := xproto.NewGcontextId(d.conn)
	cursor, err3 := xproto.NewCursorId(d.conn)
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if err := xproto.CreatePixmapChecked(d.conn, 1, square, xproto.Drawable(d.root), 16, 16).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateGCChecked(d.conn, gc, xproto.Drawable(square), xproto.GcForeground, []uint32{1}).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.PolyFillRectangleChecked(d.conn, xproto.Drawable(square), gc, []xproto.Rectangle{{Width: 16, Height: 16}}).Check(); err != nil {
		t.Fatal(err)
	}
	return square, gc, cursor
}

// shared opens a screen for a test.
func shared(t testing.TB, name string, fps float64) call.VideoSource {
	t.Helper()
	s, err := Open(name, call.VideoFormat{FrameRate: fps})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func read(t testing.TB, s call.VideoSource) *call.Picture {
	t.Helper()
	pic := &call.Picture{}
	if err := s.Read(pic); err != nil {
		t.Fatal(err)
	}
	return pic
}

// readUntil reads pictures until one is right, for 10 s at most.
func readUntil(t testing.TB, s call.VideoSource, what string, right func(*call.Picture) bool) {
	t.Helper()
	var pic *call.Picture
	for began := time.Now(); time.Since(began) < 10*time.Second; {
		if pic = read(t, s); right(pic) {
			return
		}
	}
	w, h := pic.Width(), pic.Height()
	t.Errorf("%s: not in 10 s; it is %dx%d, from %v to %v", what, w, h, at(pic, 0, 0), at(pic, w-1, h-1))
}
