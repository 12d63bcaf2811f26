package headless

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"parley/call"
)

// courier carries files and chat for a call without a window. Its methods are
// called by the conversation's goroutine, but for tell.
type courier struct {
	talk    *call.Talk
	send    []string // to be offered
	chat    bool
	in      io.Reader // lines to be written to the other side
	out     io.Writer // for what comes: lines, and paths of files
	err     io.Writer
	stop    []func()
	offered map[call.TransferID]bool // and not over
	failed  []error
	late    <-chan time.Time // when the other side should have told that it can

	wake chan struct{} // has a token while there is news
	mu   sync.Mutex
	news []any // call.ChatLine, call.Transfer, call.Side, or a line of in
}

// tooOld is how long the other side has to tell that it knows of files.
const tooOld = 10 * time.Second

func newCourier(p *program, f *callFlags, talk *call.Talk) *courier {
	c := &courier{
		talk: talk, send: f.send, chat: f.chat, in: p.in, out: p.out, err: p.err,
		wake: make(chan struct{}, 1), offered: map[call.TransferID]bool{},
	}
	if f.receive != "" {
		talk.Files.KeepIn(f.receive)
	}
	c.stop = append(c.stop,
		talk.Files.Watch(func(t call.Transfer) {
			if t.State.Over() {
				c.tell(t)
			}
		}),
		talk.Chat.Watch(func(l call.ChatLine) {
			if !l.Mine {
				c.tell(l)
			}
		}),
		talk.Sides.Watch(func(s call.Side) { c.tell(s) }))
	return c
}

// tell passes news on. It does not wait: the conversation may be the one that
// makes news.
func (c *courier) tell(news any) {
	c.mu.Lock()
	c.news = append(c.news, news)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *courier) close() {
	for _, stop := range c.stop {
		stop()
	}
}

// take does what the news ask for; done says that all that was to be sent has
// gone.
func (c *courier) take() (done bool) {
	c.mu.Lock()
	news := c.news
	c.news = nil
	c.mu.Unlock()
	for _, one := range news {
		done = c.on(one) || done
	}
	return done
}

// connected begins, once.
func (c *courier) connected() {
	if len(c.send) > 0 {
		c.late = time.After(tooOld)
	}
	if c.chat {
		go c.read()
	}
}

// read posts what is typed, until its end. It outlives the call: a terminal is
// not to be interrupted.
func (c *courier) read() {
	lines := bufio.NewScanner(c.in)
	for lines.Scan() {
		c.tell(lines.Text())
	}
}

// on takes news; done says that all that was to be sent has gone.
func (c *courier) on(news any) (done bool) {
	switch news := news.(type) {
	case call.Side:
		if news.Known {
			c.offer()
		}
	case call.ChatLine:
		if c.chat {
			fmt.Fprintln(c.out, news.Text)
		}
	case string:
		if err := c.talk.Chat.Send(news); err != nil {
			fmt.Fprintln(c.err, "parley: not sent:", err)
		}
	case call.Transfer:
		return c.transfer(news)
	}
	return len(c.failed) > 0 && len(c.offered) == 0 && len(c.send) == 0
}

// offer offers the files, once the other side can take them.
func (c *courier) offer() {
	c.late = nil
	for _, path := range c.send {
		id, err := c.talk.Files.Offer(path)
		if err != nil {
			c.failed = append(c.failed, err)
			continue
		}
		c.offered[id] = true
	}
	c.send = nil
}

// transfer takes the end of one.
func (c *courier) transfer(t call.Transfer) (done bool) {
	if t.State == call.Kept && !t.ID.Mine {
		fmt.Fprintln(c.out, t.Path)
	}
	if t.State != call.Kept {
		fmt.Fprintf(c.err, "parley: %s: %s\n", t.Name, problem(t))
	}
	if !t.ID.Mine || !c.offered[t.ID] {
		return false
	}
	delete(c.offered, t.ID)
	if t.State != call.Kept {
		c.failed = append(c.failed, fmt.Errorf("%s was not sent: %w", t.Name, problem(t)))
	}
	return len(c.offered) == 0
}

func problem(t call.Transfer) error {
	if t.Problem != nil {
		return t.Problem
	}
	return errors.New(string(t.State))
}

// outcome is what could not be sent.
func (c *courier) outcome() error {
	err := errors.Join(c.failed...)
	if n := len(c.offered) + len(c.send); n > 0 {
		err = errors.Join(err, fmt.Errorf("%d files were not sent before the call ended", n))
	}
	return err
}
