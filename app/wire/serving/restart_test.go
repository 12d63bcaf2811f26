package serving

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// natsVariable names the cluster of that server.
const natsVariable = "PARLEY_TEST_NATS"

// serveVariable has this test's program be a server, in a folder.
const serveVariable = "PARLEY_TEST_SERVE"

func TestMain(m *testing.M) {
	if folder := os.Getenv(serveVariable); folder != "" {
		os.Exit(beServer(folder))
	}
	os.Exit(m.Run())
}

// beServer is what parley serve does, without its flags.
func beServer(folder string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	restart := make(chan os.Signal, 1)
	signal.Notify(restart, syscall.SIGHUP)
	err := Run(ctx, Options{
		Listen: "127.0.0.1:0", Open: true, Folder: folder, Drain: time.Minute, NATS: os.Getenv(natsVariable), Restart: restart, Program: os.Args,
		Version: os.Getenv("PARLEY_TEST_VERSION"), Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Started: func(web, _ string) { fmt.Println(os.Getpid(), web) },
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process is a server that a test started, and those that it starts.
type process struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

// startProcess starts one.
func startProcess(t *testing.T, environment ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(append(os.Environ(), serveVariable+"="+t.TempDir()), environment...)
	cmd.Stderr = os.Stderr
	out, in, err := os.Pipe() // not StdoutPipe: the next process writes there too
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		out.Close()
	})
	return &process{cmd, bufio.NewScanner(out)}
}

// started reads which process serves where.
func (p *process) started(t *testing.T) (pid int, url string) {
	t.Helper()
	if !p.lines.Scan() {
		t.Fatal("no server started")
	}
	var address string
	if _, err := fmt.Sscan(p.lines.Text(), &pid, &address); err != nil {
		t.Fatalf("%q: %v", p.lines.Text(), err)
	}
	return pid, "http://" + address
}

// knocker asks a server again and again, until it is stopped.
type knocker struct {
	asked  atomic.Int64
	failed atomic.Value // the last error
	done   chan struct{}
	stop   context.CancelFunc
}

func startKnocking(url string) *knocker {
	ctx, stop := context.WithCancel(context.Background())
	k := &knocker{done: make(chan struct{}), stop: stop}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	go func() {
		defer close(k.done)
		for ctx.Err() == nil {
			k.asked.Add(1)
			answer, err := client.Get(url + "/healthz")
			if err == nil && answer.StatusCode != http.StatusOK {
				err = errors.New(answer.Status)
			}
			if err != nil {
				k.failed.Store(err)
			}
			if answer != nil {
				answer.Body.Close()
			}
		}
	}()
	return k
}

// A restart: whoever asks is answered, hosts come back at once, a call that is
// set up goes on through the old process, which ends with it.
func TestRestartIsNotNoticed(t *testing.T) {
	server := startProcess(t)
	pid, url := server.started(t)
	busy, slot := rendezvoustest.Room(t, url, "busy")
	guest, session := rendezvoustest.Visitor(t, url, slot, busy)
	rendezvoustest.SetUp(t, busy, guest, session)
	idle, room := rendezvoustest.Room(t, url, "idle")
	waits := rendezvoustest.Connect(t, url)
	waits.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("", "later")})
	waits.Hear(call.Waiting)
	knocks := startKnocking(url)

	if err := server.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	next, sameURL := server.started(t)
	defer syscall.Kill(next, syscall.SIGKILL)
	if next == pid || sameURL != url {
		t.Fatalf("process %d at %s follows %d at %s", next, sameURL, pid, url)
	}
	for name, p := range map[string]*rendezvoustest.Program{"idle": idle, "waiting": waits} {
		p.Refused(call.GoingAway)
		if status := p.Ended(); status != websocket.StatusGoingAway {
			t.Errorf("the %s one's connection ended with %v", name, status)
		}
	}
	busy.Refused(call.GoingAway)
	guest.Refused(call.GoingAway)

	idle, _ = rendezvoustest.Room(t, url, "idle") // at the new process
	late, second := rendezvoustest.Visitor(t, url, room, idle)
	rendezvoustest.SetUp(t, idle, late, second)
	rendezvoustest.Relayed(t, busy, guest, call.Trickle, session, "xX")
	rendezvoustest.Relayed(t, guest, busy, call.Restart, session, "yY")

	guest.Conn.CloseNow()
	busy.Hear(call.Left)
	busy.Ended()
	if err := server.cmd.Wait(); err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	knocks.stop()
	<-knocks.done
	if err := knocks.failed.Load(); err != nil || knocks.asked.Load() < 10 {
		t.Errorf("of %d who asked meanwhile one was refused: %v", knocks.asked.Load(), err)
	}
	rendezvoustest.Relayed(t, idle, late, call.Trickle, second, "zZ")
	if err := syscall.Kill(next, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	idle.Refused(call.GoingAway)
	t.Logf("%d asked meanwhile", knocks.asked.Load())
}

// A new program that does not serve leaves the old one as it is.
func TestFailedRestartChangesNothing(t *testing.T) {
	restart := make(chan os.Signal, 1)
	started, log := make(chan string, 1), &lines{said: make(chan string, 64)}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{
			Listen: "127.0.0.1:0", Folder: t.TempDir(), Restart: restart, Program: []string{"false"},
			Log: slog.New(slog.NewTextHandler(log, nil)), Started: func(web, _ string) { started <- web },
		})
	}()
	url := "http://" + <-started
	host, slot := rendezvoustest.Room(t, url, "mine")
	restart <- syscall.SIGHUP
	for line := range log.said {
		if strings.Contains(line, "this one goes on") {
			break
		}
	}
	guest, session := rendezvoustest.Visitor(t, url, slot, host)
	rendezvoustest.SetUp(t, host, guest, session)
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// lines hands over what is logged.
type lines struct{ said chan string }

func (l *lines) Write(p []byte) (int, error) {
	l.said <- string(p)
	return len(p), nil
}
