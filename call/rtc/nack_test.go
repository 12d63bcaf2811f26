package rtc

import (
	"slices"
	"testing"
	"time"
)

const ms = time.Millisecond

func noted(r *repair, now time.Time, seqs ...uint16) {
	for _, s := range seqs {
		r.note(s, now)
	}
}

func wantAsked(t *testing.T, r *repair, now time.Time, want ...uint16) {
	t.Helper()
	if got := r.due(now); !slices.Equal(got, want) {
		t.Errorf("asks for %v, want %v", got, want)
	}
}

func TestAsksOncePerRoundTrip(t *testing.T) {
	c, now := &counters{}, time.Unix(0, 0)
	r := newRepair(c)
	noted(r, now, 65533, 65534, 2, 4)
	wantAsked(t, r, now, 65535, 0, 1, 3)
	wantAsked(t, r, now.Add(apart), 65535, 0, 1, 3) // for the question that was lost
	wantAsked(t, r, now.Add(firstRoundTrip))
	noted(r, now.Add(50*ms), 0, 65535, 1, 1)
	wantAsked(t, r, now.Add(2*firstRoundTrip), 3)
	if c.lost.Load() != 4 || c.repaired.Load() != 3 {
		t.Errorf("lost %d, repaired %d", c.lost.Load(), c.repaired.Load())
	}
	wantAsked(t, r, now.Add(mostPatience+ms)) // too late anyway
	noted(r, now.Add(mostPatience+2*ms), 3)
	if c.repaired.Load() != 3 {
		t.Error("a packet that was given up counts as repaired")
	}
}

// The round trip is learnt from repairs, be it longer or shorter than assumed.
func TestLearnsTheRoundTrip(t *testing.T) {
	for _, trip := range []time.Duration{20 * ms, 50 * ms, 300 * ms} {
		r, now, seq := newRepair(&counters{}), time.Unix(0, 0), uint16(0)
		r.note(seq, now)
		for range 50 {
			seq += 2
			r.note(seq, now)
			r.due(now)
			now = now.Add(trip)
			r.note(seq-1, now)
		}
		if d := r.roundTrip - trip; d < -trip/10 || d > trip/10 {
			t.Errorf("thinks that %v is %v", trip, r.roundTrip)
		}
	}
}

func TestHugeHolesAreNotAskedFor(t *testing.T) {
	r, now := newRepair(&counters{}), time.Unix(0, 0)
	noted(r, now, 0, maxMissing+2)
	wantAsked(t, r, now)
	noted(r, now, maxMissing+4, 40000, 1000)
	if len(r.missing) > maxMissing {
		t.Errorf("%d packets are remembered", len(r.missing))
	}
	r.note(1002, now)
	wantAsked(t, r, now, 1001)
}

func TestReorderedPacketsTeachNothing(t *testing.T) {
	r, now := newRepair(&counters{}), time.Unix(0, 0)
	noted(r, now, 1, 3, 2)
	wantAsked(t, r, now)
	if r.roundTrip != firstRoundTrip {
		t.Errorf("round trip %v", r.roundTrip)
	}
}

func TestSigned24(t *testing.T) {
	for in, want := range map[uint32]int64{0: 0, 5: 5, 0x7fffff: 8388607, 0xffffff: -1, 0x800000: -8388608} {
		if got := signed24(in); got != want {
			t.Errorf("%#x is %d, want %d", in, got, want)
		}
	}
}
