package aac

// Window is how a packet's samples are windowed: where its slopes are and what
// form they have. The zero Window is one that is not known.
type Window struct {
	known    bool
	sequence byte // window_sequence
	shape    byte // window_shape: 0 sine, 1 Kaiser-Bessel
}

// The window sequences.
const (
	onlyLong   = 0
	longStart  = 1
	eightShort = 2
	longStop   = 3
)

// The syntactic elements of a raw_data_block that can stand at its beginning.
const (
	elementSingle = 0 // single_channel_element
	elementPair   = 1 // channel_pair_element
	elementData   = 4 // data_stream_element
	elementFill   = 6 // fill_element
)

// maxElements bounds what may stand in a packet before its sound.
const maxElements = 8

// windowOf reads the beginning of a packet, a raw_data_block of one or two
// channels. A pair whose channels have a window each is not known: where the
// second's is written cannot be told without decoding the first.
func windowOf(block []byte) Window {
	b := &bits{data: block}
	for range maxElements {
		switch b.take(3) {
		case elementSingle:
			b.skip(4 + 8) // tag, global_gain
			return b.window()
		case elementPair:
			b.skip(4)
			if common := b.take(1) == 1; !common {
				return Window{}
			}
			return b.window()
		case elementData:
			b.passData()
		case elementFill:
			b.passFill()
		default:
			return Window{}
		}
	}
	return Window{}
}

// window reads the beginning of an ics_info.
func (b *bits) window() Window {
	b.skip(1)
	w := Window{known: true, sequence: byte(b.take(2)), shape: byte(b.take(1))}
	if b.short {
		return Window{}
	}
	return w
}

// passData passes over a data_stream_element.
func (b *bits) passData() {
	b.skip(4)
	aligned := b.take(1) == 1
	n := b.take(8)
	if n == 255 {
		n += b.take(8)
	}
	if aligned {
		b.align()
	}
	b.skip(8 * n)
}

// passFill passes over a fill_element.
func (b *bits) passFill() {
	n := b.take(4)
	if n == 15 {
		n += b.take(8) - 1
	}
	b.skip(8 * n)
}

// rises and falls say whether the window's slope at its beginning, and at its
// end, is a long one.
func (w Window) rises() bool { return w.sequence == onlyLong || w.sequence == longStart }
func (w Window) falls() bool { return w.sequence == onlyLong || w.sequence == longStop }

// Follows says whether a packet with the window w may stand behind the one
// with the window last, where before is the window that w's own stream has in
// last's place: a packet does not tell the form of its first slope, which is
// that of the window before it.
func (w Window) Follows(last, before Window) bool {
	return w.known && last.known && before.known && last.falls() == w.rises() && last.shape == before.shape
}
