package call

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unicode/utf8"
)

// wire is one end of a channel in memory.
type wire struct {
	out chan<- []byte
	in  <-chan []byte
}

func (w wire) Send(m []byte) error { w.out <- append([]byte(nil), m...); return nil }
func (w wire) Fit() int            { return MaxData }
func (w wire) Receive() ([]byte, error) {
	if m, open := <-w.in; open {
		return m, nil
	}
	return nil, io.EOF
}

// ends is one side's Data.
type ends struct {
	all   map[DataKind]Channel
	print string
}

func (e ends) Channel(k DataKind) Channel { return e.all[k] }
func (e ends) Fingerprint() string        { return e.print }

// rawTalk is a Talk whose other side is in the test's hands.
type rawTalk struct {
	*Talk
	to, from map[DataKind]chan []byte
	disk     *oneFile
}

func newRawTalk() *rawTalk {
	r := &rawTalk{disk: &oneFile{}, to: map[DataKind]chan []byte{}, from: map[DataKind]chan []byte{}}
	r.Talk = NewTalk(r.disk, slog.New(slog.DiscardHandler))
	r.begin()
	return r
}

func (r *rawTalk) begin() { r.beginWith("F") }

// beginWith is a call with the machine of that fingerprint.
func (r *rawTalk) beginWith(print string) {
	e := ends{all: map[DataKind]Channel{}, print: print}
	for k := range DataKinds {
		r.to[k], r.from[k] = make(chan []byte, 1000), make(chan []byte, 1000)
		e.all[k] = wire{out: r.from[k], in: r.to[k]}
	}
	r.SendData(e)
}

func (r *rawTalk) end(t *testing.T) {
	for _, c := range r.to {
		close(c)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func (r *rawTalk) say(k DataKind, text string) { r.to[k] <- []byte(text); synctest.Wait() }

// heard is what the other side got on a channel.
func (r *rawTalk) heard(k DataKind) (all []string) {
	synctest.Wait()
	for len(r.from[k]) > 0 {
		all = append(all, string(<-r.from[k]))
	}
	return all
}

// oneFile is a FileStore that keeps what comes in memory.
type oneFile struct {
	mu      sync.Mutex
	content string // to be sent
	kept    []string
	fail    error
}

type textSource struct {
	*strings.Reader
}

func (textSource) Close() error  { return nil }
func (textSource) Name() string  { return "a.txt" }
func (s textSource) Size() int64 { return int64(s.Reader.Size()) }

func (o *oneFile) Open(string) (FileSource, error) {
	return textSource{strings.NewReader(o.content)}, nil
}
func (o *oneFile) Create(string, string, string, int64) (FilePart, error) {
	return &textPart{o: o}, o.fail
}

type textPart struct {
	o    *oneFile
	text string
}

func (p *textPart) Write(b []byte) (int, error) { p.text += string(b); return len(b), nil }
func (p *textPart) Have() int64                 { return int64(len(p.text)) }
func (p *textPart) Sum() string                 { return sumOfText(p.text) }
func (p *textPart) Close() error                { return nil }
func (p *textPart) Discard() error              { return nil }
func (p *textPart) Finish() (string, error) {
	p.o.mu.Lock()
	defer p.o.mu.Unlock()
	p.o.kept = append(p.o.kept, p.text)
	return "path", nil
}

func TestChatIsCleanedAndBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		for _, bad := range []string{"", "x", "[]", `{"type":"dance"}`, `{"type":"text","id":1,"text":"  "}`, `{"type":"seen","id":9}`} {
			r.say(ChatData, bad)
		}
		if l := r.Chat.Lines(); len(l) != 0 {
			t.Errorf("%+v", l)
		}
		r.say(ChatData, `{"type":"text","id":7,"text":"a\u202e\u0007b\r\nc\u0000"}`)
		if l := r.Chat.Lines(); len(l) != 1 || l[0].Text != "ab\nc" || l[0].Mine || l[0].ID != 7 {
			t.Errorf("%+v", l)
		}
		if h := r.heard(ChatData); len(h) != 1 || h[0] != `{"type":"seen","id":7}` {
			t.Errorf("%q", h)
		}
		if err := r.Chat.Send(strings.Repeat("x", MaxChat+1)); !errors.Is(err, ErrLong) {
			t.Errorf("%v", err)
		}
		if err := r.Chat.Send(strings.Repeat("\"<\n&", MaxChat/4)); err != nil {
			t.Error(err)
		}
		if h := r.heard(ChatData); len(h) != 1 || len(h[0]) > MaxData {
			t.Errorf("%d messages", len(h))
		}
		for range 2 * mostLines {
			r.Chat.take([]byte(`{"type":"text","id":1,"text":"flood"}`))
			r.heard(ChatData)
		}
		if n := len(r.Chat.Lines()); n != mostLines {
			t.Errorf("%d lines", n)
		}
	})
}

