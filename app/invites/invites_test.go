package invites

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

const server = "https://meet.example"

// fakeRoom notes what is open.
type fakeRoom struct {
	origin, key string
	tell        func(call.DoorChange)
	mu          sync.Mutex
	open        []call.Door
	codes       int
	closed      bool
}

func (r *fakeRoom) Open(d call.Door) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = append(r.open, d)
}

func (r *fakeRoom) Shut(slot string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = slices.DeleteFunc(r.open, func(d call.Door) bool { return d.Slot == slot })
}

func (r *fakeRoom) OpenCode()    { r.codes++ }
func (r *fakeRoom) ShutCode()    { r.codes-- }
func (r *fakeRoom) Close() error { r.closed = true; return nil }

func (r *fakeRoom) doors() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.open)
}

// desk is a keeper whose rooms are the test's.
type desk struct {
	*Keeper
	rooms []*fakeRoom
	store *Store
}

func kept(t *testing.T, store *Store) *desk {
	d := &desk{store: store}
	d.Keeper = Keep(KeeperConfig{
		Store: store, Log: slog.New(slog.DiscardHandler),
		Server: func() (string, string) { return server, "" },
		NewRoom: func(origin, key string, notify func(call.DoorChange)) Room {
			r := &fakeRoom{origin: origin, key: key, tell: notify}
			d.rooms = append(d.rooms, r)
			return r
		},
	})
	t.Cleanup(func() { d.Close() })
	return d
}

func newStore(t *testing.T) *Store { return At(Path(filepath.Join(t.TempDir(), "data"))) }

func TestLinksOfEachKind(t *testing.T) {
	now := time.Now()
	for kind, order := range map[Kind]Order{Once: {Kind: Once}, Timed: {Kind: Timed, Lasts: time.Hour}, Always: {Kind: Always, For: " Ann\n"}} {
		order.Origin, order.Key = server, "my-team-invite-KEY"
		i, err := Make(order, now)
		if err != nil {
			t.Fatal(err)
		}
		link, err := call.ParseInvitation(i.Link())
		d := i.Door()
		switch {
		case err != nil || link.Origin() != server || call.SpaceOf(link.Slot) != "my-team":
			t.Errorf("%s: the link %s, %v", kind, i.Link(), err)
		case d.Slot != link.Slot || d.Secret != link.Secret || d.Slot != call.SlotOf("my-team", d.Claim):
			t.Errorf("%s: the door %+v", kind, d)
		case d.Once != (kind == Once) || d.Until.IsZero() != (kind != Timed):
			t.Errorf("%s: %+v", kind, d)
		case !i.Works(now) || i.Works(now.Add(2*time.Hour)) != (kind != Timed):
			t.Errorf("%s: how long it works is wrong", kind)
		}
	}
	for _, bad := range []Order{{Kind: "often", Origin: server}, {Kind: Timed, Origin: server}, {Kind: Once}, {Kind: Once, Origin: "http://meet.example"}} {
		if i, err := Make(bad, now); err == nil {
			t.Errorf("%+v made %+v", bad, i)
		}
	}
}

func TestStoreIsPrivate(t *testing.T) {
	s := newStore(t)
	i, err := Make(Order{Kind: Always, Origin: server}, time.Now())
	if err := errors.Join(err, s.Add(i)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.path, s.path + ".lock"} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	all, err := s.List()
	if err != nil || len(all) != 1 || all[0].Link() != i.Link() || !all[0].Made.Equal(i.Made) {
		t.Errorf("got %+v, %v", all, err)
	}
}

