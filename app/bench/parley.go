package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// parley is the program under test, without its window.
type parley struct{ binary string }

func (parley) name() string { return "Parley" }

const parleyPort = "5000"

// parleyCall is a call between two of its processes.
type parleyCall struct {
	lab   *lab
	dir   string
	bin   string
	procs [2]*exec.Cmd
	ended [2]chan struct{} // closed when the process has
	err   [2]error         // how it did
	gone  chan struct{}
	once  sync.Once
}

func (p parley) start(_ context.Context, l *lab, dir string) (conversation, error) {
	c := &parleyCall{lab: l, dir: dir, bin: p.binary, gone: make(chan struct{})}
	answer := c.process(1, "answer", "--port", parleyPort)
	said, err := answer.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := answer.Start(); err != nil {
		return nil, fmt.Errorf("parley answer: %w", err)
	}
	c.procs[1] = answer
	lines := bufio.NewReader(said)
	if err := waitFor(lines, "waiting for a call"); err != nil {
		return nil, errors.Join(fmt.Errorf("parley answer: %w", err), end(answer, time.Second))
	}
	read := make(chan struct{})
	go func() { // ends with the process
		defer close(read)
		_, _ = io.Copy(os.Stderr, lines) // what it says is only passed on
	}()
	c.follow(1, read)
	return c, nil
}

// waitFor reads up to the line that begins with a text.
func waitFor(lines *bufio.Reader, text string) error {
	var before strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if strings.HasPrefix(line, text) {
			return nil
		}
		before.WriteString(line)
		if err != nil {
			return fmt.Errorf("it said %q and not %q: %w", before.String(), text, err)
		}
	}
}

// follow waits for a process, once its output has been read.
func (c *parleyCall) follow(i int, read <-chan struct{}) {
	done := make(chan struct{})
	c.ended[i] = done
	go func() {
		if read != nil {
			<-read
		}
		c.err[i] = c.procs[i].Wait()
		close(done)
		c.once.Do(func() { close(c.gone) })
	}()
}

func (c *parleyCall) process(i int, verb string, args ...string) *exec.Cmd {
	host := [2]string{caller, callee}[i]
	all := append([]string{
		c.bin, verb, "--no-window", "--profile", filepath.Join(c.dir, host), "--camera", "pattern", "--mic", "tone", "--speaker", "off",
		"--codec", "H264", "--stats", c.stats(i), "--sample", c.samples(i),
	}, args...)
	return c.lab.command(host, all...)
}

func (c *parleyCall) stats(i int) string {
	return filepath.Join(c.dir, fmt.Sprintf("stats-%d.json", i))
}
func (c *parleyCall) samples(i int) string { return filepath.Join(c.dir, fmt.Sprintf("samples-%d", i)) }

func (c *parleyCall) dial() error {
	c.procs[0] = c.process(0, "call", addrTwo+":"+parleyPort)
	c.procs[0].Stderr = os.Stderr
	if err := c.procs[0].Start(); err != nil {
		return fmt.Errorf("parley call: %w", err)
	}
	c.follow(0, nil)
	return nil
}

func (c *parleyCall) pids() [2]int {
	return [2]int{c.procs[0].Process.Pid, c.procs[1].Process.Pid}
}

func (c *parleyCall) over() <-chan struct{} { return c.gone }

// hangUp has the caller hang up; the callee ends with the call, or is told to
// when the link did not carry the word.
func (c *parleyCall) hangUp() (*talk, error) {
	t := &talk{ended: time.Now()}
	if err := c.close(); err != nil {
		return nil, err
	}
	for i := range t.ends {
		dialled, err := c.read(i, &t.ends[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w (it ended with: %v)", [2]string{"parley call", "parley answer"}[i], err, c.err[i])
		}
		if i == 0 {
			t.dialled = dialled
		}
	}
	return t, nil
}

func (c *parleyCall) close() error {
	for i, p := range c.procs {
		if p == nil || p.Process == nil {
			continue
		}
		select {
		case <-c.ended[i]:
			continue
		case <-time.After(time.Duration(i) * time.Second): // the callee hears of it
		}
		if err := p.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return err
		}
		select {
		case <-c.ended[i]:
		case <-time.After(5 * time.Second):
			if err := killTree(p.Process.Pid); err != nil {
				return err
			}
			<-c.ended[i]
		}
	}
	return nil
}

// summary is what is taken from the last line of --stats.
type summary struct {
	Type  string
	State string
	Setup struct {
		First *float64 `json:"first_frame_ms"`
	}
	Received struct {
		SoundP50  *float64 `json:"sound_latency_p50_ms"`
		SoundP95  *float64 `json:"sound_latency_p95_ms"`
		Played    uint64   `json:"sound_samples"`
		Concealed uint64   `json:"sound_concealed_samples"`
	}
}

// read takes in what a process wrote, and says when it dialled.
func (c *parleyCall) read(i int, e *talkEnd) (dialled time.Time, err error) {
	if err := c.readShown(i, e); err != nil {
		return dialled, err
	}
	var last summary
	if err := eachLine(c.stats(i), func(line []byte) error { last = summary{}; return json.Unmarshal(line, &last) }); err != nil {
		return dialled, err
	}
	r := last.Received
	e.played, e.concealed, e.note = r.Played, r.Concealed, last.State
	e.sound = [2]float64{never, never}
	if r.SoundP50 != nil && r.SoundP95 != nil {
		e.sound = [2]float64{*r.SoundP50, *r.SoundP95}
	}
	if last.Setup.First != nil && len(e.shown) > 0 {
		dialled = e.shown[0].at.Add(-fromMillis(*last.Setup.First))
	}
	return dialled, nil
}

func (c *parleyCall) readShown(i int, e *talkEnd) error {
	return eachLine(filepath.Join(c.samples(i), "shown.jsonl"), func(line []byte) error {
		var l struct {
			At    int64 `json:"at_us"`
			Frame int64
			Drawn int64 `json:"mark_us"`
			W, H  int
			File  string
		}
		if err := json.Unmarshal(line, &l); err != nil {
			return err
		}
		p := shown{at: time.UnixMicro(l.At), number: l.Frame, w: l.W, h: l.H}
		if l.Frame >= 0 {
			p.captured = time.UnixMicro(l.Drawn)
		}
		e.shown = append(e.shown, p)
		if l.File != "" {
			e.samples = append(e.samples, sample{l.Frame, p.captured, filepath.Join(c.samples(i), l.File), l.W, l.H})
		}
		return nil
	})
}

func fromMillis(f float64) time.Duration { return time.Duration(f * float64(time.Millisecond)) }

func eachLine(path string, take func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := take(lines.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return lines.Err()
}
