package call

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestFramesThatCanBe(t *testing.T) {
	slot := SlotOf("", "claim")
	for _, f := range []Frame{
		{Type: OpenSlot, Slot: slot, Claim: "claim", Key: "key", Once: true, Seconds: 60},
		{Type: OpenSlot, Number: true},
		{Type: Opened, Slot: slot, Servers: []Server{{"turn:a.example", "name", "word"}}},
		{Type: Join, Slot: "7"},
		{Type: Joined, Session: "s"},
		{Type: Joined, Session: "s", Space: "choir-2"},
		{Type: FrameType(Offer), Session: "s", Body: "sealed"},
		{Type: Pake, Session: "s", Body: "share"},
		{Type: Failed, Reason: TooFast},
	} {
		data, err := f.Encode()
		if err != nil {
			t.Errorf("%+v: %v", f, err)
			continue
		}
		if got, err := DecodeFrame(data); err != nil || !reflect.DeepEqual(got, f) {
			t.Errorf("%+v came back as %+v, %v", f, got, err)
		}
	}
}

func TestFramesThatCannotBe(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `{"type":"shout"}`, `{"type":"join"}`, `{"type":"join","slot":"A"}`, `{"type":"join","slot":"../x"}`,
		`{"type":"open","slot":"abc"}`, `{"type":"open","slot":"abc","claim":"x","number":true}`, `{"type":"open","number":true,"seconds":-1}`,
		`{"type":"offer","session":"s"}`, `{"type":"offer","body":"x"}`, `{"type":"leave"}`,
		`{"type":"joined","session":"s","space":"a.b"}`, `{"type":"joined","session":"s","space":"../x"}`, `{"type":"joined","session":"s","space":"` + strings.Repeat("x", 65) + `"}`,
		`{"type":"knock","session":"a b"}`, `{"type":"failed","reason":"` + strings.Repeat("x", 200) + `"}`,
		`{"type":"failed","body":"` + strings.Repeat("x", MaxFrame) + `"}`,
	} {
		if f, err := DecodeFrame([]byte(text)); !errors.Is(err, ErrFrame) {
			t.Errorf("%.60s was taken for %+v, %v", text, f, err)
		}
	}
}

func TestSlotNames(t *testing.T) {
	own, other := SlotOf("", "one claim"), SlotOf("choir", "one claim")
	if own == SlotOf("", "another") || other != "choir."+own || SpaceOf(other) != "choir" || SpaceOf(own) != "" {
		t.Errorf("%q and %q", own, other)
	}
	for text, want := range map[string]bool{
		own: true, other: true, "7": true, "a-b.x": true, "": false, ".": false, "a.": false, ".a": false, "a-b": false,
		"a.b.c": false, "A": false, "a/b": false, strings.Repeat("a", 65): false,
	} {
		if IsSlot(text) != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
}

// What a stranger sends is refused, or comes back the same.
func FuzzDecodeFrame(f *testing.F) {
	for _, text := range []string{`{"type":"join","slot":"7"}`, `{"type":"offer","session":"s","body":"x"}`, `{"type":"opened","slot":"a","servers":[{"urls":"stun:x"}]}`, `{`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		frame, err := DecodeFrame(data)
		if err != nil {
			if !errors.Is(err, ErrFrame) {
				t.Fatalf("%q: %v", data, err)
			}
			return
		}
		again, err := frame.Encode()
		if err != nil {
			t.Fatalf("%q was taken and cannot be sent: %v", data, err)
		}
		if back, err := DecodeFrame(again); err != nil || !reflect.DeepEqual(back, frame) {
			t.Fatalf("%q became %+v, %v", data, back, err)
		}
	})
}
