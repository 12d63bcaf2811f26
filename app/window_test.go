package app

import (
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"parley/app/callui"
	"parley/app/hop"
	"parley/app/instance"
	"parley/app/settings"
	"parley/call"
)

// fakePhone notes what it is asked and tells events by hand.
type fakePhone struct {
	mu    sync.Mutex
	tell  func(call.Event)
	calls chan string
}

func (p *fakePhone) Dial(a string) error { p.calls <- "dial " + a; return nil }
func (p *fakePhone) DialSelf() error     { p.calls <- "self"; return nil }
func (p *fakePhone) Accept()             { p.calls <- "accept" }
func (p *fakePhone) Decline()            { p.calls <- "decline" }
func (p *fakePhone) HangUp()             { p.calls <- "hang up" }
func (p *fakePhone) Last() call.Event    { return call.Event{} }
func (p *fakePhone) Watch(f func(call.Event)) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell = f
	return func() {}
}

type fakeMedia struct {
	preview, remote *call.Slot
	used            chan string
}

func (m *fakeMedia) Preview() *call.Slot         { return m.preview }
func (m *fakeMedia) Remote() *call.Slot          { return m.remote }
func (m *fakeMedia) Shown(*call.Picture)         {}
func (m *fakeMedia) UseCamera(n string) error    { m.used <- "camera " + n; return nil }
func (m *fakeMedia) UseSound(a, b string) error  { m.used <- "sound " + a + "/" + b; return nil }
func (m *fakeMedia) SetMuted(bool)               {}
func (m *fakeMedia) RemoteScreen() *call.Slot    { return m.remote }
func (m *fakeMedia) OnRemoteScreen(func(bool))   {}
func (m *fakeMedia) ShareScreen(n string) error  { m.used <- "share " + n; return nil }
func (m *fakeMedia) SetCameraOff(off bool) error { return nil }
func (m *fakeMedia) ResetStats(bool)             {}
func (m *fakeMedia) Level() float64              { return 0.1 }
func (m *fakeMedia) Stats() call.MediaStats      { return call.MediaStats{} }

type fakeDevices []call.DeviceInfo

func (d fakeDevices) List() ([]call.DeviceInfo, error) { return d, nil }

type fakeEdit struct {
	content fyne.CanvasObject
	opened  []string
	dropped int
	shown   int
	hidden  int
	undone  int
	leaving int
	busy    bool
	closed  int
}

func (e *fakeEdit) Content() fyne.CanvasObject        { return e.content }
func (e *fakeEdit) OpenRecording(dir string)          { e.opened = append(e.opened, dir) }
func (e *fakeEdit) Dropped(fyne.Position, []fyne.URI) { e.dropped++ }
func (e *fakeEdit) Shown()                            { e.shown++ }
func (e *fakeEdit) Hidden()                           { e.hidden++ }
func (e *fakeEdit) Undo()                             { e.undone++ }
func (e *fakeEdit) Redo()                             { e.undone-- }
func (e *fakeEdit) Busy() bool                        { return e.busy }
func (e *fakeEdit) AfterSaving(func())                { e.leaving++ }
func (e *fakeEdit) Close() error                      { e.closed++; return nil }

// rig is a window with fakes. The test's goroutine is Fyne's: it does what was
// handed over when it waits.
type rig struct {
	*Window
	t     *testing.T
	phone *fakePhone
	media *fakeMedia
	edit  *fakeEdit
	store *settings.Store
	hops  chan func()
}

func newRig(t *testing.T, o Options) *rig {
	t.Helper()
	return newRigWith(t, o, func(*Services) {})
}

// newRigWith changes the services that the window is given.
func newRigWith(t *testing.T, o Options, change func(*Services)) *rig {
	t.Helper()
	a := test.NewTempApp(t)
	r := &rig{
		t: t, hops: make(chan func(), 64), edit: &fakeEdit{content: widget.NewLabel("film")},
		phone: &fakePhone{calls: make(chan string, 16)},
		media: &fakeMedia{preview: call.NewSlot(), remote: call.NewSlot(), used: make(chan string, 16)},
	}
	t.Cleanup(hop.Replace(func(f func()) { r.hops <- f }))
	var err error
	if r.store, err = settings.Open(filepath.Join(t.TempDir(), "settings.json")); err != nil {
		t.Fatal(err)
	}
	services := Services{
		Phone: r.phone, Media: r.media,
		Devices:        fakeDevices{{Kind: call.Camera, Name: "Cam"}, {Kind: call.Microphone, Name: "Mic"}, {Kind: call.Speaker, Name: "Loud"}},
		StartRecording: func() error { return nil },
		SetVoice:       func(call.VoiceConfig) error { return nil },
		StopRecording:  func() (string, error) { return "/kept", nil },
		Settings:       r.store, Recordings: "/recordings", Port: 27539, Version: "1",
		Addresses: func() []string { return []string{"192.168.1.7"} },
		Edit:      func(fyne.Window) EditTab { return r.edit },
		Log:       slog.New(slog.DiscardHandler),
	}
	change(&services)
	r.Window, err = New(a, services, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// until does Fyne's work until ok holds.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	patience := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-r.hops:
			f()
		case <-patience:
			r.t.Fatalf("never: %s", what)
		}
	}
}

