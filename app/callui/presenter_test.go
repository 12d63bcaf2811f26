package callui

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/call"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// ada is an event of a call with Ada.
func ada(s call.State) call.Event {
	return call.Event{State: s, Them: "Ada", Address: "192.168.1.23", At: noon}
}

func incoming(s call.State) call.Event {
	e := ada(s)
	e.Incoming = true
	return e
}

func TestScreens(t *testing.T) {
	for _, c := range []struct {
		name      string
		event     call.Event
		screen    Screen
		connected bool
		status    string
	}{
		{"no call", call.Event{}, Ready, false, ""},
		{"dialling", ada(call.Dialing), Calling, false, "Reaching them…"},
		{"it rings there", ada(call.Ringing), Calling, false, "It rings there…"},
		{"it rings here", incoming(call.Ringing), Incoming, false, "is calling you"},
		{"they accepted", ada(call.Connecting), Calling, false, "Connecting…"},
		{"I accepted", incoming(call.Connecting), InCall, false, "Connecting…"},
		{"connected", ada(call.Connected), InCall, true, ""},
		{"silence", ada(call.Reconnecting), InCall, true, "Connection lost, reconnecting…"},
		{"over", ada(call.Ended), Ready, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := NewPresenter(Choice{}, nil)
			p.Call(c.event)
			m := p.Model(noon)
			if m.Screen != c.screen || m.Connected != c.connected || m.Status.Key != c.status {
				t.Errorf("screen %v connected %v status %q, want %v %v %q",
					m.Screen, m.Connected, m.Status.Key, c.screen, c.connected, c.status)
			}
		})
	}
}

func TestWhoAndWhere(t *testing.T) {
	for _, c := range []struct{ them, address, who, where string }{
		{"Ada", "192.168.1.23", "Ada", "192.168.1.23"},
		{"", "192.168.1.23", "192.168.1.23", ""},
		{"192.168.1.23", "192.168.1.23", "192.168.1.23", ""},
	} {
		p := NewPresenter(Choice{}, nil)
		p.Call(call.Event{State: call.Ringing, Incoming: true, Them: c.them, Address: c.address})
		if m := p.Model(noon); m.Who != c.who || m.Where != c.where {
			t.Errorf("%q at %q: who %q where %q, want %q %q", c.them, c.address, m.Who, m.Where, c.who, c.where)
		}
	}
}

func TestWhyACallEnded(t *testing.T) {
	for _, c := range []struct {
		reason call.Reason
		kind   NoticeKind
		key    string
	}{
		{call.HungUp, Info, "The call is over."},
		{call.Declined, Info, "{{.Them}} declined the call."},
		{call.Unreachable, Warning, "Nobody could be reached; check the address and that Parley runs there."},
		{call.NoPath, Failure, "{{.Them}} answered, but no way for picture and sound was found; check that a firewall lets Parley's UDP port through."},
		{call.Broken, Failure, "The call with {{.Them}} failed; the log says more."},
	} {
		e := ada(call.Ended)
		e.Reason = c.reason
		p := NewPresenter(Choice{}, nil)
		p.Call(ada(call.Dialing))
		p.Call(e)
		n := p.Model(noon).Notice
		if n.Text.Key != c.key || n.Kind != c.kind || n.Text.With["Them"] != "Ada" {
			t.Errorf("%s: %q (%v) with %v", c.reason, n.Text.Key, n.Kind, n.Text.With)
		}
	}
}

func TestDurationsCountFromTheFirstConnection(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Call(ada(call.Connected))
	again := ada(call.Connected)
	again.At = noon.Add(time.Minute)
	p.Call(ada(call.Reconnecting))
	p.Call(again)
	if got := p.Model(noon.Add(75*time.Second + 900*time.Millisecond)).Elapsed; got != 75*time.Second {
		t.Errorf("elapsed %v, want 1m15s", got)
	}
	p.Call(ada(call.Ended))
	if got := p.Model(noon.Add(time.Hour)).Elapsed; got != 0 {
		t.Errorf("elapsed %v after the call", got)
	}
}

func TestDevicesChosen(t *testing.T) {
	off, gone, other, film := call.DeviceOff, "Gone", "Other cam", "file:/films/a b.mkv"
	for _, c := range []struct {
		name                   string
		list                   []call.DeviceInfo
		remembered             Choice
		camera, micro, speaker string
		notice                 Action
		mirror                 bool
	}{
		{"the system's", all, Choice{}, "Cam", "Headset", "Loud", NoAction, true},
		{"as before", all, Choice{Camera: &other, Microphone: &off}, "Other cam", "off", "Loud", NoAction, true},
		{"unplugged since", all, Choice{Camera: &gone}, "Cam", "Headset", "Loud", NoAction, true},
		{"nothing there", nil, Choice{}, "off", "off", "off", UsePattern, false},
		{"no camera", []call.DeviceInfo{mic, loud}, Choice{}, "off", "Mic", "Loud", UsePattern, false},
		{"a file", all, Choice{Camera: &film}, film, "Headset", "Loud", NoAction, false},
		{"off by wish", nil, Choice{Camera: &off}, "off", "off", "off", NoAction, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := NewPresenter(c.remembered, nil)
			camera, micro, speaker := p.Devices(c.list, c.remembered)
			if camera != c.camera || micro != c.micro || speaker != c.speaker {
				t.Errorf("chose %q %q %q, want %q %q %q", camera, micro, speaker, c.camera, c.micro, c.speaker)
			}
			m := p.Model(noon)
			if m.Notice.Action != c.notice || m.MirrorOwn != c.mirror {
				t.Errorf("notice %+v, mirror %v", m.Notice, m.MirrorOwn)
			}
		})
	}
}

