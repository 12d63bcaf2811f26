package main

import (
	"context"
	"embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

//go:embed page.html page.js mark.js tone.js
var pageFiles embed.FS

// desk serves the two pages of a call, carries their signalling from one to
// the other, and takes down what they report. A goroutine of the HTTP server
// reads each page's WebSocket; Close of the server ends it.
type desk struct {
	dir string

	mu    sync.Mutex
	ends  [2]pageEnd
	ready [2]chan struct{} // closed when the page has its camera
	ended [2]chan struct{} // closed when the page has reported all
	fail  chan error       // the first trouble
}

// pageEnd is what one page has reported. Times are milliseconds since 1970.
type pageEnd struct {
	conn          *websocket.Conn
	sent, shown   []pagePicture
	spoken, heard []pip
	counters      pageCounters
	samples       []sample
	state         string
}

// pagePicture is a time, a number, a width and a height.
type pagePicture [4]float64

// pip is a time and the second, modulo 16, that the test signal said it was;
// -1 where that could not be made out.
type pip [2]float64

// pageCounters is what is used of the page's getStats; see page.js.
type pageCounters struct {
	Decoder, Encoder  string
	Limited           string // why the encoder gives less than it could
	Played, Concealed uint64
	Freezes           int
}

// pageMessage is what a page says.
type pageMessage struct {
	Type          string          `json:"type"`
	Text          string          `json:"text,omitempty"`
	Signal        json.RawMessage `json:"signal,omitempty"`
	Sent, Shown   []pagePicture   `json:",omitempty"`
	Spoken, Heard []pip           `json:",omitempty"`
	Counters      pageCounters    `json:"-"`
}

func newDesk(dir string) *desk {
	d := &desk{dir: dir, fail: make(chan error, 1)}
	for i := range d.ready {
		d.ready[i], d.ended[i] = make(chan struct{}), make(chan struct{})
	}
	return d
}

func (d *desk) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(pageFiles))
	mux.HandleFunc("/page", d.attend)
	return mux
}

// attend listens to one page until it goes.
func (d *desk) attend(w http.ResponseWriter, r *http.Request) {
	i := 0
	if r.URL.Query().Get("who") == callee {
		i = 1
	}
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		d.failed(fmt.Errorf("the page of host %s: %w", r.URL.Query().Get("who"), err))
		return
	}
	defer conn.CloseNow()
	conn.SetReadLimit(1 << 24)
	d.mu.Lock()
	d.ends[i].conn = conn
	d.mu.Unlock()
	for {
		kind, data, err := conn.Read(r.Context())
		if err != nil {
			return // hangUp tells whether all had been said
		}
		if kind == websocket.MessageBinary {
			err = d.sampled(i, data)
		} else {
			err = d.heard(r.Context(), i, data)
		}
		if err != nil {
			d.failed(err)
			return
		}
	}
}

func (d *desk) failed(err error) {
	select {
	case d.fail <- err:
	default: // the first says it
	}
}

func (d *desk) heard(ctx context.Context, i int, data []byte) error {
	var m pageMessage
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("a page said what is no message: %w", err)
	}
	switch m.Type {
	case "ready":
		close(d.ready[i])
	case "ended":
		close(d.ended[i])
	case "signal":
		return d.say(ctx, 1-i, pageMessage{Type: "signal", Signal: m.Signal})
	case "state":
		d.mu.Lock()
		d.ends[i].state = m.Text
		d.mu.Unlock()
	case "report":
		return d.reported(i, &m, data)
	case "trouble":
		return errors.New("the page: " + m.Text)
	}
	return nil
}

func (d *desk) reported(i int, m *pageMessage, data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := &d.ends[i]
	e.sent, e.shown = append(e.sent, m.Sent...), append(e.shown, m.Shown...)
	e.spoken, e.heard = append(e.spoken, m.Spoken...), append(e.heard, m.Heard...)
	// Counters that the page does not have yet leave the last ones standing.
	return json.Unmarshal(data, &struct{ Counters *pageCounters }{&e.counters})
}

