package rendezvous

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// others are two in a call, who must not notice what somebody else does.
type others struct {
	t           *testing.T
	host, guest *program
	session     string
}

func newOthers(t *testing.T, url string) others {
	t.Helper()
	host, slot := room(t, url, "others")
	guest, session := visitor(t, url, slot, host)
	setUp(t, host, guest, session)
	return others{t, host, guest, session}
}

func (o others) untouched() {
	o.t.Helper()
	relayed(o.t, o.host, o.guest, call.Trickle, o.session, "xX")
	relayed(o.t, o.guest, o.host, call.Trickle, o.session, "yY")
}

func TestBrokenFramesEndTheirConnection(t *testing.T) {
	_, url := open(t, Config{})
	others := newOthers(t, url)
	slot := call.SlotOf("", "mine")
	for name, text := range map[string]string{
		"no JSON":               "{",
		"a list":                "[]",
		"an unknown type":       `{"type":"shout"}`,
		"a frame of the server": `{"type":"joined","session":"x"}`,
		"a slot with a path":    `{"type":"join","slot":"../x"}`,
		"a token with a line":   "{\"type\":\"open\",\"slot\":\"" + slot + "\",\"claim\":\"a\\nb\"}",
		"join as a host":        `{"type":"join","slot":"x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := connect(t, url)
			if name == "join as a host" {
				p.Open(slot, "mine")
			}
			if err := p.Raw([]byte(text)); err != nil {
				t.Fatal(err)
			}
			p.Refused(call.BadFrame)
			if status := p.Ended(); status != websocket.StatusPolicyViolation {
				t.Errorf("ended with %v", status)
			}
			others.untouched()
		})
	}
}

func TestBinaryAndOversizedFramesEndTheirConnection(t *testing.T) {
	_, url := open(t, Config{})
	others := newOthers(t, url)
	p := connect(t, url)
	if err := p.Conn.Write(t.Context(), websocket.MessageBinary, []byte(`{"type":"join","slot":"x"}`)); err != nil {
		t.Fatal(err)
	}
	p.Refused(call.BadFrame)
	p.Ended()
	big := connect(t, url)
	go big.Raw(make([]byte, 8<<20)) // fails once the server has had enough
	if status := big.Ended(); status != websocket.StatusMessageTooBig && status != -1 {
		t.Errorf("ended with %v", status)
	}
	others.untouched()
}

func TestFloodEndsItsConnection(t *testing.T) {
	for name, l := range map[string]Limits{"frames": {Rate: 1, Burst: 20}, "bytes": {ByteRate: 1, ByteBurst: 2000}} {
		t.Run(name, func(t *testing.T) {
			_, url := open(t, Config{Limits: l})
			others := newOthers(t, url)
			p := connect(t, url)
			for range 21 {
				body, err := json.Marshal(call.Frame{Type: call.FrameType(call.Offer), Session: "none", Body: strings.Repeat("x", 100)})
				if err != nil {
					t.Fatal(err)
				}
				if p.Raw(body) != nil {
					break
				}
			}
			reason := call.NoSession
			for reason == call.NoSession {
				reason = p.Hear(call.Failed).Reason
			}
			if reason != call.TooFast {
				t.Errorf("refused with %q", reason)
			}
			p.Ended()
			others.untouched()
		})
	}
}

func TestSilenceEndsAConnection(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Silence: 50 * time.Millisecond}})
	others := newOthers(t, url)
	connect(t, url).Ended()
	others.untouched()
}

// A guest who joined with the request for the WebSocket has said what it wants,
// and waits for as long as it likes.
func TestWhoWaitsIsNotSilent(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Silence: 500 * time.Millisecond}})
	guest := connect(t, url+"/ws?join="+call.SlotOf("", "later")+"&rest=")
	guest.Hear(call.Waiting)
	connect(t, url).Ended() // who said nothing, and came later
	host, _ := room(t, url, "later")
	session := guest.Hear(call.Joined).Session
	host.Hear(call.Knock)
	setUp(t, host, guest, session)
}

// Who does not answer pings is gone, whatever TCP says.
func TestDeadConnectionIsNoticed(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Ping: 50 * time.Millisecond, Write: 200 * time.Millisecond}})
	host, slot := connect(t, url), call.SlotOf("", "mine")
	guest := connect(t, url)
	host.Open(slot, "mine")
	guest.Say(call.Frame{Type: call.Join, Slot: slot})
	session := guest.Hear(call.Joined).Session // and reads no more, so it answers no ping
	host.Hear(call.Knock)
	if f := host.Hear(call.Left); f.Session != session {
		t.Fatalf("left %+v", f)
	}
}

// A host that does not read is cut off; who sends to it, and all the others, go
// on.
func TestSlowReaderIsCutOff(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Queue: 128 << 10, Write: time.Hour, ByteRate: 1 << 30, ByteBurst: 1 << 30, Rate: 1 << 20, Burst: 1 << 20}})
	others := newOthers(t, url)
	slow, slot := room(t, url, "slow")
	guest, session := visitor(t, url, slot, slow)
	body := strings.Repeat("x", 100<<10)
	left := make(chan error, 1)
	go func() { // with more patience than for one frame: much has to be sent until then
		_, _, err := guest.Conn.Read(t.Context())
		left <- err
	}()
	for sent := 0; ; sent++ {
		select {
		case err := <-left:
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("cut off after %d kB", sent*100)
			others.untouched()
			return
		default:
		}
		if sent > 600 {
			t.Fatal("60 MB are kept for who reads nothing")
		}
		guest.Say(call.Frame{Type: call.FrameType(call.Trickle), Session: session, Body: body})
		if sent%20 == 0 {
			others.untouched()
		}
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	for name, l := range map[string]Limits{"of an address": {ConnectionsPerAddress: 2}, "of all": {Connections: 2}} {
		_, url := open(t, Config{Limits: l})
		first := connect(t, url)
		connect(t, url)
		_, response, err := websocket.Dial(t.Context(), url+"/ws", nil)
		if err == nil || response.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%s: a third one: %v", name, err)
		}
		first.Conn.CloseNow()
		for { // once the server has noticed
			if p, err := rendezvoustest.Dial(t, url, nil); err == nil {
				p.Conn.CloseNow()
				break
			} else if t.Context().Err() != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestSlotsAreBounded(t *testing.T) {
	for name, l := range map[string]Limits{"of a connection": {SlotsPerConnection: 2}, "of an address": {SlotsPerAddress: 2}} {
		_, url := open(t, Config{Limits: l})
		p := connect(t, url)
		for _, claim := range []string{"a", "b"} {
			p.Open(call.SlotOf("", claim), claim)
		}
		p.Open(call.SlotOf("", "a"), "a") // the same again
		p.Say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "c"), Claim: "c"})
		if f := p.Hear(call.Failed); f.Reason != call.TooMany {
			t.Errorf("%s: a third one: %+v", name, f)
		}
		p.Say(call.Frame{Type: call.CloseSlot, Slot: call.SlotOf("", "a")})
		p.Open(call.SlotOf("", "c"), "c")
	}
}

func TestGuestsOfASlotAreBounded(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{GuestsPerSlot: 1}})
	host, slot := room(t, url, "mine")
	first, _ := visitor(t, url, slot, host)
	second := connect(t, url)
	second.Say(call.Frame{Type: call.Join, Slot: slot})
	second.Refused(call.TooMany)
	first.Conn.CloseNow()
	host.Hear(call.Left)
	second.Join(slot, host)
}

// Nobody goes through all the numbers to use up the codes of others.
func TestJoinsAreBounded(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Joins: 3}})
	p := connect(t, url)
	for range 3 {
		p.Say(call.Frame{Type: call.Join, Slot: "17"})
		p.Refused(call.SlotGone)
	}
	p.Say(call.Frame{Type: call.Join, Slot: "17"})
	p.Refused(call.TooFast)
}

// A page of another origin opens no connection in its visitor's name; a program
// sends no origin, and our own page has ours.
func TestOrigins(t *testing.T) {
	_, url := open(t, Config{})
	for origin, ok := range map[string]bool{"https://evil.example": false, "null": false, url: true, "": true} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		if _, err := rendezvoustest.Dial(t, url, header); (err == nil) != ok {
			t.Errorf("origin %q: %v", origin, err)
		}
	}
}

func TestAnotherProtocolIsRefused(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{ConnectionsPerAddress: 1}})
	for range 3 { // and takes nobody's place
		conn, _, err := websocket.Dial(t.Context(), url+"/ws", &websocket.DialOptions{Subprotocols: []string{"chat"}})
		if err != nil {
			continue // the place of the one before is not free yet
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		if _, _, err := conn.Read(ctx); websocket.CloseStatus(err) != websocket.StatusPolicyViolation {
			t.Errorf("got %v", err)
		}
		cancel()
		conn.CloseNow()
	}
}
