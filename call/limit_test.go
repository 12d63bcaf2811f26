package call

import "testing"

func TestLimitedBy(t *testing.T) {
	for _, c := range []struct {
		name string
		sent SentStats
		want Limit
	}{
		{"all is sent", SentStats{Captured: 30, Encoded: 30, Limit: NoLimit}, NoLimit},
		{"smaller for the network", SentStats{Captured: 30, Encoded: 30, Limit: ByNetwork}, ByNetwork},
		{"smaller for the machine", SentStats{Captured: 30, Encoded: 20, Limit: ByCPU}, ByCPU},
		{"the encoder leaves pictures out", SentStats{Captured: 30, Encoded: 26, Dropped: 4, Limit: NoLimit}, ByNetwork},
		{"they wait for the network", SentStats{Captured: 30, Encoded: 26, Skipped: 4, Limit: NoLimit}, ByNetwork},
		{"the encoder misses pictures", SentStats{Captured: 30, Encoded: 20, Limit: NoLimit}, ByCPU},
		{"a screen beside a small camera", SentStats{Captured: 30, Encoded: 30, Limit: ByNetwork, Screen: ScreenStats{Frames: 9, Limit: NoLimit}}, NoLimit},
		{"a camera that is off", SentStats{Captured: 2, Encoded: 1, Limit: NoLimit}, NoLimit},
	} {
		if got := c.sent.LimitedBy(SentStats{}); got != c.want {
			t.Errorf("%s: limited by %s, want %s", c.name, got, c.want)
		}
	}
}
