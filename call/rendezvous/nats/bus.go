package nats

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// Options of a Bus; a field that is zero has its default.
type Options struct {
	Delay time.Duration // an answer may take; 150 ms
	Name  string        // of this server, for who looks after the cluster
	Log   *slog.Logger
}

// Bus is one server's connection. It satisfies rendezvous.Bus. One goroutine
// carries out what it is asked, so that who asks never waits for the network,
// and another one hands over what comes in. Close ends both.
type Bus struct {
	options Options
	conn    *nats.Conn
	come    chan *nats.Msg
	done    chan struct{}
	once    sync.Once
	wait    sync.WaitGroup

	mu     sync.Mutex
	takers map[string]func([]byte)
	subs   map[string]*nats.Subscription
	queue  []order
	wake   chan struct{}
}

// order is something to be done on the connection.
type order func() error

const (
	prefix       = "parley."
	maxQueue     = 1 << 16 // orders, and messages that nobody took yet
	defaultDelay = 150 * time.Millisecond
	reconnect    = 250 * time.Millisecond
)

// ErrBehind is returned where the cluster takes less than it is given.
var ErrBehind = errors.New("the NATS cluster does not keep up")

// Connect opens a connection to a cluster, named by one or more comma-separated
// URLs (nats://HOST:4222, tls://…, with a user or a token where it asks).
func Connect(urls string, o Options) (*Bus, error) {
	if o.Delay == 0 {
		o.Delay = defaultDelay
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bus{
		options: o, come: make(chan *nats.Msg, maxQueue), done: make(chan struct{}),
		takers: map[string]func([]byte){}, subs: map[string]*nats.Subscription{}, wake: make(chan struct{}, 1),
	}
	conn, err := nats.Connect(urls, nats.Name(o.Name), nats.MaxReconnects(-1), nats.ReconnectWait(reconnect), nats.NoEcho(),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { o.Log.Warn("the other servers are not reached", "err", err) }),
		nats.ReconnectHandler(func(c *nats.Conn) { o.Log.Info("the other servers are reached again", "at", c.ConnectedAddr()) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { o.Log.Warn("NATS", "err", err) }))
	if err != nil {
		return nil, fmt.Errorf("the NATS cluster is not reached; check --nats: %w", err)
	}
	b.conn = conn
	b.wait.Go(b.carryOut)
	b.wait.Go(b.handOver)
	return b, nil
}

// Delay satisfies rendezvous.Bus.
func (b *Bus) Delay() time.Duration { return b.options.Delay }

// Publish satisfies rendezvous.Bus.
func (b *Bus) Publish(topic string, data []byte) error {
	return b.order(func() error { return b.conn.Publish(prefix+topic, data) })
}

// Subscribe satisfies rendezvous.Bus, for one taker a topic.
func (b *Bus) Subscribe(topic string, take func([]byte)) (stop func(), err error) {
	subject := prefix + topic
	b.mu.Lock()
	if b.takers[subject] != nil {
		b.mu.Unlock()
		return nil, fmt.Errorf("%s is subscribed to already", topic)
	}
	b.takers[subject] = take
	b.mu.Unlock()
	return func() { b.unsubscribe(subject) }, b.order(func() error {
		sub, err := b.conn.ChanSubscribe(subject, b.come)
		b.subs[subject] = sub // of carryOut alone
		return err
	})
}

func (b *Bus) unsubscribe(subject string) {
	b.mu.Lock()
	delete(b.takers, subject)
	b.mu.Unlock()
	err := b.order(func() error {
		sub := b.subs[subject]
		delete(b.subs, subject)
		return sub.Unsubscribe()
	})
	if err != nil {
		b.options.Log.Warn("a topic is still subscribed to", "err", err)
	}
}

func (b *Bus) order(o order) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.queue) >= maxQueue {
		return ErrBehind
	}
	b.queue = append(b.queue, o)
	select {
	case b.wake <- struct{}{}:
	default:
	}
	return nil
}

// carryOut does what was ordered, one after another.
func (b *Bus) carryOut() {
	for {
		select {
		case <-b.wake:
		case <-b.done:
			return
		}
		b.mu.Lock()
		all := b.queue
		b.queue = nil
		b.mu.Unlock()
		for _, o := range all {
			if err := o(); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
				b.options.Log.Warn("the other servers were not told", "err", err)
			}
		}
	}
}

// handOver gives what came in to who subscribed to it.
func (b *Bus) handOver() {
	for {
		select {
		case m := <-b.come:
			b.mu.Lock()
			take := b.takers[m.Subject]
			b.mu.Unlock()
			if take != nil {
				take(m.Data)
			}
		case <-b.done:
			return
		}
	}
}

// Close says what is still to be said, and ends the connection.
func (b *Bus) Close() error {
	b.once.Do(func() {
		said := make(chan struct{})
		if b.order(func() error { defer close(said); return b.conn.FlushTimeout(time.Second) }) == nil {
			<-said
		}
		close(b.done)
		b.wait.Wait()
		b.conn.Close()
	})
	return nil
}
