package callui

import (
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"

	"parley/call"
)

// fakePhone is a phone by function field; events are told by hand.
type fakePhone struct {
	dial func(string) error
	last call.Event

	mu    sync.Mutex
	tell  func(call.Event)
	calls []string
}

func (p *fakePhone) note(s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, s)
}

func (p *fakePhone) Dial(a string) error {
	p.note("dial " + a)
	if p.dial != nil {
		return p.dial(a)
	}
	return nil
}
func (p *fakePhone) DialSelf() error { p.note("self"); return nil }
func (p *fakePhone) Accept()         { p.note("accept") }
func (p *fakePhone) Decline()        { p.note("decline") }
func (p *fakePhone) HangUp()         { p.note("hang up") }
func (p *fakePhone) Watch(f func(call.Event)) func() {
	p.tell = f
	if p.last.State != call.Idle {
		f(p.last)
	}
	return func() { p.tell = func(call.Event) {} }
}

// fakeMedia is media by function field.
type fakeMedia struct {
	preview, remote *call.Slot
	theirScreen     *call.Slot
	useCamera       func(string) error
	useSound        func(mic, speaker string) error
	cameraOff       func(bool) error
	share           func(string) error
	tellScreen      func(bool)
	stats           func() call.MediaStats

	mu    sync.Mutex
	calls []string
	muted bool
}

func newFakeMedia() *fakeMedia {
	return &fakeMedia{preview: call.NewSlot(), remote: call.NewSlot(), theirScreen: call.NewSlot()}
}

func (m *fakeMedia) note(s string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, s)
}

func (m *fakeMedia) Preview() *call.Slot         { return m.preview }
func (m *fakeMedia) Remote() *call.Slot          { return m.remote }
func (m *fakeMedia) RemoteScreen() *call.Slot    { return m.theirScreen }
func (m *fakeMedia) OnRemoteScreen(f func(bool)) { m.tellScreen = f }
func (m *fakeMedia) ShareScreen(name string) error {
	m.note("share " + name)
	if m.share != nil {
		return m.share(name)
	}
	return nil
}

func (m *fakeMedia) Shown(*call.Picture) {}
func (m *fakeMedia) ResetStats(bool)     { m.note("count anew") }
func (m *fakeMedia) Level() float64      { return 0.5 }
func (m *fakeMedia) SetMuted(on bool)    { m.mu.Lock(); m.muted = on; m.mu.Unlock() }
func (m *fakeMedia) Stats() call.MediaStats {
	if m.stats != nil {
		return m.stats()
	}
	return call.MediaStats{}
}
func (m *fakeMedia) UseCamera(name string) error {
	m.note("camera " + name)
	if m.useCamera != nil {
		return m.useCamera(name)
	}
	return nil
}
func (m *fakeMedia) UseSound(mic, speaker string) error {
	m.note("sound " + mic + "/" + speaker)
	if m.useSound != nil {
		return m.useSound(mic, speaker)
	}
	return nil
}
func (m *fakeMedia) SetCameraOff(off bool) error {
	if m.cameraOff != nil {
		return m.cameraOff(off)
	}
	return nil
}

type fakeDevices func() ([]call.DeviceInfo, error)

func (f fakeDevices) List() ([]call.DeviceInfo, error) { return f() }

// fakeRecorder is a recorder by function field.
type fakeRecorder struct {
	start func() error
	stop  func() (string, error)
}

func (r *fakeRecorder) Start() error {
	if r.start != nil {
		return r.start()
	}
	return nil
}

func (r *fakeRecorder) Stop() (string, error) {
	if r.stop != nil {
		return r.stop()
	}
	return "/kept", nil
}

var (
	errInUse = errors.New("it is in use by another program")

	cam        = call.DeviceInfo{Kind: call.Camera, Name: "Cam"}
	cam2       = call.DeviceInfo{Kind: call.Camera, Name: "Other cam"}
	mic        = call.DeviceInfo{Kind: call.Microphone, Name: "Mic"}
	headsetMic = call.DeviceInfo{Kind: call.Microphone, Name: "Headset", Default: true}
	loud       = call.DeviceInfo{Kind: call.Speaker, Name: "Loud"}
	all        = []call.DeviceInfo{cam, cam2, mic, headsetMic, loud}
)

// rig is a desk with fakes.
type rig struct {
	*Desk
	phone    *fakePhone
	media    *fakeMedia
	recorder *fakeRecorder
	trouble  chan call.MediaEvent
	kept     []Choice
}

// onDesk runs f with a desk in a synctest bubble, so that waiting is exact.
func onDesk(t *testing.T, change func(*Config, *rig), f func(r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{phone: &fakePhone{}, media: newFakeMedia(), recorder: &fakeRecorder{}, trouble: make(chan call.MediaEvent, 1)}
		cfg := Config{
			Phone: r.phone, Media: r.media, Recorder: r.recorder, Trouble: r.trouble,
			Devices:   fakeDevices(func() ([]call.DeviceInfo, error) { return all, nil }),
			Addresses: func() []string { return []string{"192.168.1.7"} },
			Remember:  func(c Choice) error { r.kept = append(r.kept, c); return nil },
			Log:       slog.New(slog.DiscardHandler),
		}
		if change != nil {
			change(&cfg, r)
		}
		r.Desk = NewDesk(cfg)
		synctest.Wait()
		f(r)
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
}

// event tells the desk and waits until it is shown.
func (r *rig) event(e call.Event) {
	r.phone.tell(e)
	synctest.Wait()
}
