package desktop

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"parley/app/callui"
	"parley/app/invites"
	"parley/app/settings"
	"parley/call"
)

// doors is a room whose doors the test opens.
type doors struct{ notify func(call.DoorChange) }

func (doors) Open(call.Door) {}
func (doors) Shut(string)    {}
func (doors) OpenCode()      {}
func (doors) ShutCode()      {}
func (doors) Close() error   { return nil }

func TestInviter(t *testing.T) {
	store, err := settings.Open(filepath.Join(t.TempDir(), "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	server := func() (string, string) { return store.Get().Rendezvous, store.Get().RendezvousKey }
	var room doors
	keeper := invites.Keep(invites.KeeperConfig{
		Store: invites.At(filepath.Join(t.TempDir(), "links.json")), Server: server, Log: slog.New(slog.DiscardHandler),
		NewRoom: func(_, _ string, notify func(call.DoorChange)) invites.Room {
			room.notify = notify
			return room
		},
	})
	defer keeper.Close()
	i := inviter{keeper, store, server}
	told := make(chan callui.InviteState, 16)
	tell := func(s callui.InviteState) { told <- s }
	if _, err := i.Open(callui.InviteOnce, tell); !errors.Is(err, invites.ErrNoServer) {
		t.Errorf("without a server: %v", err)
	}
	if err := i.UseServer("not a server"); err == nil {
		t.Error("nonsense was taken for a server")
	}
	if err := i.UseServer("meet.example"); err != nil || i.Server() != "meet.example" {
		t.Fatalf("%q, %v", i.Server(), err)
	}
	stop, err := i.Open(callui.InviteRoom, tell)
	if err != nil {
		t.Fatal(err)
	}
	link := (<-told).Link
	if parsed, err := call.ParseInvitation(link); err != nil || parsed.Host != "meet.example" {
		t.Errorf("the link %q, %v", link, err)
	} else {
		room.notify(call.DoorChange{Kind: call.DoorOpened, Slot: parsed.Slot})
	}
	if s := <-told; !s.Ready || s.Link != link {
		t.Errorf("told %+v", s)
	}
	room.notify(call.DoorChange{Kind: call.DoorAway, Err: errors.New("no network")})
	if s := <-told; s.Ready || s.Trouble != "no network" {
		t.Errorf("told %+v", s)
	}
	stop()
	if _, err := i.Open(callui.InviteRoom, tell); err != nil || (<-told).Link != link {
		t.Errorf("the room is another one now: %v", err)
	}
	day, err := i.Open(callui.InviteDay, tell)
	if err != nil {
		t.Fatal(err)
	}
	<-told
	day()
	all := i.Links()
	if len(all) != 2 || all[0].Kind == all[1].Kind || all[0].Link != link && all[1].Link != link {
		t.Errorf("links %+v", all)
	}
	for _, l := range all {
		if l.Kind == callui.InviteDay {
			if err := i.Revoke(l.ID); err != nil {
				t.Error(err)
			}
		}
	}
	if all := i.Links(); len(all) != 1 || all[0].Kind != callui.InviteRoom || all[0].Link != link {
		t.Errorf("after revoking %+v", all)
	}
	if _, err := i.Open(callui.InviteCode, tell); err != nil {
		t.Fatal(err)
	}
	room.notify(call.DoorChange{Kind: call.DoorOpened, Slot: "42", Code: call.Code{Number: "42", Words: [2]string{"acorn", "tulip"}}})
	if s := <-told; s.Code != "42-acorn-tulip" || !s.Ready {
		t.Errorf("told %+v", s)
	}
}
