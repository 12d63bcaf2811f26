package cpace

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"
)

var exchange = Exchange{Password: []byte("acorn-tulip"), Channel: []byte("parley code 1\n7"), Session: []byte("S1")}

func run(t testing.TB, a, b Exchange, change func(share []byte)) (keyA, keyB []byte) {
	t.Helper()
	side, ya, err := Start(a, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	yb, keyB, err := Respond(b, ya, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(yb)
	}
	keyA, err = side.Finish(yb)
	if err != nil {
		t.Fatal(err)
	}
	return keyA, keyB
}

func TestBothHaveOneKey(t *testing.T) {
	a, b := run(t, exchange, exchange, nil)
	if !bytes.Equal(a, b) || len(a) != KeySize {
		t.Fatalf("%x and %x", a, b)
	}
	if again, _ := run(t, exchange, exchange, nil); bytes.Equal(a, again) {
		t.Error("another exchange has the same key")
	}
}

// A wrong guess leads to a key, but not to the other side's.
func TestAnythingElseLeadsElsewhere(t *testing.T) {
	for name, change := range map[string]func(*Exchange){
		"another password": func(e *Exchange) { e.Password = []byte("acorn-tullip") },
		"another channel":  func(e *Exchange) { e.Channel = []byte("parley code 1\n8") },
		"another session":  func(e *Exchange) { e.Session = []byte("S2") },
		"shifted words":    func(e *Exchange) { e.Password, e.Channel = []byte("acorn-tulipp"), []byte("arley code 1\n7") },
	} {
		other := exchange
		change(&other)
		if a, b := run(t, exchange, other, nil); bytes.Equal(a, b) {
			t.Errorf("%s: the same key", name)
		}
	}
}

// Who stands between, without the password, has no key that either side has.
func TestNobodyBetween(t *testing.T) {
	side, ya, err := Start(exchange, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	between := exchange
	between.Password = []byte("a guess")
	toA, keyWithA, err := Respond(between, ya, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keyA, err := side.Finish(toA)
	if err != nil || bytes.Equal(keyA, keyWithA) {
		t.Fatalf("%x, %v", keyA, err)
	}
}

func TestNoRandomness(t *testing.T) {
	if _, _, err := Start(exchange, bytes.NewReader(nil)); err == nil {
		t.Error("started without randomness")
	}
	_, share, err := Start(exchange, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Respond(exchange, share, bytes.NewReader(nil)); err == nil {
		t.Error("responded without randomness")
	}
}

func FuzzRespond(f *testing.F) {
	_, share, err := Start(exchange, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(share)
	f.Add(make([]byte, ShareSize))
	f.Add(bytes.Repeat([]byte{0xff}, ShareSize))
	f.Fuzz(func(t *testing.T, theirs []byte) {
		ours, key, err := Respond(exchange, theirs, rand.Reader)
		if err != nil {
			if !errors.Is(err, ErrShare) {
				t.Fatal(err)
			}
			return
		}
		if len(ours) != ShareSize || len(key) != KeySize || bytes.Equal(theirs, make([]byte, ShareSize)) {
			t.Fatalf("%x led to %x, %x", theirs, ours, key)
		}
	})
}
