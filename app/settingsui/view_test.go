package settingsui

import (
	"errors"
	"sync"
	"testing"

	"fyne.io/fyne/v2/test"

	"parley/app/settings"
	"parley/call"
)

// fakeStore keeps settings in memory.
type fakeStore struct {
	now    settings.Settings
	fail   error
	voices []call.VoiceConfig // that were put to use
}

func (s *fakeStore) Get() settings.Settings { return s.now }
func (s *fakeStore) Change(f func(*settings.Settings)) error {
	f(&s.now)
	return s.fail
}

// show builds the tab on a store.
func show(t *testing.T, store *fakeStore) (v *View, dressed *[]string) {
	t.Helper()
	test.NewTempApp(t)
	dressed = &[]string{}
	w := test.NewTempWindow(t, nil)
	v = New(store, w, Facts{Recordings: "/usual", Port: 27539}, Effects{
		Dress: func(name string) { *dressed = append(*dressed, name) },
		Voice: func(c call.VoiceConfig) error { store.voices = append(store.voices, c); return store.fail },
	})
	w.SetContent(v.Content())
	return v, dressed
}

func TestWhatIsSavedIsShown(t *testing.T) {
	store := &fakeStore{now: settings.Settings{
		Name: "Ada", Theme: "light", Language: "de", Width: 640, Height: 360, FrameRate: 15, Recordings: "/mine",
	}}
	v, _ := show(t, store)
	if v.name.Text != "Ada" || v.folder.Text != "/mine" {
		t.Errorf("name %q, folder %q", v.name.Text, v.folder.Text)
	}
	for name, c := range map[string]struct{ got, want string }{
		"theme":    {v.theme.list.Selected, "Light"},
		"language": {v.lang.list.Selected, "Deutsch"},
		"size":     {v.size.list.Selected, "640 × 360"},
		"rate":     {v.rate.list.Selected, "15"},
	} {
		if c.got != c.want {
			t.Errorf("%s shows %q, want %q", name, c.got, c.want)
		}
	}
}

func TestBuildingTheTabChangesNothing(t *testing.T) {
	store := &fakeStore{}
	_, dressed := show(t, store)
	if store.now != (settings.Settings{}) || len(*dressed) != 0 {
		t.Errorf("settings %+v, themes %v", store.now, *dressed)
	}
}

func TestChoicesAreSavedAtOnce(t *testing.T) {
	store := &fakeStore{}
	v, dressed := show(t, store)
	test.Type(v.name, "Ada")
	v.theme.list.SetSelected("Dark")
	v.lang.list.SetSelected("Deutsch")
	v.size.list.SetSelected("1920 × 1080")
	v.rate.list.SetSelected("60")
	v.setFolder("/mine")
	want := settings.Settings{
		Name: "Ada", Theme: "dark", Language: "de", Width: 1920, Height: 1080, FrameRate: 60, Recordings: "/mine",
	}
	if store.now != want {
		t.Errorf("saved %+v, want %+v", store.now, want)
	}
	if len(*dressed) != 1 || (*dressed)[0] != "dark" {
		t.Errorf("themes put to use: %v", *dressed)
	}
	v.setFolder("")
	if v.folder.Text != "/usual" || store.now.Recordings != "" {
		t.Errorf("folder %q, saved %q", v.folder.Text, store.now.Recordings)
	}
}

func TestSavingThatFailsIsSaid(t *testing.T) {
	v, _ := show(t, &fakeStore{fail: errors.New("the disk is full")})
	test.Type(v.name, "A")
	if !v.status.Visible() || v.status.Text != "the disk is full" {
		t.Errorf("status %q, visible %v", v.status.Text, v.status.Visible())
	}
}

func TestTheMicrophonesSoundIsSwitchedAtOnce(t *testing.T) {
	store := &fakeStore{now: settings.Settings{NoiseOff: true}}
	v, _ := show(t, store)
	if !v.voice[0].Checked || v.voice[1].Checked || !v.voice[2].Checked || len(store.voices) != 0 {
		t.Fatalf("showing the settings put %v to use", store.voices)
	}
	test.Tap(v.voice[0])
	if want := (call.VoiceConfig{Gain: true}); !store.now.EchoOff || len(store.voices) != 1 || store.voices[0] != want {
		t.Errorf("saved %+v, put to use %+v", store.now, store.voices)
	}
	test.Tap(v.voice[1])
	if store.now.NoiseOff || store.voices[1] != (call.VoiceConfig{Noise: true, Gain: true}) {
		t.Errorf("saved %+v, put to use %+v", store.now, store.voices)
	}
	store.fail = errors.New("no memory")
	test.Tap(v.voice[2])
	if !v.status.Visible() || v.status.Text != "no memory" {
		t.Errorf("status %q", v.status.Text)
	}
}

func TestServersAreTakenLineByLine(t *testing.T) {
	store := &fakeStore{now: settings.Settings{Servers: "stun:a.example"}}
	v, _ := show(t, store)
	if v.servers.Text != "stun:a.example" {
		t.Errorf("shown: %q", v.servers.Text)
	}
	v.servers.SetText("turn:b.example")
	if !v.status.Visible() {
		t.Error("a relay without a password is not complained of")
	}
	v.servers.SetText("turn:b.example ann secret")
	if v.status.Visible() || store.now.Servers != "turn:b.example ann secret" {
		t.Errorf("saved %q, status %q", store.now.Servers, v.status.Text)
	}
}

// fakeCache counts what is done to it.
type fakeCache struct {
	mu    sync.Mutex
	size  int64
	limit int64
	fail  error
}

func (c *fakeCache) Size() (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size, nil
}

func (c *fakeCache) Trim(limit int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit, c.size = limit, min(c.size, limit)
	return c.fail
}

func (c *fakeCache) Clear() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size = 0
	return c.fail
}

func TestTheCacheIsShownBoundedAndCleared(t *testing.T) {
	test.NewTempApp(t)
	store, cache := &fakeStore{}, &fakeCache{size: 3 << 30}
	hops := make(chan func(), 10)
	v := New(store, test.NewTempWindow(t, nil), Facts{}, Effects{Cache: cache, Hop: func(f func()) { hops <- f }})
	next := func(want string) {
		t.Helper()
		(<-hops)()
		if v.cache.size.Text != want || v.cache.clear.Disabled() {
			t.Errorf("shown %q, want %q", v.cache.size.Text, want)
		}
	}
	if v.cache.limit.list.Selected != "up to 4 GB" {
		t.Errorf("usually %q", v.cache.limit.list.Selected)
	}
	v.Shown()
	if !v.cache.clear.Disabled() {
		t.Error("two things can be done at once")
	}
	next("3.0 GB used")
	v.cache.limit.list.SetSelected("up to 2 GB")
	next("2.0 GB used")
	if store.now.CacheGB != 2 || cache.limit != 2<<30 {
		t.Errorf("saved %d, trimmed to %d", store.now.CacheGB, cache.limit)
	}
	// What is chosen while something goes on is done afterwards.
	v.Shown()
	v.cache.limit.list.SetSelected("up to 1 GB")
	(<-hops)()
	next("1.0 GB used")
	cache.fail = errors.New("the disk is read-only")
	test.Tap(v.cache.clear)
	next("0 kB used")
	if !v.status.Visible() || v.status.Text != "the disk is read-only" {
		t.Errorf("said %q", v.status.Text)
	}
	if err := v.Close(); err != nil {
		t.Error(err)
	}
}
