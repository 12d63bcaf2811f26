package call

// RedundantOut is an AudioOut that can send packets once more beside later
// ones (see RED).
type RedundantOut interface {
	AudioOut
	// SetRedundancy says which packets go along with each from now on, as
	// distances back from it, the farthest first; nil ends it. It returns false
	// where the other side does not take any.
	SetRedundancy(before []int) bool
}

// soundTarget is what the link leaves for sound.
type soundTarget struct {
	rate  int     // bit/s of payload, redundancy included
	loss  float64 // share of packets that the other side misses of late
	burst float64 // packets lost in a row, on average
}

const (
	lossFrom     = 0.01            // below it Opus's own redundancy does
	lossHeavy    = 0.12            // from here on one packet of before is not enough
	lossGrave    = 0.20            // and in bursts from here on not the near ones
	burstFrom    = 1.6             // random loss of 20 % makes 1.25
	leastOfEach  = 8000            // bit/s of Opus below which words suffer more than from loss
	lossForgets  = 0.995           // a packet: 5 % are 1 % again after 6 s
	opening      = 3 * packetsASec // packets of a call in which nothing is known of the path
	openingRate  = 24000           // bit/s of Opus in them
	packetsASec  = SampleRate / (PacketBlocks * BlockSamples)
	redBitsBlock = redHeader * 8 * packetsASec // bit/s of a header
)

// The distances. Each packet also holds a rough copy of the one before it
// (Opus's in-band redundancy), so that a distance of 2 reaches 3 as well.
var (
	besideNext = []int{1}
	besideTwo  = []int{2}
	acrossFour = []int{4, 2}
	acrossSix  = []int{6, 3}
)

// redundancy follows the loss: it rises at once and falls slowly, since one
// look at a path sees few packets.
type redundancy struct {
	loss, burst float64
	packets     int
}

// next is asked once a packet: what goes along, and what is left for Opus. A
// call's first words go twice where there is room, for the first report of loss
// comes after them.
func (r *redundancy) next(t soundTarget) (before []int, rate int) {
	r.packets++
	r.loss = max(t.loss, r.loss*lossForgets)
	r.burst = max(t.burst, 1+(r.burst-1)*lossForgets)
	before = r.choose(t.rate/leastOfEach - 1)
	if before == nil && r.packets <= opening && t.rate >= soundRate {
		return besideTwo, openingRate
	}
	left := t.rate - len(before)*redBitsBlock
	return before, min(left/(1+len(before)), soundRate)
}

// choose picks distances, of which there is room for so many.
func (r *redundancy) choose(room int) []int {
	switch bursts := r.burst >= burstFrom; {
	case room < 1 || r.loss < lossFrom:
		return nil
	case room == 1 && bursts:
		return besideTwo
	case room == 1 || !bursts && r.loss < lossHeavy:
		return besideNext
	case !bursts || r.loss < lossGrave:
		return acrossFour
	}
	return acrossSix
}
