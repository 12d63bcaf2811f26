package call

import (
	"slices"
	"testing"
)

func TestRedundancyFollowsTheLoss(t *testing.T) {
	for name, test := range map[string]struct {
		target soundTarget
		before []int
		rate   int // of Opus
	}{
		"no loss":             {soundTarget{32000, 0, 1}, nil, 32000},
		"hardly any":          {soundTarget{32000, 0.005, 1}, nil, 32000},
		"random 5 %":          {soundTarget{32000, 0.05, 1.05}, []int{1}, 15200},
		"with room for all":   {soundTarget{70000, 0.05, 1.05}, []int{1}, 32000},
		"5 % in bursts":       {soundTarget{32000, 0.05, 3}, []int{4, 2}, 9600},
		"20 % at random":      {soundTarget{96000, 0.2, 1.25}, []int{4, 2}, 30933},
		"25 % in bursts":      {soundTarget{32000, 0.25, 3}, []int{6, 3}, 9600},
		"a thin link, random": {soundTarget{16000, 0.1, 1.1}, []int{1}, 7200},
		"a thin link, bursts": {soundTarget{16000, 0.1, 3}, []int{2}, 7200},
		"no room":             {soundTarget{15000, 0.25, 3}, nil, 15000},
	} {
		t.Run(name, func(t *testing.T) {
			r := redundancy{packets: opening}
			before, rate := r.next(test.target)
			if !slices.Equal(before, test.before) || rate != test.rate {
				t.Errorf("%v and %d bit/s, want %v and %d", before, rate, test.before, test.rate)
			}
		})
	}
}

// The first words of a call go twice, before any loss can be told.
func TestFirstWordsGoTwice(t *testing.T) {
	var r redundancy
	for n := range 2 * opening {
		before, rate := r.next(soundTarget{rate: soundRate})
		if first := n < opening; first && (len(before) != 1 || rate != openingRate) || !first && (before != nil || rate != soundRate) {
			t.Fatalf("packet %d goes with %v before it, at %d bit/s", n, before, rate)
		}
	}
	r = redundancy{}
	if before, rate := r.next(soundTarget{rate: 20_000}); before != nil || rate != 20_000 {
		t.Errorf("on a thin link: %v before it, at %d bit/s", before, rate)
	}
}

// Loss that comes and goes does not switch it with every look at the path.
func TestRedundancyOutlivesALull(t *testing.T) {
	var r redundancy
	r.next(soundTarget{32000, 0.05, 1})
	on := 0
	for range 20 * packetsASec {
		if before, _ := r.next(soundTarget{rate: 32000}); before != nil {
			on++
		}
	}
	if on < 4*packetsASec || on > 10*packetsASec {
		t.Errorf("on for %d packets after the loss", on)
	}
}

// redTrack takes redundancy, or (refuses) does not.
type redTrack struct {
	track
	refuses bool
	before  []int
}

func (o *redTrack) SetRedundancy(before []int) bool { o.before = before; return !o.refuses }

// What goes along with packets comes out of Opus's own rate, where the other
// side takes any.
func TestRedundancyIsPaidFor(t *testing.T) {
	for refuses, want := range map[bool]int{false: 15200, true: 32000} {
		talking(t, false, func(s *studio, e *tuned, _ *track) {
			out := &redTrack{refuses: refuses}
			s.media.SendAudio(out)
			s.media.AudioTarget(32_000, 0.05, 1)
			s.blocks(4, 1)
			got := e.rates
			if refuses && len(got) > 0 || !refuses && !slices.Equal(got, []int{want}) || !slices.Equal(out.before, besideNext) {
				t.Errorf("refuses %v: the encoder was told %v, the track %v", refuses, got, out.before)
			}
		})
	}
}
