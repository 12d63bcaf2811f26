package call

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
)

// chatNews is what a chat told.
func chatNews(c *Chat) (told *[]ChatLine) {
	told = new([]ChatLine)
	c.Watch(func(l ChatLine) { *told = append(*told, l) })
	return told
}

func TestWhatIsWrittenIsTrimmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		for _, text := range []string{"  hello \n", "   ", "\xff", "\u202e"} {
			if err := r.Chat.Send(text); err != nil {
				t.Fatal(err)
			}
		}
		if h := r.heard(ChatData); len(h) != 1 || !strings.Contains(h[0], `"text":"hello"`) {
			t.Errorf("the other side got %q", h)
		}
		if l := r.Chat.Lines(); len(l) != 1 || l[0].Text != "hello" || !l[0].Mine || l[0].Delivered {
			t.Errorf("%+v", l)
		}
		r.Chat.take([]byte(`{"type":"text","id":1,"text":"` + strings.Repeat("x", MaxChat+9) + `"}`))
		if l := r.Chat.Lines(); len(l) != 2 || len(l[1].Text) != MaxChat {
			t.Errorf("%d lines, the last of %d bytes", len(l), len(l[1].Text))
		}
	})
}

// A line of mine is delivered once, and theirs of the same number is another.
func TestDeliveredIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		defer r.end(t)
		if err := r.Chat.Send("mine"); err != nil {
			t.Fatal(err)
		}
		r.say(ChatData, `{"type":"text","id":1,"text":"theirs"}`)
		told := chatNews(r.Chat)
		for range 3 {
			r.say(ChatData, `{"type":"seen","id":1}`)
		}
		if len(*told) != 1 || !(*told)[0].Delivered || !(*told)[0].Mine {
			t.Errorf("told %+v", *told)
		}
		if l := r.Chat.Lines(); len(l) != 2 || !l[0].Delivered || l[1].Delivered {
			t.Errorf("%+v", l)
		}
	})
}

// After the call the chat stays to be read, and nothing is written any more;
// the next call begins anew.
func TestAChatIsOfOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRawTalk()
		if err := r.Chat.Send("the first"); err != nil {
			t.Fatal(err)
		}
		r.SendData(nil)
		if err := r.Chat.Send("too late"); !errors.Is(err, ErrNoData) {
			t.Errorf("after the call: %v", err)
		}
		if l := r.Chat.Lines(); len(l) != 1 {
			t.Errorf("after the call: %+v", l)
		}
		for _, c := range r.to {
			close(c)
		}
		r.begin()
		defer r.end(t)
		if l := r.Chat.Lines(); len(l) != 0 {
			t.Errorf("in the next call: %+v", l)
		}
		if err := r.Chat.Send("again"); err != nil {
			t.Fatal(err)
		}
		if l := r.Chat.Lines(); len(l) != 1 || l[0].ID != 1 {
			t.Errorf("in the next call: %+v", l)
		}
	})
}

// What turns a text around is taken out, and a letter is never cut in two.
func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\nc": "a\tb\n", "a\u202eb": "ab", "a\u2066b\u2069": "ab", "a\rb": "ab", "aéé": "aé", "\x00\x1b[1m": "[1m", "a\xffb": "ab",
	} {
		if got := cleanText(in, 4); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
