package herald

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// fakes are a phone and a board in one.
type fakes struct {
	tell, miss func(call.Event)
	calls      []string
	notes      map[uint32]Note
	next       uint32
	fail       error
}

func (f *fakes) Watch(g func(call.Event)) func()       { f.tell = g; return func() {} }
func (f *fakes) WatchMissed(g func(call.Event)) func() { f.miss = g; return func() {} }
func (f *fakes) Accept()                               { f.calls = append(f.calls, "accept") }
func (f *fakes) Decline()                              { f.calls = append(f.calls, "decline") }

func (f *fakes) Show(n Note, instead uint32) (uint32, error) {
	if f.fail != nil {
		return 0, f.fail
	}
	f.next++
	delete(f.notes, instead)
	f.notes[f.next] = n
	return f.next, nil
}

func (f *fakes) Withdraw(id uint32) error {
	if _, there := f.notes[id]; !there {
		return fmt.Errorf("there is no note %d", id)
	}
	delete(f.notes, id)
	return nil
}

func (f *fakes) only(t *testing.T) Note {
	t.Helper()
	if len(f.notes) != 1 {
		t.Fatalf("%d notes: %+v", len(f.notes), f.notes)
	}
	for _, n := range f.notes {
		return n
	}
	panic("unreachable")
}

func withHerald(t *testing.T, f func(*fakes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		fake := &fakes{notes: map[uint32]Note{}}
		h := New(Config{
			Phone: fake, Board: fake, Log: slog.New(slog.DiscardHandler),
			Present: func() { fake.calls = append(fake.calls, "present") },
		})
		f(fake)
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (f *fakes) event(e call.Event) {
	f.tell(e)
	synctest.Wait()
}

func ringing(session string) call.Event {
	return call.Event{State: call.Ringing, Incoming: true, Session: session, Them: "Ann", Address: "192.168.1.7"}
}

func TestACallIsShownWhileItRings(t *testing.T) {
	withHerald(t, func(f *fakes) {
		f.event(call.Event{State: call.Ringing, Them: "Bob"})
		if len(f.notes) != 0 {
			t.Fatalf("a call that is made here is told: %+v", f.notes)
		}
		f.event(ringing("a"))
		f.event(ringing("a"))
		n := f.only(t)
		if n.Title != "Ann is calling" || n.Body != "192.168.1.7" || !n.Stays || len(n.Actions) != 3 {
			t.Errorf("the note is %+v", n)
		}
		e := ringing("a")
		e.State, e.Reason = call.Ended, call.Cancelled
		f.event(e)
		if len(f.notes) != 0 {
			t.Errorf("it stays: %+v", f.notes)
		}
	})
}

func TestAnswersFromTheDesktop(t *testing.T) {
	for key, want := range map[string][]string{
		accept: {"accept", "present"}, decline: {"decline"}, open: {"present"},
	} {
		withHerald(t, func(f *fakes) {
			f.event(ringing("a"))
			f.only(t).Chosen(key)
			if !slices.Equal(f.calls, want) {
				t.Errorf("%s: %v, want %v", key, f.calls, want)
			}
		})
	}
}

// What is said to a note that came too late is not said to the next caller.
func TestAnOldNoteTakesNoOtherCall(t *testing.T) {
	withHerald(t, func(f *fakes) {
		f.event(ringing("a"))
		old := f.only(t)
		f.event(ringing("b"))
		old.Chosen(accept)
		old.Chosen(decline)
		if slices.Contains(f.calls, "accept") || slices.Contains(f.calls, "decline") {
			t.Errorf("%v", f.calls)
		}
		f.only(t).Chosen(accept)
		if !slices.Contains(f.calls, "accept") {
			t.Error("the call that rings is not taken")
		}
	})
}

func TestMissedCallsAreTold(t *testing.T) {
	withHerald(t, func(f *fakes) {
		at := time.Date(2026, 1, 2, 15, 4, 0, 0, time.Local)
		f.miss(call.Event{State: call.Ended, Incoming: true, Them: "Ann", At: at})
		f.miss(call.Event{State: call.Ended, Incoming: true, Them: "Bob", At: at})
		synctest.Wait()
		n := f.only(t)
		if n.Title != "Missed call from Bob" || n.Body != "15:04" || n.Stays {
			t.Errorf("the note is %+v", n)
		}
		n.Chosen(open)
		if !slices.Equal(f.calls, []string{"present"}) {
			t.Errorf("%v", f.calls)
		}
	})
}

func TestWithoutADesktopNothingIsLost(t *testing.T) {
	withHerald(t, func(f *fakes) {
		f.fail = errors.New("there is no bus")
		f.event(ringing("a"))
		f.fail = nil
		f.event(ringing("b"))
		if f.only(t).Title != "Ann is calling" {
			t.Error("the next call is not told")
		}
	})
}

func TestTheEndTakesTheNoteAway(t *testing.T) {
	var fake *fakes
	withHerald(t, func(f *fakes) {
		fake = f
		f.event(ringing("a"))
	})
	if len(fake.notes) != 0 {
		t.Errorf("%+v", fake.notes)
	}
}
