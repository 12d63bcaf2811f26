package call

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// talkWith begins a call with the machine of a fingerprint.
func (r *rawTalk) talkWith(print string) {
	e := ends{all: map[DataKind]Channel{}, print: print}
	for k := range DataKinds {
		r.to[k], r.from[k] = make(chan []byte, 1000), make(chan []byte, 1000)
		e.all[k] = wire{out: r.from[k], in: r.to[k]}
	}
	r.SendData(e)
}

// hangUp ends the call.
func (r *rawTalk) hangUp() {
	for _, c := range r.to {
		close(c)
	}
	r.SendData(nil)
	synctest.Wait()
}

// newShelf is a rawTalk, in a call with F, whose parts are found again.
func newShelf() (*rawTalk, *shelf) {
	r, s := newRawTalk(), &shelf{kept: map[string]*shelved{}}
	r.Files.store = s
	return r, s
}

type shelf struct {
	kept  map[string]*shelved // by key
	made  int
	offer FileSource
}

func (s *shelf) Open(string) (FileSource, error) { return s.offer, nil }
func (s *shelf) Create(_, _, key string, _ int64) (FilePart, error) {
	s.made++
	if s.kept[key] == nil {
		s.kept[key] = &shelved{textPart: textPart{o: &oneFile{}}}
	}
	s.kept[key].open.Add(1)
	return s.kept[key], nil
}

type shelved struct {
	textPart
	open atomic.Int32 // times
}

func (p *shelved) Close() error            { p.open.Add(-1); return nil }
func (p *shelved) Finish() (string, error) { p.open.Add(-1); return "path", nil }
func (p *shelved) Discard() error          { p.open.Add(-1); p.text = ""; return nil }

func offerOfFile(id int, name, key string, size int) string {
	text, _ := json.Marshal(name)
	return fmt.Sprintf(`{"type":"offer","mine":true,"id":%d,"name":%s,"size":%d,"key":%q}`, id, text, size, strings.Repeat(key, 32))
}

// Every machine counts its files from 1, and a browser does with each page: one
// that waits for its sender does not stand in the way of another person's, who
// cannot meddle with it either.
func TestFilesOfTwoPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		s.offer = textSource{strings.NewReader("for F")}
		r.say(FilesData, offerOfFile(1, "a", "aa", 5))
		first := r.Files.List()[0].ID
		if err := r.Files.Accept(first, "x"); err != nil {
			t.Fatal(err)
		}
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("he"))
		mine, err := r.Files.Offer("b")
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		r.hangUp()

		r.talkWith("G")
		r.say(FilesData, offerOfFile(1, "c", "cc", 3))
		of := r.Files.OfCall()
		if len(of) != 1 || of[0].Name != "c" || of[0].State != Offered || of[0].ID == first {
			t.Errorf("the other's file: %+v", of)
		}
		r.say(FilesData, `{"type":"accept","id":1}`)
		r.say(FilesData, `{"type":"cancel","id":1}`)
		r.say(FilesData, `{"type":"kept","id":1}`)
		r.say(FilesData, `{"type":"cancel","mine":true,"id":1}`)
		for _, one := range r.Files.List() {
			if (one.ID == first || one.ID == mine) && one.State != Paused {
				t.Errorf("another ended %+v", one)
			}
		}
		r.hangUp()

		r.talkWith("F")
		r.say(FilesData, offerOfFile(9, "a", "aa", 5))
		if h := strings.Join(r.heard(FilesData), ""); !strings.Contains(h, `{"type":"offer","id":1,"mine":true`) || !strings.Contains(h, `{"type":"accept","id":9,"from":2}`) {
			t.Errorf("it does not go on: %s", h)
		}
		r.to[BytesData] <- encodeBytes(nil, 9, 2, []byte("llo"))
		r.say(FilesData, `{"type":"done","mine":true,"id":9,"sha256":"`+sumOfText("hello")+`"}`)
		for _, one := range r.Files.OfCall() {
			if want := map[TransferID]TransferState{first: Kept, mine: Offered}; one.State != want[one.ID] {
				t.Errorf("in the end %+v", one)
			}
		}
		r.end(t)
	})
}

// What comes when a call is over begins nothing, and a file that is accepted
// at that moment is not left open.
func TestFilesAfterTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		defer r.end(t)
		r.Files.KeepIn("x")
		r.SendData(nil)
		r.say(FilesData, offerOfFile(1, "a", "aa", 5))
		if l := r.Files.List(); len(l) != 0 || s.made != 0 {
			t.Errorf("after the call: %+v", l)
		}
		late := &transfer{Transfer: Transfer{State: Paused}} // since it was accepted
		if err := r.Files.open(late); err != nil || late.part != nil || s.made != 0 {
			t.Errorf("%v, %d files", err, s.made)
		}
	})
}

