package callui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/app/hop"
	"parley/app/look"
	"parley/call"
)

// viewed shows a view whose desk never changes by itself; models are shown by
// hand.
func viewed(t *testing.T) (*View, *fakeMedia, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	t.Cleanup(hop.Replace(func(func()) {})) // a window that is stuck
	media := newFakeMedia()
	desk := NewDesk(Config{Phone: &fakePhone{}, Media: media, Recorder: &fakeRecorder{}})
	v := NewView(desk, media, Shell{Copy: func(string) {}, FullScreen: func(bool) {}, Open: func(string) {}})
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	})
	w := test.NewTempWindow(t, v.Content())
	w.Resize(fyne.NewSize(1100, 700))
	return v, media, w
}

func TestTheirPictureIsHiddenUntilTheCallIsTaken(t *testing.T) {
	v, _, _ := viewed(t)
	for _, c := range []struct {
		name  string
		model Model
		want  bool
	}{
		{"ready", Model{}, false},
		{"it rings here", Model{Screen: Incoming, Who: "Ada"}, false},
		{"it rings there", Model{Screen: Calling}, false},
		{"accepted", Model{Screen: InCall}, false},
		{"connected", Model{Screen: InCall, Connected: true}, true},
		{"over", Model{}, false},
	} {
		v.show(c.model)
		if v.remote.Visible() != c.want {
			t.Errorf("%s: their picture is visible: %v", c.name, !c.want)
		}
	}
}

func TestPanelsOfEachScreen(t *testing.T) {
	v, _, _ := viewed(t)
	for _, c := range []struct {
		name                         string
		model                        Model
		ready, people, bar, accepted bool
	}{
		{"ready", Model{}, true, false, false, false},
		{"calling", Model{Screen: Calling}, false, true, false, false},
		{"incoming", Model{Screen: Incoming}, false, true, false, true},
		{"in a call", Model{Screen: InCall, Connected: true}, false, false, true, false},
	} {
		v.show(c.model)
		if v.ready.content.Visible() != c.ready || v.people.content.Visible() != c.people ||
			v.bar.content.Visible() != c.bar {
			t.Errorf("%s: ready %v people %v bar %v", c.name,
				v.ready.content.Visible(), v.people.content.Visible(), v.bar.content.Visible())
		}
		if c.people && v.people.accept.Visible() != c.accepted {
			t.Errorf("%s: Accept is visible: %v", c.name, !c.accepted)
		}
	}
}

func TestTheOwnTileMovesAndStaysTheSame(t *testing.T) {
	v, _, _ := viewed(t)
	v.show(Model{})
	large, tile := v.own.Size(), v.own
	v.show(Model{Screen: InCall, Connected: true})
	if v.own != tile || v.own.Size().Width != insetWidth || large.Width < 2*insetWidth {
		t.Errorf("before %v, in the call %v", large, v.own.Size())
	}
	stage := v.stage.content.Size()
	if v.remote.Size() != stage {
		t.Errorf("their picture has %v of %v", v.remote.Size(), stage)
	}
	if at := v.own.Position(); at.X+insetWidth > stage.Width || at.X < stage.Width/2 {
		t.Errorf("the inset lies at %v", at)
	}
}

func TestTheOwnPictureStaysClearOfTheBar(t *testing.T) {
	v, _, w := viewed(t)
	w.Resize(w.Content().MinSize())
	v.show(Model{Screen: InCall, Connected: true, ShowStats: true})
	if bar := v.bar.content; bar.Position().X+bar.Size().Width > v.own.Position().X {
		t.Errorf("the bar ends at %v, the own picture begins at %v", bar.Position().X+bar.Size().Width, v.own.Position().X)
	}
	if figures := v.figures.content; figures.Position().Y+figures.Size().Height > v.own.Position().Y {
		t.Error("the figures lie on the own picture")
	}
}

