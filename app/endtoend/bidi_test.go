//go:build endtoend

package endtoend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// bidi speaks WebDriver BiDi (W3C) with a browser: numbered commands, and
// answers with the number. One goroutine reads; it ends with the connection.
type bidi struct {
	t    *testing.T
	conn *websocket.Conn

	mu      sync.Mutex
	next    int
	waiting map[int]chan bidiAnswer
	over    error
}

type bidiAnswer struct {
	ID      int
	Type    string
	Method  string
	Result  json.RawMessage
	Params  json.RawMessage
	Error   string
	Message string
}

// errPage is what a page's script failed with.
type errPage string

func (e errPage) Error() string { return "the page's script failed: " + string(e) }

func dialBiDi(t *testing.T, url string) *bidi {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		t.Fatalf("the browser does not answer: %v", err)
	}
	conn.SetReadLimit(64 << 20)
	b := &bidi{t: t, conn: conn, waiting: map[int]chan bidiAnswer{}}
	read := make(chan struct{})
	go func() { defer close(read); b.read() }()
	t.Cleanup(func() { _ = conn.CloseNow(); <-read })
	return b
}

func (b *bidi) read() {
	for {
		_, data, err := b.conn.Read(context.Background())
		var a bidiAnswer
		if err == nil {
			err = json.Unmarshal(data, &a)
		}
		if err != nil {
			b.end(err)
			return
		}
		if a.Type == "event" {
			b.tell(a)
			continue
		}
		b.mu.Lock()
		if answer := b.waiting[a.ID]; answer != nil {
			answer <- a
			delete(b.waiting, a.ID)
		}
		b.mu.Unlock()
	}
}

// tell passes on what the page writes to its console.
func (b *bidi) tell(a bidiAnswer) {
	var entry struct{ Text string }
	if json.Unmarshal(a.Params, &entry) == nil && entry.Text != "" {
		b.t.Logf("the page said: %s", entry.Text)
	}
}

func (b *bidi) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = err
	for _, answer := range b.waiting {
		close(answer)
	}
	b.waiting = nil
}

func (b *bidi) ask(method string, params, result any) error {
	answer := make(chan bidiAnswer, 1)
	b.mu.Lock()
	if b.over != nil {
		defer b.mu.Unlock()
		return b.over
	}
	b.next++
	id := b.next
	b.waiting[id] = answer
	b.mu.Unlock()
	data, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := b.conn.Write(ctx, websocket.MessageText, data); err != nil {
		return err
	}
	select {
	case a, open := <-answer:
		return a.into(open, result)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (a bidiAnswer) into(open bool, result any) error {
	switch {
	case !open:
		return errors.New("the browser is gone")
	case a.Type == "error":
		return fmt.Errorf("%s: %s", a.Error, a.Message)
	case result == nil:
		return nil
	}
	return json.Unmarshal(a.Result, result)
}

func (b *bidi) must(method string, params, result any) {
	b.t.Helper()
	if err := b.ask(method, params, result); err != nil {
		b.t.Fatalf("Firefox: %s: %v", method, err)
	}
}
