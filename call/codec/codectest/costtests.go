package codectest

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"testing"

	"parley/call"
)

// concurrent is for the race detector: all that may be called while encoding
// is, Close included.
func concurrent(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	units := k.units(NewMotion(320, 180, 30), 30)
	for _, unit := range units {
		k.mustShow(unit)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				k.enc.SetBitRate(200_000 + i%1000*1000)
				k.enc.SetFrameRate(float64(10 + i%20))
				k.enc.ForceKeyFrame()
			}
		}
	})
	k.units(NewMotion(320, 180, 30), 30)
	close(stop)
	wg.Go(func() { mustClose(t, k.enc) })
	wg.Go(func() { mustClose(t, k.enc) })
	wg.Wait()
}

// memory changes the size 300 times and watches what the process holds; 16 MB
// are less than one plane a change.
func memory(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	sizes := []*Motion{NewMotion(320, 180, 30), NewMotion(640, 360, 30), NewMotion(400, 300, 30)}
	start := sizes[0].pic.At
	change := func(n int) {
		for i := range n {
			pic := sizes[i%len(sizes)].Next()
			start = start.Add(sizes[0].step)
			pic.At = start
			if unit, _, ok := k.encode(pic); ok {
				k.mustShow(unit)
			}
		}
	}
	change(150) // what is kept once is no leak
	before := resident(t)
	change(300)
	grown := resident(t) - before
	t.Logf("%d kB more after 300 changes of size", grown>>10)
	if grown > 16<<20 {
		t.Errorf("300 changes of size took %d kB", grown>>10)
	}
}

// resident is the memory that the process holds, in bytes.
func resident(t testing.TB) int {
	debug.FreeOSMemory() // Go's own heap is not in question
	stat, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc to read the process's memory from")
	}
	var size, pages int
	if _, err := fmt.Fscan(bytes.NewReader(stat), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

func allocations(t *testing.T, codec call.VideoCodec) {
	k := newTalk(t, codec, config(320, 180, 30, 600_000))
	m := NewMotion(320, 180, 30)
	units := k.units(m, 10)
	buf := make([]byte, 0, 1<<20)
	if n := testing.AllocsPerRun(20, func() {
		if unit, _, err := k.enc.Encode(m.Next(), buf); err == nil && &unit[0] != &buf[:1][0] {
			t.Error("the unit is not in the caller's buffer")
		}
	}); n != 0 {
		t.Errorf("Encode allocates %v times a picture", n)
	}
	k.mustShow(units[0])
	i := 0
	if n := testing.AllocsPerRun(40, func() {
		k.mustShow(units[i%len(units)])
		i++
		if i%len(units) == 1 {
			i = 1 + i/len(units)*len(units)
		}
	}); n != 0 {
		t.Errorf("Decode allocates %v times a picture", n)
	}
}

// BenchEncode measures pictures of 1280x720 at 1.5 Mbit/s and 30 a second.
func BenchEncode(b *testing.B, codec call.VideoCodec) {
	k := newTalk(b, codec, config(1280, 720, 30, 1_500_000))
	m := NewMotion(1280, 720, 30)
	pics := make([]call.Picture, 60)
	for i := range pics {
		pics[i].CopyFrom(m.Next())
	}
	at, buf := pics[0].At, make([]byte, 0, 1<<20)
	cpu, bits := startCPU(b), 0
	for i := 0; b.Loop(); i++ {
		pic := &pics[swing(i, len(pics))]
		at = at.Add(m.step)
		pic.At = at
		if unit, _, err := k.enc.Encode(pic, buf); err == nil {
			bits += 8 * len(unit)
		}
	}
	cpu.report("frame")
	b.ReportMetric(float64(bits)*30/float64(b.N)/1000, "kbit/s")
}

// swing goes to and fro through n pictures, so that the motion has no cut.
func swing(i, n int) int {
	i %= 2*n - 2
	return min(i, 2*n-2-i)
}

// BenchDecode measures what BenchEncode makes.
func BenchDecode(b *testing.B, codec call.VideoCodec) {
	k := newTalk(b, codec, config(1280, 720, 30, 1_500_000))
	units := k.units(NewMotion(1280, 720, 30), 60)
	k.mustShow(units[0]) // makes room
	cpu := startCPU(b)
	for i := 0; b.Loop(); i++ {
		k.mustShow(units[i%len(units)])
	}
	cpu.report("frame")
}