func TestControlsLieWithinTheSmallestWindow(t *testing.T) {
	v, _, w := viewed(t)
	w.Resize(w.Content().MinSize())
	for _, m := range []Model{
		{}, {Screen: Incoming, Who: "Ada"},
		{Screen: InCall, Connected: true, Recording: Recording{On: true}, ShowStats: true},
		{Screen: InCall, Connected: true, Reconnecting: true, Status: say("Connection lost, reconnecting…")},
	} {
		v.show(m)
		stage := v.stage.content.Size()
		for _, o := range []fyne.CanvasObject{v.ready.content, v.people.content, v.bar.content, v.top.content, v.figures.content, v.veil.sign} {
			end := o.Position().AddXY(o.Size().Width, o.Size().Height)
			if o.Visible() && (o.Position().X < 0 || o.Position().Y < 0 || end.X > stage.Width || end.Y > stage.Height) {
				t.Errorf("screen %v: something from %v to %v lies outside %v", m.Screen, o.Position(), end, stage)
			}
		}
	}
}

func TestChoosingADeviceInTheListApplies(t *testing.T) {
	v, _, _ := viewed(t)
	var chosen []string
	v.using.camera.choose = func(name string) { chosen = append(chosen, name) }
	p := NewPresenter(Choice{}, nil)
	p.Devices(all, Choice{})
	v.show(p.Model(time.Time{}))
	if len(chosen) != 0 || v.using.camera.list.Selected != "Cam" {
		t.Fatalf("showing the list chose %q; selected %q", chosen, v.using.camera.list.Selected)
	}
	v.using.camera.list.SetSelected("Test pattern")
	if len(chosen) != 1 || chosen[0] != call.DevicePattern {
		t.Errorf("chose %q", chosen)
	}
}

func TestTheNoticeBar(t *testing.T) {
	v, _, _ := viewed(t)
	opened := ""
	v.notice.open = func(dir string) { opened = dir }
	v.show(Model{})
	if v.notice.content.Visible() {
		t.Error("a bar without a sentence")
	}
	v.show(Model{Kept: "/kept", Notice: Notice{
		Text: sayOf("{{.Them}} declined the call.", "Them", "Ada {{.Home}}"), More: say("Recording kept."), Action: OpenRecording,
	}})
	if got := v.notice.words.Text; got != "Ada {{.Home}} declined the call. Recording kept." {
		t.Errorf("says %q", got)
	}
	test.Tap(v.notice.act)
	if opened != "/kept" {
		t.Errorf("opened %q", opened)
	}
}

func TestAFullScreenGoesBareWhenThePointerRests(t *testing.T) {
	v, _, _ := viewed(t)
	v.SetFullScreen(true)
	if v.FullScreen() {
		t.Fatal("a full screen without a call")
	}
	v.show(Model{Screen: InCall, Connected: true})
	v.SetFullScreen(true)
	v.idle(v.movedAt.Add(stillness / 2))
	if !v.bar.content.Visible() {
		t.Error("the controls left too early")
	}
	v.idle(v.movedAt.Add(2 * stillness))
	if v.bar.content.Visible() {
		t.Error("the controls stay")
	}
	v.moved()
	if !v.bar.content.Visible() {
		t.Error("the controls do not come back")
	}
	v.show(Model{})
	if v.FullScreen() {
		t.Error("the full screen outlives the call")
	}
}

func TestTheCameraIsShownOff(t *testing.T) {
	v, _, _ := viewed(t)
	v.show(Model{Screen: InCall, Connected: true, CameraOff: true, Muted: true})
	if !v.dark.Visible() || !v.quiet.Visible() {
		t.Errorf("camera sign %v, microphone sign %v", v.dark.Visible(), v.quiet.Visible())
	}
	v.show(Model{Screen: InCall, Connected: true})
	if v.dark.Visible() || v.quiet.Visible() {
		t.Error("the signs stay")
	}
}

