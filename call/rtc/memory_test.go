package rtc_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"

	"parley/call"
)

// memory is a call.FileStore without a disk: files to be sent are made as they
// are read, and of those kept only the sum stays.
type memory struct {
	mu    sync.Mutex
	sent  map[string]int64 // by path
	parts map[string]*memoryPart
	whole map[string]string // sums, by name
}

func newMemory() *memory {
	return &memory{sent: map[string]int64{}, parts: map[string]*memoryPart{}, whole: map[string]string{}}
}

func (m *memory) Open(path string) (call.FileSource, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	size, is := m.sent[path]
	if !is {
		return nil, errors.New("no such file")
	}
	return &made{name: path, size: size}, nil
}

func (m *memory) Create(_, name, key string, _ int64) (call.FilePart, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.parts[key]
	if p == nil {
		p = &memoryPart{store: m, name: name, key: key, sum: sha256.New()}
		m.parts[key] = p
	}
	return p, nil
}

func (m *memory) kept(name string) string { m.mu.Lock(); defer m.mu.Unlock(); return m.whole[name] }

// made is a file whose bytes follow from where they are.
type made struct {
	name     string
	size, at int64
}

// block repeats, with a length that divides no message's.
var block = bytes.Repeat([]byte("a call between two people, "), 3001)

func (f *made) Read(p []byte) (int, error) {
	if f.at >= f.size {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), f.size-f.at, int64(len(block))-f.at%int64(len(block))))
	copy(p[:n], block[f.at%int64(len(block)):])
	f.at += int64(n)
	return n, nil
}
func (f *made) Seek(to int64, _ int) (int64, error) { f.at = to; return to, nil }
func (f *made) Close() error                        { return nil }
func (f *made) Name() string                        { return f.name }
func (f *made) Size() int64                         { return f.size }

func sumOf(size int64) string {
	h := sha256.New()
	if _, err := io.Copy(h, &made{size: size}); err != nil {
		panic(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

type memoryPart struct {
	store     *memory
	name, key string
	sum       hash.Hash
	have      int64
}

func (p *memoryPart) Write(b []byte) (int, error) {
	p.have += int64(len(b))
	return p.sum.Write(b)
}
func (p *memoryPart) Have() int64  { return p.have }
func (p *memoryPart) Sum() string  { return hex.EncodeToString(p.sum.Sum(nil)) }
func (p *memoryPart) Close() error { return nil }
func (p *memoryPart) Discard() error {
	p.store.mu.Lock()
	defer p.store.mu.Unlock()
	delete(p.store.parts, p.key)
	return nil
}

func (p *memoryPart) Finish() (string, error) {
	p.store.mu.Lock()
	defer p.store.mu.Unlock()
	delete(p.store.parts, p.key)
	p.store.whole[p.name] = p.Sum()
	return "kept/" + p.name, nil
}
