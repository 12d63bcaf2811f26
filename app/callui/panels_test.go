package callui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/app/callui/roster"
	"parley/app/callui/talk"
	"parley/app/look"
	"parley/call"
)

var inCall = Model{Screen: InCall, Connected: true, Who: "Ada", Chat: Chat{Possible: true}, Share: Picker{Chosen: call.DeviceOff}}

func TestWhatIsWrittenTakesNoRoomFromTheBar(t *testing.T) {
	v, _, w := viewed(t)
	m := inCall
	m.Chat.Open = true
	v.show(m)
	stage := v.stage.content.Size()
	chat, bar := v.chat.Content, v.bar.content
	if chat.Position().X+chat.Size().Width > stage.Width || bar.Position().X+bar.Size().Width > chat.Position().X {
		t.Errorf("large: the bar ends at %v, the chat begins at %v", bar.Position().X+bar.Size().Width, chat.Position().X)
	}
	if end := v.remote.Position().X + v.remote.Size().Width; end > chat.Position().X {
		t.Errorf("their picture ends at %v, behind what is written", end)
	}
	w.Resize(w.Content().MinSize())
	if bottom := chat.Position().Y + chat.Size().Height; bottom > bar.Position().Y || v.own.Visible() {
		t.Errorf("small: the chat ends at %v, the bar begins at %v; own picture %v", bottom, bar.Position().Y, v.own.Visible())
	}
	m.Chat.Open = false
	v.show(m)
	if chat.Visible() || !v.own.Visible() || v.remote.Size() != v.stage.content.Size() {
		t.Error("closed, it leaves its room empty")
	}
}

func TestTheKeysGoToWhatIsWrittenAndBack(t *testing.T) {
	v, _, w := viewed(t)
	m := inCall
	v.show(m)
	m.Chat.Open = true
	v.show(m)
	if w.Canvas().Focused() == nil {
		t.Error("nothing can be written at once")
	}
	m.Chat.Open = false
	v.show(m)
	if w.Canvas().Focused() != nil {
		t.Error("plain keys are not the call's again")
	}
}

func TestTheWords(t *testing.T) {
	v, _, _ := viewed(t)
	words := []string{"acorn", "violin", "harbor", "panda"}
	for _, c := range []struct {
		name             string
		trust            Trust
		on, small, large bool
		shield, oneself  bool
	}{
		{name: "a side that has none"},
		{name: "not compared", trust: Trust{Words: words}, on: true, small: true},
		{name: "being compared", trust: Trust{Words: words, Open: true}, on: true, large: true},
		{name: "compared", trust: Trust{Words: words, Standing: Verified}, on: true, shield: true},
		{name: "another machine", trust: Trust{Words: words, Standing: Changed, Open: true}, on: true, large: true},
		{name: "oneself", trust: Trust{Words: words}, oneself: true},
	} {
		m := inCall
		m.Trust, m.Loopback = c.trust, c.oneself
		v.show(m)
		p := v.trust
		if p.content.Visible() != c.on || c.on && (p.small.Visible() != c.small || p.large.Visible() != c.large) || v.top.shield.Visible() != c.shield {
			t.Errorf("%s: on %v, small %v, large %v, shield %v", c.name, p.content.Visible(), p.small.Visible(), p.large.Visible(), v.top.shield.Visible())
		}
	}
}

func TestWhoCallsCanBeBlockedOnlyWhileItRings(t *testing.T) {
	v, _, _ := viewed(t)
	for _, c := range []struct {
		m           Model
		block, goOn bool
	}{
		{Model{Screen: Incoming, Who: "Ada", Blocks: true}, true, false},
		{Model{Screen: Incoming, Who: "Ada"}, false, false},
		{Model{Screen: Calling, Who: "Ada", Blocks: true, Trust: Trust{Standing: Changed, Asking: true}}, false, true},
	} {
		v.show(c.m)
		if v.people.block.Visible() != c.block || v.people.goOn.Visible() != c.goOn {
			t.Errorf("%+v: block %v, go on %v", c.m.Screen, v.people.block.Visible(), v.people.goOn.Visible())
		}
	}
}

