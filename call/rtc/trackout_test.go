package rtc

import (
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
)

func TestATrackIsReadyWhileLittleWaits(t *testing.T) {
	var waits time.Duration
	track := newTrackOut(webrtc.RTPCodecTypeVideo, "s")
	if track.Ready() {
		t.Error("a track that was not negotiated is ready")
	}
	track.codec = "VP8"
	if !track.Ready() {
		t.Error("without a pacer")
	}
	defer func() {
		if err := track.Unbind(nil); err != nil || track.Ready() {
			t.Errorf("ready after the end, %v", err)
		}
	}()
	track.backlog = func() time.Duration { return waits }
	for _, c := range []struct {
		waits time.Duration
		off   bool
		want  bool
	}{{0, false, true}, {mostBacklog, false, true}, {mostBacklog + 1, false, false}, {0, true, false}, {0, false, true}} {
		waits = c.waits
		track.setOff(c.off)
		if got := track.Ready(); got != c.want {
			t.Errorf("%v waits, off %v: ready %v", c.waits, c.off, got)
		}
	}
}
