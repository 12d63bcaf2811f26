package call

import (
	"cmp"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Files sends and takes files. A transfer that a lost call cut goes on in the
// next one with the same machine. One file is sent at a time.
type Files struct {
	store FileStore
	log   *slog.Logger
	news  watchers[Transfer]

	mu      sync.Mutex // guards what follows
	out     Channel    // nil: no call, as content
	content Channel
	with    string // the other side's fingerprint
	all     map[TransferID]*transfer
	last    uint32
	folder  string        // where all that is offered is kept; "": a person is asked
	wake    chan struct{} // has one token when there may be something to send
	closing chan struct{}
	sending sync.WaitGroup
	once    sync.Once
}

// Bounds of transfers.
const (
	mostTransfers = 500 // that are remembered
	mostOffered   = 50  // of theirs, not answered yet
	tellEvery     = 100 * time.Millisecond
)

// Errors that a person is told.
var (
	ErrNoTransfer  = errors.New("there is no such transfer any more")
	errChanged     = errors.New("the file changed while it was sent; send it again")
	errBroken      = errors.New("the file did not arrive as it was sent; send it again")
	errTooManyFile = errors.New("too many files are offered at once; answer some first")
)

func newFiles(store FileStore, log *slog.Logger) *Files {
	f := &Files{store: store, log: log, all: map[TransferID]*transfer{}, wake: make(chan struct{}, 1), closing: make(chan struct{})}
	f.sending.Go(f.sendAll)
	return f
}

// KeepIn has all that is offered from now on kept in a folder; "" asks again.
func (f *Files) KeepIn(folder string) { f.mu.Lock(); defer f.mu.Unlock(); f.folder = folder }

// List is every transfer since the program started, the oldest first.
func (f *Files) List() (all []Transfer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.all {
		all = append(all, t.Transfer)
	}
	slices.SortFunc(all, func(a, b Transfer) int { return cmp.Or(a.Began.Compare(b.Began), cmp.Compare(a.ID.N, b.ID.N)) })
	return all
}

// Watch has f called with each transfer that changed, at most ten times a
// second for progress; f must not block.
func (f *Files) Watch(w func(Transfer)) (stop func()) { return f.news.watch(w) }

// Offer offers a file to the other side, now or in the next call.
func (f *Files) Offer(path string) (TransferID, error) {
	source, err := f.store.Open(path)
	if err != nil {
		return TransferID{}, err
	}
	key, err := keyOf(source)
	if err = errors.Join(err, source.Close()); err != nil {
		return TransferID{}, err
	}
	f.mu.Lock()
	if f.out == nil {
		f.mu.Unlock()
		return TransferID{}, ErrNoData
	}
	f.last++
	t := &transfer{key: key, with: f.with}
	t.Transfer = Transfer{ID: TransferID{true, f.last}, Name: source.Name(), Size: source.Size(), State: Offered, Path: path, Began: time.Now()}
	f.keep(t)
	f.say(offerOf(t))
	now := t.Transfer // the other side may answer at once
	f.mu.Unlock()
	f.news.tell(now)
	return now.ID, nil
}

func offerOf(t *transfer) fileMessage {
	return fileMessage{Type: fileOffer, ID: t.ID.N, Mine: true, Name: t.Name, Size: t.Size, Key: t.key}
}

// Accept keeps a file that was offered, in a folder.
func (f *Files) Accept(id TransferID, folder string) error {
	f.mu.Lock()
	t := f.all[id]
	if t == nil || id.Mine || t.State != Offered {
		f.mu.Unlock()
		return ErrNoTransfer
	}
	t.State, t.folder = Transfering, folder
	f.mu.Unlock()
	return f.open(t)
}

// open makes the file and says from where it is wanted. What is there already
// is read once, for its sum.
func (f *Files) open(t *transfer) error {
	t.io.Lock()
	defer t.io.Unlock()
	part, err := f.store.Create(t.folder, t.Name, t.key, t.Size)
	if err != nil {
		f.mu.Lock()
		f.say(fileMessage{Type: fileRefuse, ID: t.ID.N})
		f.mu.Unlock()
		f.end(t, Spoiled, err)
		return err
	}
	t.part = part
	f.mu.Lock()
	t.Done = part.Have()
	f.say(fileMessage{Type: fileAccept, ID: t.ID.N, From: t.Done})
	now := t.Transfer
	f.mu.Unlock()
	f.news.tell(now)
	return nil
}

// Refuse declines a file that was offered.
func (f *Files) Refuse(id TransferID) error {
	return f.stop(id, fileRefuse, Turned)
}

// Cancel ends a transfer, of either side's.
func (f *Files) Cancel(id TransferID) error {
	return f.stop(id, fileCancel, Stopped)
}

func (f *Files) stop(id TransferID, verb fileVerb, state TransferState) error {
	f.mu.Lock()
	t := f.all[id]
	if t == nil || t.State.Over() {
		f.mu.Unlock()
		return ErrNoTransfer
	}
	f.say(fileMessage{Type: verb, ID: id.N, Mine: id.Mine})
	f.mu.Unlock()
	f.end(t, state, nil)
	return nil
}

// end brings a transfer to a final state, and lets go of its file.
func (f *Files) end(t *transfer, state TransferState, problem error) {
	f.mu.Lock()
	if t.State.Over() {
		f.mu.Unlock()
		return
	}
	t.State, t.Problem = state, problem
	now := t.Transfer
	f.mu.Unlock()
	if !t.ID.Mine && state != Kept {
		// A writer may hold the file; it sees the state when it is done.
		f.sending.Go(func() { f.discard(t) })
	}
	f.news.tell(now)
}

func (f *Files) discard(t *transfer) {
	t.io.Lock()
	defer t.io.Unlock()
	if t.part == nil {
		return
	}
	if err := t.part.Discard(); err != nil {
		f.log.Warn("a part of a file was left", "err", err)
	}
	t.part = nil
}

// keep remembers a transfer; old ones that are over give way. f.mu is held.
func (f *Files) keep(t *transfer) {
	f.all[t.ID] = t
	for len(f.all) > mostTransfers {
		var oldest *transfer
		for _, one := range f.all {
			if one.State.Over() && (oldest == nil || one.Began.Before(oldest.Began)) {
				oldest = one
			}
		}
		if oldest == nil {
			return
		}
		delete(f.all, oldest.ID)
	}
}

// say tells the other side, where there is one. What is lost with the call is
// settled by the next offer. f.mu is held.
func (f *Files) say(m fileMessage) {
	if f.out == nil {
		return
	}
	if err := sendJSON(f.out, m); err != nil {
		f.log.Debug("not said about a file", "type", m.Type, "err", err)
	}
}

// attach offers again what was not kept in an earlier call with this machine.
func (f *Files) attach(out, content Channel, with string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.out, f.content, f.with = out, content, with
	for _, t := range f.all {
		if t.ID.Mine && t.with == with && !t.State.Over() {
			t.State = Offered
			f.say(offerOf(t))
		}
	}
}

// detach pauses what is under way.
func (f *Files) detach() {
	f.mu.Lock()
	f.out, f.content = nil, nil
	var paused []*transfer
	for _, t := range f.all {
		if !t.State.Over() && t.State != Paused {
			t.State = Paused
			paused = append(paused, t)
		}
	}
	f.mu.Unlock()
	for _, t := range paused {
		f.rest(t)
	}
}

// rest closes the file of a transfer that is paused.
func (f *Files) rest(t *transfer) {
	f.mu.Lock()
	now := t.Transfer
	f.mu.Unlock()
	f.news.tell(now)
	t.io.Lock()
	defer t.io.Unlock()
	if t.part == nil {
		return
	}
	if err := t.part.Close(); err != nil {
		f.log.Warn("a part of a file may be damaged", "err", err)
	}
	t.part = nil
}

func (f *Files) close() error {
	f.once.Do(func() { close(f.closing) })
	f.sending.Wait()
	return nil
}
