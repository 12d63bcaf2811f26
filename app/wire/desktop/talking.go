package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/app/callui"
	"parley/app/callui/talk"
	"parley/app/wire"
	"parley/call"
)

// talking shows chat and files as the call screen wants them.
type talking struct {
	talk   *call.Talk
	folder func() string // where files are kept
}

func newTalking(sys *wire.System, profile string) talking {
	return talking{sys.Talk, func() string { return receivedFolder(sys, profile) }}
}

// receivedFolder is the person's own for downloads, or one with Parley's data
// where there is none or the profile is a separate one.
func receivedFolder(sys *wire.System, profile string) string {
	if home, err := os.UserHomeDir(); err == nil && profile == "" {
		dir := filepath.Join(home, "Downloads")
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return filepath.Join(sys.Folders.Data, "received")
}

func (t talking) Possible() bool { return t.talk.Sides.Other().Known }

// mostShown bounds the lines that are shown: each is a widget.
const mostShown = 1000

// Lines are the chat's and the files' of the call, by time; the newest of many.
func (t talking) Lines() (all []talk.Line) {
	for _, l := range t.talk.Chat.Lines() {
		all = append(all, talk.Line{Mine: l.Mine, At: l.At, Text: l.Text, Seen: l.Delivered})
	}
	for _, f := range t.talk.Files.OfCall() {
		all = append(all, talk.Line{Mine: f.ID.Mine, At: f.Began, File: fileOf(f)})
	}
	slices.SortStableFunc(all, func(a, b talk.Line) int { return a.At.Compare(b.At) })
	return all[max(0, len(all)-mostShown):]
}

var fileStates = map[call.TransferState]talk.FileState{
	call.Offered: talk.Offered, call.Paused: talk.Paused, call.Transfering: talk.Moving, call.Kept: talk.Kept,
	call.Turned: talk.Refused, call.Stopped: talk.Cancelled, call.Spoiled: talk.Failed,
}

func fileOf(t call.Transfer) talk.File {
	f := talk.File{ID: idOf(t.ID), Name: t.Name, Size: t.Size, Done: t.Done, State: fileStates[t.State], Path: t.Path}
	if t.Problem != nil {
		f.Why = t.Problem.Error()
	}
	return f
}

// idOf writes whose a transfer is and its number.
func idOf(id call.TransferID) string {
	whose := "theirs "
	if id.Mine {
		whose = "mine "
	}
	return whose + strconv.FormatUint(uint64(id.N), 10)
}

func parseID(text string) (id call.TransferID, err error) {
	whose, number, _ := strings.Cut(text, " ")
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil || whose != "mine" && whose != "theirs" {
		return id, fmt.Errorf("%w: %q", call.ErrNoTransfer, text)
	}
	return call.TransferID{Mine: whose == "mine", N: uint32(n)}, nil
}

func (t talking) Theirs() callui.Theirs {
	s := t.talk.Sides.Other()
	return callui.Theirs{Muted: s.Known && s.Mute, CameraOff: s.Known && !s.Camera, Recording: s.Known && s.Recording}
}

func (t talking) Watch(f func()) (stop func()) {
	stops := []func(){
		t.talk.Chat.Watch(func(call.ChatLine) { f() }),
		t.talk.Files.Watch(func(call.Transfer) { f() }),
		t.talk.Sides.Watch(func(call.Side) { f() }),
	}
	return func() {
		for _, stop := range stops {
			stop()
		}
	}
}

func (t talking) Send(text string) error { return t.talk.Chat.Send(text) }

func (t talking) Offer(path string) error {
	_, err := t.talk.Files.Offer(path)
	return err
}

func (t talking) Accept(file string) error {
	id, err := parseID(file)
	if err != nil {
		return err
	}
	return t.talk.Files.Accept(id, t.folder())
}

func (t talking) Refuse(file string) error { return t.with(file, t.talk.Files.Refuse) }

func (t talking) Cancel(file string) error { return t.with(file, t.talk.Files.Cancel) }

func (t talking) with(file string, f func(call.TransferID) error) error {
	id, err := parseID(file)
	if err != nil {
		return err
	}
	return f(id)
}
