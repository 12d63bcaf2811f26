package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"parley/call"
)

// chatFile has the lines of a chat, a JSON object a line.
const chatFile = "chat.jsonl"

// Bounds of a chat that is kept.
const (
	mostWaiting   = 8192 // lines: what was written before a recording comes at once
	mostChatBytes = 64 << 20
)

// chat keeps what is written. Its file is made with the first line.
type chat struct {
	host  *host
	wakes chan struct{}

	mu    sync.Mutex
	lines []call.ChatLine
	lost  bool // lines, since they came faster than they could be written

	// of the worker
	file file
	size int64
	dead bool
}

func newChat(h *host) *chat { return &chat{host: h, wakes: make(chan struct{}, 1)} }

var _ call.ChatRecorder = (*Recording)(nil)

// Write implements call.ChatRecorder. A line that is told again, since it was
// delivered, is left out by whoever has the chat.
func (r *Recording) Write(line call.ChatLine) {
	if !r.closed.Load() {
		r.chat.take(line)
	}
}

func (c *chat) take(line call.ChatLine) {
	c.mu.Lock()
	if len(c.lines) < mostWaiting {
		c.lines = append(c.lines, line)
	} else {
		c.lost = true
	}
	c.mu.Unlock()
	select {
	case c.wakes <- struct{}{}:
	default:
	}
}

func (c *chat) wake() <-chan struct{} { return c.wakes }

func (c *chat) tick() {}

func (c *chat) drain() {
	c.mu.Lock()
	lines, lost := c.lines, c.lost
	c.lines = nil
	c.mu.Unlock()
	for _, line := range lines {
		if c.dead {
			return
		}
		if err := c.write(line); err != nil {
			c.fail(err)
		}
	}
	if lost && !c.dead {
		c.fail(errLost)
	}
}

// errLost ends a chat rather than have it kept with a gap.
var errLost = errors.New("more was written than this disk can take")

func (c *chat) fail(err error) {
	c.dead = true
	c.host.failChat(err)
}

func (c *chat) write(line call.ChatLine) error {
	data, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if c.size += int64(len(data)) + 1; c.size > mostChatBytes {
		return fmt.Errorf("more than %d MB were written", mostChatBytes>>20)
	}
	if c.file == nil {
		if c.file, err = c.host.create(filepath.Join(c.host.dir, chatFile)); err != nil {
			return err
		}
		if err := c.host.hasChat(); err != nil {
			return err
		}
	}
	_, err = c.file.Write(append(data, '\n'))
	return err
}

func (c *chat) end() {
	if c.file == nil {
		return
	}
	if err := c.file.Close(); err != nil && !c.dead {
		c.host.failChat(err)
	}
}

// hasChat lists the chat in the manifest.
func (h *host) hasChat() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.manifest.Chat = chatFile
	return h.save()
}

// failChat reports that the chat is kept no longer.
func (h *host) failChat(err error) {
	err = fmt.Errorf("the chat is no longer recorded: %w; the rest goes on, in %s", cause(err), h.dir)
	h.mu.Lock()
	h.errs = append(h.errs, err)
	h.mu.Unlock()
	if h.failed != nil {
		h.failed(err)
	}
}
