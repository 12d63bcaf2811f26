package rendezvous

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"parley/call"
)

func TestPage(t *testing.T) {
	page := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>the page")}, "main.js": {Data: []byte("export {}")}, "icons/a.svg": {Data: []byte("<svg/>")}}
	_, url := open(t, Config{Page: page})
	for path, want := range map[string]string{
		"/": "text/html", "/c/" + call.SlotOf("", "x"): "text/html", "/c/17": "text/html", "/c/choir.abc": "text/html",
		"/guest/main.js": "text/javascript", "/guest/icons/a.svg": "image/svg+xml",
		"/c/UPPER": "", "/c/": "", "/guest/none.js": "", "/guest/": "", "/guest/..%2fspace.go": "", "/guest/icons": "", "/metrics": "", "/x": "",
	} {
		status, header, _ := get(t, url+path)
		if want == "" && status != http.StatusNotFound || want != "" && (status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), want)) {
			t.Errorf("%s: %d %s", path, status, header.Get("Content-Type"))
		}
		if want == "" {
			continue
		}
		for name, part := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer", "Permissions-Policy": "camera=(self)",
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if !strings.Contains(header.Get(name), part) {
				t.Errorf("%s: %s is %q", path, name, header.Get(name))
			}
		}
		if header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		if status, _, _ := get(t, url+path, "If-None-Match", header.Get("ETag")); status != http.StatusNotModified {
			t.Errorf("%s: %d for what is known", path, status)
		}
	}
	for _, unsafe := range []string{"unsafe", "http:", "https:", "*"} {
		if strings.Contains(policy, unsafe) {
			t.Errorf("the policy allows %s", unsafe)
		}
	}
}

func TestPlainPage(t *testing.T) {
	_, url := open(t, Config{})
	if status, _, body := get(t, url+"/c/17"); status != http.StatusOK || !strings.Contains(body, "Parley") {
		t.Errorf("%d %s", status, body)
	}
}

func TestFigures(t *testing.T) {
	s, url := open(t, Config{})
	host, slot := room(t, url, "mine")
	guest, session := visitor(t, url, slot, host)
	setUp(t, host, guest, session)
	waits := connect(t, url)
	waits.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("", "later")})
	waits.Hear(call.Waiting)
	web := httptest.NewServer(s.Metrics())
	defer web.Close()
	_, _, body := get(t, web.URL)
	for _, line := range []string{
		"parley_connections 3", `parley_slots{space=""} 1`, `parley_sessions{space=""} 1`, "parley_waiting 1", "parley_joined_total 1",
		`parley_frames_relayed_total{type="offer"} 1`, `parley_frames_relayed_total{type="hello"} 2`, "parley_setup_seconds_count 1", "parley_going_away 0",
	} {
		if !strings.Contains(body, "\n"+line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
	for _, secret := range []string{slot, session, "127.0.0.1"} {
		if strings.Contains(body, secret) {
			t.Errorf("the figures tell %q", secret)
		}
	}
}

func TestHealth(t *testing.T) {
	s, url := open(t, Config{Version: "1.2.3"})
	if status, _, body := get(t, url+"/healthz"); status != http.StatusOK || !strings.Contains(body, `"version":"1.2.3"`) {
		t.Errorf("%d %s", status, body)
	}
	<-s.GoAway()
	if status, _, _ := get(t, url+"/healthz"); status != http.StatusServiceUnavailable {
		t.Errorf("%d while going away", status)
	}
}

// buffer is written to and read by several.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// The log of a call, and of what is refused, tells no slot, session, claim, key,
// body or address.
func TestLogHasNoSecrets(t *testing.T) {
	var log buffer
	_, url := open(t, Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), Limits: Limits{ConnectionsPerAddress: 4}})
	host, slot := room(t, url, "claimclaim")
	guest, session := visitor(t, url, slot, host)
	setUp(t, host, guest, session)
	relayed(t, guest, host, call.Offer, session, "bodybody")
	thief := connect(t, url)
	thief.Say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: "another", Key: "keykey"})
	thief.Refused(call.BadKey)
	thief.Raw([]byte(`{"type":"nonsense","body":"bodybody"}`))
	thief.Ended()
	refused, err := http.Get(url + "/ws")
	if err != nil {
		t.Fatal(err)
	}
	refused.Body.Close()
	text := log.String()
	if !strings.Contains(text, "refused") {
		t.Errorf("the log says nothing: %q", text)
	}
	for _, secret := range []string{slot, session, "claimclaim", "keykey", "bodybody"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log tells %q:\n%s", secret, text)
		}
	}
	if regexp.MustCompile(`127\.0\.0\.1`).MatchString(text) {
		t.Errorf("the log tells an address:\n%s", text)
	}
}
