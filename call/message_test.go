package call

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func everyMessage() []Message {
	mid, line := "0", uint16(0)
	return []Message{
		{Type: Hello, Version: 1, Name: "Ann"},
		{Type: Offer, Session: "s", SDP: "v=0\r\n"},
		{Type: Answer, Session: "s", SDP: "v=0\r\n"},
		{Type: OK, Session: "s", For: Offer},
		{Type: Trickle, Session: "s", Candidate: &Candidate{"candidate:1 1 udp 1 ::1 9 typ host", &mid, &line}},
		{Type: Restart, Session: "s", SDP: "v=0\r\n"},
		{Type: Offer, Session: "s", SDP: "v=0", Commit: strings.Repeat("A", 43)},
		{Type: Answer, Session: "s", SDP: "v=0", Nonce: strings.Repeat("A", 22)},
		{Type: OK, Session: "s", For: Answer, Nonce: "-_" + strings.Repeat("A", 20)},
		{Type: Bye, Session: "s", Reason: Busy, Glare: "00ff"},
	}
}

func TestMessagesComeBackAsTheyWere(t *testing.T) {
	for _, m := range everyMessage() {
		data, err := m.Encode()
		if err != nil {
			t.Fatalf("%s: %v", m.Type, err)
		}
		got, err := DecodeMessage(data)
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s: %+v, %v", m.Type, got, err)
		}
	}
}

func TestBrokenMessagesAreRefused(t *testing.T) {
	for _, text := range []string{
		"", "null", "[]", `"bye"`, `{"type":"hello"}`, `{"type":"hello","version":-1}`, `{"type":"offer","session":"s"}`,
		`{"type":"offer","sdp":"v=0"}`, `{"type":"answer"}`, `{"type":"ok","session":"s"}`, `{"type":"candidate","session":"s"}`,
		`{"type":"bye"}`, `{"type":"dance","session":"s"}`, `{}`, `{"type":"bye","session":"../../etc"}`,
		`{"type":"answer","session":"s","sdp":"x","nonce":"short"}`, `{"type":"offer","session":"s","sdp":"x","commit":"AAAA"}`,
		`{"type":"bye","session":"a\nb"}`, `{"type":"bye","session":"s","reason":"two words"}`,
		`{"type":"bye","session":"` + strings.Repeat("x", maxToken+1) + `"}`,
		`{"type":"bye","session":"s"}` + strings.Repeat(" ", MaxMessage),
	} {
		if m, err := DecodeMessage([]byte(text)); !errors.Is(err, ErrMessage) {
			t.Errorf("%.60s: %+v, %v", text, m, err)
		}
	}
	if _, err := (Message{Type: Bye}).Encode(); !errors.Is(err, ErrMessage) {
		t.Errorf("a message that would be refused was encoded: %v", err)
	}
}

func TestCleanName(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Ann", "Ann"}, {"", ""}, {"  Ann \t\n Bee ", "Ann Bee"}, {"Jürgen Ærø", "Jürgen Ærø"}, {"李小龍", "李小龍"},
		{"Ann\x00\x07\x1b[31m", "Ann[31m"}, {"\u202egnp.exe", "gnp.exe"}, {"a\u200fb\u2066c", "abc"},
		{"A\xff\xfeB", "AB"}, {"\u2028line", "line"}, {"\u00a0", ""},
		{strings.Repeat("é", 100), strings.Repeat("é", MaxName)},
	}
	for _, test := range tests {
		if got := CleanName(test.in); got != test.want {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzDecodeMessage(f *testing.F) {
	for _, m := range everyMessage() {
		data, err := m.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"type":"hello","version":1,"name":"\u202e\ud800"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := DecodeMessage(data)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(m.Name); n > MaxName || strings.ContainsAny(m.Name, "\n\r\x00\u202e") {
			t.Fatalf("name %q", m.Name)
		}
		if !isToken(m.Session) || len(m.Session) > maxToken {
			t.Fatalf("session %q", m.Session)
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if len(again) > MaxMessage {
			return // escapes make it longer
		}
		if back, err := DecodeMessage(again); err != nil || !reflect.DeepEqual(back, m) {
			t.Fatalf("%+v became %+v, %v", m, back, err)
		}
	})
}