// asked waits until the phone was asked something.
func (r *rig) asked(want string) {
	r.t.Helper()
	select {
	case got := <-r.phone.calls:
		if got != want {
			r.t.Errorf("the phone was asked %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		r.t.Errorf("the phone was never asked %q", want)
	}
}

func (r *rig) event(e call.Event) {
	r.phone.mu.Lock()
	tell := r.phone.tell
	r.phone.mu.Unlock()
	e.Them, e.Address, e.At = "Ada", "192.168.1.23", time.Now()
	tell(e)
}

func TestDevicesAreOpenedAfterTheWindow(t *testing.T) {
	r := newRig(t, Options{Order: instance.Order{Link: "192.168.1.9"}})
	if len(r.media.used) != 0 {
		t.Fatal("devices were opened before the window was shown")
	}
	r.started()
	r.until("the devices are opened", func() bool { return len(r.media.used) == 2 })
	got := []string{<-r.media.used, <-r.media.used}
	if want := []string{"camera Cam", "sound Mic/Loud"}; !slices.Equal(got, want) {
		t.Errorf("opened %q, want %q", got, want)
	}
	r.asked("dial 192.168.1.9")
}

func TestACallThatRingsComesToTheFront(t *testing.T) {
	r := newRig(t, Options{OpenTab: "edit"})
	if r.tab != EditorTab || !r.pages[EditorTab].Visible() || r.pages[CallTab].Visible() {
		t.Fatal("the Edit tab is not the one shown")
	}
	r.event(call.Event{State: call.Ringing, Incoming: true})
	r.until("the call screen is shown", func() bool { return r.tab == CallTab })
	if !r.pages[CallTab].Visible() || r.last.Screen != callui.Incoming {
		t.Errorf("screen %v", r.last.Screen)
	}
	// Plain typing must never take a call.
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, fyne.KeyEscape} {
		r.typedKey(&fyne.KeyEvent{Name: key})
	}
	for _, char := range "amvrif " {
		r.typedRune(char)
	}
	r.accept()
	r.asked("accept")
	if len(r.phone.calls) != 0 {
		t.Errorf("the phone was asked %q as well", <-r.phone.calls)
	}
	r.event(call.Event{State: call.Connected, Incoming: true})
	r.until("connected", func() bool { return r.last.Connected })
	if m := r.last; m.Muted || m.CameraOff || m.ShowStats {
		t.Errorf("typing while it rang did something: %+v", m)
	}
}

func TestKeysInACall(t *testing.T) {
	r := newRig(t, Options{})
	r.event(call.Event{State: call.Connected})
	r.until("connected", func() bool { return r.last.Connected })
	if r.window.Canvas().Focused() != nil {
		t.Error("something still takes the plain keys")
	}
	r.typedRune('m')
	r.until("muted", func() bool { return r.last.Muted })
	r.typedRune('V')
	r.until("camera off", func() bool { return r.last.CameraOff })
	r.typedRune('r')
	r.until("recording", func() bool { return r.last.Recording.On })
	r.typedRune('i')
	r.until("figures", func() bool { return r.last.ShowStats })
	r.typedRune('f')
	if !r.calls.FullScreen() || r.side.Visible() {
		t.Error("F does not fill the screen")
	}
	r.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if r.calls.FullScreen() || !r.side.Visible() {
		t.Error("Esc does not leave the full screen")
	}
	r.hangUp()
	r.asked("hang up")
	r.event(call.Event{State: call.Ended, Reason: call.HungUp})
	r.until("the recording is kept", func() bool { return r.last.Notice.Action == callui.OpenRecording })
	r.OpenRecording(r.last.Kept)
	if r.tab != EditorTab || !slices.Equal(r.edit.opened, []string{"/kept"}) {
		t.Errorf("tab %v, opened %q", r.tab, r.edit.opened)
	}
}

func TestMenusFollowTheCall(t *testing.T) {
	r := newRig(t, Options{})
	if !r.menu.hangUp.Disabled || !r.menu.record.Disabled || r.menu.self.Disabled {
		t.Error("before a call")
	}
	r.event(call.Event{State: call.Connected})
	r.until("connected", func() bool { return r.last.Connected })
	if r.menu.hangUp.Disabled || r.menu.record.Disabled || !r.menu.self.Disabled {
		t.Error("in a call")
	}
}

func TestFilesDroppedAnywhereGoToTheEditTab(t *testing.T) {
	r := newRig(t, Options{})
	r.dropped(fyne.NewPos(10, 10), []fyne.URI{storage.NewFileURI("/x.jpg")})
	if r.edit.dropped != 1 || r.tab != EditorTab {
		t.Errorf("dropped %d times, tab %v", r.edit.dropped, r.tab)
	}
}

func TestTheThemeIsApplied(t *testing.T) {
	r := newRig(t, Options{OpenTab: "settings"})
	before := r.app.Settings().Theme()
	r.dress("contrast")
	if r.app.Settings().Theme() == before {
		t.Error("the theme stays")
	}
}

func TestTheSizeIsRemembered(t *testing.T) {
	r := newRig(t, Options{})
	if err := rememberSize(r.store, fyne.NewSize(1300, 800), true); err != nil {
		t.Fatal(err)
	}
	if got := r.size(); got.Width != 1180 {
		t.Errorf("the size of a full screen was remembered: %v", got)
	}
	if err := rememberSize(r.store, fyne.NewSize(1300, 800), false); err != nil {
		t.Fatal(err)
	}
	if got := r.size(); got != fyne.NewSize(1300, 800) {
		t.Errorf("got %v", got)
	}
}

func TestClosingTwice(t *testing.T) {
	r := newRig(t, Options{})
	for range 2 {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheEditTabHearsWhenItIsLeft(t *testing.T) {
	r := newRig(t, Options{})
	r.Show(EditorTab)
	before := r.edit.hidden
	r.Show(SettingsTab)
	if r.edit.hidden != before+1 {
		t.Errorf("it heard of it %d times, want once", r.edit.hidden-before)
	}
}

func TestUndoBelongsToTheEditTab(t *testing.T) {
	r := newRig(t, Options{})
	if !r.menu.undo.Disabled || !r.menu.redo.Disabled || r.edit.shown != 0 {
		t.Error("on the call screen")
	}
	r.Show(EditorTab)
	if r.menu.undo.Disabled || r.menu.redo.Disabled || r.edit.shown != 1 {
		t.Errorf("on the Edit tab, which heard of it %d times", r.edit.shown)
	}
	r.menu.undo.Action()
	if r.edit.undone != 1 {
		t.Error("the menu does not undo")
	}
	r.Show(SettingsTab)
	if !r.menu.undo.Disabled {
		t.Error("on the Settings tab")
	}
}

func TestQuittingAsksWhileAFilmIsMade(t *testing.T) {
	r := newRig(t, Options{})
	r.edit.busy = true
	r.quit()
	r.quit() // asks once
	over := r.window.Canvas().Overlays()
	if len(over.List()) != 1 {
		t.Fatalf("%d questions", len(over.List()))
	}
	for _, o := range test.LaidOutObjects(over.Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == "Go on" {
			test.Tap(b)
		}
	}
	if over.Top() != nil || r.asking {
		t.Error("the question stays")
	}
	r.quit()
	r.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if over.Top() != nil || r.asking || r.question != nil {
		t.Error("the question stays, whatever is typed")
	}
	r.event(call.Event{State: call.Ringing})
	r.until("the window goes on", func() bool { return r.last.Screen == callui.Calling })
}

func TestQuittingWaitsForWhatIsSaved(t *testing.T) {
	r := newRig(t, Options{})
	r.quit()
	if r.edit.leaving != 1 {
		t.Error("it does not wait for what was edited")
	}
	r.edit.busy = true
	r.quit()
	if r.edit.leaving != 1 {
		t.Error("it does not ask first")
	}
	r.question.Confirm()
	if r.edit.leaving != 2 {
		t.Error("after the question it does not wait for what was edited")
	}
}

func TestTheLinkSelfCallsOneself(t *testing.T) {
	r := newRig(t, Options{Order: instance.Order{Link: "self"}})
	r.started()
	r.until("it was handed over", func() bool { return len(r.media.used) == 2 })
	r.asked("self")
}
