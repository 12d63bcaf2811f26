package people

import (
	"path/filepath"
	"testing"
	"time"

	"parley/call"
)

func diary(t *testing.T) (*Diary, *Store) {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "people.json"))
	must(t, err)
	return NewDiary(s, func(err error) { t.Error(err) }), s
}

// events of one call, a second apart.
func tell(d *Diary, e call.Event, states ...call.State) {
	for i, s := range states {
		e.State, e.At = s, noon.Add(time.Duration(i)*time.Second)
		d.Note(e)
	}
}

func TestHistory(t *testing.T) {
	connected := []call.State{call.Ringing, call.Connecting, call.Connected, call.Reconnecting, call.Connected, call.Ended}
	rang := []call.State{call.Ringing, call.Ended}
	for _, c := range []struct {
		name     string
		incoming bool
		reason   call.Reason
		states   []call.State
		want     Outcome
		length   time.Duration
	}{
		{"answered", true, call.HungUp, connected, Answered, 3 * time.Second},
		{"lost", false, call.Lost, connected, Answered, 3 * time.Second},
		{"missed", true, call.Cancelled, rang, Missed, 0},
		{"not heard", true, call.NoAnswer, rang, Missed, 0},
		{"declined", true, call.Declined, rang, Declined, 0},
		{"broken", true, call.Broken, rang, Failed, 0},
		{"they declined", false, call.Declined, rang, Declined, 0},
		{"they are busy", false, call.Busy, rang, Busy, 0},
		{"no answer", false, call.NoAnswer, rang, NoAnswer, 0},
		{"given up", false, call.Cancelled, rang, Cancelled, 0},
		{"not reached", false, call.Unreachable, rang, Failed, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, s := diary(t)
			tell(d, call.Event{Session: "a", Them: "Ann", Address: "https://x/c/slot#secret", Incoming: c.incoming, Reason: c.reason}, c.states...)
			h := s.Get().History
			if len(h) != 1 || h[0].Outcome != c.want || h[0].Length != c.length || h[0].Name != "Ann" || h[0].Incoming != c.incoming || !h[0].At.Equal(noon) {
				t.Fatalf("%+v", h)
			}
			if h[0].Address != "https://x/c/slot" {
				t.Errorf("kept %q", h[0].Address)
			}
		})
	}
	d, s := diary(t)
	tell(d, call.Event{Session: "b", Them: "Bob", Address: "7-acorn-tulip", Way: call.ByCode, Reason: call.HungUp}, connected...)
	if h := s.Get().History; len(h) != 1 || h[0].Address != "" || h[0].Way != call.ByCode {
		t.Errorf("a spoken code is kept: %+v", h)
	}
	d, s = diary(t)
	tell(d, call.Event{Loopback: true, Session: "a"}, connected...)
	if len(s.Get().History) != 0 {
		t.Error("a call to oneself is in the history")
	}
}

func TestMachinesArePinned(t *testing.T) {
	d, s := diary(t)
	must(t, s.Change(func(b *Book) error {
		return b.Put(Contact{Name: "Ann", Addresses: []string{"ann"}, Fingerprint: "FA", Verified: noon})
	}))
	tell(d, call.Event{Session: "a", Address: "there", Fingerprint: "F1"}, call.Connected, call.Ended)
	if got := s.Standing(call.Caller{Address: "there", Fingerprint: "F2"}); got != call.Changed {
		t.Errorf("another machine is %q", got)
	}
	tell(d, call.Event{Session: "b", Address: "there", Fingerprint: "F2"}, call.Connected, call.Ended) // the person went on
	if got := s.Standing(call.Caller{Address: "there", Fingerprint: "F2"}); got != call.Known {
		t.Errorf("the machine of last time is %q", got)
	}
	tell(d, call.Event{Session: "c", Address: "ann", Fingerprint: "F3"}, call.Connected, call.Ended)
	if got := s.Standing(call.Caller{Address: "ann", Fingerprint: "F3"}); got != call.Changed {
		t.Errorf("a verified contact's other machine is %q: going on is not comparing words", got)
	}
	tell(d, call.Event{Session: "d", Address: "12-apple-river", Way: call.ByCode, Fingerprint: "F4"}, call.Connected, call.Ended)
	if n := len(s.Get().Pins); n != 2 {
		t.Errorf("%d pins; a spoken code is used once", n)
	}
}

func TestCallsThatNeverRang(t *testing.T) {
	d, s := diary(t)
	rang := call.Event{Session: "a", Them: "Ann", Incoming: true, Reason: call.NoAnswer}
	tell(d, rang, call.Ringing, call.Ended)
	d.Missed(rang)
	d.Missed(call.Event{Session: "b", Them: "Bob", Incoming: true, Reason: call.Busy, At: noon})
	if h := s.Get().History; len(h) != 2 || h[0].Outcome != Missed || h[1].Outcome != Missed || h[1].Name != "Bob" {
		t.Errorf("%+v", h)
	}
}
