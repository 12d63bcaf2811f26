package call

import (
	"sync"
	"time"
)

// TransferID tells a transfer from others.
type TransferID struct {
	Mine bool // this side sends
	N    uint32
}

// TransferState is where a transfer stands.
type TransferState string

// The states. The last four are final.
const (
	Offered     TransferState = "offered" // a person has to accept it
	Transfering TransferState = "running"
	Paused      TransferState = "paused" // until the next call with the same machine
	Kept        TransferState = "kept"   // whole, and checked
	Turned      TransferState = "refused"
	Stopped     TransferState = "cancelled"
	Spoiled     TransferState = "failed" // see Problem
)

// Over says whether nothing more comes of it.
func (s TransferState) Over() bool { return s == Kept || s == Turned || s == Stopped || s == Spoiled }

// Transfer is a file on its way, as a person sees it.
type Transfer struct {
	ID      TransferID
	Name    string // as the sender calls it: fit to be shown, not to be a path
	Size    int64
	Done    int64 // bytes that are kept, or sent
	State   TransferState
	Path    string // of mine: what is sent; of theirs: what was kept
	Problem error  // a sentence
	Began   time.Time
}

// transfer is one in the works.
type transfer struct {
	Transfer // guarded by Files.mu

	key    string
	number uint32 // by which both sides speak of it: who sends it counts
	with   string // the other side's fingerprint; "": not told yet
	call   int    // the newest that it was part of, counted by Files
	folder string // theirs: where to
	from   int64  // mine: what the receiver has already; -1: it is being sent
	sum    string // theirs: what the whole has to be
	told   time.Time

	io   sync.Mutex // held while part is used
	part FilePart   // theirs, while it runs
}
