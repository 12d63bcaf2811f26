package ffmpeg

import (
	"os"
	"slices"
	"sync"
	"time"

	"parley/editor"
)

// fileKey is how a stream of a file is known again.
type fileKey struct {
	path    string
	stream  int
	size    int64
	changed time.Time
}

func identify(path string, stream int) (fileKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileKey{}, fileError(path, err)
	}
	return fileKey{path, stream, info.Size(), info.ModTime()}, nil
}

// keptPackets bounds the packets of all indexes that are remembered, which
// take 16 bytes each.
const keptPackets = 1 << 22

// indexes are those that were asked for last.
type indexes struct {
	mu   sync.Mutex
	kept []keptIndex // the oldest first
}

type keptIndex struct {
	key   fileKey
	index *editor.Index
}

func (k *indexes) get(key fileKey) (*editor.Index, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.IndexFunc(k.kept, func(e keptIndex) bool { return e.key == key })
	if i < 0 {
		return nil, false
	}
	found := k.kept[i]
	k.kept = append(slices.Delete(k.kept, i, i+1), found)
	return found.index, true
}

// put remembers an index, and forgets the oldest that there is no room for.
func (k *indexes) put(key fileKey, x *editor.Index) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = append(k.kept, keptIndex{key, x})
	total := 0
	for i, e := range slices.Backward(k.kept) {
		if total += len(e.index.Packets); total > keptPackets && i < len(k.kept)-1 {
			k.kept = slices.Delete(k.kept, 0, i+1)
			return
		}
	}
}
