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
	if d == nil {
		t.Chat.detach()
		t.Files.detach()
		t.Sides.detach()
		return
	}
	chat, files, content, state := d.Channel(ChatData), d.Channel(FilesData), d.Channel(BytesData), d.Channel(StateData)
	t.Chat.attach(chat)
	t.Files.attach(files, content, d.Fingerprint())
	t.Sides.attach(state)
	for in, take := range map[Channel]func([]byte){chat: t.Chat.take, files: t.Files.take, content: t.Files.takeBytes, state: t.Sides.take} {
		t.wait.Go(func() { read(in, take) })
	}
}

// read hands over what comes until the channel ends.
func read(in Channel, take func([]byte)) {
	for {
		message, err := in.Receive()
		if err != nil {
			return
		}
		take(message)
	}
}

// Close ends transfers, which can be resumed, and waits. It is called when no
// call is left.
func (t *Talk) Close() error {
	t.SendData(nil)
	err := t.Files.close()
	t.wait.Wait()
	return err
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
