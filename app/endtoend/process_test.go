//go:build endtoend

package endtoend

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take that should take a moment, on a
// machine that does much else.
const patience = 60 * time.Second

// process is one run of the program. What it writes is gathered by lines.
type process struct {
	t    *testing.T
	name string
	cmd  *exec.Cmd

	mu      sync.Mutex
	out     []string // lines of stdout
	said    []string // lines of stderr
	news    chan struct{}
	readers sync.WaitGroup

	gone  chan struct{} // closed when it has ended and all is read
	ended time.Time     // valid once gone
}

// environment is the test's own, without what would reach this machine's user.
func environment(t *testing.T, more ...string) []string {
	home := t.TempDir()
	env := []string{"HOME=" + home, "LANG=en_US.UTF-8", "XDG_RUNTIME_DIR=" + home, "PARLEY_NEARBY=off"}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case strings.HasPrefix(name, "XDG_"), strings.HasPrefix(name, "PULSE_"), strings.HasPrefix(name, "LC_"):
		case name == "HOME", name == "LANG", name == "DISPLAY", name == "WAYLAND_DISPLAY", name == "DBUS_SESSION_BUS_ADDRESS":
		default:
			env = append(env, v)
		}
	}
	return append(env, more...)
}

// parley starts the program. It ends with the test at the latest.
func parley(t *testing.T, name string, args ...string) *process {
	t.Helper()
	return start(t, name, environment(t), program, args...)
}

func start(t *testing.T, name string, env []string, path string, args ...string) *process {
	t.Helper()
	p := &process{t: t, name: name, cmd: exec.Command(path, args...), news: make(chan struct{}), gone: make(chan struct{})}
	p.cmd.Env = env
	out, err1 := p.cmd.StdoutPipe()
	said, err2 := p.cmd.StderrPipe()
	if err := errors.Join(err1, err2, p.cmd.Start()); err != nil {
		t.Fatalf("%s did not start: %v", name, err)
	}
	p.readers.Add(2)
	go p.gather(out, &p.out)
	go p.gather(said, &p.said)
	go func() { // ends with the process, for which the test waits
		defer close(p.gone)
		p.readers.Wait()
		var exit *exec.ExitError
		if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
			t.Errorf("%s: %v", name, err)
		}
		p.ended = time.Now()
	}()
	t.Cleanup(p.end)
	return p
}

// gather ends with the stream.
func (p *process) gather(r io.Reader, into *[]string) {
	defer p.readers.Done()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.mu.Lock()
		*into = append(*into, lines.Text())
		close(p.news)
		p.news = make(chan struct{})
		p.mu.Unlock()
	}
}

// end kills what still runs, and shows what a failed test's process said.
func (p *process) end() {
	select {
	case <-p.gone:
	default:
		p.kill()
	}
	if p.t.Failed() {
		p.t.Logf("%s (status %d) wrote:\n%s\nand said:\n%s", p.name, p.cmd.ProcessState.ExitCode(), p.output(), p.stderr())
	}
}

// kill ends the process as a crash would, and waits.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatalf("killing %s: %v", p.name, err)
	}
	<-p.gone
}

// interrupt asks the process to end, as Ctrl+C does.
func (p *process) interrupt() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatalf("interrupting %s: %v", p.name, err)
	}
}

// wait waits for the process to end and returns its exit status. One that
// hangs has to tell where, before the test fails.
func (p *process) wait(limit time.Duration) int {
	p.t.Helper()
	select {
	case <-p.gone:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(limit):
		p.t.Errorf("%s still runs after %v; what it said ends with what its goroutines do", p.name, limit)
		if err := p.cmd.Process.Signal(syscall.SIGQUIT); err == nil {
			<-p.gone
		}
		p.t.FailNow()
		return -1
	}
}

// mustEnd waits for the process to end with a status.
func (p *process) mustEnd(status int) {
	p.t.Helper()
	if got := p.wait(patience); got != status {
		p.t.Fatalf("%s ended with status %d, want %d; it said:\n%s", p.name, got, status, p.stderr())
	}
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.out, "\n")
}

func (p *process) stderr() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.said, "\n")
}

// saying waits for a line on stderr and returns the match.
func (p *process) saying(pattern string) []string {
	p.t.Helper()
	return p.awaiting(&p.said, pattern)
}

// printing is the same for stdout.
func (p *process) printing(pattern string) []string {
	p.t.Helper()
	return p.awaiting(&p.out, pattern)
}

func (p *process) awaiting(lines *[]string, pattern string) []string {
	p.t.Helper()
	re, deadline := regexp.MustCompile(pattern), time.After(patience)
	for {
		p.mu.Lock()
		for _, line := range *lines {
			if m := re.FindStringSubmatch(line); m != nil {
				p.mu.Unlock()
				return m
			}
		}
		news := p.news
		p.mu.Unlock()
		select {
		case <-news:
		case <-p.gone:
			p.t.Fatalf("%s ended without saying %q; it said:\n%s", p.name, pattern, p.stderr())
		case <-deadline:
			p.t.Fatalf("%s did not say %q in %v; it said:\n%s", p.name, pattern, patience, p.stderr())
		}
	}
}

// answering starts a Parley that takes a call, and returns it and its port.
func answering(t *testing.T, args ...string) (*process, string) {
	t.Helper()
	p := parley(t, "the answering side", append([]string{"answer", "--no-window", "--profile", t.TempDir()}, args...)...)
	return p, p.saying(`port (\d+)$`)[1]
}

// silent are test sources with no device behind them.
var silent = []string{"--camera", "pattern", "--mic", "tone", "--speaker", "off"}

// calling starts a Parley that calls.
func calling(t *testing.T, address string, args ...string) *process {
	t.Helper()
	return parley(t, "the calling side", append([]string{"call", address, "--no-window", "--profile", t.TempDir()}, args...)...)
}

// await asks until ok says yes. There is a pause between two questions, for
// what is asked about is another process's work.
func await(t *testing.T, what string, limit time.Duration, ok func() bool) time.Duration {
	t.Helper()
	begin := time.Now()
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for !ok() {
		if time.Since(begin) > limit {
			t.Fatalf("%s: not in %v", what, limit)
		}
		<-every.C
	}
	return time.Since(begin)
}

// only is the one file that matches.
func only(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: found %v (%v), want one", pattern, found, err)
	}
	return found[0]
}
