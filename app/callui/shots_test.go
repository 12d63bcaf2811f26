package callui

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/app/callui/roster"
	"parley/app/callui/talk"
	"parley/app/hop"
	"parley/app/look"
	"parley/call"
)

// TestShots draws the screens into PARLEY_SHOTS, for eyes.
func TestShots(t *testing.T) {
	dir := os.Getenv("PARLEY_SHOTS")
	if dir == "" {
		t.Skip("PARLEY_SHOTS is not set")
	}
	a := test.NewTempApp(t)
	name := os.Getenv("PARLEY_SHOTS_THEME")
	if name == "" {
		name = "dark"
	}
	th, err := look.ThemeNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	a.Settings().SetTheme(th)
	t.Cleanup(hop.Replace(func(func()) {}))
	media := newFakeMedia()
	for _, slot := range []*call.Slot{media.preview, media.remote} {
		call.NewPattern(640, 360, 30).Draw(slot.Writable(), 7, time.Now())
		slot.Put()
	}
	desk := NewDesk(Config{Phone: &fakePhone{}, Media: media, Recorder: &fakeRecorder{}})
	v := NewView(desk, media, Shell{Copy: func(string) {}, FullScreen: func(bool) {}, Open: func(string) {}})
	defer desk.Close()
	defer v.Close()
	w := test.NewTempWindow(t, v.Content())
	w.SetPadded(false)
	for name, m := range shots() {
		for _, size := range []fyne.Size{{Width: 1090, Height: 690}, {Width: 756, Height: 440}} {
			w.Resize(size)
			v.show(m)
			file, err := os.Create(filepath.Join(dir, name+"-"+map[bool]string{true: "large", false: "small"}[size.Width > 1000]+".png"))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(file, w.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
			file.Close()
		}
	}
}

func shots() map[string]Model {
	now := time.Now()
	base := NewPresenter(Choice{}, nil)
	base.Devices(all, Choice{})
	ready := base.Model(now)
	ready.Mine, ready.Invite.Possible = []string{"192.168.1.7"}, true
	people := ready
	people.People = []roster.Person{
		{Kind: roster.Nearby, Name: "Ada Lovelace", Presence: roster.Free, Address: "nearby:x"},
		{Kind: roster.Nearby, Name: "Bob", Presence: roster.Busy, Address: "nearby:y"},
		{Kind: roster.Contact, Name: "Charles Babbage with a long long name", Address: "192.168.1.23", Verified: true, Known: true},
		{Kind: roster.Contact, Name: "Grace Hopper", Address: "https://parley.example/c/grace#x", Known: true},
		{Kind: roster.Recent, Name: "Ada Lovelace", Address: "10.0.0.7", Missed: true, New: true, Incoming: true, At: now.Add(-time.Minute)},
		{Kind: roster.Recent, Name: "Mallory", Address: "10.0.0.8", Incoming: true, At: now.Add(-49 * time.Hour)},
	}
	link, code, none := ready, ready, ready
	link.Invite = Invite{Possible: true, Shown: true, Server: "parley.example.org", State: InviteState{Link: "https://parley.example.org/c/k3x9m2p4q7a8b5c6#Wm9vbSBpcyBub3QgZnVuCg", Ready: true}}
	link.Invite.Links = []OpenLink{{ID: "a", Made: now}, {ID: "b", Kind: InviteDay, Until: now.Add(24 * time.Hour)}, {ID: "c", Kind: InviteRoom, For: "Ada Lovelace"}}
	code.Invite = Invite{Possible: true, Shown: true, Kind: InviteCode, Server: "parley.example.org", State: InviteState{Code: "7-acorn-violin", Ready: true}}
	none.Invite = Invite{Possible: true, Shown: true}
	return map[string]Model{
		"ready": ready, "people": people, "link": link, "code": code, "none": none,
		"incoming": {Screen: Incoming, Who: "Ada Lovelace", Where: "192.168.1.23", Status: say("is calling you")},
		"changed":  {Screen: Calling, Who: "Ada Lovelace", Where: "192.168.1.23", Trust: Trust{Standing: Changed, Asking: true}},
		"known":    {Screen: Incoming, Who: "Ada Lovelace", Where: "192.168.1.23", Status: say("is calling you"), Way: say("over your link"), Blocks: true, Trust: Trust{Standing: Verified}},
		"words": {Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff}, Who: "Ada Lovelace", Elapsed: 75 * time.Second, Chat: Chat{Possible: true, Unread: 2},
			Trust: Trust{Words: []string{"acorn", "violin", "harbor", "panda"}, Open: true}, Theirs: Theirs{Muted: true, Recording: true}},
		"warned": {Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff}, Who: "Ada Lovelace", Elapsed: 75 * time.Second, Chat: Chat{Possible: true},
			Trust: Trust{Words: []string{"acorn", "violin", "harbor", "panda"}, Standing: Changed, Open: true}},
		"chat": {Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff}, Who: "Ada Lovelace", Elapsed: 75 * time.Second,
			Trust: Trust{Words: []string{"acorn", "violin", "harbor", "panda"}},
			Chat: Chat{Possible: true, Open: true, Lines: []talk.Line{
				{At: now, Text: "Hello Bob, can you hear me?"},
				{At: now, Mine: true, Seen: true, Text: "Yes! I send you the plan that we talked about, it is a longer text that needs two or three lines."},
				{At: now, Mine: true, File: talk.File{ID: "1", Name: "plan.pdf", Size: 2_400_000, State: talk.Kept}},
				{At: now, File: talk.File{ID: "2", Name: "holiday pictures with a long name.zip", Size: 340_000_000, Done: 120_000_000, State: talk.Moving}},
				{At: now, File: talk.File{ID: "3", Name: "notes.txt", Size: 1200}},
			}}},
		"call": {Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff}, Who: "Ada Lovelace", Elapsed: 75 * time.Second},
	}
}
