package call

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// print32 is a fingerprint that is made of one byte.
func print32(b string) string { return strings.TrimSuffix(strings.Repeat(b+":", 32), ":") }

func sdpWith(fingerprint string) string {
	return "v=0\r\ns=-\r\na=fingerprint:sha-256 " + fingerprint + "\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
}

func TestFingerprintOf(t *testing.T) {
	a, b := print32("AB"), print32("CD")
	for _, c := range []struct {
		sdp, want string
		bad       bool
	}{
		{"v=0\r\n", "", false},
		{sdpWith(a), a, false},
		{"A=FINGERPRINT:SHA-256 " + strings.ToLower(a), a, false},
		{sdpWith(a) + "a=fingerprint:sha-256 " + a + "\n", a, false},
		{sdpWith(a) + "a=fingerprint:sha-256 " + b + "\r\n", "", true},
		{sdpWith(a) + "a=fingerprint:sha-1 " + a + "\r\n", "", true},
		{"a=fingerprint:sha-256 " + a[:len(a)-1], "", true},
		{"a=fingerprint:sha-256 " + strings.ReplaceAll(a, ":", "-"), "", true},
		{"a=fingerprint:sha-256", "", true},
	} {
		got, err := FingerprintOf(c.sdp)
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("%q: %q, %v", c.sdp, got, err)
		}
	}
}

func FuzzFingerprintOf(f *testing.F) {
	f.Add(sdpWith(print32("AB")))
	f.Add("a=fingerprint:sha-256 x\na=fingerprint:")
	f.Fuzz(func(t *testing.T, sdp string) {
		got, err := FingerprintOf(sdp)
		if got != "" && (err != nil || !isFingerprint(got)) {
			t.Fatalf("%q, %v", got, err)
		}
		if err != nil && !errors.Is(err, errFingerprint) {
			t.Fatal(err)
		}
	})
}

// handshake runs both sides' part, with what lies between them.
func handshake(caller, callee string, offer, answer func(Message) Message, ok func(string) string) (a, b verification, err error) {
	if err = a.offers(sdpWith(caller)); err != nil {
		return
	}
	if err = b.offered(offer(Message{SDP: sdpWith(caller), Commit: a.commit})); err != nil {
		return
	}
	if err = b.answers(sdpWith(callee)); err != nil {
		return
	}
	reveal, err := a.answered(answer(Message{SDP: sdpWith(callee), Nonce: b.nonce}))
	if err != nil {
		return
	}
	_, err = b.revealed(ok(reveal))
	return
}

func same(m Message) Message { return m }

func shown(nonce string) string { return nonce }

func TestBothSidesMakeTheSameWords(t *testing.T) {
	seen := map[string]bool{}
	for range 20 {
		a, b, err := handshake(print32("0A"), print32("0B"), same, same, shown)
		if err != nil || len(a.words) != 4 || !slices.Equal(a.words, b.words) {
			t.Fatalf("%v, %v, %v", a.words, b.words, err)
		}
		if a.theirs != print32("0B") || b.theirs != print32("0A") {
			t.Errorf("fingerprints %q, %q", a.theirs, b.theirs)
		}
		seen[strings.Join(a.words, " ")] = true
	}
	if len(seen) != 20 {
		t.Errorf("%d different in 20 calls: they must not repeat", len(seen))
	}
}

// The page in the browser makes the same from the same.
func TestWordsOfKnownNumbers(t *testing.T) {
	got := strings.Join(wordsOf(print32("0A"), print32("0B"), strings.Repeat("A", 22), strings.Repeat("Q", 21)+"A"), " ")
	if commit := commitTo(print32("0A"), strings.Repeat("A", 22)); got != "tractor king delta yellow" || commit != "-DILw5BQAlNSxHdGY1XFbL0-CxeS7q98aqrIn71PDtk" {
		t.Errorf("%s, commitment %s", got, commit)
	}
}

// Who stands in between and swaps the certificates, with the best commitments
// of its own, shows the two people different words.
func TestAManInTheMiddleShowsOtherWords(t *testing.T) {
	const mallory = "EE"
	toBob := verification{}
	var toAnn Message
	ann, bob, err := handshake(print32("0A"), print32("0B"),
		func(Message) Message {
			if err := toBob.offers(sdpWith(print32(mallory))); err != nil {
				t.Fatal(err)
			}
			return Message{SDP: sdpWith(print32(mallory)), Commit: toBob.commit}
		},
		func(m Message) Message {
			toAnn = Message{SDP: sdpWith(print32(mallory)), Nonce: m.Nonce} // the callee's own number is no better
			return toAnn
		},
		func(string) string { return toBob.nonce })
	if err != nil {
		t.Fatal(err)
	}
	if len(ann.words) != 4 || len(bob.words) != 4 || slices.Equal(ann.words, bob.words) {
		t.Errorf("Ann sees %v, Bob %v", ann.words, bob.words)
	}
}

// A number that is chosen after the callee's is known fits no commitment.
func TestAWrongRevealIsRefused(t *testing.T) {
	for name, reveal := range map[string]func(string) string{
		"another": func(string) string { return newNonce() },
		"none":    func(string) string { return "" },
	} {
		_, b, err := handshake(print32("0A"), print32("0B"), same, same, reveal)
		if !errors.Is(err, errFingerprint) || b.words != nil {
			t.Errorf("%s: %v, %v", name, b.words, err)
		}
	}
}