func TestInvitingTakesThePlaceOfThePeople(t *testing.T) {
	v, _, _ := viewed(t)
	m := Model{People: []roster.Person{{Name: "Ann", Presence: roster.Free}}, Invite: Invite{Possible: true}}
	v.show(m)
	if !v.ready.whom.Visible() || v.ready.inviter.scroll.Visible() || !v.ready.invite.Visible() {
		t.Error("before: not whom to call")
	}
	m.Invite = Invite{Possible: true, Shown: true}
	v.show(m)
	if v.ready.whom.Visible() || !v.ready.inviter.none.Visible() || v.ready.inviter.ways.Visible() {
		t.Error("without a rendezvous: not what one is")
	}
	m.Invite.Server, m.Invite.State = "x", InviteState{Link: "https://x/c/y#z", Ready: true}
	v.show(m)
	if v.ready.inviter.none.Visible() || !v.ready.inviter.qr.content.Visible() || v.ready.inviter.code.Visible() {
		t.Error("a link is not shown as a picture")
	}
	m.Invite.Kind, m.Invite.State = InviteCode, InviteState{Code: "7-acorn-violin"}
	v.show(m)
	if v.ready.inviter.qr.content.Visible() || !v.ready.inviter.code.Visible() {
		t.Error("a code is not shown in words")
	}
	copied := ""
	v.ready.inviter.copy.OnTapped = func() { copied = v.ready.inviter.shown.State.Code }
	test.Tap(v.ready.inviter.copy.Button)
	if copied != "7-acorn-violin" {
		t.Errorf("copied %q", copied)
	}
}

// The picture of a link is read back from what is drawn.
func TestThePictureOfALink(t *testing.T) {
	if drawQR("") != nil {
		t.Error("a picture of nothing")
	}
	img := drawQR("https://parley.example/c/slot#secret")
	b := img.Bounds()
	if b.Dx() != b.Dy() || b.Dx() < 21+4 {
		t.Fatalf("it has %v", b)
	}
	dark := func(x, y int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r == 0 }
	// The three corners that readers look for, within a white margin.
	for _, corner := range [][2]int{{2, 2}, {b.Dx() - 9, 2}, {2, b.Dy() - 9}} {
		if !dark(corner[0], corner[1]) || !dark(corner[0]+3, corner[1]+3) || dark(corner[0]+1, corner[1]+1) {
			t.Errorf("no finder at %v", corner)
		}
	}
	if dark(0, 0) || dark(1, 5) {
		t.Error("the margin is not white")
	}
}

func TestFilesThatAreDroppedOntoACall(t *testing.T) {
	v, _, _ := viewed(t)
	v.show(Model{})
	if v.Dropped([]fyne.URI{}) {
		t.Error("taken without a call")
	}
	v.show(inCall)
	if !v.Dropped([]fyne.URI{}) {
		t.Error("not taken in a call")
	}
}

func TestUnreadLinesAreMarkedOnTheBar(t *testing.T) {
	p := NewPresenter(Choice{}, nil)
	p.Call(call.Event{State: call.Connected, Session: "s", At: time.Unix(1, 0)})
	p.Talk(true, []talk.Line{{Text: "hi"}}, Theirs{Recording: true})
	v, _, _ := viewed(t)
	m := p.Model(time.Unix(2, 0))
	v.show(m)
	if m.Chat.Unread != 1 || !v.bar.chat.Visible() || v.top.theirs.Text != "they record" {
		t.Errorf("unread %d, button %v, told %q", m.Chat.Unread, v.bar.chat.Visible(), v.top.theirs.Text)
	}
}

// In no language does anything stick out of the panel beside the own picture.
func TestThePanelHasRoomForItsWords(t *testing.T) {
	t.Cleanup(func() {
		if err := look.Speak("en"); err != nil {
			t.Error(err)
		}
	})
	for _, language := range look.Languages() {
		if err := look.Speak(language.Name); err != nil {
			t.Fatal(err)
		}
		v, _, _ := viewed(t)
		m := Model{
			Mine:   []string{"192.168.178.123"},
			People: []roster.Person{{Name: "Ann of the long name that she has", Presence: roster.Free}},
			Invite: Invite{Possible: true},
		}
		fits := func(what string) {
			v.show(m)
			if got := v.ready.content.MinSize().Width; got > panelWidth {
				t.Errorf("%s: %s wants %v of %v", language.Name, what, got, panelWidth)
			}
			if got := v.ready.inviter.content.MinSize().Width; got > panelWidth {
				t.Errorf("%s: %s wants %v of %v", language.Name, what, got, panelWidth)
			}
		}
		fits("whom to call")
		m.Invite.Shown = true
		fits("what a rendezvous is")
		m.Invite.Server = "x"
		m.Invite.Links = []OpenLink{{ID: "1", Kind: InviteOnce}, {ID: "2", Kind: InviteRoom}}
		for m.Invite.Kind = range inviteKinds {
			for _, m.Invite.State = range []InviteState{{}, {Link: "https://x/c/y#z", Ready: true}, {Code: "7-acorn-violin", Ready: true}, {Revoked: true}, {Over: true}} {
				fits("an invitation")
			}
		}
	}
}
