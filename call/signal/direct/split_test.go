package direct

import (
	"bytes"
	"io"
	"net"
	"strconv"
	"testing"
	"time"

	"parley/call"
)

// A connection that is framed as media comes out where media is taken, whole,
// and a call beside it on the same port.
func TestMediaAndCallsShareThePort(t *testing.T) {
	l := listen(t)
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(l.Port()))
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	frame := []byte{0, 4, 'A', 'B', 'C', 'D'}
	if _, err := conn.Write(frame); err != nil {
		t.Fatal(err)
	}
	media, err := l.Media().Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer media.Close()
	got := make([]byte, len(frame))
	if _, err := io.ReadFull(media, got); err != nil || !bytes.Equal(got, frame) {
		t.Errorf("got %q, %v", got, err)
	}
	type result struct {
		link call.Link
		err  error
	}
	accepted := make(chan result, 1)
	go func() {
		link, err := l.Accept(t.Context())
		accepted <- result{link, err}
	}()
	link, err := Dialer{}.Dial(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	if r := <-accepted; r.err != nil {
		t.Error(r.err)
	} else {
		r.link.Close()
	}
}

// Whoever takes media cannot close the port, and hears of its end.
func TestMediaEndsWithThePort(t *testing.T) {
	l := listen(t)
	if err := l.Media().Close(); err != nil {
		t.Fatal(err)
	}
	probe, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(l.Port())))
	if err != nil {
		t.Fatalf("the port is closed: %v", err)
	}
	defer probe.Close() // which says nothing, and holds up nobody
	began := time.Now()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > headerTimeout/2 {
		t.Errorf("closing took %v", took)
	}
	if _, err := l.Media().Accept(); err == nil {
		t.Error("media is taken on a port that is closed")
	}
}
