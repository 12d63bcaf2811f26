package call

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Of several attempts one is told what is to be said, once it is known.
func TestFirstIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if First(t.Context()) != nil {
			t.Error("told of a context that knows nothing")
		}
		f := newFirst()
		ctx := f.with(t.Context())
		told := make(chan []Message, 3)
		for range 3 {
			go func() { told <- First(ctx) }()
		}
		synctest.Wait()
		if len(told) != 2 {
			t.Fatalf("%d attempts go on before anything is known, want 2", len(told))
		}
		f.is(Message{Type: Hello, Version: 1})
		synctest.Wait()
		n := 0
		for range 3 {
			n += len(<-told)
		}
		if n != 1 {
			t.Errorf("told %d times", n)
		}
		never, cancel := context.WithCancel(newFirst().with(t.Context()))
		cancel()
		if First(never) != nil {
			t.Error("told what nobody said")
		}
	})
}

func TestFirstMessages(t *testing.T) {
	all := []Message{{Type: Hello, Version: 1, Name: "Ann"}, {Type: Offer, Session: "s", SDP: "v=0\r\n"}}
	text, err := EncodeFirst(all)
	if err != nil || strings.ContainsAny(text, " ,;\r\n=") {
		t.Fatalf("%q, %v", text, err)
	}
	if got, err := DecodeFirst(text); err != nil || len(got) != 2 || got[0] != all[0] || got[1] != all[1] {
		t.Errorf("%+v, %v", got, err)
	}
	all[1].SDP = strings.Repeat("x", MaxFirst)
	if text, err := EncodeFirst(all); text != "" || err != nil {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if _, err := EncodeFirst([]Message{{Type: "dance"}}); !errors.Is(err, ErrMessage) {
		t.Errorf("%v", err)
	}
	if got, err := DecodeFirst(""); got != nil || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{".", "x.", "!", text[:len(text)-1], strings.Repeat("A", MaxFirst+1), "e30.e30.e30.e30.e30"} {
		if got, err := DecodeFirst(bad); !errors.Is(err, ErrMessage) {
			t.Errorf("%.20q: %+v, %v", bad, got, err)
		}
	}
}

func FuzzDecodeFirst(f *testing.F) {
	text, err := EncodeFirst([]Message{{Type: Hello, Version: 1}, {Type: Offer, Session: "s", SDP: "v=0"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add("..")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := DecodeFirst(text)
		if err != nil {
			if !errors.Is(err, ErrMessage) {
				t.Fatal(err)
			}
			return
		}
		again, err := EncodeFirst(all)
		if err != nil {
			t.Fatalf("%+v was read and cannot be written: %v", all, err)
		}
		if got, err := DecodeFirst(again); again != "" && (err != nil || len(got) != len(all)) {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

func TestFirstFrames(t *testing.T) {
	session := strings.Repeat("s", LeastSessionLength)
	frames := []Frame{{Type: FrameType(Hello), Session: session, Body: "aA-_"}, {Type: FrameType(Offer), Session: session, Body: "bB"}}
	word := EncodeFirstFrames(frames)
	got, err := DecodeFirstFrames([]string{FrameProtocol, word}, session)
	if err != nil || len(got) != 2 || got[0].Body != "aA-_" || got[1].Session != session || got[1].Type != FrameType(Offer) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := DecodeFirstFrames([]string{FrameProtocol}, ""); got != nil || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	frames[1].Body = strings.Repeat("x", maxFirstFrames)
	if EncodeFirstFrames(frames) != "" || EncodeFirstFrames(nil) != "" {
		t.Error("what does not fit was written")
	}
	for _, bad := range []string{"", "hello", "hello.", "join.aA", "dance.aA", "hello.aA.", "hello.a.hello.a.hello.a.hello.a.hello.a", "hello." + strings.Repeat("x", maxFirstFrames)} {
		if got, err := DecodeFirstFrames([]string{FirstFramesProtocol + bad}, session); !errors.Is(err, ErrFrame) {
			t.Errorf("%.20q: %+v, %v", bad, got, err)
		}
	}
	if got, err := DecodeFirstFrames([]string{word, word}, session); !errors.Is(err, ErrFrame) {
		t.Errorf("said twice: %+v, %v", got, err)
	}
	if got, err := DecodeFirstFrames([]string{word}, ""); !errors.Is(err, ErrFrame) {
		t.Errorf("of no session: %+v, %v", got, err)
	}
}

// requested is a link whose request may have said something.
type requested struct {
	Link
	said bool
}

func (r requested) SaidFirst() bool   { return r.said }
func (r requested) Servers() []Server { return []Server{{URL: "stun:there"}} }

// What the request for a link has said is not said again over it; over one
// beside it, it is. Where the servers are told by the link, this machine's
// addresses are looked for then.
func TestTheRequestSaysTheFirst(t *testing.T) {
	for name, c := range map[string]struct {
		manner Manner
		says   bool
		want   []MessageType
	}{
		"by address":             {Manner{}, true, nil},
		"by address, unsaid":     {Manner{}, false, []MessageType{Hello, Offer}},
		"by link":                {Manner{Late: true, Draft: true, Steady: true}, true, nil},
		"by link, unsaid":        {Manner{Late: true, Draft: true, Steady: true}, false, []MessageType{Hello, Offer}},
		"where nothing is early": {Manner{Late: true, Steady: true, Once: true}, true, []MessageType{Hello, Offer}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &bench{t: t, peer: &fakePeer{}}
				near, far := Pipe()
				b.far = far
				var first []Message
				var fars []Link
				b.s = StartCall(SessionConfig{
					ID: "s", Me: "Me", Address: "there", Manner: c.manner, Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler), Notify: b.note,
					NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
						b.peer.notify = notify
						return b.peer, nil
					},
					Dial: func(ctx context.Context, _ string) (Link, error) { return anew(&fars)(ctx) },
				}, func(ctx context.Context) (Link, error) {
					if c.says {
						first = First(ctx)
					}
					return requested{near, len(first) > 0}, nil
				})
				synctest.Wait()
				if got := types(b.heard()); !slices.Equal(got, c.want) {
					t.Errorf("said over the link: %v", got)
				}
				if c.want == nil && (!slices.Equal(types(first), []MessageType{Hello, Offer}) || first[0].Session != "s" || first[0].Name != "Me") {
					t.Errorf("said with the request: %+v", first)
				}
				if gathered := len(b.peer.gathered) == 1 && b.peer.gathered[0] == 1; gathered != c.manner.Draft {
					t.Errorf("gathered with %v", b.peer.gathered)
				}
				time.Sleep(openingPatience)
				synctest.Wait()
				if !c.manner.Once {
					b.far = fars[0]
					if got := types(b.heard()); !slices.Equal(got, []MessageType{Hello, Offer}) {
						t.Errorf("said over a link beside: %v", got)
					}
					b.far = far
				}
				b.say(hello, ok, answer)
				b.want(Connecting)
				b.s.HangUp()
				b.over(HungUp)
			})
		})
	}
}

// comeAgain has the far side talk over a further link.
func (b *bench) comeAgain(t *testing.T) {
	t.Helper()
	near, far := Pipe()
	taken := make(chan bool, 1)
	b.s.inbox.put(linkBeside{near, taken})
	if !<-taken {
		t.Fatal("the other link was not taken")
	}
	b.far = far
}

// A caller who has said hello over a link that came second closes it: the call
// rings on over the other.
func TestALinkOneTooMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, true, Ringing)
		b.heard()
		b.far.Close()
		synctest.Wait()
		time.Sleep(closedPatience / 2)
		b.comeAgain(t)
		time.Sleep(2 * closedPatience)
		synctest.Wait()
		b.want(Ringing)
		b.s.Accept()
		synctest.Wait()
		b.want(Connecting)
		if got := types(b.heard()); !slices.Equal(got, []MessageType{Hello, OK, Answer}) {
			t.Errorf("said %v", got)
		}
		b.s.HangUp()
		b.over(HungUp)
	})
}

// The same where the call was accepted in that moment: what was answered over
// the link that is closed is said again.
func TestALinkOneTooManyOfACallThatIsAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := reach(t, true, Connecting)
		b.heard()
		b.far.Close()
		time.Sleep(closedPatience / 2)
		b.comeAgain(t)
		time.Sleep(2 * closedPatience)
		b.want(Connecting)
		if got := types(b.heard()); !slices.Contains(got, Answer) {
			t.Errorf("said %v", got)
		}
		b.s.HangUp()
		b.over(HungUp)
	})
}

func FuzzDecodeFirstFrames(f *testing.F) {
	f.Add(FirstFramesProtocol+"hello.aA.offer.bB", "0123456789abcdefghijk")
	f.Add(FirstFramesProtocol, "")
	f.Fuzz(func(t *testing.T, word, session string) {
		frames, err := DecodeFirstFrames([]string{word}, session)
		if err != nil {
			if !errors.Is(err, ErrFrame) {
				t.Fatal(err)
			}
			return
		}
		for _, frame := range frames {
			if _, err := frame.Encode(); err != nil || frame.Session != session {
				t.Fatalf("%+v, %v", frame, err)
			}
		}
	})
}
