package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"parley/call"
)

func pair(t testing.TB, guestSecret, hostSecret []byte) (guest, host *Box) {
	t.Helper()
	guest, err1 := Guest(guestSecret, "abc123", "S1", rand.Reader)
	host, err2 := Host(hostSecret, "abc123", "S1", rand.Reader)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return guest, host
}

func sealed(t testing.TB, b *Box, m call.Message) string {
	t.Helper()
	body, err := b.Seal(m)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func hello(name string) call.Message {
	return call.Message{Type: call.Hello, Version: call.ProtocolVersion, Name: name}
}

var (
	secret  = []byte("sixteen bytes ok")
	another = []byte("sixteen bytes no")
)

func TestBothWays(t *testing.T) {
	guest, host := pair(t, secret, secret)
	for _, name := range []string{"one", "two", "three"} {
		m, err := host.Open(call.FrameType(call.Hello), sealed(t, guest, hello(name)))
		if err != nil || m.Name != name {
			t.Fatalf("the host got %+v, %v", m, err)
		}
		m, err = guest.Open(call.FrameType(call.Hello), sealed(t, host, hello(name+"!")))
		if err != nil || m.Name != name+"!" {
			t.Fatalf("the guest got %+v, %v", m, err)
		}
	}
}

func TestHostWaits(t *testing.T) {
	_, host := pair(t, secret, secret)
	if _, err := host.Seal(hello("Bob")); !errors.Is(err, ErrTooSoon) {
		t.Fatalf("got %v, want ErrTooSoon", err)
	}
}

// Whatever a rendezvous does to the frames, nothing opens that was not said.
func TestWhatIsChangedDoesNotOpen(t *testing.T) {
	flip := func(body string, at int) string {
		raw, err := text.DecodeString(body)
		if err != nil {
			t.Fatal(err)
		}
		raw[(at+len(raw))%len(raw)] ^= 1
		return text.EncodeToString(raw)
	}
	first := func(t *testing.T, guest, host *Box) string {
		body := sealed(t, guest, hello("Ann"))
		if _, err := host.Open("hello", body); err != nil {
			t.Fatal(err)
		}
		return body
	}
	tests := map[string]func(t *testing.T, guest, host *Box) error{
		"another secret": func(t *testing.T, guest, _ *Box) error {
			_, host := pair(t, secret, another)
			_, err := host.Open("hello", sealed(t, guest, hello("Ann")))
			return err
		},
		"another slot": func(t *testing.T, guest, _ *Box) error {
			host, _ := Host(secret, "abc124", "S1", rand.Reader)
			_, err := host.Open("hello", sealed(t, guest, hello("Ann")))
			return err
		},
		"another session": func(t *testing.T, guest, _ *Box) error {
			host, _ := Host(secret, "abc123", "S2", rand.Reader)
			_, err := host.Open("hello", sealed(t, guest, hello("Ann")))
			return err
		},
		"another type": func(t *testing.T, guest, host *Box) error {
			_, err := host.Open("bye", sealed(t, guest, hello("Ann")))
			return err
		},
		"a changed salt": func(t *testing.T, guest, host *Box) error {
			_, err := host.Open("hello", flip(sealed(t, guest, hello("Ann")), 0))
			return err
		},
		"a changed body": func(t *testing.T, guest, host *Box) error {
			_, err := host.Open("hello", flip(sealed(t, guest, hello("Ann")), saltSize))
			return err
		},
		"a changed mark": func(t *testing.T, guest, host *Box) error {
			_, err := host.Open("hello", flip(sealed(t, guest, hello("Ann")), -1))
			return err
		},
		"said twice": func(t *testing.T, guest, host *Box) error {
			_, err := host.Open("hello", first(t, guest, host))
			return err
		},
		"one left out": func(t *testing.T, guest, host *Box) error {
			first(t, guest, host)
			sealed(t, guest, hello("lost"))
			_, err := host.Open("hello", sealed(t, guest, hello("Ann")))
			return err
		},
		"sent back": func(t *testing.T, guest, host *Box) error {
			first(t, guest, host)
			_, err := guest.Open("hello", sealed(t, guest, hello("Ann")))
			return err
		},
		"an answer of another call with the same names": func(t *testing.T, guest, host *Box) error {
			first(t, guest, host)
			old := sealed(t, host, hello("Bob"))
			again, _ := Guest(secret, "abc123", "S1", rand.Reader)
			sealed(t, again, hello("Ann"))
			_, err := again.Open("hello", old)
			return err
		},
		"nothing":   func(_ *testing.T, _, host *Box) error { _, err := host.Open("hello", ""); return err },
		"no base64": func(_ *testing.T, _, host *Box) error { _, err := host.Open("hello", "!"); return err },
		"a salt": func(_ *testing.T, _, host *Box) error {
			_, err := host.Open("hello", strings.Repeat("A", 22))
			return err
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			guest, host := pair(t, secret, secret)
			if err := test(t, guest, host); !errors.Is(err, call.ErrMessage) {
				t.Fatalf("got %v, want ErrMessage", err)
			}
		})
	}
}

