package callui

import (
	"fmt"
	"strings"
	"time"

	"parley/call"
)

// Figures are the statistics of a call, for the panel of figures.
type Figures struct {
	Valid     bool
	In, Out   Flow
	Concealed float64 // share of their sound that was made up at last, 0 to 1
	Freezes   int     // of their picture, in the whole call
	Frozen    time.Duration
	RoundTrip time.Duration // 0: unknown
	Path      string        // "UDP · host"; "" unknown
	Target    float64       // bit/s that this side's pictures may use
	Limit     call.Limit    // what keeps this side's picture from being better
}

// Flow is picture and sound in one direction, over the last second or so.
type Flow struct {
	Codec         string // of the picture
	Width, Height int
	FrameRate     float64 // shown, or sent, a second
	Screen        string  // size of the screen beside it; "" none
	Picture       float64 // bit/s, the screen's included
	Sound         float64 // bit/s
	Loss          float64 // share of packets that are missing, 0 to 1
}

// rate makes figures a second out of counters.
type rate struct{ before call.MediaStats }

// figures compares the counters with those of the time before.
func (r *rate) figures(s call.MediaStats) Figures {
	before := r.before
	r.before = s
	f := Figures{
		In:      Flow{Codec: s.Received.Codec, Width: s.Received.Width, Height: s.Received.Height},
		Out:     Flow{Codec: s.Sent.Codec, Width: s.Sent.Width, Height: s.Sent.Height},
		Target:  float64(s.Sent.TargetRate),
		Freezes: s.Received.Freezes, Frozen: s.Received.Frozen,
		RoundTrip: s.Transport.RoundTrip, Path: pathOf(s.Transport),
	}
	seconds := s.At.Sub(before.At).Seconds()
	if before.At.IsZero() || seconds <= 0 || anew(s, before) {
		return f
	}
	f.Valid = s.Received.Width > 0 || s.Sent.Width > 0
	received(&f, s, before, seconds)
	sent(&f.Out, s, before, seconds)
	f.Limit = s.Sent.LimitedBy(before.Sent)
	return f
}

// anew tells whether the counters began anew in between.
func anew(s, before call.MediaStats) bool {
	return s.Received.Shown < before.Received.Shown || s.Sent.Encoded < before.Sent.Encoded ||
		s.Transport.PacketsReceived < before.Transport.PacketsReceived
}

func received(f *Figures, s, before call.MediaStats, seconds float64) {
	f.In.FrameRate = grown(s.Received.Shown, before.Received.Shown) / seconds
	f.In.Screen = sharedSize(s.Received.Screen, before.Received.Screen)
	f.In.Picture = 8 * grown(s.Received.VideoBytes+s.Received.Screen.Bytes, before.Received.VideoBytes+before.Received.Screen.Bytes) / seconds
	f.In.Sound = 8 * grown(s.Received.AudioBytes, before.Received.AudioBytes) / seconds
	lost := grown(missing(s.Transport), missing(before.Transport))
	f.In.Loss = share(lost, lost+grown(s.Transport.PacketsReceived, before.Transport.PacketsReceived))
	f.Concealed = share(grown(s.Received.Sound.Concealed, before.Received.Sound.Concealed),
		grown(s.Received.Sound.Played, before.Received.Sound.Played))
}

func sent(f *Flow, s, before call.MediaStats, seconds float64) {
	f.FrameRate = grown(s.Sent.Encoded, before.Sent.Encoded) / seconds
	f.Screen = sharedSize(s.Sent.Screen, before.Sent.Screen)
	f.Picture = 8 * grown(s.Sent.VideoBytes+s.Sent.Screen.Bytes, before.Sent.VideoBytes+before.Sent.Screen.Bytes) / seconds
	f.Sound = 8 * grown(s.Sent.AudioBytes, before.Sent.AudioBytes) / seconds
	f.Loss = share(float64(max(s.Transport.RemoteLost-before.Transport.RemoteLost, 0)),
		grown(s.Transport.PacketsSent, before.Transport.PacketsSent))
}

// sharedSize is the size of a shared screen while its pictures come.
func sharedSize(s, before call.ScreenStats) string {
	if s.Frames <= before.Frames || s.Width == 0 {
		return ""
	}
	return fmt.Sprintf("%d×%d", s.Width, s.Height)
}

// missing are packets of theirs that came neither at first nor afterwards.
func missing(t call.TransportStats) uint64 { return t.Lost - min(t.Lost, t.Repaired) }

// grown is how much a counter has grown; it may have shrunk by a little where
// it is the difference of two.
func grown(now, before uint64) float64 { return float64(now - min(now, before)) }

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(part/whole, 1)
}

// pathOf names the way that the media takes by its ends' protocol and kinds:
// "UDP · host", or "UDP · host – relay" where the ends differ.
func pathOf(t call.TransportStats) string {
	protocol, here := endOf(t.Local)
	_, there := endOf(t.Remote)
	switch {
	case protocol == "":
		return ""
	case there == "" || there == here:
		return protocol + " · " + here
	}
	return protocol + " · " + here + " – " + there
}

// endOf takes protocol and kind out of "udp 192.168.1.7:27539 (host)".
func endOf(end string) (protocol, kind string) {
	words := strings.Fields(end)
	if len(words) < 2 {
		return "", ""
	}
	return strings.ToUpper(words[0]), strings.Trim(words[len(words)-1], "()")
}
