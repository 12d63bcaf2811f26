package audio

import (
	"testing"

	"parley/call"
)

// What runs in the callbacks of the sound system makes no garbage.
func TestCallbacksDoNotAllocate(t *testing.T) {
	d := &hardware{engine: &engine{process: func(heard, play []int16) { copy(play, heard) }}}
	d.ready.Store(true)
	buffer := make([]byte, 2*441) // of a size that is no whole block
	frames := uint32(len(buffer) / 2)
	for name, callback := range map[string]func(){
		"microphone": func() { d.onHeard(nil, buffer, frames) },
		"relay":      func() { d.onRelay(buffer, nil, frames) },
		"speaker":    func() { d.onPlay(buffer, nil, frames) },
	} {
		if n := testing.AllocsPerRun(1000, callback); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// A speaker that asks for any sizes gets every sample once.
func TestSpeakerAsClockGetsEverySample(t *testing.T) {
	next := int16(0)
	d := &hardware{engine: &engine{process: func(_, play []int16) {
		for i := range play {
			play[i] = next
			next++
		}
	}}}
	d.ready.Store(true)
	want := int16(0)
	for _, size := range []int{1, 100, 480, 1000, 3, 2000} {
		out := make([]byte, 2*size)
		d.onPlay(out, nil, uint32(size))
		for _, s := range asSamples(out) {
			if s != want {
				t.Fatalf("sample %d came where %d was due", s, want)
			}
			want++
		}
	}
}

func TestSpeakerIsSilentBeforeStart(t *testing.T) {
	d := &hardware{engine: &engine{}}
	out := []byte{1, 2, 3, 4}
	d.onPlay(out, nil, 2)
	if out[0] != 0 || out[3] != 0 {
		t.Errorf("%v", out)
	}
}

func BenchmarkMicrophone(b *testing.B) {
	b.ReportAllocs()
	d := &hardware{engine: &engine{process: func(heard, play []int16) { copy(play, heard) }}}
	d.ready.Store(true)
	buffer := make([]byte, 2*call.BlockSamples)
	for b.Loop() {
		d.onHeard(nil, buffer, call.BlockSamples)
	}
}