func TestClockTime(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0:00", 75 * time.Second: "1:15", time.Hour + 61*time.Second: "1:01:01",
	} {
		if got := clockTime(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestNamesOfStrangersAreDrawnNotRead(t *testing.T) {
	for name, want := range map[string]string{"ada": "A", "  öl": "Ö", "": "?", "{{.X}}": "{"} {
		if got := look.InitialOf(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := tr(sayOf("{{.Them}} did not answer.", "Them", "{{.Them}}")); got != "{{.Them}} did not answer." {
		t.Errorf("a name was read as a template: %q", got)
	}
}

func TestALostConnectionIsSeen(t *testing.T) {
	v, _, _ := viewed(t)
	for _, c := range []struct {
		name  string
		state call.State
		want  bool
	}{
		{"connected", call.Connected, false}, {"lost", call.Reconnecting, true}, {"back", call.Connected, false},
		{"lost again", call.Reconnecting, true}, {"over", call.Ended, false},
	} {
		p := NewPresenter(Choice{}, nil)
		p.Call(call.Event{State: c.state, Them: "Ada", Reason: call.Lost})
		v.show(p.Model(time.Now()))
		if v.veil.sign.Visible() != c.want || v.veil.shade.Visible() != c.want {
			t.Errorf("%s: the veil is visible: %v", c.name, !c.want)
		}
		if c.want && (v.veil.words.Text != "Connection lost, reconnecting…" || !v.remote.Visible()) {
			t.Errorf("%s: it says %q", c.name, v.veil.words.Text)
		}
	}
}

func TestThePanelOfFigures(t *testing.T) {
	v, _, _ := viewed(t)
	m := Model{Screen: InCall, Connected: true, ShowStats: true}
	v.show(m)
	if row := v.figures.rows[1]; row.in.Text != "–" {
		t.Errorf("before there are figures: %q", row.in.Text)
	}
	m.Stats = Figures{
		Valid: true, In: Flow{Codec: "H264", Screen: "1920×1080", Width: 640, Height: 360, FrameRate: 29.7, Loss: 0.012}, Out: Flow{Width: 1280, Height: 720},
		Freezes: 2, Frozen: 800 * time.Millisecond, Limit: call.ByNetwork, Target: 1.5e6,
	}
	v.show(m)
	got := map[string]string{}
	for _, r := range v.figures.rows {
		got[r.name.Text] = r.in.Text
		if end := r.in.Position().X + r.in.Size().Width; r.out != nil && end > r.out.Position().X {
			t.Errorf("%s: the values overlap", r.name.Text)
		}
		if r.name.Position().X+r.name.Size().Width > r.in.Position().X {
			t.Errorf("%s: name and value overlap", r.name.Text)
		}
	}
	for name, want := range map[string]string{
		"Picture": "640×360", "Pictures a second": "30", "Lost": "1.2 %", "Freezes": "2  (0.8 s)",
		"Allowed, Mbit/s": "1.50", "Screen": "1920×1080", "Codec": "H264",
		"Path": "–", "Held back by": "the network",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	m.ShowStats = false
	v.show(m)
	if v.figures.content.Visible() {
		t.Error("it cannot be hidden")
	}
}

func TestDevicesAreChangedInACall(t *testing.T) {
	v, _, w := viewed(t)
	w.Resize(w.Content().MinSize())
	v.show(Model{})
	v.ToggleDevices()
	if v.DevicesOpen() || v.devices.content.Visible() {
		t.Error("they lie on the picture before a call")
	}
	p := NewPresenter(Choice{}, nil)
	p.Devices(all, Choice{})
	p.Call(call.Event{State: call.Connected, Them: "Ada"})
	v.show(p.Model(time.Time{}))
	var chosen []string
	v.devices.camera.choose = func(name string) { chosen = append(chosen, name) }
	v.ToggleDevices()
	if !v.devices.content.Visible() || v.devices.camera.list.Selected != "Cam" {
		t.Fatalf("visible %v, camera %q", v.devices.content.Visible(), v.devices.camera.list.Selected)
	}
	if top := v.devices.content.Position().Y; top < v.top.content.Position().Y+v.top.content.Size().Height {
		t.Errorf("in the smallest window they begin at %v", top)
	}
	m := v.model
	m.ShowStats = true
	v.show(m)
	if d := v.devices.content; d.Position().X < 0 || d.Position().X+d.Size().Width > v.figures.content.Position().X {
		t.Error("devices and figures overlap")
	}
	v.devices.camera.list.SetSelected("Other cam")
	if len(chosen) != 1 || chosen[0] != "Other cam" {
		t.Errorf("chose %q", chosen)
	}
	p.Call(call.Event{State: call.Ended, Reason: call.HungUp})
	v.show(p.Model(time.Time{}))
	if v.DevicesOpen() {
		t.Error("they stay after the call")
	}
}
