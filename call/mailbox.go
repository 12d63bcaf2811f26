package call

import "sync"

// mailbox is a queue whose senders never wait, so that a callback of the
// transport cannot deadlock with the goroutine that is calling the transport.
type mailbox[T any] struct {
	mu     sync.Mutex
	items  []T
	signal chan struct{} // holds one token while items is not empty
}

func newMailbox[T any]() *mailbox[T] {
	return &mailbox[T]{signal: make(chan struct{}, 1)}
}

func (m *mailbox[T]) put(item T) {
	m.mu.Lock()
	m.items = append(m.items, item)
	m.mu.Unlock()
	select {
	case m.signal <- struct{}{}:
	default:
	}
}

// take empties the mailbox.
func (m *mailbox[T]) take() []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	items := m.items
	m.items = nil
	return items
}