func TestOlderSidesHaveNoWords(t *testing.T) {
	without := func(m Message) Message { m.Commit, m.Nonce = "", ""; return m }
	for name, f := range map[string][2]func(Message) Message{"caller": {without, same}, "callee": {same, without}} {
		a, b, err := handshake(print32("0A"), print32("0B"), f[0], f[1], shown)
		if name == "callee" { // it knows nothing of it, and refuses nothing
			err = nil
		}
		if err != nil || a.words != nil || b.words != nil {
			t.Errorf("%s: %v, %v, %v", name, a.words, b.words, err)
		}
	}
}

// verified is a bench whose own description has a fingerprint.
func verified(t *testing.T, incoming bool) *bench {
	return benchWith(&bench{t: t, peer: &fakePeer{sdp: sdpWith(print32("0A"))}}, incoming)
}

func (b *bench) last() Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.events[len(b.events)-1]
}

func TestSessionsTellWordsAndFingerprint(t *testing.T) {
	their := verification{}
	synctest.Test(t, func(t *testing.T) { // as the caller
		b := verified(t, false)
		offer := b.heard()[1]
		if err := their.offered(offer); err != nil || offer.Commit == "" {
			t.Fatalf("%+v, %v", offer, err)
		}
		if err := their.answers(sdpWith(print32("0B"))); err != nil {
			t.Fatal(err)
		}
		b.say(hello, ok, Message{Type: Answer, Session: "s", SDP: sdpWith(print32("0B")), Nonce: their.nonce})
		heard := b.heard()
		if _, err := their.revealed(heard[len(heard)-1].Nonce); err != nil {
			t.Fatal(err)
		}
		if e := b.last(); !slices.Equal(e.Words, their.words) || len(e.Words) != 4 || e.Fingerprint != print32("0B") || e.Way != ByAddress {
			t.Errorf("%+v, want %v", e, their.words)
		}
		b.s.HangUp()
	})
	synctest.Test(t, func(t *testing.T) { // as the callee
		b := verified(t, true)
		a := verification{}
		if err := a.offers(sdpWith(print32("0B"))); err != nil {
			t.Fatal(err)
		}
		b.say(hello, Message{Type: Offer, Session: "s", SDP: sdpWith(print32("0B")), Commit: a.commit})
		if e := b.last(); e.Fingerprint != print32("0B") || e.Words != nil {
			t.Errorf("while it rings: %+v", e)
		}
		b.s.Accept()
		synctest.Wait()
		heard := b.heard()
		reveal, err := a.answered(heard[len(heard)-1])
		if err != nil {
			t.Fatal(err)
		}
		b.peerSays(PeerConnected) // media may be faster than the words
		b.say(Message{Type: OK, Session: "s", For: Answer, Nonce: reveal})
		if e := b.last(); !slices.Equal(e.Words, a.words) || len(e.Words) != 4 {
			t.Errorf("%+v, want %v", e, a.words)
		}
		n := len(b.events)
		b.say(Message{Type: OK, Session: "s", For: Answer, Nonce: reveal}) // over another link
		if len(b.events) != n {
			t.Error("told twice")
		}
		b.s.HangUp()
	})
}

func TestAWrongRevealEndsTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := verified(t, true)
		b.say(hello, Message{Type: Offer, Session: "s", SDP: sdpWith(print32("0B")), Commit: commitTo(print32("0B"), newNonce())})
		b.s.Accept()
		synctest.Wait()
		b.say(Message{Type: OK, Session: "s", For: Answer, Nonce: newNonce()})
		b.over(Broken)
	})
}

func TestConflictingFingerprintsEndTheCall(t *testing.T) {
	both := sdpWith(print32("0B")) + "a=fingerprint:sha-256 " + print32("0C") + "\r\n"
	synctest.Test(t, func(t *testing.T) {
		b := verified(t, false)
		b.say(hello, ok, Message{Type: Answer, Session: "s", SDP: both})
		b.over(Broken)
		if b.peer.accepted != 0 {
			t.Error("the transport was given the answer")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := verified(t, true)
		b.say(hello, Message{Type: Offer, Session: "s", SDP: both})
		<-b.s.Done()
		if b.peer.notify != nil {
			t.Error("a peer connection was made")
		}
	})
}

// A restart gives the same media other addresses: the certificates stay.
func TestARestartCannotChangeTheCertificate(t *testing.T) {
	other := sdpWith(print32("EE"))
	synctest.Test(t, func(t *testing.T) {
		b := verified(t, true)
		b.say(hello, Message{Type: Offer, Session: "s", SDP: sdpWith(print32("0B"))})
		b.s.Accept()
		synctest.Wait()
		b.peerSays(PeerConnected)
		b.say(Message{Type: Restart, Session: "s", SDP: sdpWith(print32("0B"))})
		if b.want(Connected); b.peer.answered != 2 {
			t.Fatalf("answered %d times", b.peer.answered)
		}
		b.say(Message{Type: Restart, Session: "s", SDP: other})
		b.over(Broken)
		if b.peer.answered != 2 {
			t.Error("answered")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := verified(t, false)
		b.say(hello, ok, Message{Type: Answer, Session: "s", SDP: sdpWith(print32("0B"))})
		b.peerSays(PeerConnected)
		b.say(Message{Type: Restart, Session: "s"}) // asks for one
		b.say(Message{Type: Answer, Session: "s", SDP: other})
		b.over(Broken)
	})
}
