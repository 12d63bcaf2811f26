package play

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"parley/editor"
)

// block is how many pairs are read at once.
const block = 2400

// sound puts samples onto the tape. Where the music is apart, curve is asked
// again and again how far down it is.
func (l *leg) sound(d Decoder, s editor.Step, parted bool, curve func() editor.Curve, onto *tape, news func()) error {
	how, each := rawSound, int64(4) // bytes of a pair
	if parted {
		how, each = rawParts, 8
	}
	out, err := d.Open(l.ctx, writing(s, how))
	if err != nil {
		return err
	}
	raw, pairs, sum := make([]byte, each*block), make([]int16, 2*block), &blend{gain: 1}
	for at := l.first; at < l.last; {
		n := min(block, l.last-at)
		if _, err := io.ReadFull(out, raw[:each*n]); err != nil {
			return l.fellShort(out, s, err)
		}
		if parted {
			sum.mix(pairs[:2*n], raw, at, curve())
		} else {
			for i := range 2 * n {
				pairs[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
			}
		}
		if !l.write(onto, pairs[:2*n]) {
			break
		}
		at += n
		news()
	}
	return out.Close()
}

// write puts pairs where the leg has come to, and tells whether it could.
func (l *leg) write(onto *tape, pairs []int16) bool {
	for len(pairs) > 0 {
		at := l.next.Load()
		n := onto.write(l.ctx, at, pairs)
		if n == 0 {
			return false
		}
		l.came(at + n)
		pairs = pairs[2*n:]
	}
	return true
}

// silence fills what a run has left, so that the next one can follow.
func (l *leg) silence(onto *tape) {
	nothing := make([]int16, 2*block)
	for left := l.last - l.next.Load(); left > 0; left = l.last - l.next.Load() {
		if !l.write(onto, nothing[:2*min(block, left)]) {
			return
		}
	}
}

// ErrShort is for a source that has less in it than it says.
var ErrShort = errors.New("the file ends sooner than it says; trim the clip, or have the file made anew")

// fellShort is why a run ended early.
func (l *leg) fellShort(out io.Closer, s editor.Step, err error) error {
	if closing := out.Close(); closing != nil {
		return closing
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s: %w (%d of %d came)", s.Clip, ErrShort, l.next.Load()-l.first, l.last-l.first)
	}
	return err
}
