package filestore

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"parley/call"
)

// Store is the disk.
type Store struct {
	// Free tells how many bytes a folder's disk has room for; -1: not known.
	Free func(folder string) int64

	mu   sync.Mutex
	open map[string]bool // paths of parts: two never write into one
}

// New returns the disk of this machine.
func New() *Store { return &Store{Free: free} }

// reserveBytes is what is left free for everything else.
const reserveBytes = 64 << 20

// partEnding marks a file that is not whole yet; its name has the key before.
const partEnding = ".parley-part"

// staleAfter is when a part that nobody went on with is taken away.
const staleAfter = 7 * 24 * time.Hour

// source is a file that is sent.
type source struct {
	*os.File
	size int64
}

func (s source) Name() string { return filepath.Base(s.File.Name()) }
func (s source) Size() int64  { return s.size }

// Open satisfies call.FileStore. A folder or a device is no file.
func (*Store) Open(path string) (call.FileSource, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, cause(err))
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file; a folder can be sent as an archive")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s cannot be sent: %w", path, cause(err)), f.Close())
	}
	return source{f, info.Size()}, nil
}

// part is a file that is received: a hidden one in the folder, for its owner
// alone.
type part struct {
	file   *os.File
	folder string
	name   string // safe
	have   int64
	sum    hash.Hash
	leave  func() // lets another have its path
}

// Create satisfies call.FileStore.
func (s *Store) Create(folder, name, key string, size int64) (call.FilePart, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("the file cannot be kept in %s: %w; choose another folder", folder, cause(err))
	}
	s.sweep(folder)
	p := &part{folder: folder, name: SafeName(name), sum: sha256.New()}
	path := filepath.Join(folder, "."+p.name+"."+short(key)+partEnding)
	if !s.claim(path) {
		return nil, fmt.Errorf("%s is on its way already; wait until it is there, or cancel it", p.name)
	}
	p.leave = sync.OnceFunc(func() { s.release(path) })
	if err := s.begin(p, path, size); err != nil {
		p.leave()
		return nil, err
	}
	return p, nil
}

// claim takes a path for one part alone: what is whole, and got its name, must
// not be written to by another that began under the same path.
func (s *Store) claim(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[path] {
		return false
	}
	if s.open == nil {
		s.open = map[string]bool{}
	}
	s.open[path] = true
	return true
}

func (s *Store) release(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, path)
}

// begin opens a part's file, with what is in it.
func (s *Store) begin(p *part, path string, size int64) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("the file cannot be kept in %s: %s is in its way", p.folder, filepath.Base(path))
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("the file cannot be kept in %s: %w; choose another folder", p.folder, cause(err))
	}
	p.file = file
	if err := p.goOn(size); err != nil {
		return errors.Join(err, file.Close())
	}
	if room := s.Free(p.folder); room >= 0 && room-reserveBytes < size-p.have {
		err := fmt.Errorf("there is no room for it: %s has %d MB free and %d MB are to come; choose another folder", p.folder, room>>20, (size-p.have)>>20)
		if p.have == 0 {
			return errors.Join(err, p.Discard())
		}
		return errors.Join(err, file.Close())
	}
	return nil
}

// short is enough of a key to tell files of one name apart.
func short(key string) string {
	key = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'f' {
			return r
		}
		return -1
	}, key)
	return key[:min(16, len(key))]
}

// goOn reads what there is already.
func (p *part) goOn(size int64) error {
	n, err := io.Copy(p.sum, io.LimitReader(p.file, size))
	if err == nil {
		p.have = n
		err = p.file.Truncate(n) // it may be of another size
	}
	if err == nil {
		_, err = p.file.Seek(n, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("what was kept of %s cannot be read: %w", p.name, cause(err))
	}
	return nil
}

func (p *part) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	p.sum.Write(b[:n])
	p.have += int64(n)
	if err != nil {
		return n, fmt.Errorf("%s cannot be written in %s: %w", p.name, p.folder, cause(err))
	}
	return n, nil
}

func (p *part) Have() int64 { return p.have }

func (p *part) Sum() string { return hex.EncodeToString(p.sum.Sum(nil)) }

func (p *part) Close() error {
	defer p.leave()
	return p.file.Close()
}

func (p *part) Discard() error {
	defer p.leave()
	return errors.Join(p.file.Close(), os.Remove(p.file.Name()))
}

// Finish satisfies call.FilePart. A link takes the name only where it is free,
// whoever else is at it.
func (p *part) Finish() (string, error) {
	if err := errors.Join(p.file.Sync(), p.file.Close()); err != nil {
		return "", fmt.Errorf("%s cannot be written in %s: %w", p.name, p.folder, cause(err))
	}
	ext := filepath.Ext(p.name)
	stem := strings.TrimSuffix(p.name, ext)
	path := filepath.Join(p.folder, p.name)
	for n := 2; n < 10_000; n++ {
		err := place(p.file.Name(), path)
		if err == nil {
			p.leave()
			return path, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("%s cannot be given its name in %s: %w", p.name, p.folder, cause(err))
		}
		path = filepath.Join(p.folder, fmt.Sprintf("%s (%d)%s", stem, n, ext))
	}
	return "", fmt.Errorf("%s cannot be given a name in %s: too many files have it", p.name, p.folder)
}

// place moves a file to a name that is free.
func place(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		return os.Remove(from)
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// A file system without links: the name is taken first, then replaced.
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Rename(from, to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// sweep takes parts away that nobody went on with. What cannot be is tried
// again with the next file.
func (*Store) sweep(folder string) {
	all, err := filepath.Glob(filepath.Join(escape(folder), ".*"+partEnding))
	if err != nil {
		return
	}
	for _, path := range all {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > staleAfter {
			_ = os.Remove(path)
		}
	}
}

// escape takes a folder's name for a glob as it is.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(s)
}

// cause takes the path out of an error of package os.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
