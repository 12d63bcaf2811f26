package call

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"sync"
)

// Talk is all that goes to the other side beside picture and sound: Chat,
// Files, and what each side shows of its own state. It satisfies DataMedia and
// lives longer than a call. It owns a goroutine for each open channel and one
// that sends files; Close waits for them.
type Talk struct {
	Chat  *Chat
	Files *Files
	Sides *Sides
	log   *slog.Logger

	mu   sync.Mutex
	over chan struct{} // closed at the end of the connection; nil: there is none
	wait sync.WaitGroup
}

// NewTalk returns one that keeps files with store.
func NewTalk(store FileStore, log *slog.Logger) *Talk {
	return &Talk{Chat: newChat(), Files: newFiles(store, log), Sides: newSides(), log: log}
}

// SendData implements DataMedia.
func (t *Talk) SendData(d Data) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over != nil {
		close(t.over)
		t.over = nil
	}
	if d == nil {
		t.Chat.detach()
		t.Files.detach()
		t.Sides.detach()
		return
	}
	t.Chat.attach(d.Channel(ChatData))
	t.Files.attach(d.Channel(FilesData), d.Channel(BytesData), d.Fingerprint())
	t.Sides.attach(d.Channel(StateData))
	over := make(chan struct{})
	t.over = over
	for kind, take := range map[DataKind]func([]byte){ChatData: t.Chat.take, FilesData: t.Files.take, BytesData: t.Files.takeBytes, StateData: t.Sides.take} {
		t.wait.Go(func() { read(d.Channel(kind), take, flows[kind], over) })
	}
}

// read hands over what comes, not too much at once, until the channel ends.
func read(in Channel, take func([]byte), f flow, over <-chan struct{}) {
	for {
		message, err := in.Receive()
		if err != nil {
			return
		}
		if f.wait(over) {
			take(message)
		}
	}
}

// Close ends transfers, which can be resumed, and waits. It is called when no
// call is left.
func (t *Talk) Close() error {
	t.SendData(nil)
	t.wait.Wait() // they may end transfers yet
	return t.Files.close()
}

// sendJSON sends a message as JSON whose text is not made longer for HTML's sake.
func sendJSON(out Channel, message any) error {
	if out == nil {
		return ErrNoData
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(message); err != nil {
		return err
	}
	return out.Send(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// watchers are those who hear of changes of one kind.
type watchers[T any] struct {
	mu   sync.Mutex
	all  map[int]func(T)
	next int
}

func (w *watchers[T]) watch(f func(T)) (stop func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[int]func(T){}
	}
	id := w.next
	w.next++
	w.all[id] = f
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, id)
	}
}

func (w *watchers[T]) tell(news T) {
	w.mu.Lock()
	told := make([]func(T), 0, len(w.all))
	for id := range w.next {
		if f := w.all[id]; f != nil {
			told = append(told, f)
		}
	}
	w.mu.Unlock()
	for _, f := range told {
		f(news)
	}
}
