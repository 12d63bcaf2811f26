// Package audiotest runs a private PulseAudio server for a test: sound cards
// of air, into which a test plays and from which it records, without touching
// the sound of the machine.
//
//	test --Play--> "mouth" --mouth.monitor--> program under test
//	test <-Record-- ear.monitor <-- "ear" <-- program under test
package audiotest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The null sinks that every server has: what is played into Mouth can be
// heard from Mouth+Monitor, a microphone; what the program under test plays
// into Ear can be recorded.
const (
	Mouth   = "mouth"
	Ear     = "ear"
	Monitor = ".monitor" // suffix: the microphone that hears a sink
)

const startLimit = 20 * time.Second

// Server is a sound server of its own. It ends with the test.
type Server struct {
	t      testing.TB
	dir    string
	socket string

	daemon *exec.Cmd
	output *lockedBuffer
	done   chan struct{} // closed when the daemon has ended
}

// Start runs a server until the end of the test. It skips the test where
// PulseAudio is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	for _, program := range []string{"pulseaudio", "pactl", "pacat"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("needs %s (Debian package pulseaudio): %v", program, err)
		}
	}
	s := &Server{t: t, output: &lockedBuffer{}, done: make(chan struct{})}
	s.dir = privateDir(t)
	s.socket = filepath.Join(s.dir, "native")
	if err := s.start(); err != nil {
		t.Fatalf("starting a sound server: %v\n%s", err, s.output)
	}
	t.Cleanup(s.stop)
	s.sh("pactl", "set-default-sink", Ear)
	s.sh("pactl", "set-default-source", Mouth+Monitor)
	return s
}

// privateDir is short, because a socket's path has at most 107 bytes.
func privateDir(t testing.TB) string {
	dir, err := os.MkdirTemp("", "audiotest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (s *Server) start() error {
	s.daemon = exec.Command("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
		"--system=false", "--use-pid-file=no", "--disable-shm=yes", "--realtime=no", "--high-priority=no",
		"--log-target=stderr",
		"-L", nullSink(Ear), "-L", nullSink(Mouth),
		"-L", "module-native-protocol-unix auth-anonymous=1 socket="+s.socket)
	s.daemon.Env = append(os.Environ(), s.Env()...)
	s.daemon.Stdout, s.daemon.Stderr = s.output, s.output
	if err := s.daemon.Start(); err != nil {
		return err
	}
	daemon, done := s.daemon, s.done
	go func() { // ends with the daemon, for which stop waits
		defer close(done)
		if err := daemon.Wait(); err != nil {
			fmt.Fprintln(s.output, err)
		}
	}()
	return s.awaitReady()
}

// awaitReady asks until the server answers.
func (s *Server) awaitReady() error {
	for begin := time.Now(); ; {
		out, err := s.command("pactl", "info").CombinedOutput()
		if err == nil {
			return nil
		}
		select {
		case <-s.done:
			return errors.New("it ended")
		default:
		}
		if time.Since(begin) > startLimit {
			return fmt.Errorf("it does not answer: %s", out)
		}
	}
}

func (s *Server) stop() {
	if err := s.daemon.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Errorf("stopping the sound server: %v", err)
	}
	<-s.done
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill() {
	s.t.Helper()
	if err := s.daemon.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	<-s.done
}

// Restart starts the server again after Kill, with the sinks it began with.
func (s *Server) Restart() {
	s.t.Helper()
	s.done = make(chan struct{})
	if err := s.start(); err != nil {
		s.t.Fatalf("starting the sound server again: %v\n%s", err, s.output)
	}
}

// Env returns the environment variables, as NAME=VALUE, that make a program
// use this server and nothing of the user's.
func (s *Server) Env() []string {
	return []string{
		"HOME=" + s.dir, "XDG_RUNTIME_DIR=" + s.dir, "XDG_CONFIG_HOME=" + s.dir,
		"PULSE_SERVER=unix:" + s.socket, "PULSE_RUNTIME_PATH=" + s.dir,
	}
}

// Setenv makes this process use the server until the end of the test. HOME
// and the XDG folders stay as they are.
func (s *Server) Setenv() {
	s.t.Helper()
	s.t.Setenv("PULSE_SERVER", "unix:"+s.socket)
}

// AddSink adds a null sink, and with it a microphone (see Monitor), and
// returns what takes both away again, as one pulls a plug.
func (s *Server) AddSink(name string) (remove func()) {
	s.t.Helper()
	index := s.sh("pactl", append([]string{"load-module"}, strings.Fields(nullSink(name))...)...)
	return func() {
		s.t.Helper()
		s.sh("pactl", "unload-module", strings.TrimSpace(index))
	}
}

func nullSink(name string) string {
	return "module-null-sink sink_name=" + name + " rate=48000 sink_properties=device.description=" + name
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), s.Env()...)
	return c
}

func (s *Server) sh(name string, args ...string) string {
	s.t.Helper()
	out, err := s.command(name, args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// lockedBuffer takes a process's output while a test reads it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
