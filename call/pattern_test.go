package call

import (
	"errors"
	"io"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestPatternKeepsItsRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPattern(64, 48, 29.97)
		defer p.Close()
		pic := &Picture{}
		start := time.Now()
		for i := range 1000 {
			if err := p.Read(pic); err != nil {
				t.Fatal(err)
			}
			due := time.Duration(float64(i) / 29.97 * float64(time.Second))
			if off := pic.At.Sub(start) - due; off.Abs() > time.Microsecond {
				t.Fatalf("picture %d is off by %v", i, off)
			}
			wantMark(t, pic, Mark{Frame: uint32(i), At: pic.At.Truncate(time.Microsecond)})
		}
	})
}

func TestPatternSkipsWhatALateReaderMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPattern(64, 48, 25)
		defer p.Close()
		pic := &Picture{}
		start := time.Now()
		if err := p.Read(pic); err != nil {
			t.Fatal(err)
		}
		<-time.After(210 * time.Millisecond)
		var at []time.Duration
		for range 3 {
			if err := p.Read(pic); err != nil {
				t.Fatal(err)
			}
			at = append(at, time.Since(start))
		}
		want := []time.Duration{210 * time.Millisecond, 240 * time.Millisecond, 280 * time.Millisecond}
		if !slices.Equal(at, want) {
			t.Errorf("pictures came at %v, want %v", at, want)
		}
		if m, ok := ReadMark(pic); !ok || m.Frame != 3 {
			t.Errorf("last picture is %+v, %v; want frame 3", m, ok)
		}
	})
}

func TestPatternCloseWakesRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPattern(64, 48, 0.01)
		if err := p.Read(&Picture{}); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		done := make(chan error)
		go func() { done <- p.Read(&Picture{}) }()
		synctest.Wait()
		for range 2 {
			if err := p.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
		if err := <-done; !errors.Is(err, io.EOF) {
			t.Errorf("Read returned %v, want io.EOF", err)
		}
		if err := p.Read(&Picture{}); !errors.Is(err, io.EOF) {
			t.Errorf("Read after Close returned %v, want io.EOF", err)
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("Close took %v to wake Read", waited)
		}
	})
}

func TestPatternSizes(t *testing.T) {
	for _, size := range [][4]int{{1280, 720, 1280, 720}, {641, 361, 640, 360}, {0, -5, 64, 48}, {64, 1000, 64, 1000}, {2000, 48, 2000, 48}} {
		pic := &Picture{}
		p := NewPattern(size[0], size[1], 30)
		for s := range 20 {
			p.Draw(pic, 1, time.Unix(1_790_000_000, 0).Add(time.Duration(s)*377*time.Millisecond))
		}
		if pic.Width() != size[2] || pic.Height() != size[3] {
			t.Errorf("%dx%d asked: got %dx%d, want %dx%d", size[0], size[1], pic.Width(), pic.Height(), size[2], size[3])
		}
		if _, ok := ReadMark(pic); !ok {
			t.Errorf("%dx%d: no mark", pic.Width(), pic.Height())
		}
	}
}

func TestPatternIsLimitedRangeAndMoves(t *testing.T) {
	p := NewPattern(640, 360, 30)
	pic, later := &Picture{}, &Picture{}
	at := time.Unix(1_790_000_000, 0)
	p.Draw(pic, 0, at)
	p.Draw(later, 1, at.Add(time.Second/30))
	if lo, hi := slices.Min(pic.Y), slices.Max(pic.Y); lo < lumaBlack || hi > lumaWhite {
		t.Errorf("luma reaches from %d to %d, beyond 16 to 235", lo, hi)
	}
	if lo, hi := min(slices.Min(pic.Cb), slices.Min(pic.Cr)), max(slices.Max(pic.Cb), slices.Max(pic.Cr)); lo < 16 || hi > 240 {
		t.Errorf("chroma reaches from %d to %d, beyond 16 to 240", lo, hi)
	}
	changed := 0
	for i := range pic.Y {
		if pic.Y[i] != later.Y[i] {
			changed++
		}
	}
	if share := float64(changed) / float64(len(pic.Y)); share < 0.5 {
		t.Errorf("only %.0f %% of the luma changed between two pictures", 100*share)
	}
}

func TestPatternFlashesOnceASecond(t *testing.T) {
	for _, fps := range []float64{10, 24, 29.97, 30, 60} {
		for _, phase := range []float64{0, 0.3, 0.6, 0.9} { // of a picture, from the whole second
			first := time.Unix(1_790_000_000, 0).Add(time.Duration(phase / fps * float64(time.Second)))
			flashes := flashesBySecond(fps, first)
			for s := range 9 {
				if n := flashes[first.Unix()+int64(s)]; n < 1 || n > 2 {
					t.Errorf("%v fps from %v: second %d flashed in %d pictures", fps, phase, s, n)
				}
			}
		}
	}
}

// flashesBySecond counts the white squares in ten seconds of pictures.
func flashesBySecond(fps float64, first time.Time) map[int64]int {
	p, pic := NewPattern(128, 72, fps), &Picture{}
	square := flashRect(128, 72)
	middle := square.Min.Add(square.Size().Div(2))
	flashes := make(map[int64]int)
	for i := range int(10 * fps) {
		at := first.Add(time.Duration(float64(i) / fps * float64(time.Second)))
		p.Draw(pic, 0, at)
		if pic.Y[middle.Y*pic.YStride+middle.X] == lumaWhite {
			flashes[at.Unix()]++
		}
	}
	return flashes
}

func BenchmarkPatternDraw(b *testing.B) {
	p := NewPattern(1280, 720, 30)
	pic := &Picture{}
	at := time.Unix(1_790_000_000, 0)
	p.Draw(pic, 0, at)
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(time.Second / 30)
		p.Draw(pic, 0, at)
	}
}

// A codec shows what it can do only on a picture with detail of every size:
// halving the size must lose some of it, but not all.
func TestTextureHasDetailOfEverySize(t *testing.T) {
	field := newTexture(textureSize)
	for _, step := range []int{1, 4, 16, 64} {
		sum, n := 0, 0
		for y := 0; y < textureSize; y++ {
			row := field.row(y, 0, textureSize)
			for x := 0; x+step < len(row); x++ {
				d := int(row[x]) - int(row[x+step])
				sum += d * d
				n++
			}
		}
		least := [...]int{1: 1, 4: 10, 16: 100, 64: 400}[step]
		if mean := sum / n; mean < least {
			t.Errorf("pixels %d apart differ by %d (mean square), want %d at least", step, mean, least)
		}
	}
}

func BenchmarkNewPattern(b *testing.B) {
	for b.Loop() {
		NewPattern(1280, 720, 30)
	}
}
