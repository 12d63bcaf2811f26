package call

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// line is a link that a session talks over. It owns a goroutine that reads
// into the session's inbox and one that writes what the outbox holds; end ends
// both and waits.
type line struct {
	link   Link
	inbox  *mailbox[any]
	outbox *mailbox[Message]
	log    *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	last   chan struct{} // closed when the outbox gets nothing more
	reader sync.WaitGroup
	writer sync.WaitGroup
}

func startLine(ctx context.Context, link Link, inbox *mailbox[any], log *slog.Logger) *line {
	l := &line{link: link, inbox: inbox, outbox: newMailbox[Message](), log: log, last: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(ctx)
	l.reader.Go(l.read)
	l.writer.Go(l.write)
	return l
}

// maxMessages bounds what the other side may say over one link. A call needs
// about ten and a message for each candidate.
const maxMessages = 1000

// read posts what the other side says until the link ends.
func (l *line) read() {
	for range maxMessages {
		m, err := l.link.Receive(l.ctx)
		if err != nil {
			l.inbox.put(linkDown{l, err})
			return
		}
		l.inbox.put(m)
	}
	l.inbox.put(linkDown{l, fmt.Errorf("%w: more than %d messages in one call", ErrMessage, maxMessages)})
}

// write sends what is put into the outbox, and at the end what is left.
func (l *line) write() {
	for {
		select {
		case <-l.outbox.signal:
			l.flush()
		case <-l.last:
			l.flush()
			return
		}
	}
}

func (l *line) flush() {
	for _, m := range l.outbox.take() {
		if err := l.link.Send(l.ctx, m); err != nil {
			l.log.Debug("not sent", "type", m.Type, "err", err)
			l.inbox.put(linkDown{l, err})
			return
		}
	}
}

// goodbye is how long the last messages may take to be sent.
const goodbye = time.Second

// end has the writer send what is left, bye included, and closes the link. The
// reader lives on until then: a WebSocket dies with a read that is given up.
func (l *line) end() {
	close(l.last)
	limit := time.AfterFunc(goodbye, l.cancel)
	l.writer.Wait()
	limit.Stop()
	l.cancel()
	l.reader.Wait()
	closeLink(l.link, l.log)
}

func closeLink(link Link, log *slog.Logger) {
	if err := link.Close(); err != nil && !errors.Is(err, ErrLinkClosed) {
		log.Debug("closing the link", "err", err)
	}
}
