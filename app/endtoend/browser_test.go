//go:build endtoend

package endtoend

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"parley/call"
)

// browser is one page in a browser without a window, with a camera and a
// microphone that the browser makes up.
type browser interface {
	// open loads an address.
	open(url string)
	// eval runs JavaScript, waits for what it promises, and returns the value
	// as JSON.
	eval(js string) (json.RawMessage, error)
	// size gives the page a size in pixels.
	size(width, height int)
	// shot is a screenshot of the page, as PNG.
	shot() []byte
}

// browsers are the ones that a guest may come with. A test is skipped only
// where the browser is not installed.
var browsers = map[string]func(t *testing.T, preload string) browser{"Chromium": newChromium, "Firefox": newFirefox}

// eachBrowser runs a test in every browser. first are scripts that run in the
// page before its own.
func eachBrowser(t *testing.T, f func(t *testing.T, p page), first ...string) {
	for name, start := range browsers {
		t.Run(name, func(t *testing.T) { f(t, page{t, start(t, noted+strings.Join(first, "\n"))}) })
	}
}

// browserPath finds a browser's program.
func browserPath(t *testing.T, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("needs %s (Debian package %s): %v", name, debian, err)
	}
	return path
}

// noted runs in the page before its own modules: it notes the peer connections
// and sockets that are made, for their statistics.
const noted = `
	window.peers = [], window.sockets = [];
	window.WebSocket = class extends WebSocket {
		constructor(...of) { super(...of); window.sockets.push(this); }
	};
	window.RTCPeerConnection = class extends RTCPeerConnection {
		constructor(...of) { super(...of); window.peers.push(this); }
		get connectionState() { return window.pretended || super.connectionState; }
	};`

// asJSON is JavaScript whose promise gives the value of js as a text of JSON.
func asJSON(js string) string { return "(async () => JSON.stringify(await (" + js + ")) ?? 'null')()" }

// page is a browser with what the tests do in it.
type page struct {
	t *testing.T
	browser
}

// run evaluates and must succeed.
func (p page) run(js string) json.RawMessage {
	p.t.Helper()
	v, err := p.eval(js)
	if err != nil {
		p.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// text is a string that the page has.
func (p page) text(js string) (s string) {
	p.t.Helper()
	if err := json.Unmarshal(p.run(js), &s); err != nil {
		p.t.Fatalf("%s: %v", js, err)
	}
	return s
}

// wait asks until the page says yes.
func (p page) wait(what, js string) {
	p.t.Helper()
	p.waitFor(what, patience, js)
}

func (p page) waitFor(what string, limit time.Duration, js string) {
	p.t.Helper()
	deadline := time.Now().Add(limit)
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for {
		v, err := p.eval("(async () => Boolean(await (" + js + ")))()")
		if err == nil && string(v) == "true" {
			return
		}
		if time.Now().After(deadline) {
			p.keepShot("failed")
			seen, _ := p.eval("document.body.innerText")
			p.t.Fatalf("%s: not in %v (%s, %v); the page says %s", what, limit, v, err, seen)
		}
		<-every.C
	}
}

// visible is JavaScript that says whether an element is seen.
func visible(id string) string {
	return fmt.Sprintf("document.getElementById(%q)?.checkVisibility()", id)
}

func (p page) click(id string) {
	p.t.Helper()
	p.run(fmt.Sprintf("document.getElementById(%q).click()", id))
}

// write types a text into a field.
func (p page) write(id, text string) {
	p.t.Helper()
	p.run(fmt.Sprintf("document.getElementById(%q).value = %q", id, text))
}

// key presses a key anywhere in the page.
func (p page) key(key string) {
	p.t.Helper()
	p.run(fmt.Sprintf("void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: %q, bubbles: true }))", key))
}

// luma is what a video of the page shows, as a picture in grey.
func (p page) luma(id string) *call.Picture {
	p.t.Helper()
	const w, h = 640, 360
	var spelled string
	err := json.Unmarshal(p.run(fmt.Sprintf(`(() => {
		const c = new OffscreenCanvas(%d, %d).getContext('2d');
		c.drawImage(document.getElementById(%q), 0, 0, %d, %d);
		const rgba = c.getImageData(0, 0, %d, %d).data;
		let y = '';
		for (let i = 0; i < rgba.length; i += 4) y += String.fromCharCode(16 + (66 * rgba[i] + 129 * rgba[i + 1] + 25 * rgba[i + 2] >> 8));
		return btoa(y);
	})()`, w, h, id, w, h, w, h)), &spelled)
	pic := &call.Picture{}
	pic.Resize(w, h)
	data, err2 := base64.StdEncoding.DecodeString(spelled)
	if err != nil || err2 != nil || len(data) != w*h {
		p.t.Fatalf("the picture of %s: %d bytes, %v, %v", id, len(data), err, err2)
	}
	for y := range h {
		copy(pic.Y[y*pic.YStride:], data[y*w:(y+1)*w])
	}
	return pic
}

// moves waits until a video's picture changes.
func (p page) moves(id string) {
	p.t.Helper()
	p.wait("a picture in "+id, fmt.Sprintf("document.getElementById(%q).videoWidth > 0", id))
	first := p.luma(id)
	await(p.t, "the picture in "+id+" moves", patience, func() bool { return different(first, p.luma(id)) })
}

// different says that two pictures are of different things.
func different(a, b *call.Picture) bool {
	n := 0
	for i := range a.Y {
		if d := int(a.Y[i]) - int(b.Y[i]); d > 24 || d < -24 {
			n++
		}
	}
	return n > 50
}

// mark waits for the bar code of a test picture in a video.
func (p page) mark(id string) (m call.Mark) {
	p.t.Helper()
	await(p.t, "a bar code in "+id, patience, func() (ok bool) {
		m, ok = call.ReadMark(p.luma(id))
		return ok
	})
	return m
}

// hears waits until sound arrives: its energy grows (WebRTC statistics,
// totalAudioEnergy).
func (p page) hears() {
	p.t.Helper()
	p.wait("sound that arrives", `(async () => {
		for (const pc of window.peers) for (const s of (await pc.getStats()).values())
			if (s.type === 'inbound-rtp' && s.kind === 'audio' && s.totalAudioEnergy > 0.0005 && s.packetsReceived > 50) return true;
		return false;
	})()`)
}

// keepShot leaves a screenshot with the artifacts.
func (p page) keepShot(name string) {
	p.t.Helper()
	if err := os.WriteFile(artifact(p.t, strings.ReplaceAll(p.t.Name(), "/", "-")+"-"+name+".png"), p.shot(), 0o644); err != nil {
		p.t.Error(err)
	}
}
