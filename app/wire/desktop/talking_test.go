package desktop

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/app/callui"
	"parley/app/callui/talk"
	"parley/call"
	"parley/call/filestore"
)

// channel is one end of what goes beside the media, in memory.
type channel struct {
	out, in chan []byte
}

func (c channel) Send(m []byte) error { c.out <- append([]byte(nil), m...); return nil }
func (c channel) Fit() int            { return call.MaxData }
func (c channel) Receive() ([]byte, error) {
	if m, open := <-c.in; open {
		return m, nil
	}
	return nil, io.EOF
}

// side is one side's channels.
type side map[call.DataKind]channel

func (s side) Channel(k call.DataKind) call.Channel { return s[k] }
func (s side) Fingerprint() string                  { return "F" }

// connected are two who talk, until they part.
type connected struct {
	us    talking
	them  *call.Talk
	cords []chan []byte
}

func connect(t *testing.T, folder string) *connected {
	t.Helper()
	newTalk := func() *call.Talk { return call.NewTalk(filestore.New(), slog.New(slog.DiscardHandler)) }
	c := &connected{us: talking{newTalk(), func() string { return folder }}, them: newTalk()}
	c.begin()
	return c
}

func (c *connected) begin() {
	a, b := side{}, side{}
	for k := range call.DataKinds {
		one, two := make(chan []byte, 1000), make(chan []byte, 1000)
		a[k], b[k] = channel{one, two}, channel{two, one}
		c.cords = append(c.cords, one, two)
	}
	c.us.talk.SendData(a)
	c.them.SendData(b)
	synctest.Wait()
}

// part ends the call.
func (c *connected) part() {
	c.us.talk.SendData(nil)
	c.them.SendData(nil)
	for _, cord := range c.cords {
		close(cord)
	}
	c.cords = nil
	synctest.Wait()
}

func (c *connected) close(t *testing.T) {
	t.Helper()
	if err := errors.Join(c.us.talk.Close(), c.them.Close()); err != nil {
		t.Error(err)
	}
}

// file is the newest line, of a file.
func (c *connected) file(t *testing.T) talk.File {
	t.Helper()
	synctest.Wait()
	all := c.us.Lines()
	if len(all) == 0 || all[len(all)-1].File.ID == "" {
		t.Fatalf("no file stands last in %+v", all)
	}
	return all[len(all)-1].File
}

func TestChatAndStateAreShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := connect(t, t.TempDir())
		defer c.close(t)
		defer c.part()
		var news atomic.Int64
		stop := c.us.Watch(func() { news.Add(1) })
		if err := errors.Join(c.us.Send("hello"), c.them.Chat.Send("and you")); err != nil {
			t.Fatal(err)
		}
		c.them.Sides.Set(call.SideState{Mute: true, Recording: true})
		synctest.Wait()
		all := c.us.Lines()
		if len(all) != 2 || news.Load() < 3 {
			t.Fatalf("%d times news, and %+v", news.Load(), all)
		}
		for _, l := range all {
			if l.Mine != (l.Text == "hello") || l.Mine && !l.Seen || l.File.ID != "" {
				t.Errorf("%+v", l)
			}
		}
		if got := c.us.Theirs(); !c.us.Possible() || got != (callui.Theirs{Muted: true, CameraOff: true, Recording: true}) {
			t.Errorf("they are %+v", got)
		}
		stop()
		before := news.Load()
		c.them.Sides.Set(call.SideState{Camera: true})
		synctest.Wait()
		if news.Load() != before || c.us.Theirs() != (callui.Theirs{}) {
			t.Errorf("%d more news; they are %+v", news.Load()-before, c.us.Theirs())
		}
	})
}

func TestFilesAreShownAndTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		from, to := t.TempDir(), t.TempDir()
		path := filepath.Join(from, "a.txt")
		if err := os.WriteFile(path, []byte("a text"), 0o600); err != nil {
			t.Fatal(err)
		}
		c := connect(t, to)
		defer c.close(t)
		defer c.part()
		offer := func() talk.File {
			t.Helper()
			time.Sleep(time.Second) // of the bubble: later than the one before
			if _, err := c.them.Files.Offer(path); err != nil {
				t.Fatal(err)
			}
			f := c.file(t)
			if f.State != talk.Offered || f.Name != "a.txt" || f.Size != 6 || f.Path != "" {
				t.Errorf("offered: %+v", f)
			}
			return f
		}
		if err := c.us.Accept(offer().ID); err != nil {
			t.Fatal(err)
		}
		kept := c.file(t)
		if text, err := os.ReadFile(kept.Path); err != nil || kept.State != talk.Kept || string(text) != "a text" || filepath.Dir(kept.Path) != to {
			t.Errorf("kept: %+v, %q, %v", kept, text, err)
		}
		if err := c.us.Refuse(offer().ID); err != nil || c.file(t).State != talk.Refused {
			t.Errorf("refused: %+v, %v", c.file(t), err)
		}
		time.Sleep(time.Second)
		if err := c.us.Offer(path); err != nil || c.file(t).Path != path {
			t.Fatalf("mine: %+v, %v", c.file(t), err)
		}
		mine := c.file(t)
		if err := c.us.Cancel(mine.ID); err != nil || c.file(t).State != talk.Cancelled {
			t.Errorf("cancelled: %+v, %v", c.file(t), err)
		}
		for _, id := range []string{mine.ID, "mine 99", "theirs", "ours 1", "mine 1 2", "mine -1", "theirs 4294967296", ""} {
			if err := c.us.Cancel(id); !errors.Is(err, call.ErrNoTransfer) {
				t.Errorf("%q was cancelled: %v", id, err)
			}
		}
		if err := c.us.Accept(mine.ID); !errors.Is(err, call.ErrNoTransfer) {
			t.Errorf("one's own was accepted: %v", err)
		}
	})
}

// What a lost call left is not offered to be accepted, but can be given up; in
// the next call it is offered again.
func TestAPauseIsNoOffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "a.txt")
		if err := os.WriteFile(path, []byte("a text"), 0o600); err != nil {
			t.Fatal(err)
		}
		c := connect(t, t.TempDir())
		defer c.close(t)
		if _, err := c.them.Files.Offer(path); err != nil {
			t.Fatal(err)
		}
		first := c.file(t)
		c.part()
		if f := c.file(t); f.ID != first.ID || f.State != talk.Paused {
			t.Errorf("after the call: %+v", f)
		}
		if err := c.us.Accept(first.ID); !errors.Is(err, call.ErrNoTransfer) {
			t.Errorf("it was accepted: %v", err)
		}
		c.begin()
		if f := c.file(t); f.State != talk.Offered {
			t.Errorf("in the next call: %+v", f)
		}
		c.part()
		if err := c.us.Cancel(c.file(t).ID); err != nil || c.file(t).State != talk.Cancelled {
			t.Errorf("given up: %+v, %v", c.file(t), err)
		}
	})
}

// said is a connection over which the other side has said all that it says.
type said struct {
	print string
	texts map[call.DataKind]*[]string
}

func (s said) Fingerprint() string                     { return s.print }
func (s said) Channel(kind call.DataKind) call.Channel { return spoken{s.texts[kind]} }

type spoken struct{ left *[]string }

func (spoken) Send([]byte) error { return nil }
func (spoken) Fit() int          { return call.MaxData }
func (s spoken) Receive() ([]byte, error) {
	if s.left == nil || len(*s.left) == 0 {
		return nil, io.EOF
	}
	text := (*s.left)[0]
	*s.left = (*s.left)[1:]
	return []byte(text), nil
}

// What passed with one person is not shown in a call with another.
func TestLinesAreThoseOfOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := call.NewTalk(filestore.New(), slog.New(slog.DiscardHandler))
		shown := talking{talk: all, folder: t.TempDir}
		meet := func(print, name string) {
			text := fmt.Sprintf(`{"type":"offer","mine":true,"id":1,"name":%q,"size":5,"key":%q}`, name, strings.Repeat("ab", 32))
			all.SendData(said{print, map[call.DataKind]*[]string{
				call.FilesData: {text}, call.ChatData: {`{"type":"text","id":1,"text":"hello"}`},
			}})
			synctest.Wait()
			if l := shown.Lines(); len(l) != 2 || l[0].File.Name+l[1].File.Name != name {
				t.Errorf("with %s: %+v", print, l)
			}
			all.SendData(nil)
		}
		meet("F", "from F")
		for _, l := range shown.Lines() {
			if l.File.ID != "" && l.File.State != talk.Paused {
				t.Errorf("after the call: %+v", l.File)
			}
		}
		meet("G", "from G")
		if err := all.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestFilesAreFoundByTheirID(t *testing.T) {
	for _, id := range []call.TransferID{{Mine: true, N: 7}, {N: 1 << 31}} {
		if got, err := parseID(idOf(id)); got != id || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
	if _, err := parseID("x"); !errors.Is(err, call.ErrNoTransfer) {
		t.Errorf("%v", err)
	}
}
