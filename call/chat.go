package call

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"
)

// ChatLine is one message of a chat.
type ChatLine struct {
	ID        int       `json:"id"` // counted by who wrote it
	Mine      bool      `json:"mine"`
	Text      string    `json:"text"`
	At        time.Time `json:"at"`
	Delivered bool      `json:"delivered"` // of mine: the other side has it
}

// Bounds of a chat.
const (
	MaxChat   = 7 << 10 // bytes of one text: escaped, it fits a message
	mostLines = 5000
)

// ErrLong is returned for a text that is longer than MaxChat.
var ErrLong = errors.New("this is too long for one message; send it in parts, or as a file")

// chatMessage is what goes over ChatData: a text, or that one was delivered.
type chatMessage struct {
	Type string `json:"type"` // "text" or "seen"
	ID   int    `json:"id"`
	Text string `json:"text,omitempty"`
	At   int64  `json:"at,omitempty"` // Unix time in ms, by the writer's clock
}

// Chat is what both sides write in a call. It begins anew with each call, and
// stays to be read after it.
type Chat struct {
	news watchers[ChatLine]

	mu    sync.Mutex
	out   Channel
	lines []ChatLine
	last  int // ID of mine
}

func newChat() *Chat { return &Chat{} }

// Send writes to the other side.
func (c *Chat) Send(text string) error {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if len(text) > MaxChat {
		return ErrLong
	}
	if text = cleanText(text, MaxChat); text == "" {
		return nil
	}
	c.mu.Lock()
	c.last++
	line := ChatLine{ID: c.last, Mine: true, Text: text, At: time.Now()}
	err := sendJSON(c.out, chatMessage{Type: "text", ID: line.ID, Text: text, At: line.At.UnixMilli()})
	if err == nil {
		c.add(line)
	}
	c.mu.Unlock()
	if err == nil {
		c.news.tell(line)
	}
	return err
}

// Lines are those of the call that is or was last, the oldest first.
func (c *Chat) Lines() []ChatLine {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]ChatLine(nil), c.lines...)
}

// Watch has f called with each line that is new or delivered now; f must not
// block.
func (c *Chat) Watch(f func(ChatLine)) (stop func()) { return c.news.watch(f) }

// add keeps a line; the oldest gives way. c.mu is held.
func (c *Chat) add(line ChatLine) {
	c.lines = append(c.lines[max(0, len(c.lines)-mostLines+1):], line)
}

func (c *Chat) attach(out Channel) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out, c.lines, c.last = out, nil, 0
}

func (c *Chat) detach() { c.mu.Lock(); defer c.mu.Unlock(); c.out = nil }

// take reads what the other side writes; what is not understood is left out.
func (c *Chat) take(message []byte) {
	var m chatMessage
	if json.Unmarshal(message, &m) != nil {
		return
	}
	var line ChatLine
	switch m.Type {
	case "text":
		line = ChatLine{ID: m.ID, Text: strings.TrimSpace(cleanText(m.Text, MaxChat)), At: time.Now()}
		if line.Text == "" {
			return
		}
		c.mu.Lock()
		c.add(line)
		_ = sendJSON(c.out, chatMessage{Type: "seen", ID: m.ID}) // a connection that is over needs none
		c.mu.Unlock()
	case "seen":
		var ok bool
		if line, ok = c.delivered(m.ID); !ok {
			return
		}
	default:
		return
	}
	c.news.tell(line)
}

// delivered notes that a line of mine came through; ok is false where that is
// no news.
func (c *Chat) delivered(id int) (line ChatLine, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(c.lines) - 1; i >= 0; i-- {
		if l := &c.lines[i]; l.Mine && l.ID == id {
			ok = !l.Delivered
			l.Delivered = true
			return *l, ok
		}
	}
	return line, false
}