// A large file of which there is much already takes long to be opened: the end
// of the call does not wait for it, and the next call goes on.
func TestACallEndsWhileAFileIsOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		ready := make(chan bool)
		r.Files.store = slowShelf{s, ready}
		r.say(FilesData, offerOfFile(1, "a", "aa", 5))
		id := r.Files.List()[0].ID
		accepted := make(chan error)
		go func() { accepted <- r.Files.Accept(id, "x") }()
		synctest.Wait()
		for _, c := range r.to {
			close(c)
		}
		r.SendData(nil)
		if one := r.Files.List()[0]; one.State != Paused {
			t.Errorf("%+v", one)
		}
		ready <- true
		if err := <-accepted; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		kept := s.kept[strings.Repeat("aa", 32)]
		if kept.open.Load() != 0 {
			t.Errorf("the file is open %d times after the call", kept.open.Load())
		}
		r.talkWith("F")
		go func() { ready <- true }()
		r.say(FilesData, offerOfFile(1, "a", "aa", 5))
		if one := r.Files.List()[0]; one.State != Transfering || kept.open.Load() != 1 {
			t.Errorf("%+v, open %d times", one, kept.open.Load())
		}
		r.end(t)
		if kept.open.Load() != 0 {
			t.Errorf("the file is open %d times in the end", kept.open.Load())
		}
	})
}

type slowShelf struct {
	*shelf
	ready <-chan bool
}

func (s slowShelf) Create(folder, name, key string, size int64) (FilePart, error) {
	<-s.ready
	return s.shelf.Create(folder, name, key, size)
}

// slowSource gives its first bytes when it is told to.
type slowSource struct {
	textSource
	ready <-chan bool
}

func (s slowSource) Read(b []byte) (int, error) {
	<-s.ready
	return s.textSource.Read(b)
}

// A call that ends while what the receiver has already is read again, which
// takes long for a large file, does not take the next call's wish away.
func TestAFileThatIsStillReadForTheCallBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		ready := make(chan bool)
		s.offer = slowSource{textSource{strings.NewReader("hello")}, ready}
		r.Files.store = &twice{first: s.offer, then: textSource{strings.NewReader("hello")}}
		r.Files.mu.Lock()
		f := r.Files.add(Transfer{ID: TransferID{Mine: true}, Name: "a", Size: 5}, "key")
		f.number = f.ID.N
		r.Files.mu.Unlock()
		r.say(FilesData, `{"type":"accept","id":1,"from":4}`)
		r.hangUp()
		r.talkWith("F")
		r.say(FilesData, `{"type":"accept","id":1,"from":3}`)
		close(ready)
		if h := r.heard(BytesData); len(h) != 1 || h[0][bytesHead:] != "lo" {
			t.Errorf("sent: %q", h)
		}
		if h := strings.Join(r.heard(FilesData), ""); !strings.Contains(h, sumOfText("hello")) {
			t.Errorf("said: %s", h)
		}
		r.end(t)
	})
}

// twice opens one source and then another.
type twice struct {
	shelf
	first, then FileSource
}

func (s *twice) Open(string) (FileSource, error) {
	if f := s.first; f != nil {
		s.first = nil
		return f, nil
	}
	return s.then, nil
}

func TestAFileThatChangesIsNotSent(t *testing.T) {
	for err, want := range map[error]error{io.EOF: errChanged, io.ErrUnexpectedEOF: errChanged, io.ErrClosedPipe: io.ErrClosedPipe} {
		if got := tooShort(err); !errors.Is(got, want) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

// Each file that is accepted is open until it is whole.
func TestFilesAreNotAllOpenedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		defer r.end(t)
		r.Files.KeepIn("x")
		for n := range mostOpen + 10 {
			r.Files.take([]byte(offerOfFile(n, "a", fmt.Sprintf("%02x", n%256), n)))
		}
		if s.made != mostOpen {
			t.Errorf("%d files were opened", s.made)
		}
	})
}

func TestNamesOfFilesStayOnOneLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := newShelf()
		defer r.end(t)
		r.say(FilesData, offerOfFile(1, "a\nparley:\tb\u0085\v\u202e\x1b[2Jc\u009b", "aa", 1))
		if l := r.Files.List(); len(l) != 1 || l[0].Name != "a parley: b  [2Jc" {
			t.Errorf("%q", l[0].Name)
		}
	})
}

// Whoever writes faster than anybody reads is slowed down, and the end of a
// call waits for none of it.
func TestAFloodIsTakenInSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		for n := range 1000 {
			r.to[ChatData] <- fmt.Appendf(nil, `{"type":"text","id":%d,"text":"flood"}`, n)
		}
		lines := func() int { synctest.Wait(); return len(r.Chat.Lines()) }
		limit := flows[ChatData]
		if n := lines(); n != int(limit.most) {
			t.Errorf("%d lines at once", n)
		}
		time.Sleep(2 * time.Second)
		if n := lines(); n != int(limit.most+2*limit.rate) {
			t.Errorf("%d lines after 2 s", n)
		}
		began := time.Now()
		r.end(t)
		if took := time.Since(began); took > time.Second {
			t.Errorf("the end took %v", took)
		}
		if n := lines(); n > int(limit.most+3*limit.rate) {
			t.Errorf("%d lines in the end", n)
		}
	})
}