func TestThePatternAndTheToneCanBeChosen(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Devices(all, Choice{})
	m := p.Model(noon)
	for _, c := range []struct {
		p    Picker
		name string
		want bool
	}{
		{m.Camera, call.DevicePattern, true}, {m.Microphone, call.DeviceTone, true}, {m.Speaker, call.DeviceTone, false},
		{m.Camera, call.DeviceOff, true}, {m.Microphone, call.DeviceOff, true}, {m.Speaker, call.DeviceOff, true},
	} {
		if c.p.has(c.name) != c.want {
			t.Errorf("%q among %v: %v", c.name, c.p.Options, !c.want)
		}
	}
}

func TestABrokenChoiceLeavesTheOneBefore(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Devices(all, Choice{})
	p.Choosing(call.Camera, "Other cam")
	if m := p.Model(noon); !m.Camera.Busy || m.Camera.Chosen != "Other cam" {
		t.Errorf("while it is opened: %+v", m.Camera)
	}
	p.Chose(call.Camera, "Other cam", "Cam", errInUse)
	m := p.Model(noon)
	if m.Camera.Busy || m.Camera.Chosen != "Cam" || m.Notice.Kind != Failure || m.Notice.Text.With["Device"] != "Other cam" {
		t.Errorf("after it failed: %+v, %+v", m.Camera, m.Notice)
	}
}

func TestANewListKeepsWhatIsInUse(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Devices(all, Choice{})
	p.Relist([]call.DeviceInfo{cam2, mic, loud})
	m := p.Model(noon)
	if m.Camera.Chosen != "Cam" || !m.Camera.has("Cam") || !m.Camera.has("Other cam") {
		t.Errorf("camera %+v", m.Camera)
	}
}

func TestARecordingIsOffered(t *testing.T) {
	for _, c := range []struct {
		name       string
		end        bool
		dir        string
		err        error
		text, more string
		action     Action
	}{
		{"in the call", false, "/kept", nil, "Recording kept.", "", OpenRecording},
		{"with the call", true, "/kept", nil, "The call is over.", "Recording kept.", OpenRecording},
		{"nothing kept", true, "", nil, "The call is over.", "", NoAction},
		{"failed", true, "/kept", errors.New("the disk is full"), "The recording was not finished as it should be: {{.Error}}", "", NoAction},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := NewPresenter(Choice{}, nil)
			p.Call(ada(call.Connected))
			p.RecordingStarted(noon, nil)
			if got := p.Model(noon.Add(3 * time.Second)).Recording; !got.On || got.Elapsed != 3*time.Second {
				t.Fatalf("running: %+v", got)
			}
			if c.end {
				e := ada(call.Ended)
				e.Reason = call.HungUp
				p.Call(e)
			}
			p.RecordingStopped(c.dir, c.err)
			n := p.Model(noon).Notice
			if n.Text.Key != c.text || n.More.Key != c.more || n.Action != c.action {
				t.Errorf("notice %+v", n)
			}
		})
	}
}

func TestARecordingFromBeforeTheEndIsStillOffered(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Call(ada(call.Connected))
	p.RecordingStarted(noon, nil)
	p.RecordingStopped("/kept", nil)
	e := ada(call.Ended)
	e.Reason = call.Lost
	p.Call(e)
	if n := p.Model(noon).Notice; n.Action != OpenRecording || n.More.IsZero() || n.Kind != Warning {
		t.Errorf("notice %+v", n)
	}
	p.Call(ada(call.Dialing))
	if m := p.Model(noon); m.Kept != "" || !m.Notice.Text.IsZero() {
		t.Errorf("the next call begins with %q, %+v", m.Kept, m.Notice)
	}
}

func TestOnlyACallIsRecorded(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	if p.MayRecord() {
		t.Error("without a call")
	}
	p.Call(ada(call.Connected))
	if !p.MayRecord() {
		t.Error("not in a call")
	}
	p.RecordingBusy()
	if p.MayRecord() {
		t.Error("while one is being started")
	}
}

func TestAScreenCanBeShownInTheCamerasPlace(t *testing.T) {
	screen := call.DeviceInfo{Kind: call.Screen, Name: "eDP-1", Default: true}
	p := NewPresenter(Choice{}, nil)
	if camera, _, _ := p.Devices([]call.DeviceInfo{screen, cam, mic}, Choice{}); camera != "Cam" {
		t.Errorf("the camera is %q; a screen is never shown unasked", camera)
	}
	var names []string
	for _, label := range labels(p.model.Camera.Options) {
		names = append(names, label)
	}
	if want := []string{"Cam", "Screen: eDP-1", "Test pattern", "Off"}; !slices.Equal(names, want) {
		t.Errorf("offered %q, want %q", names, want)
	}
	if !p.Model(noon).MirrorOwn {
		t.Error("the camera is not mirrored")
	}
	p.Chose(call.Camera, "eDP-1", "Cam", nil)
	if m := p.Model(noon); m.MirrorOwn || !m.Camera.showsScreen() {
		t.Errorf("the screen is mirrored: %v", m.MirrorOwn)
	}
	if camera, _, _ := NewPresenter(Choice{}, nil).Devices([]call.DeviceInfo{screen}, Choice{}); camera != call.DeviceOff {
		t.Errorf("without a camera %q is shown", camera)
	}
}

func TestADeviceThatIsBackIsNoFailure(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Trouble(call.MediaEvent{Kind: call.Camera, Sentence: "The camera is back."})
	if n := p.Model(noon).Notice; n.Kind != Info || n.Action != NoAction || n.Text.Key != "The camera is back." {
		t.Errorf("%+v", n)
	}
}
