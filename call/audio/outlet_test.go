package audio

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/call/audio/audiotest"
)

// bursts plays a tone for 100 ms out of each half second and notes when it
// handed over the first sample of each.
type bursts struct {
	mu    sync.Mutex
	at    int // pairs so far
	phase float64
	mono  []int16
	begun []time.Time
}

const burstEvery, burstLong = audiotest.Rate / 2, audiotest.Rate / 10

func (b *bursts) fill(pairs []int16) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(pairs) / 2
	if len(b.mono) < n {
		b.mono = make([]int16, n)
	}
	b.phase = audiotest.Tone(b.mono[:n], 1000, 0.5, b.phase)
	for i, v := range b.mono[:n] {
		into := (b.at + i) % burstEvery
		if into == 0 {
			b.begun = append(b.begun, time.Now().Add(time.Duration(i)*time.Second/audiotest.Rate))
		}
		if into >= burstLong {
			v = 0
		}
		pairs[2*i], pairs[2*i+1] = v, v
	}
	b.at += n
}

func (b *bursts) times() []time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.begun)
}

// What an outlet is handed is heard as much later as it says.
func TestOutletIsHeardWhenItSays(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	recording := server.Record(audiotest.Ear)
	var play bursts
	o, err := OpenOutlet(audiotest.Ear, audiotest.Rate, play.fill)
	if err != nil {
		t.Fatal(err)
	}
	var late []time.Duration
	pcm := make([]int16, audiotest.Rate/200)
	for quiet := 0; len(late) < 8; {
		if err := recording.ReadSamples(pcm); err != nil {
			t.Fatal(err)
		}
		if audiotest.Strength(pcm, 1000) < 0.1 {
			quiet++
			continue
		}
		if quiet > 20 {
			begin := time.Now().Add(-5 * time.Millisecond) // of what was read
			all := play.times()
			i := slices.IndexFunc(all, func(at time.Time) bool { return begin.Sub(at) < 300*time.Millisecond })
			if i >= 0 {
				late = append(late, begin.Sub(all[i]))
			}
		}
		quiet = 0
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	slices.Sort(late)
	t.Logf("heard %v after it was handed over (%v to %v), said %v", late[len(late)/2], late[0], late[len(late)-1], o.Latency())
	// The recording has a latency of its own, which only makes it later; the
	// first and last of them tell more of the machine's load than of the outlet.
	if d := late[len(late)/2] - o.Latency(); d < -15*time.Millisecond || d > 60*time.Millisecond {
		t.Errorf("%v later than it says", d)
	}
}

func TestOutletThatIsNotThere(t *testing.T) {
	audiotest.Start(t).Setenv()
	if o, err := OpenOutlet("no such speaker", audiotest.Rate, func([]int16) {}); !errors.Is(err, ErrNoDevice) {
		t.Errorf("%v, %v", o, err)
	}
}

func TestOutletThatDies(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	o, err := OpenOutlet(audiotest.Ear, audiotest.Rate, func(pairs []int16) { clear(pairs) })
	if err != nil {
		t.Fatal(err)
	}
	server.Kill()
	select {
	case err := <-o.Failed():
		if err == nil {
			t.Error("it failed without an error")
		}
	case <-time.After(limit):
		t.Error("nobody was told that the sound server died")
	}
	for range 2 {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
}
