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

	telling sync.Mutex // held while news are told, so that the newest comes last

	mu      sync.Mutex // guards what follows
	out     Channel    // nil: no call, as content
	content Channel
	with    string // the other side's fingerprint
	calls   int    // so far
	all     map[TransferID]*transfer
	theirs  map[uint32]*transfer // of this call, by the sender's number
	last    map[bool]uint32      // number of mine, and of theirs
	flooded bool                 // in this call, which was said
	folder  string               // where all that is offered is kept; "": a person is asked
	wake    chan struct{}        // has one token when there may be something to send
	closing chan struct{}
	sending sync.WaitGroup
	once    sync.Once
}

// Bounds of transfers.
const (
	mostTransfers = 500 // that are remembered
	mostOffered   = 50  // of theirs, not answered yet
	mostOpen      = 400 // of theirs, accepted: each has a file open
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
	f := &Files{
		store: store, log: log, all: map[TransferID]*transfer{}, last: map[bool]uint32{},
		wake: make(chan struct{}, 1), closing: make(chan struct{}),
	}
	f.sending.Go(f.sendAll)
	return f
}

// KeepIn has all that is offered from now on kept in a folder; "" asks again.
func (f *Files) KeepIn(folder string) { f.mu.Lock(); defer f.mu.Unlock(); f.folder = folder }

// List is every transfer since the program started, the oldest first.
func (f *Files) List() []Transfer {
	return f.list(func(*transfer) bool { return true })
}

// OfCall are those of the call that is or was last: a file that another person
// sent is nobody's business in it.
func (f *Files) OfCall() []Transfer {
	return f.list(func(t *transfer) bool { return t.call == f.calls })
}

func (f *Files) list(wanted func(*transfer) bool) (all []Transfer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.all {
		if wanted(t) {
			all = append(all, t.Transfer)
		}
	}
	slices.SortFunc(all, func(a, b Transfer) int { return cmp.Or(a.Began.Compare(b.Began), cmp.Compare(a.ID.N, b.ID.N)) })
	return all
}

// Watch has f called with each transfer that changed, at most ten times a
// second for progress; f must not block.
func (f *Files) Watch(w func(Transfer)) (stop func()) { return f.news.watch(w) }

// tell passes on how a transfer stands.
func (f *Files) tell(t *transfer) {
	f.telling.Lock()
	defer f.telling.Unlock()
	f.mu.Lock()
	now := t.Transfer
	f.mu.Unlock()
	f.news.tell(now)
}

// Offer offers a file to the other side of the call.
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
	t := f.add(Transfer{ID: TransferID{Mine: true}, Name: source.Name(), Size: source.Size(), Path: path}, key)
	t.number = t.ID.N
	f.say(offerOf(t))
	id := t.ID
	f.mu.Unlock()
	f.tell(t)
	return id, nil
}

// add begins a transfer that is offered. f.mu is held.
func (f *Files) add(what Transfer, key string) *transfer {
	f.last[what.ID.Mine]++
	what.ID.N, what.State, what.Began = f.last[what.ID.Mine], Offered, time.Now()
	t := &transfer{Transfer: what, key: key, with: f.with, call: f.calls, folder: f.folder}
	f.keep(t)
	return t
}

func offerOf(t *transfer) fileMessage {
	return fileMessage{Type: fileOffer, ID: t.number, Mine: true, Name: t.Name, Size: t.Size, Key: t.key}
}

// Accept keeps a file that was offered, in a folder.
func (f *Files) Accept(id TransferID, folder string) error {
	f.mu.Lock()
	t := f.all[id]
	if t == nil || id.Mine || t.State != Offered {
		f.mu.Unlock()
		return ErrNoTransfer
	}
	t.State, t.folder, t.sum = Transfering, folder, ""
	f.mu.Unlock()
	return f.open(t)
}

// open makes the file and says from where it is wanted. What is there already
// is read once, for its sum. The call, or the transfer, may be over by then.
func (f *Files) open(t *transfer) error {
	t.io.Lock()
	defer t.io.Unlock()
	if !f.runs(t) {
		return nil
	}
	if t.part == nil {
		part, err := f.store.Create(t.folder, t.Name, t.key, t.Size)
		if err != nil {
			f.mu.Lock()
			f.say(fileMessage{Type: fileRefuse, ID: t.number})
			f.mu.Unlock()
			f.end(t, Spoiled, err)
			return err
		}
		t.part = part
	}
	f.mu.Lock()
	t.Done = t.part.Have()
	if t.State == Transfering {
		f.say(fileMessage{Type: fileAccept, ID: t.number, From: t.Done})
	}
	f.mu.Unlock()
	f.tell(t)
	return nil
}

func (f *Files) runs(t *transfer) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return t.State == Transfering
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
	if t.call == f.calls { // else the other side does not wait for it, or is another
		f.say(fileMessage{Type: verb, ID: t.number, Mine: id.Mine})
	}
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
	f.mu.Unlock()
	if !t.ID.Mine && state != Kept {
		// A writer may hold the file; it sees the state when it is done.
		f.sending.Go(func() { f.discard(t) })
	}
	f.tell(t)
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

// keep remembers a transfer; old ones that are over give way, and those of
// theirs that nobody went on with, whose part is found on the disk if somebody
// does. f.mu is held.
func (f *Files) keep(t *transfer) {
	f.all[t.ID] = t
	for len(f.all) > mostTransfers {
		var oldest *transfer
		for _, one := range f.all {
			old := one.State.Over() || one.State == Paused && !one.ID.Mine
			if old && (oldest == nil || one.Began.Before(oldest.Began)) {
				oldest = one
			}
		}
		if oldest == nil {
			return
		}
		delete(f.all, oldest.ID)
		if f.theirs[oldest.number] == oldest {
			delete(f.theirs, oldest.number)
		}
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
	f.out, f.content, f.with = out, content, with
	f.calls++
	f.theirs, f.flooded = map[uint32]*transfer{}, false
	var again []*transfer
	for _, t := range f.all {
		if t.ID.Mine && t.with == with && !t.State.Over() {
			again = append(again, t)
		}
	}
	slices.SortFunc(again, func(a, b *transfer) int { return cmp.Compare(a.number, b.number) })
	for _, t := range again {
		t.State, t.call = Offered, f.calls
		f.say(offerOf(t))
	}
	f.mu.Unlock()
	for _, t := range again {
		f.tell(t)
	}
}

// detach pauses what is under way.
func (f *Files) detach() {
	f.mu.Lock()
	f.out, f.content, f.theirs = nil, nil, nil
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

// rest closes the file of a transfer that is paused. The end of a call does not
// wait for that: what there is of a large file may just be read.
func (f *Files) rest(t *transfer) {
	f.tell(t)
	f.sending.Go(func() { f.letGo(t) })
}

// letGo closes the file of a transfer, unless the next call goes on with it.
func (f *Files) letGo(t *transfer) {
	t.io.Lock()
	defer t.io.Unlock()
	if t.part == nil || f.runs(t) {
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
