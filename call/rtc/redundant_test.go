package rtc_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// While packets are lost, lost sound comes beside later sound, each packet
// once; when the loss is over, so is the redundancy.
func TestLostSoundComesBesideLaterSound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 25*time.Millisecond, quiet)
		defer done()
		connect(t, l)
		time.Sleep(5 * time.Second)
		opening := l.ann.media.Stats().Transport.Redundant
		time.Sleep(5 * time.Second)
		if again := l.ann.media.Stats().Transport.Redundant - opening; again != 0 || opening == 0 {
			t.Errorf("%d bytes sent again without loss, %d in the first seconds", again, opening)
		}
		l.setLoss(0.1)
		time.Sleep(5 * time.Second) // until it is known
		sent, got := l.ann.media.Stats().Sent, l.bob.media.Stats().Received
		time.Sleep(20 * time.Second)
		sent2, got2 := l.ann.media.Stats().Sent, l.bob.media.Stats().Received
		packets, arrived, saved := sent2.AudioPackets-sent.AudioPackets, got2.AudioPackets-got.AudioPackets, got2.AudioSaved-got.AudioSaved
		t.Logf("%d packets of sound, %d arrived, %d of them beside later ones", packets, arrived, saved)
		if saved < packets/20 || arrived < packets*98/100 || arrived > packets+10 {
			t.Error("at 10 % loss")
		}
		l.setLoss(0)
		time.Sleep(20 * time.Second)
		before := l.ann.media.Stats().Transport.Redundant
		time.Sleep(5 * time.Second)
		if again := l.ann.media.Stats().Transport.Redundant - before; again != 0 || before == 0 {
			t.Errorf("%d bytes sent again long after the loss, %d before", again, before)
		}
	})
}

// soundEnds keeps the sending end of its sound.
type soundEnds struct {
	*talker
	out chan call.AudioOut
}

func (s soundEnds) SendAudio(out call.AudioOut) {
	if out != nil {
		s.out <- out
	}
}

// A browser that takes Opus alone gets Opus alone.
func TestWhoTakesNoRedundancyGetsNone(t *testing.T) {
	for name, takes := range map[string]bool{"takes RED": true, "Opus alone": false} {
		synctest.Test(t, func(t *testing.T) {
			l, done := newLab(t, time.Millisecond, quiet)
			defer done()
			ann, bob := soundEnds{newTalker(), make(chan call.AudioOut, 1)}, soundEnds{newTalker(), make(chan call.AudioOut, 1)}
			annPeer := newSide(t, l.wan, "10.0.0.3", nil, ann)
			bobPeer := newSide(t, l.wan, "10.0.0.4", nil, bob)
			ctx := context.Background()
			offer, err := annPeer.Offer(ctx)
			must(t, err)
			if !strings.Contains(offer, "a=rtpmap:63 red/48000/2") || !strings.Contains(offer, "a=fmtp:63 111/111") {
				t.Errorf("%s: the offer has no RED:\n%s", name, offer)
			}
			if !takes {
				offer = withoutRED(offer)
			}
			must(t, bobPeer.Take(offer))
			answer, err := bobPeer.Answer(ctx)
			must(t, err)
			must(t, annPeer.Accept(answer))
			for who, out := range map[string]call.AudioOut{"caller": <-ann.out, "called": <-bob.out} {
				if out.Codec() != "opus" || out.(call.RedundantOut).SetRedundancy([]int{1}) != takes {
					t.Errorf("%s, %s: sends %s, redundancy %v", name, who, out.Codec(), !takes)
				}
			}
			must(t, annPeer.Close())
			must(t, bobPeer.Close())
			ann.close()
			bob.close()
		})
	}
}

func withoutRED(sdp string) string {
	var kept []string
	for _, line := range strings.Split(sdp, "\r\n") {
		if strings.HasPrefix(line, "m=audio") {
			line = strings.Replace(line, " 63", "", 1)
		}
		if !strings.HasPrefix(line, "a=rtpmap:63") && !strings.HasPrefix(line, "a=fmtp:63") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\r\n")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
