//go:build endtoend

package endtoend

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// desktop is a display of memory with a window manager, for one test.
type desktop struct {
	t       *testing.T
	display string
	bus     string // of the session; "" is none
}

// newDesktop starts one of that size. It skips the test where the display's
// programs are not installed.
func newDesktop(t *testing.T, width, height int) *desktop {
	t.Helper()
	for _, name := range []string{"Xvfb", "openbox", "xdotool", "import"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("needs %s (Debian packages xvfb, openbox, xdotool and imagemagick): %v", name, err)
		}
	}
	d := &desktop{t: t}
	d.serve(width, height)
	manager := exec.Command("openbox", "--sm-disable")
	manager.Env = d.env()
	d.own(manager)
	await(t, "the window manager", patience, func() bool {
		out, err := d.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return err == nil && bytes.Contains(out, []byte("window id"))
	})
	return d
}

// serve starts the display, which picks a free number and tells it.
func (d *desktop) serve(width, height int) {
	d.t.Helper()
	told, tell, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-noreset", "-nolisten", "tcp", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height))
	x.ExtraFiles = []*os.File{tell}
	d.own(x)
	if err := tell.Close(); err != nil {
		d.t.Fatal(err)
	}
	defer told.Close()
	number := make([]byte, 16)
	n, err := io.ReadAtLeast(told, number, 2)
	if err != nil {
		d.t.Fatalf("the display did not start: %v", err)
	}
	d.display = ":" + strings.TrimSpace(string(number[:n]))
}

// own runs a program until the end of the test.
func (d *desktop) own(c *exec.Cmd) {
	d.t.Helper()
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		// Errors here are of a program that is being killed.
		_ = c.Process.Kill()
		_ = c.Wait()
	})
}

func (d *desktop) env() []string {
	env := environment(d.t, "DISPLAY="+d.display, "FYNE_SCALE=1", "FYNE_THEME=dark")
	if d.bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+d.bus)
	}
	return env
}

func (d *desktop) command(name string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	d.t.Cleanup(cancel)
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	return c
}

// do runs xdotool.
func (d *desktop) do(args ...string) string {
	d.t.Helper()
	var said bytes.Buffer
	c := d.command("xdotool", args...)
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		d.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, said.Bytes())
	}
	return strings.TrimSpace(string(out))
}

// window is a Parley with its window.
type window struct {
	*desktop
	program *process
	id      string
	opened  time.Duration // from the start until the display shows it
	ready   string        // ms until it was painted, as the program tells it
}

// open starts a Parley and waits for its window.
func (d *desktop) open(name, profile string, args ...string) *window {
	d.t.Helper()
	return d.openIn(d.env(), name, profile, args...)
}

// openIn does so in an environment.
func (d *desktop) openIn(env []string, name, profile string, args ...string) *window {
	d.t.Helper()
	begin := time.Now()
	w := &window{desktop: d}
	w.program = start(d.t, name, env, program, append(args, "-v", "--profile", profile)...)
	w.id = d.do("search", "--all", "--sync", "--onlyvisible", "--pid", fmt.Sprint(w.program.cmd.Process.Pid), "--name", "^Parley$")
	w.opened = time.Since(begin)
	w.ready = w.program.saying(`msg="window ready" ms=(\d+)`)[1]
	return w
}

// move puts the window's frame somewhere.
func (w *window) move(x, y int) { w.do("windowmove", w.id, fmt.Sprint(x), fmt.Sprint(y)) }

// key presses keys in the window, one after the other.
func (w *window) key(keys ...string) {
	w.t.Helper()
	w.do(append([]string{"windowactivate", "--sync", w.id, "key", "--delay", "40"}, keys...)...)
}

func (w *window) write(text string) {
	w.t.Helper()
	w.do("windowactivate", "--sync", w.id, "type", "--delay", "30", text)
}

// click presses the mouse at a place in the window, and leaves for a corner,
// so that nothing is lit up by the pointer.
func (w *window) click(at image.Point) {
	w.t.Helper()
	w.do("mousemove", "--sync", "--window", w.id, fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", "1",
		"mousemove", "--window", w.id, "2", "2")
}

// shot is what the window shows.
func (w *window) shot() *image.RGBA {
	w.t.Helper()
	return w.picture(w.id)
}

func (d *desktop) picture(of string) *image.RGBA {
	d.t.Helper()
	out, err := d.command("import", "-silent", "-window", of, "-depth", "8", "ppm:-").Output()
	if err != nil {
		d.t.Fatalf("a screenshot of %s: %v", of, err)
	}
	img, err := readPPM(out)
	if err != nil {
		d.t.Fatalf("a screenshot of %s: %v", of, err)
	}
	return img
}

// readPPM reads a binary picture of Netpbm's kind, which costs nothing to make.
func readPPM(data []byte) (*image.RGBA, error) {
	var w, h, most int
	in := bytes.NewReader(data)
	if _, err := fmt.Fscanf(in, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil {
		return nil, err
	}
	rgb := data[len(data)-in.Len():]
	if most != 255 || len(rgb) != 3*w*h {
		return nil, fmt.Errorf("%d bytes for %dx%d pixels up to %d", len(rgb), w, h, most)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(img.Pix[4*i:], rgb[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img, nil
}

// see looks at the window until ok likes it, and returns that look.
func (w *window) see(what string, ok func(*image.RGBA) bool) *image.RGBA {
	w.t.Helper()
	var img *image.RGBA
	deadline := time.Now().Add(patience)
	for {
		if img = w.shot(); ok(img) {
			return img
		}
		select {
		case <-w.program.gone:
			w.t.Fatalf("%s ended while the test waited for: %s", w.program.name, what)
		default:
		}
		if time.Now().After(deadline) {
			w.save(img, "failed-"+w.program.name+".png")
			w.t.Fatalf("%s does not show %s; failed-%s.png shows what it does", w.program.name, what, w.program.name)
		}
	}
}

// close closes the window as the window manager's button does, and checks that
// the program ends well.
func (w *window) close() {
	w.t.Helper()
	begin := time.Now()
	w.key("alt+F4")
	select {
	case <-w.program.gone:
	case <-time.After(patience / 4):
		w.save(w.picture("root"), "closing.png")
		w.t.Logf("%s is asked to close a second time", w.program.name)
		w.key("alt+F4")
	}
	w.program.mustEnd(0)
	took := w.program.ended.Sub(begin)
	w.t.Logf("%s closed in %v", w.program.name, took.Round(10*time.Millisecond))
	if took > 5*time.Second {
		w.t.Errorf("%s took %v to end after its window was closed", w.program.name, took)
	}
}

// save keeps a screenshot as an artifact.
func (d *desktop) save(img *image.RGBA, name string) {
	d.t.Helper()
	f, err := os.Create(artifact(d.t, name))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		d.t.Fatal(err)
	}
}
