// Package instance lets a second start of the program hand what it was asked
// for to the first one, over a socket that only its owner can reach.
//
//	second ── {"link":"…"} ──> first
//	       <──────── ok ──────
//
// Who is the first is decided by a lock on a file beside the socket, which ends
// with its process, so that neither two starts at one moment nor what a crash
// left behind confuse it. The package owns the goroutine that listens, and one
// for each second start that is being heard; Close ends them.
package instance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Order is what a start of the program was asked for.
type Order struct {
	Link string `json:"link,omitempty"` // to be called
	Ask  bool   `json:"ask,omitempty"`  // whether to call it
}

// ErrSilent is returned where another start is the first and does not answer.
var ErrSilent = errors.New("Parley runs already but does not answer; end it, or wait a moment and start this one again")

const (
	patience  = 3 * time.Second
	mostBytes = 64 << 10
	waiting   = 8 // orders that nobody took yet
)

// First is the first start of the program. Its orders are those of later ones.
type First struct {
	lock     *flock.Flock
	listener net.Listener
	orders   chan Order
	done     chan struct{}
	once     sync.Once
	wait     sync.WaitGroup
	err      error
}

// Begin makes this the first start, or hands the order to the one that is: then
// it returns nil. The socket's folder is made where it is not there.
func Begin(socket string, order Order) (*First, error) {
	first, err := Claim(socket)
	if err != nil || first != nil {
		return first, err
	}
	return nil, hand(socket, order)
}

// Claim makes this the first start, unless there is one: then it returns nil.
func Claim(socket string) (*First, error) {
	if err := os.MkdirAll(filepath.Dir(socket), 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(socket+".lock", flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("whether Parley runs already cannot be told: %w", err)
	}
	if !held {
		return nil, nil
	}
	listener, err := listen(socket)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("later starts cannot be heard of: %w", err), lock.Unlock())
	}
	f := &First{lock: lock, listener: listener, orders: make(chan Order, waiting), done: make(chan struct{})}
	f.wait.Go(f.accept)
	return f, nil
}

// listen opens the socket in place of one that a crash left. Between being
// made and being closed to others it lies in a folder that is the owner's.
func listen(socket string) (net.Listener, error) {
	if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// Orders are what later starts were asked for; closed by Close.
func (f *First) Orders() <-chan Order { return f.orders }

func (f *First) accept() {
	for {
		conn, err := f.listener.Accept()
		if err != nil {
			return // closed
		}
		f.wait.Go(func() { f.hear(conn) })
	}
}

// hear takes one order. One that makes no sense, or that there is no place for,
// gets no answer.
func (f *First) hear(conn net.Conn) {
	defer conn.Close()
	if conn.SetDeadline(time.Now().Add(patience)) != nil {
		return
	}
	var order Order
	line, err := bufio.NewReaderSize(conn, mostBytes).ReadSlice('\n')
	if err != nil || json.Unmarshal(line, &order) != nil {
		return
	}
	select {
	case f.orders <- order:
		_, _ = conn.Write([]byte("ok\n")) // the second start may be gone
	case <-f.done:
	default:
	}
}

// Close lets another start be the first. It is idempotent.
func (f *First) Close() error {
	f.once.Do(func() {
		close(f.done)
		f.err = f.listener.Close()
		f.wait.Wait()
		close(f.orders)
		f.err = errors.Join(f.err, f.lock.Close())
	})
	return f.err
}

// hand gives an order to the first start, which may have begun just now.
func hand(socket string, order Order) error {
	until := time.Now().Add(patience)
	conn, err := net.DialTimeout("unix", socket, patience)
	for err != nil && time.Now().Before(until) {
		time.Sleep(50 * time.Millisecond)
		conn, err = net.DialTimeout("unix", socket, patience)
	}
	if err != nil {
		return fmt.Errorf("%w (%w)", ErrSilent, err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	line, err := json.Marshal(order)
	if err != nil {
		return err
	}
	if _, err := conn.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("%w (%w)", ErrSilent, err)
	}
	if answer, err := bufio.NewReader(conn).ReadString('\n'); answer != "ok\n" {
		return fmt.Errorf("%w (%w)", ErrSilent, err)
	}
	return nil
}
