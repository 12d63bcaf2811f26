package notify

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"parley/app/dbustest"
	"parley/app/herald"
)

// session starts a bus of its own and makes it this process's session bus.
func session(t *testing.T) *dbus.Conn {
	t.Helper()
	dbustest.Session(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// desktop is a notification server.
type desktop struct {
	shown chan shown
	gone  chan uint32
	next  uint32
}

type shown struct {
	id, instead uint32
	title, body string
	actions     []string
	urgency     any
	expires     int32
}

func (d *desktop) Notify(_ string, instead uint32, _, title, body string, actions []string, hints map[string]dbus.Variant, expires int32) (uint32, *dbus.Error) {
	d.next++
	d.shown <- shown{d.next, instead, title, body, actions, hints["urgency"].Value(), expires}
	return d.next, nil
}

func (d *desktop) CloseNotification(id uint32) *dbus.Error {
	d.gone <- id
	return nil
}

func newDesktop(t *testing.T) (*desktop, *dbus.Conn) {
	t.Helper()
	conn := session(t)
	d := &desktop{shown: make(chan shown, 4), gone: make(chan uint32, 4)}
	if err := conn.Export(d, object, service); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(service, 0); err != nil {
		t.Fatal(err)
	}
	return d, conn
}

func newBus(t *testing.T) *Bus {
	b := &Bus{}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func emit(t *testing.T, conn *dbus.Conn, name string, values ...any) {
	t.Helper()
	if err := conn.Emit(object, service+"."+name, values...); err != nil {
		t.Fatal(err)
	}
}

func TestANoteAndItsAnswer(t *testing.T) {
	d, conn := newDesktop(t)
	b, chosen := newBus(t), make(chan string, 4)
	id, err := b.Show(herald.Note{
		Title: "Ann is calling", Body: "<b>Ann</b> & co", Stays: true, Actions: []herald.Action{{Key: "accept", Label: "Accept"}},
		Chosen: func(key string) { chosen <- key },
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := <-d.shown
	if got.title != "Ann is calling" || got.body != "&lt;b&gt;Ann&lt;/b&gt; &amp; co" || len(got.actions) != 2 || got.actions[0] != "accept" || got.urgency != critical || got.expires != 0 {
		t.Errorf("shown: %+v", got)
	}
	emit(t, conn, "ActionInvoked", id+1, "decline") // another program's note
	emit(t, conn, "ActionInvoked", "nonsense")
	emit(t, conn, "ActionInvoked", id, "accept")
	if key := <-chosen; key != "accept" {
		t.Errorf("chosen: %s", key)
	}
	if err := b.Withdraw(id); err != nil {
		t.Fatal(err)
	}
	if gone := <-d.gone; gone != id {
		t.Errorf("%d was taken away, want %d", gone, id)
	}
	if err := b.Withdraw(id); err != nil {
		t.Errorf("taken away twice: %v", err)
	}
	if len(d.gone) > 0 {
		t.Error("the desktop was told twice")
	}
}

// Another program on the bus answers no call, however it says so.
func TestOnlyTheDesktopAnswers(t *testing.T) {
	_, conn := newDesktop(t)
	b, chosen := newBus(t), make(chan string, 4)
	id, err := b.Show(herald.Note{Title: "Ann is calling", Stays: true, Chosen: func(key string) { chosen <- key }}, 0)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	emit(t, stranger, "ActionInvoked", id, "accept")
	for member, value := range map[string]any{"ActionInvoked": "accept", "NotificationClosed": uint32(1)} {
		stranger.Send(&dbus.Message{
			Type: dbus.TypeSignal,
			Headers: map[dbus.HeaderField]dbus.Variant{
				dbus.FieldPath: dbus.MakeVariant(dbus.ObjectPath(object)), dbus.FieldInterface: dbus.MakeVariant(service),
				dbus.FieldMember: dbus.MakeVariant(member), dbus.FieldDestination: dbus.MakeVariant(b.conn.Names()[0]),
				dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(id, value)),
			},
			Body: []any{id, value},
		}, nil)
	}
	if err := ask(stranger.BusObject(), "org.freedesktop.DBus.GetId").Err; err != nil { // the bus has taken them
		t.Fatal(err)
	}
	emit(t, conn, "ActionInvoked", id, "decline")
	if key := <-chosen; key != "decline" {
		t.Errorf("a stranger's %q was taken", key)
	}
}

func TestANoteThatWasClosedIsNotTakenAway(t *testing.T) {
	d, conn := newDesktop(t)
	b, chosen := newBus(t), make(chan string, 4)
	n := herald.Note{Title: "Missed", Chosen: func(key string) { chosen <- key }}
	first, err := b.Show(n, 0)
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Show(n, first)
	if err != nil {
		t.Fatal(err)
	}
	if one, two := <-d.shown, <-d.shown; two.instead != one.id || one.urgency != normal || one.expires != -1 {
		t.Errorf("%+v, then %+v", one, two)
	}
	emit(t, conn, "NotificationClosed", first, uint32(2))
	emit(t, conn, "ActionInvoked", second, "default") // heard after what came before
	if key := <-chosen; key != "default" {
		t.Errorf("chosen: %s", key)
	}
	if err := b.Withdraw(first); err != nil || len(d.gone) > 0 {
		t.Errorf("%v; %d taken away", err, len(d.gone))
	}
}

// A desktop that hangs keeps nobody waiting for long.
func TestADesktopThatHangs(t *testing.T) {
	defer func(before time.Duration) { patience = before }(patience)
	patience = 100 * time.Millisecond
	d, _ := newDesktop(t)
	b := newBus(t)
	for range cap(d.shown) {
		d.shown <- shown{} // and nobody takes them
	}
	if _, err := b.Show(herald.Note{Title: "Ann is calling"}, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	<-d.shown // lets it end
}

func TestWithoutABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/nothing")
	b := newBus(t)
	begin := time.Now()
	if _, err := b.Show(herald.Note{Title: "x"}, 0); err == nil || time.Since(begin) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(begin))
	}
	if There(service) {
		t.Error("somebody is there")
	}
}

func TestWhoIsThere(t *testing.T) {
	newDesktop(t)
	if !There(service) || There("org.example.Nobody") {
		t.Errorf("%v, and nobody: %v", There(service), There("org.example.Nobody"))
	}
}

func TestNothingIsShownAfterTheEnd(t *testing.T) {
	newDesktop(t)
	b := newBus(t)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Show(herald.Note{}, 0); !errors.Is(err, errClosed) {
		t.Errorf("%v", err)
	}
}
