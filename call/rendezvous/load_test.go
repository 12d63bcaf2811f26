package rendezvous

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// How much load; the defaults are for CI. The figures of the README:
//
//	go test ./call/rendezvous -run TestLoad -v -load.rooms 10000 -load.rate 200 -load.for 30s
var (
	loadRooms = flag.Int("load.rooms", 300, "idle rooms")
	loadRate  = flag.Int("load.rate", 40, "new handshakes a second")
	loadFor   = flag.Duration("load.for", 2*time.Second, "how long")
)

// loadVariable has this test's program be the server, so that its memory is
// its own.
const loadVariable = "PARLEY_TEST_LOAD_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(loadVariable) != "" {
		beLoaded()
	}
	os.Exit(m.Run())
}

// beLoaded serves until it is killed.
func beLoaded() {
	const many = 1 << 20 // all come from one address here
	s, err := New(Config{Open: true, Limits: Limits{Connections: many, ConnectionsPerAddress: many, SlotsPerAddress: many, Joins: many}})
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", s.Handler())
	mux.Handle("/metrics", s.Metrics())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr())
	panic(http.Serve(l, mux))
}

// load is one run against a server.
type load struct {
	t   *testing.T
	url string

	handshakes, failures atomic.Int64
	lastFailure          atomic.Value
	mu                   sync.Mutex
	passages, setUps     []time.Duration // of a relayed message; of a whole handshake
}

func startLoaded(t *testing.T) *load {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env, cmd.Stderr = append(os.Environ(), loadVariable+"=1"), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address := bufio.NewScanner(out)
	if !address.Scan() {
		t.Fatal("no server started")
	}
	return &load{t: t, url: "http://" + address.Text()}
}

// figure reads one of the server's figures.
func (l *load) figure(name string) float64 {
	l.t.Helper()
	_, _, body := get(l.t, l.url+"/metrics")
	for line := range strings.SplitSeq(body, "\n") {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				l.t.Fatal(err)
			}
			return v
		}
	}
	l.t.Fatalf("the server has no figure %s", name)
	return 0
}

// end is one connection under load.
type end struct {
	l    *load
	conn *websocket.Conn
}

func (l *load) dial(ctx context.Context) (*end, error) {
	conn, _, err := websocket.Dial(ctx, l.url+"/ws", &websocket.DialOptions{Subprotocols: []string{call.FrameProtocol}})
	return &end{l, conn}, err
}

func (e *end) say(ctx context.Context, f call.Frame) error {
	data, err := f.Encode()
	if err != nil {
		return err
	}
	return e.conn.Write(ctx, websocket.MessageText, data)
}

func (e *end) hear(ctx context.Context) (f call.Frame, err error) {
	_, data, err := e.conn.Read(ctx)
	if err != nil {
		return f, err
	}
	if f, err = call.DecodeFrame(data); err == nil && f.Relayed() {
		e.l.passed(f.Body)
	}
	return f, err
}

// body carries the time at which it was sent, in the size of a sealed SDP.
func body(size int) string {
	return fmt.Sprintf("%020d", time.Now().UnixNano()) + strings.Repeat("x", size)
}

func (l *load) passed(body string) {
	sent, err := strconv.ParseInt(body[:20], 10, 64)
	if err != nil {
		return
	}
	took := time.Duration(time.Now().UnixNano() - sent)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.passages = append(l.passages, took)
}

const (
	sdpSize       = 4 << 10
	candidateSize = 250
	candidates    = 4
)

// host keeps a room open and answers every offer.
func (l *load) host(ctx context.Context, claim string, opened *sync.WaitGroup) {
	leave := sync.OnceFunc(opened.Done)
	defer leave()
	e, err := l.dial(ctx)
	if err != nil {
		l.fail(ctx, err)
		return
	}
	defer e.conn.CloseNow()
	if err := e.say(ctx, call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", claim), Claim: claim}); err != nil {
		l.fail(ctx, err)
		return
	}
	for {
		f, err := e.hear(ctx)
		if err != nil {
			l.fail(ctx, err)
			return
		}
		switch f.Type {
		case call.Opened:
			leave()
		case call.FrameType(call.Offer):
			e.answer(ctx, f.Session)
		}
	}
}

func (e *end) answer(ctx context.Context, session string) {
	for _, m := range []struct {
		kind call.MessageType
		size int
	}{{call.Hello, 100}, {call.OK, 100}, {call.Answer, sdpSize}} {
		if err := e.say(ctx, call.Frame{Type: call.FrameType(m.kind), Session: session, Body: body(m.size)}); err != nil {
			e.l.fail(ctx, err)
		}
	}
	for range candidates {
		if err := e.say(ctx, call.Frame{Type: call.FrameType(call.Trickle), Session: session, Body: body(candidateSize)}); err != nil {
			e.l.fail(ctx, err)
		}
	}
}