func TestFilesOfAStranger(t *testing.T) {
	key := strings.Repeat("ab", 32)
	offer := func(id, size string) string {
		return `{"type":"offer","mine":true,"id":` + id + `,"name":"../x","size":` + size + `,"key":"` + key + `"}`
	}
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		for _, bad := range []string{
			"", "x", `{"type":"offer","id":1}`, offer("1", "-1"), offer("-1", "1"), `{"type":"accept","id":5}`, `{"type":"kept","id":1}`,
			`{"type":"done","mine":true,"id":1,"sha256":"xx"}`, `{"type":"dance","id":1}`,
		} {
			r.say(FilesData, bad)
		}
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("nobody asked"))
		if l := r.Files.List(); len(l) != 0 {
			t.Fatalf("%+v", l)
		}
		r.say(FilesData, offer("1", "5"))
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("hello")) // not accepted yet
		id := TransferID{N: 1}
		synctest.Wait()
		if err := r.Files.Accept(id, "x"); err != nil {
			t.Fatal(err)
		}
		for _, wrong := range [][]byte{encodeBytes(nil, 1, 3, []byte("lo")), encodeBytes(nil, 1, 0, []byte("too long")), {1, 2, 3}, encodeBytes(nil, 1, -1, nil)} {
			r.to[BytesData] <- wrong
		}
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("jello"))
		r.say(FilesData, `{"type":"done","mine":true,"id":1,"sha256":"`+sumOfText("hello")+`"}`)
		if l := r.Files.List(); l[0].State != Spoiled || len(r.disk.kept) != 0 {
			t.Errorf("what arrived otherwise than it was sent is %+v", l[0])
		}
		for n := range 2 * mostOffered {
			r.say(FilesData, offer(string(rune('2'))+strings.Repeat("0", n%3)+"7"+strings.Repeat("1", n/3%8), "5"))
		}
		open := 0
		for _, one := range r.Files.List() {
			if one.State == Offered {
				open++
			}
		}
		if open > mostOffered {
			t.Errorf("%d offers are open", open)
		}
	})
}

// The sum may come before the last bytes.
func TestAFileWhoseSumIsFaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.Files.KeepIn("x")
		r.say(FilesData, `{"type":"offer","mine":true,"id":1,"name":"a","size":5,"key":"`+strings.Repeat("ab", 32)+`"}`)
		r.say(FilesData, `{"type":"done","mine":true,"id":1,"sha256":"`+sumOfText("hello")+`"}`)
		r.to[BytesData] <- encodeBytes(nil, 1, 0, []byte("hello"))
		synctest.Wait()
		if l := r.Files.List(); l[0].State != Kept || len(r.disk.kept) != 1 || r.disk.kept[0] != "hello" {
			t.Errorf("%+v, %q", l, r.disk.kept)
		}
	})
}

func TestAReceiverCannotAskForMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		r.disk.content = "hello"
		if _, err := r.Files.Offer("a.txt"); err != nil {
			t.Fatal(err)
		}
		r.say(FilesData, `{"type":"kept","id":1}`) // before a byte was sent
		if l := r.Files.List(); l[0].State != Offered {
			t.Errorf("%+v", l)
		}
		r.say(FilesData, `{"type":"accept","id":1,"from":999}`)
		r.say(FilesData, `{"type":"accept","id":1,"from":2}`) // a second time
		heard := r.heard(FilesData)
		var done fileMessage
		if err := json.Unmarshal([]byte(heard[len(heard)-1]), &done); err != nil || done.Type != fileDone || done.SHA256 != sumOfText("hello") {
			t.Errorf("%q", heard)
		}
		if n := len(r.heard(BytesData)); n != 0 {
			t.Errorf("%d parts", n)
		}
	})
}

func FuzzTalk(f *testing.F) {
	for _, s := range []string{`{"type":"text","id":1,"text":"x"}`, `{"type":"offer","id":1,"mine":true,"size":3,"key":"` + strings.Repeat("ab", 32) + `"}`, `{"mute":true}`, `{"type":"cancel","id":1,"mine":true}`, "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00abc"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > MaxData {
			return
		}
		talk := NewTalk(&oneFile{}, slog.New(slog.DiscardHandler))
		talk.Files.KeepIn("x")
		out := wire{out: make(chan []byte, 100)}
		talk.Files.attach(out, out, "F")
		for _, take := range []func([]byte){talk.Chat.take, talk.Files.take, talk.Files.takeBytes, talk.Sides.take, talk.Files.take} {
			take(data)
		}
		for _, l := range talk.Chat.Lines() {
			if !utf8.ValidString(l.Text) || len(l.Text) > MaxChat || strings.ContainsAny(l.Text, "\x00\r\u202e") {
				t.Fatalf("%q", l.Text)
			}
		}
		if err := talk.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func sumOfText(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
