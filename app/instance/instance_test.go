package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func begin(t *testing.T, socket string, order Order) *First {
	t.Helper()
	f, err := Begin(socket, order)
	if err != nil {
		t.Fatal(err)
	}
	if f != nil {
		t.Cleanup(func() {
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return f
}

func TestTheSecondHandsItsLinkToTheFirst(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "new", "p.sock")
	first := begin(t, socket, Order{Link: "mine"})
	if first == nil {
		t.Fatal("there was no first")
	}
	want := Order{Link: "https://example.org/c/slot#secret"}
	if begin(t, socket, want) != nil {
		t.Fatal("there are two first ones")
	}
	if got := <-first.Orders(); got != want {
		t.Errorf("heard %+v", got)
	}
	info, err := os.Stat(socket)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v (%v)", info.Mode(), err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if _, open := <-first.Orders(); open {
		t.Error("there are orders after the end")
	}
	if begin(t, socket, Order{}) == nil {
		t.Error("nobody may be first after the first")
	}
}

func TestOfManyAtOneMomentOneIsFirst(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "p.sock")
	const many = 6 // fewer than the orders that may wait
	firsts := make(chan *First, many)
	var wait sync.WaitGroup
	for range many {
		wait.Go(func() {
			f, err := Begin(socket, Order{Link: "x"})
			if err != nil {
				t.Error(err)
			}
			if f != nil {
				firsts <- f
			}
		})
	}
	wait.Wait()
	if len(firsts) != 1 {
		t.Fatalf("%d are first", len(firsts))
	}
	first := <-firsts
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	heard := 0
	for range first.Orders() {
		heard++
	}
	if heard != many-1 {
		t.Errorf("%d orders were heard of %d", heard, many-1)
	}
}

// A socket that a crash left, with nobody behind it, is in nobody's way.
func TestWhatACrashLeft(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "p.sock")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if begin(t, socket, Order{}) == nil {
		t.Error("this start is not the first")
	}
}

func TestNonsenseIsNotHeard(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "p.sock")
	first := begin(t, socket, Order{})
	for _, text := range []string{"\n", "no JSON\n", `{"link":1}` + "\n", `{"link":"` + strings.Repeat("x", mostBytes) + `"}` + "\n"} {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(text)) // may be hung up on before its end
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		if n, err := conn.Read(make([]byte, 8)); n > 0 || err == nil {
			t.Errorf("%.20q is answered", text)
		}
		conn.Close()
	}
	select {
	case o := <-first.Orders():
		t.Errorf("heard %+v", o)
	default:
	}
}

func TestAFirstThatDoesNotAnswer(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "p.sock")
	first := begin(t, socket, Order{})
	for range waiting {
		begin(t, socket, Order{})
	}
	if _, err := Begin(socket, Order{}); !errors.Is(err, ErrSilent) {
		t.Errorf("with no place for it: %v", err)
	}
	if len(first.Orders()) != waiting {
		t.Errorf("%d orders wait", len(first.Orders()))
	}
}

func TestPlace(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", "/run/user/7")
	if got := Place("/home/a"); filepath.Dir(got) != "/run/user/7/parley" || got == Place("/home/b") || got != Place("/home/a") {
		t.Errorf("%s, and for another identity %s", got, Place("/home/b"))
	}
	t.Setenv("XDG_RUNTIME_DIR", "")
	if got := Place("/home/a"); !strings.HasPrefix(got, "/home/a/") {
		t.Errorf("without a runtime folder: %s", got)
	}
	if got := Place("/" + strings.Repeat("a", 200)); len(got) > 260 {
		t.Errorf("in a deep folder: %s", got)
	}
}
