package call

import "testing"

func playRing(r *ringtone, blocks int) (pcm []int16) {
	for range blocks {
		block := make([]int16, BlockSamples)
		r.mix(block)
		pcm = append(pcm, block...)
	}
	return pcm
}

func loudestOf(pcm []int16) (most int) {
	for _, s := range pcm {
		most = max(most, int(s), -int(s))
	}
	return most
}

func TestItRingsAgainAndAgainAndLouder(t *testing.T) {
	var r ringtone
	if loudestOf(playRing(&r, 10)) != 0 {
		t.Fatal("it sounds before it rings")
	}
	r.play(ringsHere)
	round := int(ringsHere.every.Milliseconds() / 10)
	var before int
	for n := range ringSwell {
		pcm := playRing(&r, round)
		for _, hz := range ringsHere.notes[:3] {
			if s := strength(pcm[:len(pcm)/2], hz); s < 0.001 {
				t.Errorf("round %d has %.4f of %v Hz", n, s, hz)
			}
		}
		most := loudestOf(pcm)
		if most <= before || most > 9000 {
			t.Errorf("round %d is at most %d loud, after %d", n, most, before)
		}
		if rest := loudestOf(pcm[len(pcm)-BlockSamples:]); rest > 300 {
			t.Errorf("round %d ends with %d: there is no pause", n, rest)
		}
		before = most
	}
}

func TestItFallsSilentAtOnceAndWithoutAClick(t *testing.T) {
	var r ringtone
	r.play(ringsHere)
	pcm := playRing(&r, 3)
	r.play(nil)
	pcm = append(pcm, playRing(&r, 3)...)
	for i := range pcm[1:] {
		if step := int(pcm[i+1]) - int(pcm[i]); step > 900 || step < -900 {
			t.Fatalf("a click of %d at sample %d", step, i)
		}
	}
	if rest := loudestOf(pcm[3*BlockSamples+ringFade:]); rest != 0 {
		t.Errorf("10 ms after its end it is still %d loud", rest)
	}
	if loudestOf(pcm[3*BlockSamples:]) == 0 {
		t.Error("it was cut off")
	}
}

func TestOneTuneFollowsTheOther(t *testing.T) {
	var r ringtone
	r.play(ringsThere)
	playRing(&r, 5)
	r.play(ringsHere)
	pcm := playRing(&r, 40)
	if there, here := strength(pcm[2*BlockSamples:], ringsThere.notes[0]), strength(pcm[2*BlockSamples:], ringsHere.notes[0]); here < 4*there {
		t.Errorf("%.4f of the tune that ended, %.4f of the one that follows", there, here)
	}
}

func TestWhatIsHeardOfACall(t *testing.T) {
	for _, c := range []struct {
		e    Event
		want *tune
	}{
		{Event{State: Ringing, Incoming: true}, ringsHere},
		{Event{State: Ringing}, ringsThere},
		{Event{State: Ringing, Loopback: true}, nil},
		{Event{State: Dialing}, nil},
		{Event{State: Connecting, Incoming: true}, nil},
		{Event{State: Connected}, nil},
		{Event{State: Ended, Incoming: true}, nil},
	} {
		if got := tuneOf(c.e); got != c.want {
			t.Errorf("%+v: %+v", c.e, got)
		}
	}
}
