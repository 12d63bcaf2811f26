package call

import (
	"math"
	"testing"
	"testing/synctest"
	"time"
)

// strength is the share of a note in some sound, by Goertzel's measure.
func strength(pcm []int16, hz float64) float64 {
	var re, im float64
	for i, s := range pcm {
		a := 2 * math.Pi * hz * float64(i) / SampleRate
		re += float64(s) * math.Cos(a)
		im += float64(s) * math.Sin(a)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm)) / math.MaxInt16
}

// ring plays n blocks over sound of a value.
func ring(c *chime, n int, under int16) (pcm []int16) {
	for range n {
		block := make([]int16, BlockSamples)
		for i := range block {
			block[i] = under
		}
		c.mix(block)
		pcm = append(pcm, block...)
	}
	return pcm
}

func TestChimeFallsAndRises(t *testing.T) {
	for _, notes := range []*[2]float64{&chimeLost, &chimeBack} {
		var c chime
		c.start(notes)
		pcm := ring(&c, 40, 0)
		first, second := pcm[:noteLength], pcm[noteLength:2*noteLength]
		for i, note := range [][]int16{first, second} {
			if s, other := strength(note, notes[i]), strength(note, notes[1-i]); s < 0.03 || s > 0.1 || other > s/5 {
				t.Errorf("%v: note %d has %.3f, and %.3f of the other", *notes, i, s, other)
			}
		}
		for i, s := range pcm[2*noteLength:] {
			if s != 0 {
				t.Fatalf("%d samples after the end there is %d", i, s)
			}
		}
		for i := range pcm[1:] {
			if step := int(pcm[i+1]) - int(pcm[i]); step > 500 || step < -500 {
				t.Fatalf("a click of %d at sample %d", step, i)
			}
		}
	}
}

func TestChimeOverLoudSoundDoesNotWrap(t *testing.T) {
	var c chime
	c.start(&chimeLost)
	for i, s := range ring(&c, 30, math.MaxInt16) {
		if s < math.MaxInt16/2 {
			t.Fatalf("sample %d is %d", i, s)
		}
	}
}

func TestChimeAllocatesNothing(t *testing.T) {
	var c chime
	block := make([]int16, BlockSamples)
	if n := testing.AllocsPerRun(50, func() { c.start(&chimeBack); c.mix(block) }); n != 0 {
		t.Errorf("%v allocations a block", n)
	}
}

// rings says whether the next half second that is played has a chime in it.
func (s *studio) rings() bool {
	rang := false
	for range 50 {
		play := s.blocks(1, 0)
		rang = rang || play[BlockSamples/2] != play[0]
	}
	return rang
}

func TestReconnectingIsHeardOnce(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		p := NewPhone(PhoneConfig{})
		stop := Announce(p, s.media)
		for i, c := range []struct {
			state State
			want  bool
		}{
			{Dialing, false}, {Connected, false}, {Reconnecting, true}, {Reconnecting, false},
			{Connected, true}, {Connected, false}, {Reconnecting, true}, {Ended, false}, {Connected, false},
		} {
			p.events.put(told{Event: Event{State: c.state}})
			time.Sleep(time.Millisecond)
			synctest.Wait()
			if got := s.rings(); got != c.want {
				t.Errorf("step %d, %s: it rings: %v", i, c.state, got)
			}
		}
		stop()
		must(t, p.Close())
	})
}
