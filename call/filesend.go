package call

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"
)

// errPaused ends the sending of a file for now: the call is over, or the
// transfer.
var errPaused = errors.New("no longer sent")

// sendAll sends what was accepted, a file at a time.
func (f *Files) sendAll() {
	for {
		select {
		case <-f.wake:
		case <-f.closing:
			return
		}
		for t := f.nextToSend(); t != nil; t = f.nextToSend() {
			f.send(t)
		}
	}
}

// nextToSend is the oldest transfer of mine that runs.
func (f *Files) nextToSend() (next *transfer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.all {
		if t.ID.Mine && t.State == Transfering && t.from >= 0 && (next == nil || t.ID.N < next.ID.N) {
			next = t
		}
	}
	return next
}

// send sends a file from where the receiver wants it.
func (f *Files) send(t *transfer) {
	sum, err := f.pour(t)
	f.mu.Lock()
	t.from = -1 // sent; the receiver has the last word
	if err == nil {
		f.say(fileMessage{Type: fileDone, ID: t.ID.N, Mine: true, SHA256: sum})
	}
	if err != nil && !errors.Is(err, errPaused) {
		f.say(fileMessage{Type: fileCancel, ID: t.ID.N, Mine: true})
	}
	f.mu.Unlock()
	if err != nil && !errors.Is(err, errPaused) {
		f.end(t, Spoiled, err)
	}
}

// pour reads the whole file, for its sum, and sends it from t.from on.
func (f *Files) pour(t *transfer) (sum string, err error) {
	source, err := f.store.Open(t.Path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	f.mu.Lock()
	from, out, size := t.from, f.content, t.Size
	f.mu.Unlock()
	if source.Size() != size || from > size {
		return "", errChanged
	}
	h := sha256.New()
	if n, err := io.CopyN(h, source, from); err != nil {
		return "", cmpEOF(err, n, from)
	}
	buf, message := make([]byte, MaxData-bytesHead), make([]byte, 0, MaxData)
	for at := from; at < size; {
		if !f.goesOn(t, out, at) {
			return "", errPaused
		}
		n, err := io.ReadFull(source, buf[:min(int64(min(len(buf), max(out.Fit()-bytesHead, 1))), size-at)])
		if err != nil {
			return "", cmpEOF(err, 0, 1)
		}
		if err := out.Send(encodeBytes(message, t.ID.N, at, buf[:n])); err != nil {
			return "", errPaused // the call is over
		}
		h.Write(buf[:n])
		at += int64(n)
		f.progress(t, at)
	}
	return finalSum(h, source)
}

// cmpEOF calls a file that ends too soon a changed one.
func cmpEOF(err error, have, want int64) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && have < want {
		return errChanged
	}
	return err
}

// finalSum is the sum of a file that has no more than it had at first.
func finalSum(h hash.Hash, source io.Reader) (string, error) {
	if n, _ := source.Read(make([]byte, 1)); n > 0 {
		return "", errChanged
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// goesOn says whether a transfer still runs over the same connection.
func (f *Files) goesOn(t *transfer, over Channel, at int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return t.State == Transfering && over != nil && f.content == over
}

// progress notes how far a transfer is, and tells now and then.
func (f *Files) progress(t *transfer, done int64) {
	f.mu.Lock()
	t.Done = done
	now := time.Now()
	tell := now.Sub(t.told) >= tellEvery || done == t.Size
	if tell {
		t.told = now
	}
	news := t.Transfer
	f.mu.Unlock()
	if tell {
		f.news.tell(news)
	}
}