func TestDamagedFileIsLeftAlone(t *testing.T) {
	for _, text := range []string{"{", `{"version":9}`, `{"version":1,"links":[{"id":"x","kind":"once","origin":"http://meet.example","claim":"c","secret":"s"}]}`} {
		s := newStore(t)
		os.MkdirAll(filepath.Dir(s.path), 0o700)
		if err := os.WriteFile(s.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		i, _ := Make(Order{Kind: Once, Origin: server}, time.Now())
		if err := s.Add(i); !errors.Is(err, ErrFile) {
			t.Errorf("%s: %v", text, err)
		}
		if got, _ := os.ReadFile(s.path); string(got) != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore(t)
		d := kept(t, store)
		var heard []Event
		defer d.Watch(func(e Event) { heard = append(heard, e) })()
		once, err1 := d.Make(Order{Kind: Once})
		always, err2 := d.Make(Order{Kind: Always, For: "Ann"})
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if len(d.rooms) != 1 || d.rooms[0].doors() != 2 {
			t.Fatalf("%d rooms", len(d.rooms))
		}
		room := d.rooms[0]
		room.tell(call.DoorChange{Kind: call.DoorOpened, Slot: always.Slot()})
		synctest.Wait()
		if all := d.List(); len(all) != 2 || len(heard) != 1 || heard[0].Invite.ID != always.ID {
			t.Errorf("listed %+v, heard %+v", all, heard)
		}
		if i, ok := d.By("meet.example/c/" + always.Slot()); !ok || i.For != "Ann" {
			t.Errorf("the caller came by %+v, %v", i, ok)
		}
		room.tell(call.DoorChange{Kind: call.DoorAway, Err: errors.New("no network")})
		synctest.Wait()
		for _, s := range d.List() {
			if s.Open || s.Error == nil {
				t.Errorf("without a network %+v", s)
			}
		}
		room.tell(call.DoorChange{Kind: call.DoorShut, Slot: once.Slot()}) // used up
		synctest.Wait()
		if all, err := store.List(); err != nil || len(all) != 1 || all[0].ID != always.ID {
			t.Errorf("kept %+v, %v", all, err)
		}
		if err := d.Revoke(always.ID); err != nil || room.doors() != 0 || len(d.List()) != 0 {
			t.Errorf("after revoking: %v, %d doors", err, room.doors())
		}
		if err := d.Code(); err != nil || room.codes != 1 {
			t.Errorf("code: %v", err)
		}
		d.EndCode()
		if err := d.Close(); err != nil || room.codes != 0 || !room.closed {
			t.Errorf("after the end: %v, %+v", err, room)
		}
	})
}

// What another program adds to the file is opened, and shut when it is gone.
func TestFileIsChangedByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore(t)
		d := kept(t, store)
		i, err := Make(Order{Kind: Always, Origin: server, Key: "team-invite-K"}, time.Now())
		if err := errors.Join(err, At(store.path).Add(i)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * lookEvery)
		synctest.Wait()
		if len(d.rooms) != 1 || d.rooms[0].doors() != 1 || d.rooms[0].key != i.Key {
			t.Fatalf("rooms %+v", d.rooms)
		}
		var heard []Event
		defer d.Watch(func(e Event) { heard = append(heard, e) })()
		if err := At(store.path).Remove(i.ID); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * lookEvery)
		synctest.Wait()
		if d.rooms[0].doors() != 0 {
			t.Error("a link that is gone from the file leads here")
		}
		if len(heard) == 0 || heard[0].Kind != call.DoorShut || heard[0].Invite.ID != i.ID {
			t.Errorf("whoever shows it heard %+v", heard)
		}
	})
}

func TestLinksAreOpenAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore(t)
		first := kept(t, store)
		_, err1 := first.Make(Order{Kind: Always})
		short, err2 := first.Make(Order{Kind: Timed, Lasts: time.Minute})
		if err := errors.Join(err1, err2, first.Close()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		again := kept(t, store)
		if again.rooms[0].doors() != 1 {
			t.Errorf("%d links lead here", again.rooms[0].doors())
		}
		if all, _ := store.List(); slices.ContainsFunc(all, func(i Invite) bool { return i.ID == short.ID }) {
			t.Error("a link that ran out is kept")
		}
	})
}

func TestNoServer(t *testing.T) {
	k := Keep(KeeperConfig{Store: newStore(t), Log: slog.New(slog.DiscardHandler), Server: func() (string, string) { return "", "" }})
	defer k.Close()
	if _, err := k.Make(Order{Kind: Once}); !errors.Is(err, ErrNoServer) {
		t.Errorf("a link: %v", err)
	}
	if err := k.Code(); !errors.Is(err, ErrNoServer) {
		t.Errorf("a code: %v", err)
	}
}
