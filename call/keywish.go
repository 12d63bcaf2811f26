package call

import (
	"sync"
	"time"
)

// How often a recording wants a key frame of a picture that is received. It may
// take up a twelfth of what comes, and does not come more often than a player
// needs it, nor so seldom that one would wait.
const (
	keyShare    = 12
	keyShortest = 4 * time.Second
	keyLongest  = 30 * time.Second
)

// keyWish is a recording's wish for key frames of a picture that is received.
// Whoever opens the recording somewhere decodes it from the key frame before,
// and a sender makes none by itself: what is lost is all that it makes one for.
// A wish stands until it is granted, for both the request and the key frame may
// be lost.
type keyWish struct {
	mu     sync.Mutex
	on     bool
	wanted bool
	size   int // of the last key frame, in bytes
	since  int // bytes that came after it
	at     time.Time
}

// begin is called when a recording has begun. It begins with a key frame.
func (k *keyWish) begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.on, k.wanted = true, true
}

// end is called when it is over.
func (k *keyWish) end() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.on, k.wanted = false, false
}

// came takes what was received and says whether a key frame is wanted. It is
// called before the recorder is asked for, which is there before the wish is.
func (k *keyWish) came(f EncodedFrame) (wanted bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if f.Key {
		k.wanted, k.size, k.since, k.at = false, len(f.Unit), 0, f.At
		return false
	}
	k.since += len(f.Unit)
	if age := f.At.Sub(k.at); k.on && (age >= keyLongest || age >= keyShortest && k.since >= keyShare*k.size) {
		k.wanted = true
	}
	return k.wanted
}