// guest makes one handshake with a room.
func (l *load) guest(ctx context.Context, claim string) error {
	started := time.Now()
	e, err := l.dial(ctx)
	if err != nil {
		return err
	}
	defer e.conn.CloseNow()
	if err := e.say(ctx, call.Frame{Type: call.Join, Slot: call.SlotOf("", claim)}); err != nil {
		return err
	}
	var session string
	for heard := 0; heard < candidates; {
		f, err := e.hear(ctx)
		if err != nil {
			return err
		}
		switch f.Type {
		case call.Joined:
			session = f.Session
			err = e.offer(ctx, session)
		case call.FrameType(call.Answer):
			err = e.say(ctx, call.Frame{Type: call.FrameType(call.OK), Session: session, Body: body(100)})
		case call.FrameType(call.Trickle):
			heard++
		case call.Failed, call.Left:
			err = fmt.Errorf("%s: %s", f.Type, f.Reason)
		}
		if err != nil {
			return err
		}
	}
	l.handshakes.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.setUps = append(l.setUps, time.Since(started))
	return nil
}

func (e *end) offer(ctx context.Context, session string) error {
	if err := e.say(ctx, call.Frame{Type: call.FrameType(call.Hello), Session: session, Body: body(100)}); err != nil {
		return err
	}
	if err := e.say(ctx, call.Frame{Type: call.FrameType(call.Offer), Session: session, Body: body(sdpSize)}); err != nil {
		return err
	}
	for range candidates {
		if err := e.say(ctx, call.Frame{Type: call.FrameType(call.Trickle), Session: session, Body: body(candidateSize)}); err != nil {
			return err
		}
	}
	return nil
}

func (l *load) fail(ctx context.Context, err error) {
	if ctx.Err() == nil {
		l.failures.Add(1)
		l.lastFailure.Store(err.Error())
	}
}

// rooms opens them, some at once.
func (l *load) rooms(ctx context.Context, n int, all *sync.WaitGroup) {
	const atOnce = 100
	for from := 0; from < n; from += atOnce {
		var opened sync.WaitGroup
		for i := from; i < min(from+atOnce, n); i++ {
			opened.Add(1)
			all.Go(func() { l.host(ctx, strconv.Itoa(i), &opened) })
		}
		opened.Wait()
	}
}

// TestLoad has one server keep idle rooms and set up new calls all the while.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	l := startLoaded(t)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	empty := l.figure("process_resident_memory_bytes")
	l.rooms(ctx, *loadRooms, &all)
	full, cpu := l.figure("process_resident_memory_bytes"), l.figure("process_cpu_seconds_total")
	if n := l.figure(`parley_slots{space=""}`); n != float64(*loadRooms) {
		t.Fatalf("%v rooms of %d; %d failed, the last with %v", n, *loadRooms, l.failures.Load(), l.lastFailure.Load())
	}
	started := time.Now()
	l.handshakesFor(ctx, *loadFor, &all)
	took := time.Since(started)
	cpu = l.figure("process_cpu_seconds_total") - cpu
	l.print(took, cpu, (full-empty)/float64(*loadRooms))
	if l.failures.Load() > 0 || l.handshakes.Load() < int64(float64(*loadRate)*loadFor.Seconds()*0.9) {
		t.Errorf("%d handshakes, %d failed, the last with %v", l.handshakes.Load(), l.failures.Load(), l.lastFailure.Load())
	}
}

func (l *load) handshakesFor(ctx context.Context, d time.Duration, all *sync.WaitGroup) {
	ctx, cancel := context.WithTimeout(ctx, d+20*time.Second)
	defer cancel()
	var here sync.WaitGroup
	ticker := time.NewTicker(time.Second / time.Duration(*loadRate))
	defer ticker.Stop()
	for range int(float64(*loadRate) * d.Seconds()) {
		<-ticker.C
		here.Go(func() {
			if err := l.guest(ctx, strconv.Itoa(rand.IntN(*loadRooms))); err != nil {
				l.failures.Add(1)
				l.lastFailure.Store(err.Error())
			}
		})
	}
	here.Wait()
}

func (l *load) print(took time.Duration, cpu, perRoom float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.t.Logf("%d rooms, %.0f handshakes a second for %v: %d set up, %d failed", *loadRooms,
		float64(l.handshakes.Load())/took.Seconds(), took.Round(time.Second), l.handshakes.Load(), l.failures.Load())
	l.t.Logf("a relayed message: p50 %v, p99 %v, worst %v (%d)", quantile(l.passages, .5), quantile(l.passages, .99), quantile(l.passages, 1), len(l.passages))
	l.t.Logf("a handshake, connection included: p50 %v, p99 %v, worst %v", quantile(l.setUps, .5), quantile(l.setUps, .99), quantile(l.setUps, 1))
	l.t.Logf("the server: %.1f kB a room, %.0f %% of a core, %.2f ms of CPU a handshake", perRoom/1000, 100*cpu/took.Seconds(), 1000*cpu/float64(max(1, l.handshakes.Load())))
}

func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(q*float64(len(all))))].Round(10 * time.Microsecond)
}
