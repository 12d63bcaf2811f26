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

// sound puts samples onto the tape.
func (l *leg) sound(d Decoder, s editor.Step, onto *tape, news func()) error {
	out, err := d.Open(l.ctx, writing(s, rawSound))
	if err != nil {
		return err
	}
	raw, pairs := make([]byte, 4*block), make([]int16, 2*block)
	for at := l.first; at < l.last; {
		n := min(block, l.last-at)
		if _, err := io.ReadFull(out, raw[:4*n]); err != nil {
			return l.fellShort(out, err)
		}
		for i := range 2 * n {
			pairs[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
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

// fellShort is why a run ended early.
func (l *leg) fellShort(out io.Closer, err error) error {
	if closing := out.Close(); closing != nil {
		return closing
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("only %d of %d came: %w", l.next.Load()-l.first, l.last-l.first, io.ErrUnexpectedEOF)
	}
	return err
}
