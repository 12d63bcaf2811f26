// Package notify shows notes on the desktop, outside the window, over the
// session bus: https://specifications.freedesktop.org/notification-spec/
//
// It starts no bus where there is none. It owns the connection's goroutines and
// one that hears what a person clicked; Close ends them.
package notify

import (
	"context"
	"errors"
	"html"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"parley/app/herald"
)

const (
	service = "org.freedesktop.Notifications"
	object  = "/org/freedesktop/Notifications"

	icon  = "app.parley.Parley"
	entry = "parley" // the desktop file's name
)

// Levels of urgency.
const (
	normal   byte = 1
	critical byte = 2 // stands until it is answered, also where nothing is to disturb
)

// patience is how long the desktop may take to answer. Who asks holds up the
// end of the program. Tests have less.
var patience = 3 * time.Second

// Bus is a herald.Board. Its zero value is ready to be used; it joins the
// session bus with the first note.
type Bus struct {
	mu     sync.Mutex
	conn   *dbus.Conn
	shown  map[uint32]herald.Note
	closed bool
	wait   sync.WaitGroup
}

var _ herald.Board = (*Bus)(nil)

// errClosed is what a bus that was closed answers.
var errClosed = errors.New("the program is ending")

// Show puts a note up, in the place of another one if that is not 0.
func (b *Bus) Show(n herald.Note, instead uint32) (uint32, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	conn, err := b.join()
	if err != nil {
		return 0, err
	}
	urgency, expires := normal, int32(-1) // as the desktop likes it
	hints := map[string]dbus.Variant{
		"desktop-entry": dbus.MakeVariant(entry), "suppress-sound": dbus.MakeVariant(true), "category": dbus.MakeVariant("im.received"),
	}
	if n.Stays {
		urgency, expires = critical, 0
		hints["category"] = dbus.MakeVariant("call.incoming")
	}
	hints["urgency"] = dbus.MakeVariant(urgency)
	actions := []string{}
	for _, a := range n.Actions {
		actions = append(actions, a.Key, a.Label)
	}
	var id uint32
	// A body may hold marks, and what stands in it is a stranger's word.
	err = ask(conn.Object(service, object), service+".Notify",
		"Parley", instead, icon, n.Title, html.EscapeString(n.Body), actions, hints, expires).Store(&id)
	if err != nil {
		return 0, err
	}
	delete(b.shown, instead)
	b.shown[id] = n
	return id, nil
}

// Withdraw takes a note away.
func (b *Bus) Withdraw(id uint32) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, there := b.shown[id]; !there || b.conn == nil {
		return nil
	}
	delete(b.shown, id)
	return ask(b.conn.Object(service, object), service+".CloseNotification", id).Err
}

func ask(whom dbus.BusObject, method string, args ...any) *dbus.Call {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return whom.CallWithContext(ctx, method, 0, args...)
}

// join is the connection; it is made anew where the one before is lost. b.mu is
// held.
func (b *Bus) join() (*dbus.Conn, error) {
	if b.closed {
		return nil, errClosed
	}
	if b.conn != nil && b.conn.Connected() {
		return b.conn, nil
	}
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err == nil {
		err = conn.AddMatchSignal(dbus.WithMatchObjectPath(object), dbus.WithMatchInterface(service), dbus.WithMatchSender(service))
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	b.conn, b.shown = conn, map[uint32]herald.Note{}
	b.wait.Go(func() { b.hear(conn, signals) })
	return conn, nil
}

// hear ends with the connection.
func (b *Bus) hear(conn *dbus.Conn, signals <-chan *dbus.Signal) {
	for s := range signals {
		var id, why uint32
		var key string
		switch s.Name {
		case service + ".ActionInvoked":
			if dbus.Store(s.Body, &id, &key) != nil {
				continue
			}
			if n, ours := b.noteOf(id); ours && n.Chosen != nil && isDesktop(conn, s.Sender) {
				n.Chosen(key)
			}
		case service + ".NotificationClosed":
			if dbus.Store(s.Body, &id, &why) != nil {
				continue
			}
			if _, ours := b.noteOf(id); ours && isDesktop(conn, s.Sender) {
				b.mu.Lock()
				delete(b.shown, id)
				b.mu.Unlock()
			}
		}
	}
}

func (b *Bus) noteOf(id uint32) (n herald.Note, ours bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, ours = b.shown[id]
	return n, ours
}

// isDesktop tells whether somebody on the bus is who shows the notes. Any
// program there may send a signal to this one, whatever was asked to match: it
// would take a call with the camera on that nobody clicked.
func isDesktop(conn *dbus.Conn, who string) bool {
	var owner string
	err := ask(conn.BusObject(), "org.freedesktop.DBus.GetNameOwner", service).Store(&owner)
	return err == nil && owner != "" && owner == who
}

// Close leaves the bus and waits. It is idempotent.
func (b *Bus) Close() error {
	b.mu.Lock()
	conn := b.conn
	b.conn, b.closed = nil, true
	b.mu.Unlock()
	if conn == nil {
		return nil
	}
	err := conn.Close()
	b.wait.Wait()
	return err
}

// There tells whether there is a session bus, and on it whoever has a name.
func There(name string) bool {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return false
	}
	// Nothing is lost with this connection.
	defer func() { _ = conn.Close() }()
	if conn.Auth(nil) != nil || conn.Hello() != nil {
		return false
	}
	var owned bool
	return conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned) == nil && owned
}
