package callui

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestLinksAreListedAndRevoked(t *testing.T) {
	fake := &fakeInviter{server: "parley.example", links: []OpenLink{{ID: "a", Link: "https://a"}, {ID: "b", Link: "https://b"}}}
	onDesk(t, func(c *Config, _ *rig) { c.Inviter = fake }, func(r *rig) {
		r.Invite(InviteOnce)
		synctest.Wait()
		if got := r.Model().Invite.Links; len(got) != 2 {
			t.Errorf("listed %+v", got)
		}
		fake.tell(InviteState{Link: "https://b", Ready: true})
		r.Revoke("a")
		synctest.Wait()
		if i := r.Model().Invite; len(i.Links) != 1 || i.Links[0].ID != "b" || i.State.Link != "https://b" {
			t.Errorf("another was revoked: %+v", i)
		}
		r.Revoke("b")
		synctest.Wait()
		fake.tell(InviteState{Link: "https://b", Ready: true}) // its room, late
		synctest.Wait()
		if i := r.Model().Invite; len(i.Links) != 0 || !i.State.Revoked || i.State.Link != "" {
			t.Errorf("the one that is shown was revoked: %+v", i)
		}
		fake.links = []OpenLink{{ID: "c", Kind: InviteRoom}} // by parley invite
		fake.changed()
		synctest.Wait()
		if got := r.Model().Invite.Links; len(got) != 1 || got[0].ID != "c" {
			t.Errorf("after a change %+v", got)
		}
		fake.revoke = func(string) error { return errors.New("no room in the folder") }
		r.Revoke("c")
		synctest.Wait()
		if i := r.Model().Invite; i.State.Trouble != "no room in the folder" || len(i.Links) != 1 {
			t.Errorf("after a failure %+v", i)
		}
	})
}

func TestRevokingAsksOnce(t *testing.T) {
	test.NewTempApp(t)
	var copied, revoked string
	p := newLinksPanel(func(s string) { copied = s }, func(id string) { revoked = id })
	if p.content.Visible() {
		t.Error("an empty list is shown")
	}
	p.show([]OpenLink{{ID: "a", Link: "https://a"}, {ID: "b", Kind: InviteRoom, Link: "https://b"}})
	if !p.content.Visible() || len(p.rows.Objects) != 2 {
		t.Fatalf("%d rows", len(p.rows.Objects))
	}
	w := test.NewTempWindow(t, p.content)
	w.Resize(fyne.NewSize(420, 300))
	press := func(n int) *widget.Button { // by keys alone
		for range n {
			w.Canvas().FocusNext()
		}
		b, ok := w.Canvas().Focused().(*widget.Button)
		if !ok {
			t.Fatalf("the keys reach %T", w.Canvas().Focused())
		}
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		return b
	}
	press(3) // copy a, revoke a, copy b
	if copied != "https://b" {
		t.Errorf("copied %q", copied)
	}
	if b := press(1); revoked != "" || b.Text != "Revoke for good" || b.Importance != widget.DangerImportance {
		t.Errorf("one press revoked %q, and says %q", revoked, b.Text)
	}
	press(0)
	if revoked != "b" {
		t.Errorf("revoked %q", revoked)
	}
}

func TestLinksAreTold(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)
	for want, l := range map[string]OpenLink{
		"For one call, made 11:30":           {Kind: InviteOnce, Made: now.Add(-30 * time.Minute)},
		"Until 2026-03-05 12:00":             {Kind: InviteDay, Until: now.Add(24 * time.Hour)},
		"Ann · My room, until you revoke it": {Kind: InviteRoom, For: "Ann"},
	} {
		if got := l.words(now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
