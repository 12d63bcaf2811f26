package call

import "time"

// Playout turns packets that arrive as they please into an even stream of
// sound: a jitter buffer measured in time, with concealment.
type Playout interface {
	// Push takes a received packet; it copies what it keeps.
	Push(AudioPacket)
	// Pull fills block (BlockSamples) with the next 10 ms; it never blocks.
	Pull(block []int16)
	Stats() PlayoutStats
	Close() error
}

// PlayoutStats counts what a Playout did since it was made.
type PlayoutStats struct {
	Played    uint64        `json:"played"`    // samples given out while the stream was alive
	Concealed uint64        `json:"concealed"` // samples among them that were made up
	Late      uint64        `json:"late"`      // packets that came after their time
	Delay     time.Duration `json:"delay_ns"`  // present buffer: from arrival to playing
}

// SyncedPlayout is a Playout that takes part in lip sync.
type SyncedPlayout interface {
	Playout
	// Playing returns the RTP time of the first sample that the last Pull gave,
	// and false where that was silence.
	Playing() (rtp uint32, ok bool)
	// SetExtra has sound wait so much longer than the network asks for.
	SetExtra(time.Duration)
}