// The largest message fits into a frame.
func TestLargestMessage(t *testing.T) {
	guest, host := pair(t, secret, secret)
	m := call.Message{Type: call.Offer, Session: "s", SDP: strings.Repeat("a", call.MaxMessage-100)}
	f := call.Frame{Type: "offer", Session: strings.Repeat("s", 26), Body: sealed(t, guest, m)}
	data, err := f.Encode()
	if err != nil || len(data) > call.MaxFrame {
		t.Fatalf("a frame of %d bytes, %v", len(data), err)
	}
	if got, err := host.Open("offer", f.Body); err != nil || got.SDP != m.SDP {
		t.Fatalf("%d bytes came, %v", len(got.SDP), err)
	}
}

// HKDF worked out by hand from RFC 5869 gives the same keys.
func TestKeysByHand(t *testing.T) {
	mac := func(key []byte, parts ...[]byte) []byte {
		h := hmac.New(sha256.New, key)
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	byHand := func(from, salt []byte, info string) []byte { return mac(mac(salt, from), []byte(info), []byte{1}) }
	gs, hs := bytes.Repeat([]byte{1}, saltSize), bytes.Repeat([]byte{2}, saltSize)
	base, err := derive(secret, []byte("abc123"), forBase)
	if err != nil || !bytes.Equal(base, byHand(secret, []byte("abc123"), "parley seal 1")) {
		t.Errorf("base %x, %v", base, err)
	}
	guest, err := guestKey(base, gs, "S1")
	if err != nil || !bytes.Equal(guest, byHand(base, gs, "guest S1")) {
		t.Errorf("the guest's %x, %v", guest, err)
	}
	host, err := hostKey(base, hs, gs, "S1")
	if err != nil || !bytes.Equal(host, byHand(base, append(bytes.Clone(hs), gs...), "host S1")) {
		t.Errorf("the host's %x, %v", host, err)
	}
	if hex.EncodeToString(guest) == hex.EncodeToString(host) {
		t.Error("both sides have one key")
	}
}

func FuzzOpen(f *testing.F) {
	guest, err := Guest(secret, "abc123", "S1", strings.NewReader("the same in all processes"))
	if err != nil {
		f.Fatal(err)
	}
	genuine := sealed(f, guest, hello("Ann"))
	f.Add("hello", genuine)
	f.Add("hello", genuine[1:])
	f.Add("offer", genuine)
	f.Add("hello", genuine[:5]+"\n"+genuine[5:])
	f.Add("ok", strings.Repeat("A", 64))
	f.Fuzz(func(t *testing.T, kind, body string) {
		_, host := pair(t, secret, secret)
		m, err := host.Open(call.FrameType(kind), body)
		switch {
		case err == nil && (kind != "hello" || body != genuine):
			t.Fatalf("opened %+v, which nobody sealed", m)
		case err != nil && !errors.Is(err, call.ErrMessage):
			t.Fatalf("got %v, want ErrMessage", err)
		}
	})
}

// Both sides know where to meet again, and sessions do so in different places.
func TestAgain(t *testing.T) {
	guest, host := pair(t, secret, secret)
	claim, key, err1 := guest.Again()
	claim2, key2, err2 := host.Again()
	if err := errors.Join(err1, err2); err != nil || claim != claim2 || key != key2 || len(claim) != 32 {
		t.Errorf("%s and %s, %v", claim, claim2, err)
	}
	other, err := Guest(secret, "abc123", "S2", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if claim3, key3, _ := other.Again(); claim3 == claim || key3 == key {
		t.Error("two sessions meet in one place")
	}
}

// What is squeezed is shorter and opens as any other, on the host's side alone.
func TestSqueezed(t *testing.T) {
	guest, host := pair(t, secret, secret)
	m := call.Message{Type: call.Offer, Session: "s", SDP: strings.Repeat("a=rtpmap:102 H264/90000\r\n", 200)}
	for range 2 {
		body, err := guest.SealSmall(m)
		if err != nil || len(body) > 500 {
			t.Fatalf("%d letters, %v", len(body), err)
		}
		if got, err := host.Open(call.FrameType(call.Offer), body); err != nil || got.SDP != m.SDP {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	small := call.Message{Type: call.OK, Session: "s", For: call.Offer}
	body, err := guest.SealSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := host.Open(call.FrameType(call.OK), body); err != nil || got != small {
		t.Errorf("%+v, %v", got, err)
	}
}

// A few bytes that would become very many end where a message does.
func TestSqueezedIsBounded(t *testing.T) {
	if got, err := expand(squeeze(make([]byte, 100*call.MaxMessage))); err != nil || len(got) != call.MaxMessage+1 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := expand([]byte{squeezed, 0xff, 0xff}); !errors.Is(err, call.ErrMessage) {
		t.Errorf("%v", err)
	}
	if _, err := expand(nil); err != nil {
		t.Error(err)
	}
}
