package callui

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/app/callui/roster"
	"parley/app/callui/talk"
	"parley/call"
)

// fakePeople keeps people in memory.
type fakePeople struct {
	list  []roster.Person
	tell  func()
	calls []string
	fail  error
}

func (f *fakePeople) List() []roster.Person      { return f.list }
func (f *fakePeople) Watch(g func()) func()      { f.tell = g; return func() {} }
func (f *fakePeople) Remove(roster.Person) error { f.calls = append(f.calls, "remove"); return f.fail }
func (f *fakePeople) Block(roster.Person) error  { f.calls = append(f.calls, "block"); return f.fail }
func (f *fakePeople) Seen() error                { f.calls = append(f.calls, "seen"); return f.fail }
func (f *fakePeople) Keep(_ roster.Person, name string) error {
	f.calls = append(f.calls, "keep "+name)
	return f.fail
}

func TestPeopleAreShownAndKept(t *testing.T) {
	fake := &fakePeople{list: []roster.Person{{Kind: roster.Nearby, Name: "Ann"}}}
	onDesk(t, func(c *Config, _ *rig) { c.People = fake }, func(r *rig) {
		if m := r.Model(); len(m.People) != 1 || m.Missed() != 0 {
			t.Fatalf("%+v", m.People)
		}
		r.Seen() // nothing was missed
		fake.list = append(fake.list, roster.Person{Kind: roster.Recent, Name: "Bob", Missed: true, New: true})
		fake.tell()
		synctest.Wait()
		if m := r.Model(); len(m.People) != 2 || m.Missed() != 1 {
			t.Errorf("%+v", m.People)
		}
		r.Seen()
		synctest.Wait()
		r.Keep(fake.list[1], "Robert")
		r.Remove(fake.list[0])
		r.Block(fake.list[1])
		synctest.Wait()
		if want := []string{"seen", "keep Robert", "remove", "block"}; !equal(fake.calls, want) {
			t.Errorf("%v, want %v", fake.calls, want)
		}
		fake.fail = errors.New("the disk is full")
		r.Keep(fake.list[1], "x")
		synctest.Wait()
		if n := r.Model().Notice; n.Text.Key != "the disk is full" || n.Kind != Failure {
			t.Errorf("%+v", n)
		}
	})
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// fakeInviter opens nothing.
type fakeInviter struct {
	server  string
	fail    error
	opened  []InviteKind
	stopped int
	tell    func(InviteState)
	links   []OpenLink
	changed func()
	revoke  func(id string) error
}

func (f *fakeInviter) Server() string        { return f.server }
func (f *fakeInviter) Links() []OpenLink     { return f.links }
func (f *fakeInviter) Watch(g func()) func() { f.changed = g; return func() { f.changed = nil } }
func (f *fakeInviter) Revoke(id string) error {
	if f.revoke != nil {
		return f.revoke(id)
	}
	f.links = slices.DeleteFunc(f.links, func(l OpenLink) bool { return l.ID == id })
	return nil
}

func (f *fakeInviter) UseServer(a string) error {
	if f.fail == nil {
		f.server = a
	}
	return f.fail
}

func (f *fakeInviter) Open(k InviteKind, tell func(InviteState)) (func(), error) {
	if f.fail != nil {
		return nil, f.fail
	}
	f.opened, f.tell = append(f.opened, k), tell
	return func() { f.stopped++ }, nil
}

func TestInvitations(t *testing.T) {
	fake := &fakeInviter{server: "parley.example"}
	onDesk(t, func(c *Config, _ *rig) { c.Inviter = fake }, func(r *rig) {
		if !r.Model().Invite.Possible || r.Model().Invite.Shown {
			t.Errorf("at first %+v", r.Model().Invite)
		}
		r.Invite(InviteOnce)
		synctest.Wait()
		first := fake.tell
		first(InviteState{Link: "https://x", Ready: true})
		synctest.Wait()
		if i := r.Model().Invite; !i.Shown || i.State.Link != "https://x" || i.Server != "parley.example" {
			t.Errorf("%+v", i)
		}
		r.Invite(InviteCode)
		synctest.Wait()
		fake.tell(InviteState{Code: "7-acorn-violin"})
		first(InviteState{Link: "https://x", Over: true}) // of an earlier one
		synctest.Wait()
		if i := r.Model().Invite; i.State.Code == "" || i.State.Over || fake.stopped != 1 {
			t.Errorf("%+v, stopped %d", i, fake.stopped)
		}
		r.event(call.Event{State: call.Ringing, Incoming: true, Them: "Ann", Session: "s"})
		if r.Model().Invite.Shown {
			t.Error("it is shown in a call")
		}
		r.event(call.Event{State: call.Ended, Session: "s"})
		r.EndInvite()
		synctest.Wait()
		if fake.stopped != 2 {
			t.Errorf("stopped %d times", fake.stopped)
		}
	})
}

func TestInvitingNeedsAServer(t *testing.T) {
	fake := &fakeInviter{}
	onDesk(t, func(c *Config, _ *rig) { c.Inviter = fake }, func(r *rig) {
		r.Invite(InviteRoom)
		synctest.Wait()
		if i := r.Model().Invite; !i.Shown || i.Server != "" || len(fake.opened) != 0 {
			t.Errorf("%+v", i)
		}
		fake.fail = errors.New("not an address")
		r.UseServer("nonsense")
		synctest.Wait()
		if i := r.Model().Invite; i.State.Trouble != "not an address" {
			t.Errorf("%+v", i)
		}
		fake.fail = nil
		r.UseServer("parley.example")
		synctest.Wait()
		if i := r.Model().Invite; i.Server != "parley.example" || len(fake.opened) != 1 || fake.opened[0] != InviteRoom {
			t.Errorf("%+v, opened %v", i, fake.opened)
		}
		fake.fail = errors.New("the server is full")
		r.Invite(InviteOnce)
		synctest.Wait()
		if i := r.Model().Invite; i.State.Trouble != "the server is full" {
			t.Errorf("%+v", i)
		}
	})
}

// fakeTalk has the lines that it is given.
type fakeTalk struct {
	possible bool
	lines    []talk.Line
	theirs   Theirs
	tell     func()
	calls    []string
	fail     error
}

func (f *fakeTalk) Possible() bool        { return f.possible }
func (f *fakeTalk) Lines() []talk.Line    { return f.lines }
func (f *fakeTalk) Theirs() Theirs        { return f.theirs }
func (f *fakeTalk) Watch(g func()) func() { f.tell = g; return func() {} }
func (f *fakeTalk) note(s string) error   { f.calls = append(f.calls, s); return f.fail }
func (f *fakeTalk) Send(s string) error   { return f.note("send " + s) }
func (f *fakeTalk) Offer(s string) error  { return f.note("offer " + s) }
func (f *fakeTalk) Accept(s string) error { return f.note("accept " + s) }
func (f *fakeTalk) Refuse(s string) error { return f.note("refuse " + s) }
func (f *fakeTalk) Cancel(s string) error { return f.note("cancel " + s) }

func TestUnreadLinesAreCountedThoughOldOnesGiveWay(t *testing.T) {
	line := func(n int) talk.Line { return talk.Line{Text: "x", At: time.Unix(int64(n), 0)} }
	shown := []talk.Line{line(1), line(2), line(3)}
	for _, c := range []struct {
		lines []talk.Line
		want  int
	}{
		{shown, 0}, {[]talk.Line{line(2), line(3), line(4)}, 1}, {append(shown[:3:3], line(4), line(5)), 2},
		{[]talk.Line{line(1), line(2), {Text: "x", At: time.Unix(3, 0), Seen: true}, line(4)}, 1}, {nil, 0},
	} {
		if got := newer(c.lines, shown); len(got) != c.want {
			t.Errorf("%v: %v", c.lines, got)
		}
	}
}

func TestWhatIsWrittenInACall(t *testing.T) {
	fake := &fakeTalk{}
	onDesk(t, func(c *Config, _ *rig) { c.Talk = fake }, func(r *rig) {
		tell := func() { fake.tell(); synctest.Wait() }
		r.SetChat(true)
		tell()
		if r.Model().Chat.Open {
			t.Error("it is open without a call")
		}
		r.event(call.Event{State: call.Connected, Session: "s"})
		fake.possible, fake.theirs = true, Theirs{Muted: true}
		fake.lines = []talk.Line{{Text: "hello"}, {Text: "mine", Mine: true}, {Text: "they are recording", Notes: true}}
		tell()
		if c := r.Model().Chat; !c.Possible || c.Unread != 1 || len(c.Lines) != 3 || !r.Model().Theirs.Muted {
			t.Errorf("%+v", c)
		}
		r.SetChat(true)
		fake.lines = append(fake.lines, talk.Line{Text: "more"})
		tell()
		if c := r.Model().Chat; c.Unread != 0 || !c.Open {
			t.Errorf("open: %+v", c)
		}
		r.Write("hi")
		r.OfferFiles("/a", "/b")
		r.AcceptFile("1")
		r.RefuseFile("2")
		r.CancelFile("3")
		synctest.Wait()
		if want := []string{"send hi", "offer /a", "offer /b", "accept 1", "refuse 2", "cancel 3"}; !equal(fake.calls, want) {
			t.Errorf("%v, want %v", fake.calls, want)
		}
		fake.fail = errors.New("it is gone")
		r.Write("x")
		synctest.Wait()
		if r.Model().Notice.Text.Key != "it is gone" {
			t.Errorf("%+v", r.Model().Notice)
		}
		r.event(call.Event{State: call.Ended, Session: "s"})
		r.event(call.Event{State: call.Dialing, Session: "t"})
		tell()
		r.event(call.Event{State: call.Connected, Session: "t", Address: "https://x/c/y#secret", Way: call.ByLink, Standing: call.Changed, Words: []string{"a"}})
		if m := r.Model(); !m.Chat.Possible || m.Where != "" && m.Where != "https://x/c/y" || m.Way.IsZero() || !m.Trust.Open {
			t.Errorf("what was told before the call was connected is forgotten, or the words are not shown: %+v", m)
		}
		r.event(call.Event{State: call.Ended, Session: "t"})
		if c := r.Model().Chat; c.Open || c.Possible {
			t.Errorf("after the call: %+v", c)
		}
	})
}

func TestWordsAreVerifiedAndCallersBlocked(t *testing.T) {
	var verified, blocked []call.Event
	var wentOn int
	fail := errors.New("the disk is full")
	change := func(c *Config, _ *rig) {
		c.Verify = func(e call.Event) error { verified = append(verified, e); return fail }
		c.Block = func(e call.Event) error { blocked = append(blocked, e); return nil }
		c.GoOn = func() { wentOn++ }
	}
	onDesk(t, change, func(r *rig) {
		r.event(call.Event{State: call.Connected, Session: "s", Them: "Ann"})
		r.Verify()
		synctest.Wait()
		if m := r.Model(); m.Trust.Standing == Verified || m.Notice.Kind != Failure {
			t.Errorf("what was not kept: %+v, %+v", m.Trust, m.Notice)
		}
		fail = nil
		r.Verify()
		r.GoOn()
		synctest.Wait()
		if m := r.Model(); m.Trust.Standing != Verified || len(verified) != 2 || verified[1].Them != "Ann" || wentOn != 1 {
			t.Errorf("%+v after %+v", m.Trust, verified)
		}
		r.event(call.Event{State: call.Ended, Session: "s"})
		r.event(call.Event{State: call.Ringing, Incoming: true, Session: "t", Them: "Mallory"})
		r.BlockCaller()
		synctest.Wait()
		if len(blocked) != 1 || blocked[0].Them != "Mallory" || !equal(r.phone.calls, []string{"decline"}) {
			t.Errorf("blocked %+v, %v", blocked, r.phone.calls)
		}
	})
}
