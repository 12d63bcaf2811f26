package wire

import (
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/editor/play"
)

// earshot is a sound device that notes when the pips are heard of which there
// is one a second. It owns a goroutine from its opening to Close.
type earshot struct {
	fill func([]int16)
	stop chan struct{}
	end  sync.WaitGroup
	once sync.Once

	quiet int // samples since the last that was loud
	pips  []time.Time
}

// earLatency is how long a sample takes from the device to the ear.
const earLatency = 60 * time.Millisecond

func (e *earshot) open(rate int, fill func([]int16)) (play.Speaker, error) {
	e.fill, e.stop, e.quiet = fill, make(chan struct{}), rate
	e.end.Go(func() { e.run(rate) })
	return e, nil
}

func (e *earshot) Latency() time.Duration { return earLatency }
func (e *earshot) Failed() <-chan error   { return nil }

func (e *earshot) Close() error {
	e.once.Do(func() { close(e.stop) })
	e.end.Wait()
	return nil
}

// run takes 10 ms of sound every 10 ms.
func (e *earshot) run(rate int) {
	block := make([]int16, 2*rate/100)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-e.stop:
			return
		case <-tick.C:
		}
		e.fill(block)
		e.listen(block, rate, time.Now().Add(earLatency))
	}
}

func (e *earshot) listen(block []int16, rate int, heard time.Time) {
	for i := 0; i < len(block); i += 2 {
		if v := block[i]; v < 3000 && v > -3000 {
			e.quiet++
			continue
		}
		if e.quiet > rate/2 {
			e.pips = append(e.pips, heard.Add(time.Duration(i/2)*time.Second/time.Duration(rate)))
		}
		e.quiet = 0
	}
}

// flashes are the times at which the white pictures that begin every second
// were due, by when they were shown.
type flashes struct {
	mu  sync.Mutex
	due []time.Time
	bad []int64 // frames that are white and should not be, or the other way round
}

func (f *flashes) show(p *image.RGBA, frame int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	late := frame % 30
	if white := p.RGBAAt(32, 18).G > 128; white != (late < 3) {
		f.bad = append(f.bad, frame)
	} else if white {
		f.due = append(f.due, time.Now().Add(-time.Duration(late)*time.Second/30))
	}
}

// What is seen and what is heard while the preview plays belong together,
// across a join too.
func TestPreviewIsInSync(t *testing.T) {
	path := made(t, "sync.mp4", "-f", "lavfi", "-i", "nullsrc=s=64x36:r=30:d=5,geq=lum='if(lt(mod(N,30),3),235,16)':cb=128:cr=128",
		"-f", "lavfi", "-i", "aevalsrc='if(lt(mod(t,1),0.1),0.5*cos(2*PI*1000*t),0)':s=48000:d=5",
		"-c:v", "libx264", "-bf", "2", "-g", "77", "-pix_fmt", "yuv420p", "-c:a", "aac")
	ear, seen := &earshot{}, &flashes{}
	v := newViewer(t, func(c *PreviewConfig) {
		show := c.Screen
		c.Sound = ear.open
		c.Screen = func(p *image.RGBA, frame int64) { seen.show(p, frame); show(p, frame) }
	})
	if err := v.Load(project(t, path, path), 64, 36); err != nil {
		t.Fatal(err)
	}
	v.await(t, 0)
	seen.mu.Lock()
	seen.due = nil // it stood until now
	seen.mu.Unlock()
	v.Play(1)
	v.until(t, "end of the film", func() bool { return v.frame >= 295 })
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if len(seen.bad) > 0 {
		t.Errorf("frames %v show another moment", seen.bad)
	}
	apart := lags(seen.due, ear.pips)
	if len(apart) < 12 || len(ear.pips) < 9 {
		t.Fatalf("%d pictures could be compared with %d pips", len(apart), len(ear.pips))
	}
	slices.Sort(apart)
	middle := apart[len(apart)/2]
	t.Logf("the picture is %v behind the sound, from %v to %v", middle, apart[0], apart[len(apart)-1])
	if middle.Abs() > 40*time.Millisecond {
		t.Errorf("the picture is %v behind the sound, want 40 ms at most", middle)
	}
}

// lags are how much later pictures came than the pips nearest to them.
func lags(due, pips []time.Time) []time.Duration {
	var all []time.Duration
	for _, d := range due {
		least := time.Second
		for _, p := range pips {
			if lag := d.Sub(p); lag.Abs() < least.Abs() {
				least = lag
			}
		}
		if least.Abs() < time.Second/2 {
			all = append(all, least)
		}
	}
	return all
}
