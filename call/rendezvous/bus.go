package rendezvous

import (
	"slices"
	"sync"
	"time"
)

// Bus makes any number of servers one: what one publishes on a topic, every
// other server that subscribed to it is handed, in the order in which that one
// published; whether it is handed its own does not matter. What is lost on the
// way is asked for again. Nothing here may wait for the network.
type Bus interface {
	Publish(topic string, data []byte) error
	// Subscribe hands over what is published from now on; take must not wait.
	Subscribe(topic string, take func(data []byte)) (stop func(), err error)
	// Delay is how long an answer may take; 0: all has been said when Publish
	// returns, and the servers live and die together.
	Delay() time.Duration
}

// Memory is the bus within one process. The zero Memory is ready.
type Memory struct {
	mu     sync.Mutex
	topics map[string][]*listener
}

type listener struct{ take func([]byte) }

// Publish satisfies Bus.
func (m *Memory) Publish(topic string, data []byte) error {
	m.mu.Lock()
	all := slices.Clone(m.topics[topic])
	m.mu.Unlock()
	for _, l := range all {
		l.take(data)
	}
	return nil
}

// Subscribe satisfies Bus.
func (m *Memory) Subscribe(topic string, take func([]byte)) (func(), error) {
	l := &listener{take}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.topics == nil {
		m.topics = map[string][]*listener{}
	}
	m.topics[topic] = append(m.topics[topic], l)
	return func() { m.drop(topic, l) }, nil
}

func (m *Memory) drop(topic string, l *listener) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(m.topics[topic]), func(o *listener) bool { return o == l })
	if len(rest) == 0 {
		delete(m.topics, topic)
		return
	}
	m.topics[topic] = rest
}

// Delay satisfies Bus.
func (m *Memory) Delay() time.Duration { return 0 }
