package rtc

import (
	"errors"
	"io"
	"testing"

	"parley/call"
)

// longRaw gives messages of some lengths, as pion does: one for which there is
// no room stays.
type longRaw struct {
	left  []int
	reads int
}

func (l *longRaw) ReadDataChannel(b []byte) (int, bool, error) {
	l.reads++
	switch {
	case len(l.left) == 0 || l.reads > 100:
		return 0, false, io.EOF
	case l.left[0] > len(b):
		return 0, false, io.ErrShortBuffer
	}
	n := l.left[0]
	l.left = l.left[1:]
	return n, true, nil
}

func (*longRaw) WriteDataChannel([]byte, bool) (int, error) { return 0, nil }

// A message that is too long is left out, and does not hold up the others or
// the end.
func TestLongMessagesAreLeftOut(t *testing.T) {
	for _, c := range []struct {
		name string
		raw  []int
		want []int
	}{
		{"a little", []int{1, call.MaxData + 1, call.MaxData}, []int{1, call.MaxData}},
		{"much", []int{1 << 20, 2}, []int{2}},
		{"empty", []int{0, 3}, []int{3}},
		{"more than can be", []int{1 << 30, 4}, nil},
	} {
		ch := &dataChannel{raw: &longRaw{left: c.raw}, over: make(chan struct{})}
		for _, want := range c.want {
			if got, err := ch.Receive(); err != nil || len(got) != want {
				t.Errorf("%s: %d bytes, %v, want %d", c.name, len(got), err, want)
			}
		}
		if _, err := ch.Receive(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: no end: %v", c.name, err)
		}
		select {
		case <-ch.over:
		default:
			t.Errorf("%s: whoever sends is not told of the end", c.name)
		}
	}
}
