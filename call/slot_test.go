package call

import (
	"sync"
	"testing"
	"time"
)

func put(s *Slot, second int64) {
	pic := s.Writable()
	pic.Resize(64, 48)
	pic.At = time.Unix(second, 0)
	s.Put()
}

func TestSlotKeepsTheNewest(t *testing.T) {
	s := NewSlot()
	if _, fresh := s.Take(); fresh {
		t.Fatal("an empty slot has something new")
	}
	for second := range int64(3) {
		put(s, second)
	}
	pic, fresh := s.Take()
	if !fresh || pic.At.Unix() != 2 {
		t.Fatalf("took %v, %v", pic.At, fresh)
	}
	if again, fresh := s.Take(); fresh || again != pic {
		t.Error("a picture is new twice, or gone")
	}
	if n := s.Replaced(); n != 2 {
		t.Errorf("%d replaced, want 2", n)
	}
	put(s, 9)
	if pic.At.Unix() != 2 {
		t.Error("a picture that is being shown was written over")
	}
}

func TestSlotTellsOfEachPut(t *testing.T) {
	s, n := NewSlot(), 0
	s.OnPut(func() { n++ })
	put(s, 1)
	put(s, 2)
	s.OnPut(nil)
	put(s, 3)
	if n != 2 {
		t.Errorf("told %d times, want 2", n)
	}
}

// A reader that keeps up with nothing never sees a torn picture (-race).
func TestSlotUnderLoad(t *testing.T) {
	s := NewSlot()
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := range 2000 {
			pic := s.Writable()
			pic.Resize(16, 16)
			for j := range pic.Y {
				pic.Y[j] = byte(i)
			}
			s.Put()
		}
	})
	for range 2000 {
		pic, _ := s.Take()
		for _, v := range pic.Y {
			if v != pic.Y[0] {
				t.Fatal("torn picture")
			}
		}
	}
	wait.Wait()
}

func TestSlotDoesNotAllocate(t *testing.T) {
	s := NewSlot()
	for i := range int64(4) {
		put(s, i)
		s.Take()
	}
	if n := testing.AllocsPerRun(100, func() { put(s, 1); s.Take() }); n != 0 {
		t.Errorf("%v allocations a picture", n)
	}
}

func BenchmarkSlot(b *testing.B) {
	s := NewSlot()
	b.ReportAllocs()
	for b.Loop() {
		put(s, 1)
		s.Take()
	}
}
