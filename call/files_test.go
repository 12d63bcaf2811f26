package call

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var someKey = strings.Repeat("ab", 32)

func anOffer(id int, size int64, key string) string {
	return fmt.Sprintf(`{"type":"offer","mine":true,"id":%d,"name":"a","size":%d,"key":"%s"}`, id, size, key)
}

// verbs are what the other side heard about files, in short.
func (r *rawTalk) verbs(t *testing.T) (all []string) {
	t.Helper()
	for _, text := range r.heard(FilesData) {
		var m fileMessage
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(m.Type, m.ID))
	}
	return all
}

func (r *rawTalk) mustVerbs(t *testing.T, want ...string) {
	t.Helper()
	if got := r.verbs(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the other side heard %v, want %v", got, want)
	}
}

func (r *rawTalk) mustState(t *testing.T, id TransferID, want TransferState) Transfer {
	t.Helper()
	for _, one := range r.Files.List() {
		if one.ID == id {
			if one.State != want {
				t.Errorf("%+v is %s, want %s", id, one.State, want)
			}
			return one
		}
	}
	t.Errorf("%+v is forgotten", id)
	return Transfer{}
}

// Each side's transfers take what fits where they stand, and nothing else.
func TestATransferIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		mine, theirs := TransferID{true, 1}, TransferID{false, 1}
		r.say(FilesData, anOffer(1, 5, someKey))
		if err := r.Files.Accept(theirs, "x"); err != nil {
			t.Fatal(err)
		}
		if err := r.Files.Accept(theirs, "y"); !errors.Is(err, ErrNoTransfer) {
			t.Errorf("accepted twice: %v", err)
		}
		r.mustVerbs(t, "accept1")
		if err := r.Files.Cancel(theirs); err != nil {
			t.Fatal(err)
		}
		r.mustVerbs(t, "cancel1")
		if err := r.Files.Refuse(theirs); !errors.Is(err, ErrNoTransfer) {
			t.Errorf("refused after it was cancelled: %v", err)
		}
		time.Sleep(time.Second) // virtual
		r.disk.content = "hello"
		if _, err := r.Files.Offer("a.txt"); err != nil {
			t.Fatal(err)
		}
		if err := r.Files.Accept(mine, "x"); !errors.Is(err, ErrNoTransfer) {
			t.Errorf("accepted one's own: %v", err)
		}
		r.say(FilesData, `{"type":"accept","id":1,"from":-1}`) // not understood
		r.mustState(t, mine, Offered)
		r.say(FilesData, `{"type":"refuse","id":1}`)
		r.say(FilesData, `{"type":"cancel","id":1}`)
		r.say(FilesData, `{"type":"broken","id":1}`)
		if got := r.mustState(t, mine, Turned); got.Problem != nil {
			t.Errorf("%+v", got)
		}
		r.mustVerbs(t, "offer1")
		if l := r.Files.List(); len(l) != 2 || l[0].ID != theirs {
			t.Errorf("%+v", l)
		}
	})
}

// A number that is in use is not another file's; one whose file is over may be.
func TestANumberIsOneTransfer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.say(FilesData, anOffer(1, 5, someKey))
		r.say(FilesData, anOffer(1, 7, someKey))
		r.mustVerbs(t, "refuse1")
		if got := r.mustState(t, TransferID{false, 1}, Offered); got.Size != 5 {
			t.Errorf("%+v", got)
		}
		r.say(FilesData, `{"type":"cancel","mine":true,"id":1}`)
		r.say(FilesData, anOffer(1, 7, someKey))
		r.mustState(t, TransferID{false, 1}, Stopped)
		if got := r.mustState(t, TransferID{false, 2}, Offered); got.Size != 7 {
			t.Errorf("%+v", got)
		}
		for n := range 2 * mostOffered {
			r.say(FilesData, anOffer(100+n, 5, someKey))
		}
		if got := len(r.verbs(t)); got != mostOffered+1 {
			t.Errorf("%d offers were refused, want %d", got, mostOffered+1)
		}
	})
}

// A disk that takes no file has both sides told.
func TestAFileThatCannotBeKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.disk.fail = errors.New("the disk is full")
		r.say(FilesData, anOffer(1, 5, someKey))
		if err := r.Files.Accept(TransferID{false, 1}, "x"); !errors.Is(err, r.disk.fail) {
			t.Errorf("%v", err)
		}
		r.mustVerbs(t, "refuse1")
		if got := r.mustState(t, TransferID{false, 1}, Spoiled); !errors.Is(got.Problem, r.disk.fail) {
			t.Errorf("%+v", got)
		}
	})
}

// What was not kept is offered again to the machine that it was for, and to no
// other one.
func TestAnOfferIsForOneMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		r.disk.content = "hello"
		for range 2 {
			if _, err := r.Files.Offer("a.txt"); err != nil {
				t.Fatal(err)
			}
		}
		r.say(FilesData, `{"type":"refuse","id":1}`)
		r.hangUp()
		r.mustState(t, TransferID{true, 1}, Turned)
		r.mustState(t, TransferID{true, 2}, Paused)
		r.beginWith("G")
		r.mustVerbs(t)
		r.mustState(t, TransferID{true, 2}, Paused)
		r.hangUp()
		r.beginWith("F")
		r.mustVerbs(t, "offer2")
		r.mustState(t, TransferID{true, 2}, Offered)
		r.end(t)
	})
}

