package call

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// fullPart is a file on a disk that is full.
type fullPart struct{ textPart }

var errFullDisk = errors.New("the disk is full")

func (*fullPart) Write([]byte) (int, error) { return 0, errFullDisk }

type fullDisk struct{ oneFile }

func (d *fullDisk) Create(string, string, string, int64) (FilePart, error) {
	return &fullPart{textPart{o: &d.oneFile}}, nil
}

// A disk that is full in the middle of a file has both sides told.
func TestAFileThatFindsTheDiskFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.Files.store = &fullDisk{}
		r.Files.KeepIn("x")
		r.say(FilesData, anOffer(1, 5, someKey))
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("he"))
		r.mustVerbs(t, "accept1", "cancel1")
		if got := r.mustState(t, TransferID{false, 1}, Spoiled); !errors.Is(got.Problem, errFullDisk) {
			t.Errorf("%+v", got)
		}
	})
}

// Who gives up a file of an earlier call does not end another person's, which
// has the same number.
func TestCancellingAFileOfAnEarlierCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		r.say(FilesData, anOffer(1, 5, someKey))
		r.hangUp()
		r.beginWith("G")
		r.say(FilesData, anOffer(1, 7, someKey))
		if err := r.Files.Cancel(TransferID{false, 1}); err != nil {
			t.Fatal(err)
		}
		r.mustVerbs(t)
		r.mustState(t, TransferID{false, 1}, Stopped)
		r.mustState(t, TransferID{false, 2}, Offered)
		r.end(t)
	})
}

// Files that were offered in many calls and never gone on with are forgotten;
// those of this side wait for their receiver.
func TestWhatIsForgottenOfEarlierCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		r.disk.content = "hello"
		if _, err := r.Files.Offer("a.txt"); err != nil {
			t.Fatal(err)
		}
		for call := range mostTransfers/mostOffered + 2 {
			for n := range mostOffered {
				time.Sleep(time.Second) // virtual
				r.say(FilesData, anOffer(n, int64(1000*call+n), someKey))
			}
			r.hangUp()
			r.beginWith("G")
		}
		if n := len(r.Files.List()); n != mostTransfers {
			t.Errorf("%d transfers are remembered", n)
		}
		r.mustState(t, TransferID{true, 1}, Paused)
		r.end(t)
	})
}

// Numbers whose files are forgotten are too; one that is used again stays with
// its new file.
func TestNumbersAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		turn := func(n int) {
			r.say(FilesData, anOffer(n, 5, someKey))
			r.say(FilesData, fmt.Sprintf(`{"type":"cancel","mine":true,"id":%d}`, n))
			r.heard(FilesData)
			time.Sleep(time.Second) // virtual
		}
		turn(1)
		r.say(FilesData, anOffer(1, 7, someKey)) // again
		for n := range mostTransfers + 20 {
			turn(100 + n)
		}
		r.Files.mu.Lock()
		again, n := r.Files.theirs[1], len(r.Files.theirs)
		r.Files.mu.Unlock()
		if again == nil || again.Size != 7 || n > mostTransfers {
			t.Errorf("%d numbers, that of %+v", n, again)
		}
	})
}

// A file that turns out changed while it is still read for the call before has
// the receiver told in the call that goes on with it, and nobody else.
func TestAFileThatChangedForTheCallBefore(t *testing.T) {
	for print, want := range map[string]string{"F": "offer1 cancel1", "G": ""} {
		synctest.Test(t, func(t *testing.T) {
			r, s := newShelf()
			ready := make(chan bool)
			s.offer = slowSource{textSource{strings.NewReader("hello")}, ready}
			r.Files.mu.Lock()
			f := r.Files.add(Transfer{ID: TransferID{Mine: true}, Name: "a", Size: 5}, "key")
			f.number = f.ID.N
			r.Files.mu.Unlock()
			s.offer.(slowSource).Seek(2, 0) // it is shorter now
			r.Files.store = sizedShelf{s}
			r.say(FilesData, `{"type":"accept","id":1,"from":5}`)
			r.hangUp()
			r.talkWith(print)
			close(ready)
			if got := strings.Join(r.verbs(t), " "); got != want {
				t.Errorf("%s heard %q, want %q", print, got, want)
			}
			r.mustState(t, TransferID{true, 1}, Spoiled)
			r.end(t)
		})
	}
}

// Reading a large file again for a call that is over stops there, also where the
// next call goes on with it.
func TestAFileIsNotReadOnForTheCallBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, s := newShelf()
		text, ready := strings.Repeat("x", 5*MaxData), make(chan bool)
		s.offer = textSource{strings.NewReader(text)}
		if _, err := r.Files.Offer("a"); err != nil {
			t.Fatal(err)
		}
		r.Files.store = &twice{first: slowSource{textSource{strings.NewReader(text)}, ready}, then: textSource{strings.NewReader(text)}}
		r.say(FilesData, fmt.Sprintf(`{"type":"accept","id":1,"from":%d}`, len(text)))
		r.hangUp()
		r.talkWith("F")
		r.say(FilesData, fmt.Sprintf(`{"type":"accept","id":1,"from":%d}`, len(text)))
		ready <- true
		synctest.Wait()
		select {
		case ready <- true:
			t.Error("it is read on")
		default:
		}
		close(ready)
		if h := strings.Join(r.heard(FilesData), ""); strings.Count(h, sumOfText(text)) != 1 {
			t.Errorf("said: %s", h)
		}
		r.end(t)
	})
}

// sizedShelf has a file that says it is as long as before.
type sizedShelf struct{ *shelf }

func (s sizedShelf) Open(string) (FileSource, error) { return s.offer, nil }
