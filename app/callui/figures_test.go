package callui

import (
	"testing"
	"time"

	"parley/call"
)

// counted are the counters after some seconds of an even call: a second has 30
// pictures each way, 125 kB of picture, 4 kB of sound and 100 packets.
func counted(seconds float64) call.MediaStats {
	n := func(a float64) uint64 { return uint64(a * seconds) }
	return call.MediaStats{
		At: noon.Add(time.Duration(seconds * float64(time.Second))),
		Sent: call.SentStats{
			Captured: n(30), Encoded: n(30), VideoBytes: n(125e3), AudioBytes: n(4e3), Width: 1280, Height: 720,
			Codec: "H264", TargetRate: 2_000_000, Limit: call.NoLimit,
		},
		Received: call.ReceivedStats{
			Shown: n(30), VideoBytes: n(125e3), AudioBytes: n(4e3), Width: 640, Height: 360,
			Codec: "VP8", Sound: call.PlayoutStats{Played: n(48000)},
			Screen: call.ScreenStats{Frames: n(5), Bytes: n(1e4), Width: 1920, Height: 1080},
		},
		Transport: call.TransportStats{
			PacketsSent: n(100), PacketsReceived: n(100), RoundTrip: 20 * time.Millisecond,
			Local: "udp 192.168.1.7:27539 (host)", Remote: "udp 192.168.1.8:27539 (host)",
		},
	}
}

func TestFiguresOfAnEvenCall(t *testing.T) {
	var r rate
	if f := r.figures(counted(10)); f.Valid {
		t.Error("figures of one sample are valid")
	}
	want := Figures{
		Valid: true, RoundTrip: 20 * time.Millisecond, Path: "UDP · host", Target: 2e6, Limit: call.NoLimit,
		In:  Flow{Codec: "VP8", Screen: "1920×1080", Width: 640, Height: 360, FrameRate: 30, Picture: 1.08e6, Sound: 32e3},
		Out: Flow{Codec: "H264", Width: 1280, Height: 720, FrameRate: 30, Picture: 1e6, Sound: 32e3},
	}
	if f := r.figures(counted(12)); f != want {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
	if f := r.figures(counted(1)); f.Valid {
		t.Errorf("counters that began anew gave %+v", f)
	}
}

func TestFiguresOfATroubledCall(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*call.MediaStats)
		told   func(Figures) bool
	}{
		{"packets that never came", func(s *call.MediaStats) {
			s.Transport.Lost, s.Transport.Repaired, s.Transport.PacketsReceived = 15, 5, 190
		}, func(f Figures) bool { return f.In.Loss == 0.1 && f.Limit == call.NoLimit }},
		{"packets that they miss", func(s *call.MediaStats) { s.Transport.RemoteLost = 5 },
			func(f Figures) bool { return f.Out.Loss == 0.05 }},
		{"sound made up", func(s *call.MediaStats) { s.Received.Sound.Concealed = 4800 },
			func(f Figures) bool { return f.Concealed == 0.1 }},
		{"a smaller picture", func(s *call.MediaStats) { s.Sent.Width, s.Sent.Limit = 960, call.ByNetwork },
			func(f Figures) bool { return f.Limit == call.ByNetwork && f.Out.Width == 960 }},
		{"a screen that is no longer shared", func(s *call.MediaStats) { s.Received.Screen.Frames = 5 },
			func(f Figures) bool { return f.In.Screen == "" }},
		{"pictures left out for the rate", func(s *call.MediaStats) { s.Sent.Encoded, s.Sent.Dropped = 50, 10 },
			func(f Figures) bool { return f.Limit == call.ByNetwork }},
		{"pictures that were never taken", func(s *call.MediaStats) { s.Sent.Encoded = 50 },
			func(f Figures) bool { return f.Limit == call.ByCPU && f.Out.FrameRate == 20 }},
		{"the camera is off", func(s *call.MediaStats) { s.Sent.Encoded, s.Sent.Captured = 30, 30 },
			func(f Figures) bool { return f.Limit == call.NoLimit && f.Out.FrameRate == 0 }},
		{"a relay", func(s *call.MediaStats) { s.Transport.Remote = "udp 203.0.113.5:3478 (relay)" },
			func(f Figures) bool { return f.Path == "UDP · host – relay" }},
		{"no path", func(s *call.MediaStats) { s.Transport.Local = "" },
			func(f Figures) bool { return f.Path == "" }},
	} {
		var r rate
		r.figures(counted(1))
		s := counted(2)
		c.change(&s)
		if f := r.figures(s); !c.told(f) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}
