package rendezvous

import (
	"errors"
	"sync"
	"testing"
)

// box is an outbox whose connection takes a frame when the test lets it.
type box struct {
	*outbox
	wait  sync.WaitGroup
	takes chan error
	sent  chan string
	cuts  chan struct{}
}

func newBox(limit int) *box {
	b := &box{takes: make(chan error), sent: make(chan string, 10), cuts: make(chan struct{}, 10)}
	b.outbox = &outbox{
		limit: limit, all: &backlog{most: 1 << 20},
		write: func(data []byte) error {
			b.sent <- string(data)
			return <-b.takes
		},
		cut:   func() { b.cuts <- struct{}{} },
		start: func(f func()) bool { b.wait.Go(f); return true },
	}
	return b
}

func TestOutboxKeepsTheOrder(t *testing.T) {
	b := newBox(10)
	for _, text := range []string{"a", "b", "c"} {
		if !b.put([]byte(text)) {
			t.Fatalf("%s was too much", text)
		}
	}
	last := make(chan struct{})
	b.finish(func() { close(last) })
	if !b.put([]byte("late")) {
		t.Error("what comes after the end is no reason to cut off")
	}
	for _, text := range []string{"a", "b", "c"} {
		if got := <-b.sent; got != text {
			t.Errorf("%s was sent, want %s", got, text)
		}
		b.takes <- nil
	}
	<-last
	b.wait.Wait()
}

func TestOutboxIsBounded(t *testing.T) {
	b := newBox(10)
	b.put([]byte("first"))
	<-b.sent // and is not taken: it waits for the network, no more in the box
	for range 2 {
		if !b.put([]byte("fives")) {
			t.Fatal("ten bytes do not fit")
		}
	}
	if b.put([]byte("x")) {
		t.Error("an eleventh byte fits")
	}
	<-b.cuts
	b.takes <- errors.New("cut off")
	b.wait.Wait()
	if len(b.sent) > 0 {
		t.Errorf("%s was sent after the cut", <-b.sent)
	}
}

// While too much waits for all, who reads slowly is cut off sooner, and who
// reads is not. What is let go of counts no more.
func TestAllOutboxesAreBounded(t *testing.T) {
	slow, quick := newBox(1<<20), newBox(1<<20)
	quick.all = slow.all
	slow.all.most = 2 * share
	slow.put([]byte("first"))
	<-slow.sent
	part := make([]byte, share)
	for range 3 {
		if !slow.put(part) {
			t.Fatal("what is within the bounds does not fit")
		}
	}
	quick.put([]byte("first"))
	<-quick.sent
	if !quick.put([]byte("second")) || slow.all.now.Load() != 3*share+6 {
		t.Errorf("%d wait for all; is the quick one cut off?", slow.all.now.Load())
	}
	if slow.put([]byte("x")) {
		t.Error("the slow one goes on")
	}
	<-slow.cuts
	slow.takes <- errors.New("cut off")
	quick.takes <- errors.New("the network is gone")
	<-quick.cuts
	slow.wait.Wait()
	quick.wait.Wait()
	if n := slow.all.now.Load(); n != 0 {
		t.Errorf("%d bytes wait for nobody", n)
	}
}
