package settingsui

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"parley/app/settings"
)

// fakeLogin is on or off.
type fakeLogin struct {
	on   bool
	fail error
}

func (l *fakeLogin) On() bool { return l.on }
func (l *fakeLogin) Set(on bool) error {
	if l.fail == nil {
		l.on = on
	}
	return l.fail
}

func checks(o fyne.CanvasObject) (all []*widget.Check) {
	for _, o := range test.LaidOutObjects(o) {
		if c, ok := o.(*widget.Check); ok {
			all = append(all, c)
		}
	}
	return all
}

func TestHowOneIsReached(t *testing.T) {
	test.NewTempApp(t)
	store, login := &fakeStore{}, &fakeLogin{}
	w := test.NewTempWindow(t, nil)
	v := New(store, w, Facts{}, Effects{Login: login, Tray: true})
	w.SetContent(v.reach)
	c := checks(v.reach)
	if len(c) != 4 || !c[0].Checked || c[1].Checked || c[2].Checked || c[3].Checked {
		t.Fatalf("%d switches", len(c))
	}
	for _, one := range c {
		test.Tap(one)
	}
	if want := (settings.Settings{NearbyOff: true, DoNotDisturb: true, StayInTray: true}); store.now != want || !login.on {
		t.Errorf("saved %+v, at login %v", store.now, login.on)
	}
	login.fail = errors.New("the folder is read-only")
	test.Tap(c[3])
	if v.status.Text != "the folder is read-only" {
		t.Errorf("said %q", v.status.Text)
	}
}

func TestWithoutATrayNothingStaysThere(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	v := New(&fakeStore{}, w, Facts{}, Effects{})
	w.SetContent(v.reach)
	if n := len(checks(v.reach)); n != 2 {
		t.Errorf("%d switches", n)
	}
}

func TestTheRendezvous(t *testing.T) {
	store := &fakeStore{now: settings.Settings{Rendezvous: "https://a.example", RendezvousKey: "k"}}
	v, _ := show(t, store)
	if v.meeting[0].Text != "https://a.example" || v.meeting[1].Text != "k" {
		t.Errorf("shown %q, %q", v.meeting[0].Text, v.meeting[1].Text)
	}
	v.meeting[0].SetText("http://b.example") // not without TLS
	if !v.status.Visible() || store.now.Rendezvous != "https://a.example" {
		t.Errorf("kept %q, said %q", store.now.Rendezvous, v.status.Text)
	}
	v.meeting[0].SetText("b.example")
	v.meeting[1].SetText(" team-invite-x ")
	if v.status.Visible() || store.now.Rendezvous != "https://b.example" || store.now.RendezvousKey != "team-invite-x" {
		t.Errorf("kept %q and %q", store.now.Rendezvous, store.now.RendezvousKey)
	}
	v.meeting[0].SetText("")
	if store.now.Rendezvous != "" {
		t.Error("it cannot be taken out")
	}
}
