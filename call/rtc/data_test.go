package rtc_test

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// state waits until the first transfer of a desk is where it should be.
func (d *desk) untilTransfer(t *testing.T, want call.TransferState, most time.Duration) call.Transfer {
	t.Helper()
	end := time.Now().Add(most)
	for {
		all := d.talk.Files.List()
		if len(all) > 0 && all[0].State == want {
			return all[0]
		}
		if time.Now().After(end) {
			t.Fatalf("no transfer is %s after %v: %+v", want, most, all)
		}
		time.Sleep(50 * time.Millisecond) // virtual
	}
}

func TestChatInACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 20*time.Millisecond, quiet)
		defer done()
		if err := l.ann.talk.Chat.Send("nobody is there"); err != call.ErrNoData {
			t.Errorf("without a call: %v", err)
		}
		connect(t, l)
		time.Sleep(time.Second)
		l.setLoss(0.3)
		for _, text := range []string{"Hello", "<b>two</b>\nlines", "three"} {
			if err := l.ann.talk.Chat.Send(text); err != nil {
				t.Fatal(err)
			}
		}
		l.bob.talk.Sides.Set(call.SideState{Mute: true, Recording: true})
		time.Sleep(5 * time.Second)
		mine, theirs := l.ann.talk.Chat.Lines(), l.bob.talk.Chat.Lines()
		if len(mine) != 3 || len(theirs) != 3 {
			t.Fatalf("%+v and %+v", mine, theirs)
		}
		for i := range mine {
			if !mine[i].Mine || !mine[i].Delivered || theirs[i].Mine || theirs[i].Text != mine[i].Text {
				t.Errorf("%+v and %+v", mine[i], theirs[i])
			}
		}
		if s := l.ann.talk.Sides.Other(); !s.Known || !s.Mute || !s.Recording || s.Screen {
			t.Errorf("Ann sees %+v", s)
		}
		l.setCut(true)
		time.Sleep(20 * time.Second)
		if err := l.bob.talk.Chat.Send("written during the cut"); err != nil {
			t.Fatal(err)
		}
		l.setCut(false)
		l.setLoss(0)
		l.ann.until(t, call.Connected)
		time.Sleep(5 * time.Second)
		if lines := l.ann.talk.Chat.Lines(); len(lines) != 4 || lines[3].Text != "written during the cut" {
			t.Errorf("%+v", lines)
		}
		l.ann.phone.HangUp()
		l.ann.until(t, call.Ended)
		synctest.Wait()
		if s := l.ann.talk.Sides.Other(); s.Known {
			t.Errorf("after the call: %+v", s)
		}
	})
}

// A file of 50 MB comes through loss, a cut and the end of a call, whole.
func TestAFileOutlivesLossCutAndCall(t *testing.T) {
	const size = 50 << 20
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 5*time.Millisecond, quiet)
		defer done()
		l.ann.files.sent["film.mkv"] = size
		connect(t, l)
		time.Sleep(time.Second)
		l.setLoss(0.01)
		id, err := l.ann.talk.Files.Offer("film.mkv")
		if err != nil {
			t.Fatal(err)
		}
		offered := l.bob.untilTransfer(t, call.Offered, 5*time.Second)
		if err := l.bob.talk.Files.Accept(offered.ID, "folder"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(8 * time.Second)
		l.setCut(true)
		time.Sleep(10 * time.Second)
		l.setCut(false)
		l.ann.until(t, call.Connected)
		time.Sleep(2 * time.Second)
		l.ann.phone.HangUp()
		l.ann.until(t, call.Ended)
		l.bob.until(t, call.Ended)
		before := l.bob.untilTransfer(t, call.Paused, time.Second)
		t.Logf("%.1f of %d MB when the call ended", float64(before.Done)/(1<<20), size>>20)
		if before.Done == 0 || before.Done == size {
			t.Fatalf("%+v", before)
		}
		l.bob.drain()
		l.ann.drain()
		connect(t, l)
		again := time.Now()
		l.bob.untilTransfer(t, call.Transfering, 5*time.Second)
		kept := l.bob.untilTransfer(t, call.Kept, 5*time.Minute)
		took := time.Since(again)
		t.Logf("the rest took %v", took)
		if kept.Path != "kept/film.mkv" || kept.Done != size || l.bob.files.kept("film.mkv") != sumOf(size) {
			t.Errorf("%+v", kept)
		}
		if sent := l.ann.untilTransfer(t, call.Kept, time.Second); sent.ID != id {
			t.Errorf("%+v", sent)
		}
	})
}

func TestAFileIsCancelledOrRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 5*time.Millisecond, quiet)
		defer done()
		l.ann.files.sent["a"] = 10 << 20
		connect(t, l)
		time.Sleep(time.Second)
		for _, by := range []*desk{l.ann, l.bob} {
			for _, refuse := range []bool{true, false} {
				if refuse && by == l.ann {
					continue
				}
				id, err := l.ann.talk.Files.Offer("a")
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				at := call.TransferID{Mine: by == l.ann, N: id.N}
				want := call.Stopped
				if refuse {
					want = call.Turned
					err = l.bob.talk.Files.Refuse(at)
				} else {
					if err := l.bob.talk.Files.Accept(call.TransferID{N: id.N}, "x"); err != nil {
						t.Fatal(err)
					}
					time.Sleep(500 * time.Millisecond)
					err = by.talk.Files.Cancel(at)
				}
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				for _, d := range []*desk{l.ann, l.bob} {
					all := d.talk.Files.List()
					if got := all[len(all)-1].State; got != want {
						t.Errorf("%s, want %s", got, want)
					}
				}
			}
		}
		l.bob.files.mu.Lock()
		defer l.bob.files.mu.Unlock()
		if n := len(l.bob.files.parts); n != 0 {
			t.Errorf("%d parts are left", n)
		}
	})
}

// What one says in a call to oneself one hears, and a file comes back.
func TestTalkToOneself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		l.ann.files.sent["a"] = 3 << 20
		l.ann.talk.Files.KeepIn("x")
		if err := l.ann.phone.DialSelf(); err != nil {
			t.Fatal(err)
		}
		l.ann.until(t, call.Connected)
		time.Sleep(time.Second)
		if err := l.ann.talk.Chat.Send("hello"); err != nil {
			t.Fatal(err)
		}
		if _, err := l.ann.talk.Files.Offer("a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(30 * time.Second)
		if lines := l.ann.talk.Chat.Lines(); len(lines) != 2 || !lines[0].Delivered || lines[1].Mine {
			t.Errorf("%+v", lines)
		}
		for _, one := range l.ann.talk.Files.List() {
			if one.State != call.Kept {
				t.Errorf("%+v", one)
			}
		}
		if got := l.ann.files.kept("a"); got != sumOf(3<<20) {
			t.Errorf("kept %q", got)
		}
		l.ann.phone.HangUp()
		l.ann.until(t, call.Ended)
	})
}

// drain forgets what a desk was told.
func (d *desk) drain() {
	synctest.Wait()
	for len(d.news) > 0 {
		<-d.news
	}
}