// sampled keeps a picture's luma; before it stand its number, width and height.
func (d *desk) sampled(i int, data []byte) error {
	if len(data) < 8 {
		return fmt.Errorf("a page sent a picture of %d bytes", len(data))
	}
	s := sample{
		number: int64(binary.BigEndian.Uint32(data)),
		w:      int(binary.BigEndian.Uint16(data[4:])), h: int(binary.BigEndian.Uint16(data[6:])),
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	s.path = filepath.Join(d.dir, fmt.Sprintf("page%d-%d.y", i, len(d.ends[i].samples)))
	d.ends[i].samples = append(d.ends[i].samples, s)
	return os.WriteFile(s.path, data[8:], 0o600)
}

// say sends a message to a page.
func (d *desk) say(ctx context.Context, i int, m pageMessage) error {
	d.mu.Lock()
	conn := d.ends[i].conn
	d.mu.Unlock()
	if conn == nil {
		return fmt.Errorf("the page at end %d is not there", i)
	}
	return wsjson.Write(ctx, conn, m)
}

// wait waits for both pages' word, for so long at most.
func (d *desk) wait(both [2]chan struct{}, what string, most time.Duration) error {
	late := time.After(most)
	for i := range both {
		select {
		case <-both[i]:
		case err := <-d.fail:
			return err
		case <-late:
			return fmt.Errorf("the page at end %d was not %s within %s", i, what, most)
		}
	}
	return nil
}

// talk turns the reports into what is measured.
func (d *desk) talk() *talk {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := &talk{}
	for i := range d.ends {
		mine, theirs := &d.ends[i], &d.ends[1-i]
		e := &t.ends[i]
		e.shown = match(mine.shown, theirs.sent)
		e.samples = mine.samples
		heard := pips(mine.heard, theirs.spoken)
		e.sound = [2]float64{quantile(heard, 0.5), quantile(heard, 0.95)}
		e.played, e.concealed = mine.counters.Played, mine.counters.Concealed
		e.note = fmt.Sprintf("%s to %s, limited by %s, %d freezes by getStats, ICE %s",
			mine.counters.Encoder, mine.counters.Decoder, mine.counters.Limited, mine.counters.Freezes, mine.state)
	}
	return t
}

// match finds when each picture that was shown had come from the camera: the
// last time before that the number was sent. Numbers come again as the file is
// looped, and a busy page misses some: then the number before it tells.
func match(seen, sent []pagePicture) []shown {
	var out []shown
	last := map[int64]float64{}
	next := 0
	for _, p := range seen {
		for ; next < len(sent) && sent[next][0] <= p[0]; next++ {
			last[int64(sent[next][1])] = sent[next][0]
		}
		s := shown{at: atMillis(p[0]), number: int64(p[1]), w: int(p[2]), h: int(p[3])}
		if at, ok := sentAt(last, s.number, p[0]); ok {
			s.captured = atMillis(at)
		}
		out = append(out, s)
	}
	return out
}

// sentAt is when a picture shown at a time was sent, in milliseconds.
func sentAt(last map[int64]float64, number int64, seen float64) (float64, bool) {
	const apart, nearby = 1000.0 / frameRate, 15
	const loop = (loopFrames - nearby - 1) * apart
	if number < 0 {
		return 0, false
	}
	for back := range int64(nearby) {
		at, ok := last[(number-back+loopFrames)%loopFrames]
		at += float64(back) * apart
		if ok && at <= seen && seen-at < loop {
			return at, true
		}
	}
	return 0, false
}

// pips are how late each pip was heard that was made out at both ends.
func pips(heard, spoken []pip) (all []time.Duration) {
	const loop = 15_000 // ms, after which a second's name may come again
	last := map[float64]float64{}
	next := 0
	for _, p := range heard {
		for ; next < len(spoken) && spoken[next][0] <= p[0]; next++ {
			last[spoken[next][1]] = spoken[next][0]
		}
		if at, ok := last[p[1]]; ok && p[1] >= 0 && p[0]-at < loop {
			all = append(all, fromMillis(p[0]-at))
		}
	}
	return all
}

func atMillis(ms float64) time.Time { return time.UnixMicro(int64(ms * 1000)) }
