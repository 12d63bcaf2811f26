package congestion

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtcp"
)

// report makes feedback of packets that came at the given milliseconds, -1
// for those that did not.
func report(t testing.TB, recorder *twcc.Recorder, first uint16, came []int) [][]byte {
	t.Helper()
	for i, ms := range came {
		if ms >= 0 {
			recorder.Record(1, first+uint16(i), int64(ms)*1000)
		}
	}
	var raw [][]byte
	for _, p := range recorder.BuildFeedbackPacket() {
		b, err := p.(*rtcp.TransportLayerCC).Marshal()
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, b)
	}
	return raw
}

func TestReadFeedback(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 200 {
		came := make([]int, 1+random.IntN(300))
		at := 1000 + random.IntN(5000)
		for i := range came {
			if at += random.IntN(1 + 40*(round%3)); random.IntN(3) == 0 && i > 0 && i < len(came)-1 {
				came[i] = -1
				continue
			}
			came[i] = at
		}
		first := uint16(65400 + round)
		var r feedbackReader
		i := 0
		for _, raw := range report(t, twcc.NewRecorder(7), first, came) {
			arrivals, err := r.read(raw)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range arrivals {
				if a.seq != first+uint16(i) || a.seen != (came[i] >= 0) {
					t.Fatalf("round %d: packet %d is %+v, came at %d", round, i, a, came[i])
				}
				if d := a.at - time.Duration(came[i])*time.Millisecond; a.seen && (d > deltaUnit || d < -deltaUnit) {
					t.Fatalf("round %d: packet %d came at %v, not at %d ms", round, i, a.at, came[i])
				}
				i++
			}
		}
		if i != len(came) {
			t.Fatalf("round %d: told of %d packets of %d", round, i, len(came))
		}
	}
}

func TestReferenceTimeWraps(t *testing.T) {
	var r feedbackReader
	r.reference, r.begun = 5<<24-1, true
	for want, reference := range map[int64]int64{5 << 24: 0, 5<<24 - 3: 1<<24 - 3, 5<<24 + 7: 7} {
		if got := r.unwrap(reference); got != want {
			t.Errorf("%d unwraps to %d, not to %d", reference, got, want)
		}
	}
}

func TestBrokenFeedback(t *testing.T) {
	raw := report(t, twcc.NewRecorder(1), 10, []int{100, 110, -1, 400, 401})[0]
	var r feedbackReader
	if _, err := r.read(raw); err != nil {
		t.Fatal(err)
	}
	for n := range len(raw) {
		if _, err := r.read(raw[:n]); !errors.Is(err, ErrFeedback) {
			t.Errorf("%d bytes of %d: %v", n, len(raw), err)
		}
	}
}

func FuzzFeedback(f *testing.F) {
	for _, came := range [][]int{{100}, {100, 110, -1, 400}, {5, -1, -1, -1, -1, -1, -1, -1, 900, 901}} {
		f.Add(report(f, twcc.NewRecorder(1), 65530, came)[0], uint16(65530))
	}
	f.Fuzz(func(t *testing.T, raw []byte, first uint16) {
		now := time.Unix(1000, 0)
		c := New(Defaults(), now)
		for i := range uint16(50) {
			now = now.Add(5 * time.Millisecond)
			c.Sent(first+i, 1200, int(i%3), now)
		}
		for range 3 {
			now = now.Add(100 * time.Millisecond)
			if err := c.Feedback(raw, now); err != nil && !errors.Is(err, ErrFeedback) {
				t.Fatal(err)
			}
			c.Tick(now)
		}
		g := c.Target()
		if g.Rate < Defaults().Min || g.Rate > Defaults().Max || g.Pacing <= 0 || g.Audio <= 0 || g.Video < 0 || g.QueueDelay < 0 {
			t.Fatalf("%+v", g)
		}
	})
}
