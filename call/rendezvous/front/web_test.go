package front

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener within the process.
type pipes struct {
	come chan net.Conn
	done chan struct{}
	once sync.Once
}

func newPipes() *pipes { return &pipes{come: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) dial() net.Conn {
	here, there := net.Pipe()
	p.come <- there
	return here
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.come:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// Who connects and does not ask, or asks a letter a second, is cut off.
func TestHalfOpenConnectionsEnd(t *testing.T) {
	for name, text := range map[string]string{"nothing": "", "half a request": "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newPipes()
				web := Serve(l, http.NotFoundHandler(), nil, slog.New(slog.DiscardHandler))
				conn, started := l.dial(), time.Now()
				var slow sync.WaitGroup
				slow.Go(func() {
					_, err := io.WriteString(conn, text)
					for err == nil && text != "" {
						<-time.After(time.Second)
						_, err = io.WriteString(conn, "x")
					}
				})
				if _, err := io.Copy(io.Discard, conn); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(started); took != headerTimeout {
					t.Errorf("cut off after %v", took)
				}
				conn.Close()
				slow.Wait()
				if err := web.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// Whoever came in before the door closed has an answer, and nobody comes in
// afterwards.
func TestCloseAnswersWhoCameIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		web := Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "yes") }), nil, slog.New(slog.DiscardHandler))
		conn := l.dial()
		defer conn.Close()
		synctest.Wait()
		closed := make(chan error, 1)
		go func() { closed <- web.Close() }()
		synctest.Wait() // it waits for the one who came in
		go io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if body, err := io.ReadAll(answer.Body); string(body) != "yes" || err != nil {
			t.Errorf("%q, %v", body, err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Error("the door is open still")
		}
	})
}

func TestInheritRefusesNonsense(t *testing.T) {
	for _, bad := range []string{"tcp/x", "tcp/x=one", "tcp/x=1"} {
		t.Setenv(socketsVariable, bad)
		if _, err := Inherit(); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	t.Setenv(readyVariable, "x")
	if Ready() == nil {
		t.Error("a pipe called x was written to")
	}
}

func TestNotify(t *testing.T) {
	path := t.TempDir() + "/notify"
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	if err := NotifyMain(42); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 100)
	if n, err := l.Read(buffer); err != nil || string(buffer[:n]) != "MAINPID=42\nREADY=1" {
		t.Errorf("%q, %v", buffer[:n], err)
	}
	t.Setenv("NOTIFY_SOCKET", "")
	if err := NotifyReady(); err != nil {
		t.Errorf("without systemd: %v", err)
	}
}

func TestComplaintsNameNobody(t *testing.T) {
	for in, want := range map[string]string{
		"http: TLS handshake error from 203.0.113.7:4000: EOF":                "http: TLS handshake error from ADDRESS EOF",
		"http: panic serving [2001:db8::1]:4000: x":                           "http: panic serving ADDRESS x",
		"read tcp 127.0.0.1:80->203.0.113.7:4000: connection reset by peer\n": "read tcp ADDRESS connection reset by peer",
		"http: Accept error: too many open files; retrying in 5ms":            "http: Accept error: too many open files; retrying in 5ms",
	} {
		if got := withoutAddresses(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

// What is wrong with this server is not hidden among what strangers do.
func TestOwnTroubleIsTold(t *testing.T) {
	for in, want := range map[string]slog.Level{
		"http: panic serving 203.0.113.7:4000: x\n":                slog.LevelError,
		"http: Accept error: too many open files; retrying in 5ms": slog.LevelWarn,
		"http: TLS handshake error from 203.0.113.7:4000: EOF":     slog.LevelDebug,
	} {
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		if n, err := (discreet{log}).Write([]byte(in)); n != len(in) || err != nil {
			t.Errorf("%q: %d, %v", in, n, err)
		}
		if got := out.String(); !strings.Contains(got, "level="+want.String()) || strings.Contains(got, "203.0.113.7") {
			t.Errorf("%q was told as %q", in, got)
		}
	}
}
