//go:build endtoend

package endtoend

import (
	"bufio"
	"image"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// A second start hands what it was asked for to the first, and ends.
func TestASecondStartHandsItsLinkOver(t *testing.T) {
	d, profile := newDesktop(t, 1280, 800), newProfile(t, "Ann")
	bob, port := answering(t, silent...)
	env := d.env()
	ann := d.openIn(env, "Ann", profile)
	ann.mustLive("Ann herself", tileLeast)
	second := start(t, "the second start", env, program, "--profile", profile, "parley:127.0.0.1:"+port)
	second.mustEnd(0)
	ann.see("the question whether to call", func(img *image.RGBA) bool {
		return !patch(img, primary, 0.4, 0.8, 1000).Empty()
	})
	d.save(ann.shot(), "asked.png")
	if strings.Contains(bob.stderr(), "them=Ann") {
		t.Error("a link of the desktop was called before anybody said so")
	}
	ann.key("Escape")
	start(t, "the third start", env, program, "--profile", profile, "127.0.0.1:"+port).mustEnd(0)
	ann.mustLive("Bob's picture", callLeast)
	ann.close()
	bob.mustEnd(0)
}

// shownNote is a note as a desktop is told to show it.
type shownNote struct {
	id      uint32
	title   string
	actions []string
}

// notices is a desktop's server for notes, on a bus of its own.
type notices struct {
	t     *testing.T
	conn  *dbus.Conn
	next  uint32
	shown chan shownNote
	gone  chan uint32
	trays chan string
}

const (
	notesName = "org.freedesktop.Notifications"
	notesPath = "/org/freedesktop/Notifications"
	trayName  = "org.kde.StatusNotifierWatcher"
)

func (n *notices) Notify(_ string, _ uint32, _, title, _ string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n.next++
	n.shown <- shownNote{n.next, title, actions}
	return n.next, nil
}

func (n *notices) CloseNotification(id uint32) *dbus.Error {
	n.gone <- id
	return nil
}

func (n *notices) RegisterStatusNotifierItem(item string) *dbus.Error {
	n.trays <- item
	return nil
}

// choose does what a click on a note does.
func (n *notices) choose(id uint32, key string) {
	n.t.Helper()
	if err := n.conn.Emit(notesPath, notesName+".ActionInvoked", id, key); err != nil {
		n.t.Fatal(err)
	}
}

// withBus gives the desktop a session bus with a server for notes and a tray.
func (d *desktop) withBus() *notices {
	d.t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		d.t.Skipf("needs dbus-daemon (Debian package dbus): %v", err)
	}
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	d.own(daemon)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		d.t.Fatal(err)
	}
	d.bus = strings.TrimSpace(address)
	n := &notices{t: d.t, shown: make(chan shownNote, 8), gone: make(chan uint32, 8), trays: make(chan string, 8)}
	if n.conn, err = dbus.Connect(d.bus); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = n.conn.Close() }) // the daemon ends at that moment
	for _, one := range []struct{ name, path string }{{notesName, notesPath}, {trayName, "/StatusNotifierWatcher"}} {
		if err := n.conn.Export(n, dbus.ObjectPath(one.path), one.name); err != nil {
			d.t.Fatal(err)
		}
		if _, err := n.conn.RequestName(one.name, 0); err != nil {
			d.t.Fatal(err)
		}
	}
	return n
}

// The desktop shows who calls, and the call can be taken there: also while the
// window is closed and the program only in the tray.
func TestCalledOnTheDesktop(t *testing.T) {
	d, port := newDesktop(t, 1280, 800), freePort(t)
	desk := d.withBus()
	bob := d.open("Bob", profileWith(t, map[string]any{
		"name": "Bob", "camera": "pattern", "microphone": "tone", "speaker": "off", "stay_in_tray": true,
	}), "answer", "--port", port)
	bob.mustLive("Bob himself", tileLeast)
	t.Logf("in the tray: %s", receive(t, "an icon in the tray", desk.trays))

	ann := calling(t, "127.0.0.1:"+port, silent...)
	ring := receive(t, "a note of the call", desk.shown)
	if !strings.HasSuffix(ring.title, " is calling") || !slices.Contains(ring.actions, "accept") || !slices.Contains(ring.actions, "decline") {
		t.Errorf("the note is %+v", ring)
	}
	ann.interrupt()
	if gone := receive(t, "the note to go", desk.gone); gone != ring.id {
		t.Errorf("note %d went, want %d", gone, ring.id)
	}
	if missed := receive(t, "a note of the missed call", desk.shown); !strings.HasPrefix(missed.title, "Missed call from ") {
		t.Errorf("the note is %+v", missed)
	}
	ann.wait(patience)

	bob.key("alt+F4")
	await(t, "the window to be hidden", patience, func() bool {
		return d.command("xdotool", "search", "--onlyvisible", "--name", "^Parley$").Run() != nil
	})
	ann = calling(t, "127.0.0.1:"+port, append(silent, "--for", "8s")...)
	desk.choose(receive(t, "a note of the second call", desk.shown).id, "accept")
	bob.id = d.do("search", "--all", "--sync", "--onlyvisible", "--name", "^Parley$")
	bob.mustLive("Ann's picture, taken from the desktop", callLeast)
	d.save(bob.shot(), "taken.png")
	ann.mustEnd(0)

	ann = calling(t, "127.0.0.1:"+port, silent...)
	desk.choose(receive(t, "a note of the third call", desk.shown).id, "decline")
	ann.mustEnd(4)
	bob.key("ctrl+q")
	bob.program.mustEnd(0)
}

// receive waits for something.
func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	var got T
	await(t, what, patience, func() bool {
		select {
		case got = <-from:
			return true
		default:
			return false
		}
	})
	return got
}
