package congestion

import (
	"testing"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
)

// steadyState returns a step that sends 25 packets and takes their feedback.
func steadyState(t testing.TB) func() {
	now := time.Unix(1000, 0)
	c := New(Defaults(), now)
	const packets, rounds = 25, 64
	recorder := twcc.NewRecorder(1)
	var raws [][]byte
	for round := range rounds {
		came := make([]int, packets)
		for i := range came {
			came[i] = 1000 + round*50 + 2*i
		}
		raws = append(raws, report(t, recorder, uint16(round*packets), came)...)
	}
	round, seq := 0, uint16(0)
	return func() {
		if round == rounds {
			now = now.Add(time.Hour)
			c, seq, round = New(Defaults(), now), 0, 0
		}
		for range packets {
			now = now.Add(2 * time.Millisecond)
			c.Sent(seq, 1200, c.Probe().ID, now)
			seq++
		}
		if err := c.Feedback(raws[round], now.Add(20*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		c.Tick(now)
		_ = c.Target()
		round++
	}
}

func TestNoAllocation(t *testing.T) {
	step := steadyState(t)
	for range 5 {
		step()
	}
	if n := testing.AllocsPerRun(50, step); n > 0 {
		t.Errorf("%v allocations for 25 packets and their feedback", n)
	}
}

func BenchmarkPacket(b *testing.B) {
	step := steadyState(b)
	b.ReportAllocs()
	for i := 0; i < b.N; i += 25 {
		step()
	}
}
