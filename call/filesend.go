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
		for o := f.nextToSend(); o.t != nil; o = f.nextToSend() {
			f.send(o)
		}
	}
}

// outgoing is a file that is sent over a connection from where its receiver
// wants it.
type outgoing struct {
	t    *transfer
	from int64
	over Channel
}

// nextToSend takes up the oldest transfer of mine that runs; after it the
// receiver has the last word.
func (f *Files) nextToSend() (next outgoing) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.all {
		if t.ID.Mine && t.State == Transfering && t.from >= 0 && (next.t == nil || t.ID.N < next.t.ID.N) {
			next = outgoing{t, t.from, f.content}
		}
	}
	if next.t != nil {
		next.t.from = -1
	}
	return next
}

func (f *Files) send(o outgoing) {
	sum, err := f.pour(o)
	failed := err != nil && !errors.Is(err, errPaused)
	f.mu.Lock()
	switch {
	case err == nil && f.content == o.over: // else of another call, which says what it wants
		f.say(fileMessage{Type: fileDone, ID: o.t.number, Mine: true, SHA256: sum})
	case failed && o.t.call == f.calls: // also where it is offered again since
		f.say(fileMessage{Type: fileCancel, ID: o.t.number, Mine: true})
	}
	f.mu.Unlock()
	if failed {
		f.end(o.t, Spoiled, err)
	}
}

// pour reads the whole file, for its sum, and sends what the receiver has not.
func (f *Files) pour(o outgoing) (sum string, err error) {
	t := o.t
	source, err := f.store.Open(t.Path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	size := t.Size // never changes
	if source.Size() != size {
		return "", errChanged
	}
	h := sha256.New()
	buf, message := make([]byte, MaxData-bytesHead), make([]byte, 0, MaxData)
	for at := int64(0); at < size; {
		if !f.goesOn(t, o.over) {
			return "", errPaused
		}
		most, fresh := o.from-at, at >= o.from
		if fresh {
			most = min(int64(max(o.over.Fit()-bytesHead, 1)), size-at)
		}
		n, err := io.ReadFull(source, buf[:min(int64(len(buf)), most)])
		if err != nil {
			return "", tooShort(err)
		}
		if fresh {
			if err := o.over.Send(encodeBytes(message, t.number, at, buf[:n])); err != nil {
				return "", errPaused // the call is over
			}
		}
		h.Write(buf[:n])
		at += int64(n)
		if fresh {
			f.progress(t, at)
		}
	}
	return finalSum(h, source)
}

// tooShort calls a file that ends too soon a changed one.
func tooShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
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
func (f *Files) goesOn(t *transfer, over Channel) bool {
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
	f.mu.Unlock()
	if tell {
		f.tell(t)
	}
}
