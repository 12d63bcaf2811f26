package relay

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pion/turn/v5"

	"parley/call"
)

var quiet = slog.New(slog.DiscardHandler)

// The word is that of coturn's documentation and pion's.
func TestWordIsThatOfOthers(t *testing.T) {
	name, word, err := turn.GenerateLongTermTURNRESTCredentials(secret, "club.ann", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if got := Word(secret, name); got != word {
		t.Errorf("the word is %s, want %s", got, word)
	}
	// printf %s 1700000000:ann | openssl dgst -sha1 -hmac secret -binary | base64
	if got := Word("secret", "1700000000:ann"); got != "vQnWXBtsqkQms4Ddse1rYmcjgqM=" {
		t.Errorf("the word is %s", got)
	}
}

func TestReadName(t *testing.T) {
	now := time.Unix(1000, 0)
	for name, want := range map[string]string{
		"1001:ann": "ann", "1001:club.Ann_2-x": "club.Ann_2-x", "1000:ann": "", "999:ann": "", ":ann": "", "1001:": "", "1001": "", "ann": "",
		"-1:ann": "", "+1001:ann": "", "01001:ann": "", "1001:a:b": "", "1001:a b": "", "1001:\x00": "", "99999999999999999999:ann": "",
		"1001:" + strings.Repeat("a", mostName): "",
	} {
		got, err := readName(name, now)
		if got != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, ErrCredentials) {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
}

func TestIssuer(t *testing.T) {
	i := Issuer{Secret: secret, URLs: []string{"turn:h:1", "turns:h:2?transport=tcp"}, STUN: []string{"stun:h:1"}}
	all := i.Servers("club", "session")
	if len(all) != 3 || all[0].URL != "stun:h:1" || all[0].Username != "" || all[2].URL != i.URLs[1] {
		t.Fatalf("told %+v", all)
	}
	id, err := readName(all[1].Username, time.Now())
	if err != nil || id != "club.session" || all[1].Credential != Word(secret, all[1].Username) {
		t.Errorf("%q, %v", id, err)
	}
	if _, err := readName(all[1].Username, time.Now().Add(DefaultLife+time.Second)); err == nil {
		t.Error("the name never expires")
	}
	if id, err := readName(i.Servers("", "session")[1].Username, time.Now()); err != nil || id != "session" {
		t.Errorf("%q, %v", id, err)
	}
	if all := i.Servers("club", ""); len(all) != 1 || all[0] != (call.Server{URL: "stun:h:1"}) {
		t.Errorf("without a session it is told %+v", all)
	}
}

// Only who has the right word for a name that has not expired is let in.
func TestWhoIsLetIn(t *testing.T) {
	s := serve(t)
	good := Name("", "ann", time.Now().Add(time.Minute))
	old := Name("", "ann", time.Now().Add(-time.Second))
	later := Name("", "ann", time.Now().Add(time.Hour))
	for name, test := range map[string]struct {
		name, word string
		in         bool
	}{
		"good": {good, Word(secret, good), true}, "expired": {old, Word(secret, old), false}, "another word": {good, Word("x", good), false},
		"made to live longer": {later, Word(secret, good), false}, "no name": {"", "", false}, "no expiry": {"ann", Word(secret, "ann"), false},
	} {
		_, err := ask(t, enter(t, "udp", s.udp), s.udp, test.name, test.word).Allocate()
		if (err == nil) != test.in {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("1700000000:ann", int64(1))
	f.Add("1:\xff", int64(0))
	f.Fuzz(func(t *testing.T, name string, at int64) {
		now := time.Unix(at, 0)
		id, err := readName(name, now)
		if err != nil {
			return
		}
		until, rest, _ := strings.Cut(name, ":")
		if rest != id || id == "" || len(name) > mostName || strings.ContainsAny(id, ": \n\x00") || until == "" {
			t.Fatalf("%q is let in as %q", name, id)
		}
	})
}
