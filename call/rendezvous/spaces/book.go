package spaces

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"parley/call/rendezvous"
)

// Book is the file in memory, for a running server. It satisfies
// rendezvous.Spaces.
type Book struct {
	path string

	mu      sync.RWMutex
	stamp   stamp
	byName  map[string]record
	byKey   map[string]record
	byAdmin map[string]record
}

// stamp tells whether the file has changed.
type stamp struct {
	at   time.Time
	size int64
}

// Open reads the file; where there is none, the book is empty.
func Open(path string) (*Book, error) {
	b := &Book{path: path}
	_, err := b.reload()
	return b, err
}

// reload reads the file where it has changed. One that is damaged changes
// nothing.
func (b *Book) reload() (changed bool, err error) {
	now := stampOf(b.path)
	b.mu.RLock()
	same := b.byName != nil && now == b.stamp
	b.mu.RUnlock()
	if same {
		return false, nil
	}
	all, err := read(b.path)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stamp = now // one complaint a change
	if err != nil {
		return false, err
	}
	b.byName, b.byKey, b.byAdmin = map[string]record{}, map[string]record{}, map[string]record{}
	for _, r := range all {
		b.byName[r.Name], b.byKey[r.Key], b.byAdmin[r.Admin] = r, r, r
	}
	return true, nil
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.ModTime(), info.Size()}
}

// Follow rereads the file when it changes, until the context ends, and then
// calls changed.
func (b *Book) Follow(ctx context.Context, every time.Duration, log *slog.Logger, changed func()) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		switch news, err := b.reload(); {
		case err != nil:
			log.Error("the spaces stay as they were", "err", err)
		case news:
			log.Info("the spaces were read again", "spaces", b.Len())
			changed()
		}
	}
}

// Len is how many spaces there are.
func (b *Book) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.byName)
}

// ByName satisfies rendezvous.Spaces.
func (b *Book) ByName(name string) (rendezvous.Space, bool) { return b.find(&b.byName, name) }

// ByKey satisfies rendezvous.Spaces. That it looks for a hash tells nothing of
// the key by the time that it takes.
func (b *Book) ByKey(key string) (rendezvous.Space, bool) { return b.find(&b.byKey, hashKey(key)) }

// ByAdmin satisfies rendezvous.Spaces.
func (b *Book) ByAdmin(key string) (rendezvous.Space, bool) { return b.find(&b.byAdmin, hashKey(key)) }

func (b *Book) find(in *map[string]record, what string) (rendezvous.Space, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	r, ok := (*in)[what]
	return r.space(), ok
}

// String says what the book is, without its keys.
func (b *Book) String() string { return fmt.Sprintf("%d spaces in %s", b.Len(), b.path) }
