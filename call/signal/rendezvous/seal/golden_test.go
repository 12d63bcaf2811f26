package seal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"testing"

	"parley/call"
)

var update = flag.Bool("update", false, "write testdata/seal.json anew")

// example is a conversation that every implementation seals in the same way.
type example struct {
	Secret    string   `json:"secret"` // base64url, as in a link
	Slot      string   `json:"slot"`
	Session   string   `json:"session"`
	GuestSalt string   `json:"guestSalt"` // hex, as what follows
	HostSalt  string   `json:"hostSalt"`
	Base      string   `json:"base"`
	GuestKey  string   `json:"guestKey"`
	HostKey   string   `json:"hostKey"`
	Frames    []spoken `json:"frames"`
}

type spoken struct {
	From  string `json:"from"` // guest or host
	Type  string `json:"type"`
	Plain string `json:"plain"` // the message as JSON, byte by byte
	Body  string `json:"body"`
}

// examples are what is sealed, without the results.
var examples = []example{
	{
		Secret: "AAECAwQFBgcICQoLDA0ODw", Slot: "abc123", Session: "KYXQ5VTRNJ3YXWZ4QHDLQH2S6A",
		GuestSalt: "000102030405060708090a0b0c0d0e0f", HostSalt: "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
		Frames: []spoken{
			{From: "guest", Type: "hello", Plain: `{"type":"hello","session":"call","version":1,"name":"Änn"}`},
			{From: "guest", Type: "offer", Plain: `{"type":"offer","session":"call","sdp":"v=0\r\n"}`},
			{From: "host", Type: "hello", Plain: `{"type":"hello","session":"call","version":1,"name":"Bob"}`},
			{From: "host", Type: "ok", Plain: `{"type":"ok","session":"call","for":"offer"}`},
			{From: "host", Type: "answer", Plain: `{"type":"answer","session":"call","sdp":"v=0\r\n"}`},
			{From: "guest", Type: "ok", Plain: `{"type":"ok","session":"call","for":"answer"}`},
			{From: "host", Type: "bye", Plain: `{"type":"bye","session":"call","reason":"hangup"}`},
		},
	},
	{
		Secret: "_____________________w", Slot: "team.z9", Session: "s",
		GuestSalt: "ffffffffffffffffffffffffffffffff", HostSalt: "00000000000000000000000000000000",
		Frames: []spoken{
			{From: "guest", Type: "bye", Plain: `{"type":"bye","session":"none","reason":"cancelled"}`},
			{From: "host", Type: "bye", Plain: `{"type":"bye","session":"none","reason":"busy"}`},
		},
	},
}

const golden = "testdata/seal.json"

func TestGolden(t *testing.T) {
	made := make([]example, len(examples))
	for i, e := range examples {
		made[i] = worked(t, e)
	}
	if *update {
		data, err := json.MarshalIndent(made, "", "  ")
		if err == nil {
			err = os.WriteFile(golden, append(data, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var want []example
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(made, want) {
		t.Errorf("got %+v\nwant %+v\n(-update writes it anew)", made, want)
	}
}

// worked fills in the keys and bodies, and has the other side open each.
func worked(t *testing.T, e example) example {
	t.Helper()
	secret, err := text.DecodeString(e.Secret)
	if err != nil {
		t.Fatal(err)
	}
	guest, err1 := Guest(secret, e.Slot, e.Session, bytes.NewReader(unhex(t, e.GuestSalt)))
	host, err2 := Host(secret, e.Slot, e.Session, bytes.NewReader(unhex(t, e.HostSalt)))
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	frames := make([]spoken, len(e.Frames))
	for i, f := range e.Frames {
		from, to := guest, host
		if f.From == "host" {
			from, to = host, guest
		}
		m, err := call.DecodeMessage([]byte(f.Plain))
		if err != nil {
			t.Fatal(err)
		}
		if f.Body, err = from.Seal(m); err != nil {
			t.Fatal(err)
		}
		if plain, err := to.open(call.MessageType(f.Type), f.Body); err != nil || string(plain) != f.Plain {
			t.Fatalf("%s was opened as %s, %v", f.Plain, plain, err)
		}
		frames[i] = f
	}
	gk, err1 := guestKey(guest.base, unhex(t, e.GuestSalt), e.Session)
	hk, err2 := hostKey(guest.base, unhex(t, e.HostSalt), unhex(t, e.GuestSalt), e.Session)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	e.Base, e.GuestKey, e.HostKey, e.Frames = hex.EncodeToString(guest.base), hex.EncodeToString(gk), hex.EncodeToString(hk), frames
	return e
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
