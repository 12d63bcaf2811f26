package app

import (
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"parley/app/instance"
	"parley/app/look"
	"parley/app/settings"
)

// asks is the text of the dialog that is open, and its buttons by name.
func (r *rig) asks() (text string, buttons map[string]*widget.Button) {
	buttons = map[string]*widget.Button{}
	top := r.window.Canvas().Overlays().Top()
	if top == nil {
		return "", buttons
	}
	for _, o := range test.LaidOutObjects(top) {
		switch o := o.(type) {
		case *widget.Button:
			buttons[o.Text] = o
		case *widget.Label:
			text += o.Text + "\n"
		}
	}
	return text, buttons
}

// A web page can open a parley: link: nobody is called by it without a word.
func TestALinkOfTheDesktopIsAskedAbout(t *testing.T) {
	r := newRig(t, Options{Order: instance.Order{Link: "host.example/c/slot#secret", Ask: true}})
	r.started()
	r.until("the question is asked", func() bool { text, _ := r.asks(); return text != "" })
	text, buttons := r.asks()
	if !strings.Contains(text, "host.example/c/slot") || strings.Contains(text, "secret") {
		t.Errorf("asked: %s", text)
	}
	if len(r.phone.calls) != 0 {
		t.Fatalf("called before it was answered: %s", <-r.phone.calls)
	}
	test.Tap(buttons["Call"])
	r.asked("dial host.example/c/slot#secret")
}

// A link cannot be made to look like another one.
func TestAHostileLinkIsShownAsItIs(t *testing.T) {
	long := "https://bank.example." + strings.Repeat("a", 60_000) + ".evil.example/c/" + strings.Repeat("x", 64)
	for link, want := range map[string]string{
		"host.example/c/slot#secret":                            "host.example/c/slot",
		"evil.example\n\nIt is your bank:\u202egnab\x00\x1b[1m": "evil.exampleIt is your bank:gnab[1m",
		long: long[:shownStart] + "…" + long[len(long)-shownEnd:],
	} {
		if got := shownLink(link); got != want {
			t.Errorf("%.80q is shown as %.200q", link, got)
		}
	}
	if got := shownLink(long); !strings.Contains(got, ".evil.example/c/") {
		t.Errorf("whom it leads to is not shown: %s", got)
	}
}

// Many links ask one question at a time.
func TestLinksAskOneAfterTheOther(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	for _, link := range []string{"one.example", "two.example"} {
		r.obey(instance.Order{Link: link, Ask: true})
	}
	if n := len(r.window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d questions are open", n)
	}
	_, buttons := r.asks()
	test.Tap(buttons["Call"])
	r.asked("dial two.example")
}

func TestALinkThatNobodyWantsIsNotCalled(t *testing.T) {
	r := newRig(t, Options{Order: instance.Order{Link: "x", Ask: true}})
	r.started()
	r.until("the question is asked", func() bool { text, _ := r.asks(); return text != "" })
	r.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if text, _ := r.asks(); text != "" {
		t.Error("the question stays")
	}
	r.desk.DialSelf() // heard after what came before
	r.asked("self")
}

func TestALaterStartIsObeyed(t *testing.T) {
	later := make(chan instance.Order, 1)
	r := newRig(t, Options{OpenTab: "settings", Later: later})
	r.started()
	later <- instance.Order{Link: "192.168.1.9"}
	r.until("the call screen is shown", func() bool { return r.tab == CallTab })
	r.asked("dial 192.168.1.9")
	close(later) // and Close still ends
}

func TestNotToBeDisturbed(t *testing.T) {
	r := newRig(t, Options{})
	available := func() bool { return !r.menu.quiet.Checked }
	if !available() {
		t.Error("not available from the beginning")
	}
	test.Tap(r.available)
	r.until("it is shown", func() bool { return !available() })
	if !r.store.Get().DoNotDisturb {
		t.Error("it is not kept")
	}
	if err := r.store.Change(func(s *settings.Settings) { s.DoNotDisturb = false }); err != nil {
		t.Fatal(err)
	}
	r.until("it is shown that it is over", available)
	if symbol := r.available.Symbol(); symbol != look.Bell {
		t.Errorf("the rail shows %s", symbol)
	}
}

// The window that is closed stays in the tray where that is wished and there is
// one; else the program ends.
func TestAClosedWindowStaysInTheTray(t *testing.T) {
	there := false
	r := newRigWith(t, Options{Hidden: true}, func(s *Services) { s.InTray = func() bool { return there } })
	r.tray = &tray{}
	if r.hidden() {
		t.Error("hidden with nothing to bring it back")
	}
	there = true
	if !r.hidden() {
		t.Error("not hidden")
	}
	if err := r.store.Change(func(s *settings.Settings) { s.StayInTray = true }); err != nil {
		t.Fatal(err)
	}
	r.tray = nil // nothing is to be shown there
	r.edit.busy = true
	r.closed()
	if text, _ := r.asks(); text == "" {
		t.Error("without a tray the program does not end")
	}
	r.window.Canvas().Overlays().Remove(r.window.Canvas().Overlays().Top())
	r.asking, r.tray = false, &tray{}
	r.closed()
	if text, _ := r.asks(); text != "" {
		t.Error("with a tray the program ends")
	}
	r.tray = nil
}

// closer counts how often it is closed.
type closer int

func (c *closer) Close() error { *c++; return nil }

func TestTheHeraldLivesWithTheWindow(t *testing.T) {
	var closed closer
	var present func()
	r := newRigWith(t, Options{}, func(s *Services) {
		s.Herald = func(p func()) io.Closer { present = p; return &closed }
		s.Tray = true // this driver has none, which is nothing to it
	})
	present()
	r.until("the window is at the front", func() bool { return true })
	if err := r.Close(); err != nil || closed != 1 {
		t.Errorf("closed %d times: %v", closed, err)
	}
}
