package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// chromium is what Parley is compared with: a page in each of two browsers.
type chromium struct {
	binary string
	source sourceFiles
}

func (chromium) name() string { return "Chromium" }

// pagePort is where the pages come from, on each host's own loopback: there a
// page may use the camera without HTTPS.
const pagePort = "7000"

// chromiumCall is a call between two pages.
type chromiumCall struct {
	desk   *desk
	server *http.Server
	ctx    context.Context // of what is said to the pages
	stop   context.CancelFunc
	relays [2]*exec.Cmd
	procs  [2]*exec.Cmd
}

func (p chromium) start(ctx context.Context, l *lab, dir string) (conversation, error) {
	socket := filepath.Join(dir, "desk.sock")
	ln, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	c := &chromiumCall{desk: newDesk(dir)}
	c.ctx, c.stop = context.WithCancel(ctx)
	c.server = &http.Server{Handler: c.desk.handler(), BaseContext: func(net.Listener) context.Context { return c.ctx }}
	go func() { // ends with the server
		if err := c.server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			c.desk.failed(err)
		}
	}()
	if err := c.browsers(l, p, socket, dir); err != nil {
		return nil, firstOf(err, c.close())
	}
	return c, nil
}

// browsers starts, on each host, a relay to the desk and a browser.
func (c *chromiumCall) browsers(l *lab, p chromium, socket, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for i, host := range []string{caller, callee} {
		c.relays[i] = l.command(host, self, "relay", "127.0.0.1:"+pagePort, socket)
		c.relays[i].Stderr = os.Stderr
		if err := c.relays[i].Start(); err != nil {
			return fmt.Errorf("the relay: %w", err)
		}
		profile := filepath.Join(dir, "browser-"+host)
		log, err := os.Create(filepath.Join(dir, "browser-"+host+".log"))
		if err != nil {
			return err
		}
		c.procs[i] = l.command(host, append([]string{p.binary}, flags(p.source, profile, host)...)...)
		c.procs[i].Stdout, c.procs[i].Stderr = log, log
		err = c.procs[i].Start()
		if err := errors.Join(err, log.Close()); err != nil {
			return fmt.Errorf("%s: %w", p.binary, err)
		}
	}
	return c.desk.wait(c.desk.ready, "ready", 30*time.Second)
}

func flags(source sourceFiles, profile, host string) []string {
	return []string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
		"--autoplay-policy=no-user-gesture-required", "--disable-dev-shm-usage",
		"--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
		"--use-file-for-fake-video-capture=" + source.picture,
		"--use-file-for-fake-audio-capture=" + source.sound,
		"--user-data-dir=" + profile,
		"http://127.0.0.1:" + pagePort + "/page.html?who=" + host,
	}
}

func (c *chromiumCall) dial() error { return c.desk.say(c.ctx, 0, pageMessage{Type: "dial"}) }

func (c *chromiumCall) pids() [2]int {
	return [2]int{c.procs[0].Process.Pid, c.procs[1].Process.Pid}
}

// over never comes: a page does not hang up by itself.
func (c *chromiumCall) over() <-chan struct{} { return nil }

func (c *chromiumCall) hangUp() (*talk, error) {
	ended := time.Now()
	for i := range c.procs {
		if err := c.desk.say(c.ctx, i, pageMessage{Type: "end"}); err != nil {
			return nil, err
		}
	}
	if err := c.desk.wait(c.desk.ended, "at its end", 10*time.Second); err != nil {
		return nil, err
	}
	t := c.desk.talk()
	t.ended = ended
	return t, nil
}

func (c *chromiumCall) close() error {
	c.stop()
	var errs []error
	for i := range c.procs {
		if p := c.procs[i]; p != nil && p.Process != nil {
			// Its profile is thrown away: there is nothing to save.
			errs = append(errs, killTree(p.Process.Pid), end(p, time.Second))
			c.procs[i] = nil
		}
		errs = append(errs, end(c.relays[i], time.Second))
		c.relays[i] = nil
	}
	return errors.Join(append(errs, c.server.Close())...)
}
