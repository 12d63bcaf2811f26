package callui

import (
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
	Limit     Limit
}

// Flow is picture and sound in one direction, over the last second or so.
type Flow struct {
	Width, Height int
	FrameRate     float64 // shown, or sent, a second
	Picture       float64 // bit/s
	Sound         float64 // bit/s
	Loss          float64 // share of packets that are missing, 0 to 1
}

// Limit is what keeps this side's picture from being better.
type Limit int

// The limits.
const (
	NoLimit Limit = iota
	Network
	Computer
)

// rate makes figures a second out of counters.
type rate struct {
	before  call.MediaStats
	largest int // area of the largest picture sent in this call
}

// figures compares the counters with those of the time before.
func (r *rate) figures(s call.MediaStats) Figures {
	before := r.before
	r.before = s
	r.largest = max(r.largest, s.Sent.Width*s.Sent.Height)
	f := Figures{
		In:      Flow{Width: s.Received.Width, Height: s.Received.Height},
		Out:     Flow{Width: s.Sent.Width, Height: s.Sent.Height},
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
	f.Limit = r.limit(s.Sent, before.Sent)
	return f
}

// anew tells whether the counters began anew in between.
func anew(s, before call.MediaStats) bool {
	return s.Received.Shown < before.Received.Shown || s.Sent.Encoded < before.Sent.Encoded ||
		s.Transport.PacketsReceived < before.Transport.PacketsReceived
}

func received(f *Figures, s, before call.MediaStats, seconds float64) {
	f.In.FrameRate = grown(s.Received.Shown, before.Received.Shown) / seconds
	f.In.Picture = 8 * grown(s.Received.VideoBytes, before.Received.VideoBytes) / seconds
	f.In.Sound = 8 * grown(s.Received.AudioBytes, before.Received.AudioBytes) / seconds
	lost := grown(missing(s.Transport), missing(before.Transport))
	f.In.Loss = share(lost, lost+grown(s.Transport.PacketsReceived, before.Transport.PacketsReceived))
	f.Concealed = share(grown(s.Received.Sound.Concealed, before.Received.Sound.Concealed),
		grown(s.Received.Sound.Played, before.Received.Sound.Played))
}

func sent(f *Flow, s, before call.MediaStats, seconds float64) {
	f.FrameRate = grown(s.Sent.Encoded, before.Sent.Encoded) / seconds
	f.Picture = 8 * grown(s.Sent.VideoBytes, before.Sent.VideoBytes) / seconds
	f.Sound = 8 * grown(s.Sent.AudioBytes, before.Sent.AudioBytes) / seconds
	f.Loss = share(float64(max(s.Transport.RemoteLost-before.Transport.RemoteLost, 0)),
		grown(s.Transport.PacketsSent, before.Transport.PacketsSent))
}

// limit tells what holds this side's picture back: a rate that is too small
// shows as a smaller picture or as pictures left out by the encoder, a machine
// that is too slow as pictures that the encoder never took.
func (r *rate) limit(s, before call.SentStats) Limit {
	captured := grown(s.Captured, before.Captured)
	dropped := grown(s.Dropped, before.Dropped) + grown(s.Skipped, before.Skipped)
	taken := dropped + grown(s.Encoded, before.Encoded)
	switch {
	case s.Width*s.Height < r.largest, dropped > 0.08*captured:
		return Network
	case captured >= 5 && taken < 0.85*captured:
		return Computer
	}
	return NoLimit
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
