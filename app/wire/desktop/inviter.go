package desktop

import (
	"strings"
	"sync"
	"time"

	"parley/app/callui"
	"parley/app/invites"
	"parley/app/settings"
	"parley/call"
)

// inviter lets the window make the links and codes of a keeper.
type inviter struct {
	keeper   *invites.Keeper
	settings *settings.Store
	server   func() (origin, key string)
}

var _ callui.Inviter = inviter{}

// Server satisfies callui.Inviter.
func (i inviter) Server() string {
	origin, _ := i.server()
	return strings.TrimPrefix(origin, "https://")
}

// UseServer satisfies callui.Inviter. A key is for the server that gave it.
func (i inviter) UseServer(address string) error {
	origin, err := call.ParseOrigin(address)
	if err != nil {
		return err
	}
	return i.settings.Change(func(s *settings.Settings) {
		if before, err := call.ParseOrigin(s.Rendezvous); err != nil || before != origin {
			s.RendezvousKey = ""
		}
		s.Rendezvous = origin
	})
}

// Open satisfies callui.Inviter.
func (i inviter) Open(kind callui.InviteKind, tell func(callui.InviteState)) (stop func(), err error) {
	if kind == callui.InviteCode {
		return i.openCode(tell)
	}
	w := &watched{tell: tell}
	unwatch := i.keeper.Watch(w.hear)
	one, err := i.link(kind)
	if err != nil {
		unwatch()
		return nil, err
	}
	open := false
	for _, s := range i.keeper.List() {
		open = open || s.ID == one.ID && s.Open
	}
	w.begin(one, open)
	return unwatch, nil
}

// Links satisfies callui.Inviter.
func (i inviter) Links() (all []callui.OpenLink) {
	for _, s := range i.keeper.List() {
		all = append(all, callui.OpenLink{ID: s.ID, Kind: kinds[s.Kind], Link: s.Link(), For: s.For, Made: s.Made, Until: s.Until})
	}
	return all
}

var kinds = map[invites.Kind]callui.InviteKind{
	invites.Once: callui.InviteOnce, invites.Timed: callui.InviteDay, invites.Always: callui.InviteRoom,
}

// Watch satisfies callui.Inviter.
func (i inviter) Watch(f func()) (stop func()) {
	return i.keeper.Watch(func(invites.Event) { f() })
}

// Revoke satisfies callui.Inviter.
func (i inviter) Revoke(id string) error { return i.keeper.Revoke(id) }

// link makes one, or finds the personal room that there is.
func (i inviter) link(kind callui.InviteKind) (invites.Invite, error) {
	switch kind {
	case callui.InviteDay:
		return i.keeper.Make(invites.Order{Kind: invites.Timed, Lasts: 24 * time.Hour})
	case callui.InviteRoom:
		origin, key := i.server()
		for _, s := range i.keeper.List() {
			if s.Kind == invites.Always && s.Origin == origin && s.Key == key {
				return s.Invite, nil
			}
		}
		return i.keeper.Make(invites.Order{Kind: invites.Always})
	}
	return i.keeper.Make(invites.Order{Kind: invites.Once})
}

// openCode asks for one; it ends when nobody looks at it any more.
func (i inviter) openCode(tell func(callui.InviteState)) (stop func(), err error) {
	unwatch := i.keeper.Watch(func(e invites.Event) {
		if e.Code != (call.Code{}) || e.Err != nil && e.Invite.ID == "" {
			tell(codeState(e))
		}
	})
	if err := i.keeper.Code(); err != nil {
		unwatch()
		return nil, err
	}
	return func() {
		unwatch()
		i.keeper.EndCode()
	}, nil
}

func codeState(e invites.Event) callui.InviteState {
	s := callui.InviteState{Ready: e.Kind == call.DoorOpened, Over: e.Kind == call.DoorShut || e.Kind == call.DoorGuessed}
	if e.Code != (call.Code{}) {
		s.Code = e.Code.String()
	}
	if e.Err != nil {
		s.Trouble = e.Err.Error()
	}
	return s
}

// watched is the link that is looked at.
type watched struct {
	tell func(callui.InviteState)
	mu   sync.Mutex
	one  invites.Invite
	now  callui.InviteState
}

// begin shows the link as soon as there is one.
func (w *watched) begin(one invites.Invite, open bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.one = one
	w.now.Link, w.now.Ready = one.Link(), open
	w.tell(w.now)
}

func (w *watched) hear(e invites.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	everybody := e.Invite.ID == "" && e.Code == call.Code{}
	if w.one.ID == "" || e.Invite.ID != w.one.ID && !everybody {
		return
	}
	w.now.Ready, w.now.Over, w.now.Trouble = e.Kind == call.DoorOpened, e.Kind == call.DoorShut, ""
	if e.Err != nil {
		w.now.Trouble = e.Err.Error()
	}
	w.tell(w.now)
}
