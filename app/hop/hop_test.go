package hop

import (
	"slices"
	"testing"
)

// inbox collects what is posted, as Fyne's queue does.
type inbox struct{ posted []func() }

func (b *inbox) post(f func()) { b.posted = append(b.posted, f) }

func (b *inbox) run() {
	work := b.posted
	b.posted = nil
	for _, f := range work {
		f()
	}
}

func TestWorkIsHandedOverInOrderAndOncePosted(t *testing.T) {
	var box inbox
	defer Replace(box.post)()
	var got []int
	for i := range 4 {
		Do(func() { got = append(got, i) })
	}
	if len(box.posted) != 1 {
		t.Fatalf("%d posts are outstanding, want 1", len(box.posted))
	}
	box.run()
	if want := []int{0, 1, 2, 3}; !slices.Equal(got, want) {
		t.Fatalf("ran %v, want %v", got, want)
	}
	Do(func() { got = append(got, 4) })
	box.run()
	if len(got) != 5 {
		t.Fatal("work after a run was lost")
	}
}

func TestNothingIsPostedBeforeOpenOrAfterClose(t *testing.T) {
	var box inbox
	defer Replace(box.post)()
	ran := 0
	Hold()
	Do(func() { ran++ })
	if len(box.posted) != 0 {
		t.Fatal("posted while held")
	}
	Open()
	box.run()
	if ran != 1 {
		t.Fatalf("ran %d times after Open, want 1", ran)
	}
	Close()
	Do(func() { ran++ })
	if len(box.posted) != 0 || ran != 1 {
		t.Fatal("work got through after Close")
	}
}

func TestWorkMayHandOverWork(t *testing.T) {
	defer Replace(func(f func()) { f() })()
	var got []string
	Do(func() {
		got = append(got, "outer")
		Do(func() { got = append(got, "inner") })
	})
	if want := []string{"outer", "inner"}; !slices.Equal(got, want) {
		t.Fatalf("ran %v, want %v", got, want)
	}
}

func TestASignalIsQueuedOnce(t *testing.T) {
	var box inbox
	defer Replace(box.post)()
	ran := 0
	s := NewSignal(func() { ran++ })
	s.Raise()
	s.Raise()
	box.run()
	if ran != 1 {
		t.Fatalf("ran %d times, want 1", ran)
	}
	s.Raise()
	box.run()
	if ran != 2 {
		t.Fatal("a signal raised again did not run")
	}
}

func TestRaisingDoesNotAllocate(t *testing.T) {
	var f func()
	defer Replace(func(g func()) { f = g })()
	s := NewSignal(func() {})
	turn := func() { s.Raise(); f() }
	turn()
	turn()
	if n := testing.AllocsPerRun(100, turn); n != 0 {
		t.Fatalf("%.1f allocations a turn, want none", n)
	}
}