// An offer goes on with what an earlier call began only where machine, file and
// size are the same.
func TestWhatGoesOnWithAnEarlierCall(t *testing.T) {
	for name, c := range map[string]struct {
		print, key string
		size       int64
		again      bool
	}{
		"the same":     {"F", someKey, 5, true},
		"another one":  {"G", someKey, 5, false},
		"another file": {"F", strings.Repeat("cd", 32), 5, false},
		"another size": {"F", someKey, 6, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRawTalk()
				r.say(FilesData, anOffer(1, 5, someKey))
				if err := r.Files.Accept(TransferID{false, 1}, "x"); err != nil {
					t.Fatal(err)
				}
				r.hangUp()
				r.beginWith(c.print)
				r.say(FilesData, anOffer(9, c.size, c.key))
				if c.again {
					r.mustVerbs(t, "accept9")
					r.mustState(t, TransferID{false, 1}, Transfering)
				} else {
					r.mustVerbs(t)
					r.mustState(t, TransferID{false, 2}, Offered)
					r.mustState(t, TransferID{false, 1}, Paused)
				}
				r.end(t)
			})
		})
	}
}

// Old transfers give way, and none that is not over.
func TestOldTransfersAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.disk.content = "hello"
		for n := range mostTransfers + 20 {
			id, err := r.Files.Offer("a.txt")
			if err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				if err := r.Files.Cancel(id); err != nil {
					t.Fatal(err)
				}
			}
			r.heard(FilesData)
			time.Sleep(time.Second) // virtual
		}
		l := r.Files.List()
		if len(l) != mostTransfers || l[0].ID.N != 1 || l[1].ID.N != 22 || l[len(l)-1].ID.N != mostTransfers+20 {
			t.Errorf("%d, from %d to %d", len(l), l[0].ID.N, l[len(l)-1].ID.N)
		}
	})
}

// changing is a disk on which a file is another one each time it is opened.
type changing struct {
	oneFile
	contents []string
	size     int64 // what it says; 0: the truth
}

type sizedSource struct {
	textSource
	size int64
}

func (s sizedSource) Size() int64 { return s.size }

func (c *changing) Open(string) (FileSource, error) {
	text := c.contents[0]
	if len(c.contents) > 1 {
		c.contents = c.contents[1:]
	}
	source := textSource{strings.NewReader(text)}
	if c.size == 0 {
		return source, nil
	}
	return sizedSource{source, c.size}, nil
}

// A file that changes while it is sent is not sent to its end.
func TestAFileThatChanges(t *testing.T) {
	for name, disk := range map[string]*changing{
		"shorter":            {contents: []string{"hello", "hell"}},
		"longer":             {contents: []string{"hello", "hello there"}},
		"while it is read":   {contents: []string{"hello there"}, size: 5},
		"and ends too early": {contents: []string{"hello"}, size: 9},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRawTalk()
				defer r.end(t)
				r.Files.store = disk
				if _, err := r.Files.Offer("a.txt"); err != nil {
					t.Fatal(err)
				}
				r.say(FilesData, `{"type":"accept","id":1}`)
				r.mustVerbs(t, "offer1", "cancel1")
				if got := r.mustState(t, TransferID{true, 1}, Spoiled); !errors.Is(got.Problem, errChanged) {
					t.Errorf("%+v", got)
				}
			})
		})
	}
}

// What is sent has a sum over the whole, also where its beginning is there
// already; the oldest goes first, and its progress is told now and then.
func TestHowAFileIsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.disk.content = strings.Repeat("0123456789", MaxData*4)
		if _, err := r.Files.Offer("a.txt"); err != nil {
			t.Fatal(err)
		}
		told := 0
		var last Transfer
		r.Files.Watch(func(n Transfer) { told++; last = n })
		r.say(FilesData, `{"type":"accept","id":1,"from":7}`)
		heard := r.heard(FilesData)
		if !strings.Contains(heard[len(heard)-1], sumOfText(r.disk.content)) {
			t.Errorf("the sum is of another file: %v", heard)
		}
		parts := r.heard(BytesData)
		if _, at, first, ok := fileBytes([]byte(parts[0])); !ok || at != 7 || first[0] != '7' {
			t.Errorf("the first part begins at %d", at)
		}
		if told > 3 || last.Done != last.Size {
			t.Errorf("told %d times of %d parts, last %+v", told, len(parts), last)
		}
		r.say(FilesData, `{"type":"kept","id":1}`)
		r.mustState(t, TransferID{true, 1}, Kept)
		for n := range uint32(5) {
			r.Files.all[TransferID{true, 10 + n}] = &transfer{Transfer: Transfer{ID: TransferID{true, 10 + n}, State: Transfering}}
		}
		if next := r.Files.nextToSend(); next.t == nil || next.t.ID.N != 10 {
			t.Errorf("the next is %+v", next.t)
		}
		clear(r.Files.all)
	})
}

// Two files that begin alike are told apart by their size.
func TestKeyOf(t *testing.T) {
	long := strings.Repeat("x", keyBytes)
	keys := map[string]bool{}
	for _, text := range []string{"", "a", long, long + "a", long + "ab"} {
		key, err := keyOf(textSource{strings.NewReader(text)})
		if err != nil || !isHash(key) {
			t.Fatal(key, err)
		}
		keys[key] = true
	}
	if len(keys) != 5 {
		t.Errorf("%d keys of 5 files", len(keys))
	}
}
