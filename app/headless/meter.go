package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"parley/call"
)

// meter writes a call's statistics: a JSON object a second, the last one a
// summary. A nil meter does nothing.
type meter struct {
	file      *os.File
	json      *json.Encoder
	media     *call.Media
	dial      time.Time
	up        time.Time
	last      call.MediaStats
	lastAt    time.Time
	timeline  []sizeAt
	startedAt float64 // CPU seconds at the start
}

// line is one object of the file. Times are in milliseconds, rates in bit/s.
type line struct {
	Type    string  `json:"type"` // "second" or "summary"
	Elapsed float64 `json:"elapsed_s"`
	State   string  `json:"state,omitempty"` // summary: how it ended
	Setup   *setup  `json:"setup,omitempty"`

	Sent     direction `json:"sent"`
	Received direction `json:"received"`

	RoundTrip  float64  `json:"round_trip_ms"`
	Path       string   `json:"path,omitempty"`
	TargetRate int      `json:"target_bps"`
	LimitedBy  string   `json:"limited_by"` // this side's picture: "nothing", "network" or "cpu"
	Goroutines int      `json:"goroutines"`
	CPU        float64  `json:"cpu_s"`
	PeakMemory int64    `json:"peak_memory_bytes"`
	Sizes      []sizeAt `json:"sizes,omitempty"` // summary: changes of the received picture
}

// setup is how long after dialling (or ringing) things first happened.
type setup struct {
	Connected  *float64 `json:"connected_ms"`
	FirstFrame *float64 `json:"first_frame_ms"`
	FirstSound *float64 `json:"first_sound_ms"`
}

// direction counts one direction of the call. What only one side can know is
// absent on the other.
type direction struct {
	Captured       uint64   `json:"frames_captured,omitempty"`
	Frames         uint64   `json:"frames"` // sent, or received whole
	Decoded        uint64   `json:"frames_decoded,omitempty"`
	Shown          uint64   `json:"frames_shown,omitempty"`
	Replaced       uint64   `json:"frames_replaced,omitempty"`
	Dropped        uint64   `json:"frames_dropped,omitempty"`
	Skipped        uint64   `json:"frames_skipped,omitempty"`
	KeyFrames      uint64   `json:"key_frames"`
	Codec          string   `json:"codec,omitempty"`
	FrameRate      float64  `json:"frame_rate"` // over the second, or the call
	Width          int      `json:"width"`
	Height         int      `json:"height"`
	VideoRate      int      `json:"video_bps"`
	AudioRate      int      `json:"audio_bps"`
	Packets        uint64   `json:"packets"`
	Lost           int64    `json:"packets_lost"`
	Repaired       uint64   `json:"packets_repaired"`
	Unrecovered    uint64   `json:"packets_unrecovered"`
	Retransmitted  uint64   `json:"retransmissions"`
	Freezes        int      `json:"freezes"`
	Frozen         float64  `json:"frozen_ms"`
	PictureP50     *float64 `json:"picture_latency_p50_ms,omitempty"` // test pattern only
	PictureP95     *float64 `json:"picture_latency_p95_ms,omitempty"`
	SoundP50       *float64 `json:"sound_latency_p50_ms,omitempty"` // test tone only
	SoundP95       *float64 `json:"sound_latency_p95_ms,omitempty"`
	LipSync        *float64 `json:"lip_sync_ms,omitempty"`     // of late, by the sender's reports; above 0 the picture is late
	LipSyncP50     *float64 `json:"lip_sync_p50_ms,omitempty"` // test pattern and tone only
	LipSyncP95     *float64 `json:"lip_sync_p95_ms,omitempty"` // without its sign
	SoundDelay     float64  `json:"sound_buffer_ms"`
	SoundPlayed    uint64   `json:"sound_samples"`
	SoundConcealed uint64   `json:"sound_concealed_samples"`
	Screen         *shared  `json:"screen,omitempty"`                // beside the camera, where one is shared
	SoundSaved     uint64   `json:"sound_packets_saved,omitempty"`   // received: came beside later ones only (RED)
	SoundAgain     uint64   `json:"sound_redundant_bytes,omitempty"` // sent: once more, beside later sound
}

// shared counts a screen that is shared in one direction.
type shared struct {
	Frames    uint64  `json:"frames"` // sent, or received whole
	Decoded   uint64  `json:"frames_decoded,omitempty"`
	Skipped   uint64  `json:"frames_skipped,omitempty"`
	KeyFrames uint64  `json:"key_frames"`
	FrameRate float64 `json:"frame_rate"`
	Width     int     `json:"width"`
	Height    int     `json:"height"`
	Rate      int     `json:"bps"`
}

type sizeAt struct {
	At     float64 `json:"at_s"`
	Width  int     `json:"width"`
	Height int     `json:"height"`
}

func openMeter(path string, media *call.Media) (*meter, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the statistics cannot be written: %w", err)
	}
	now := time.Now()
	return &meter{file: file, json: json.NewEncoder(file), media: media, dial: now, lastAt: now, last: media.Stats()}, nil
}

func (m *meter) dialled(at time.Time) {
	if m != nil {
		m.dial = at
		m.startedAt, _ = processUse()
	}
}

func (m *meter) connected(at time.Time) {
	if m != nil {
		m.up, m.lastAt, m.last = at, at, m.media.Stats()
	}
}

// second writes what happened in the second that has passed.
func (m *meter) second() error {
	if m == nil || m.up.IsZero() {
		return nil
	}
	now := m.media.Stats()
	l := m.line("second", m.last, now, now.At.Sub(m.lastAt))
	m.last, m.lastAt = now, now.At
	if n := len(m.timeline); now.Received.Width > 0 && (n == 0 || m.timeline[n-1].Width != now.Received.Width || m.timeline[n-1].Height != now.Received.Height) {
		m.timeline = append(m.timeline, sizeAt{l.Elapsed, now.Received.Width, now.Received.Height})
	}
	return m.write(l)
}

// summary writes the whole call and closes the file.
func (m *meter) summary(e call.Event) error {
	if m == nil {
		return nil
	}
	now := m.media.Stats()
	took := time.Duration(0)
	if !m.up.IsZero() {
		took = now.At.Sub(m.up)
	}
	l := m.line("summary", call.MediaStats{}, now, took)
	l.State = string(e.Reason)
	l.Sizes = m.timeline
	l.Setup = &setup{Connected: since(m.dial, m.up), FirstFrame: since(m.dial, now.Received.FirstShown), FirstSound: since(m.dial, now.Received.FirstSound)}
	return errors.Join(m.write(l), m.file.Close())
}

func (m *meter) write(l line) error {
	if err := m.json.Encode(l); err != nil {
		return fmt.Errorf("the statistics cannot be written: %w", err)
	}
	return nil
}

func (m *meter) line(kind string, from, to call.MediaStats, over time.Duration) line {
	cpu, peak := processUse()
	l := line{
		Type: kind, Elapsed: to.At.Sub(m.dial).Seconds(), RoundTrip: ms(to.Transport.RoundTrip),
		TargetRate: to.Sent.TargetRate, LimitedBy: string(to.Sent.LimitedBy(from.Sent)), Goroutines: runtime.NumGoroutine(), CPU: cpu - m.startedAt, PeakMemory: peak,
		Sent:     sent(from, to, over),
		Received: received(from, to, over),
	}
	if to.Transport.Local != "" {
		l.Path = to.Transport.Local + " to " + to.Transport.Remote
	}
	return l
}

// screenOf is nil while no screen was shared.
func screenOf(from, to call.ScreenStats, over time.Duration) *shared {
	if to.Frames == from.Frames {
		return nil
	}
	return &shared{
		Frames: to.Frames - from.Frames, Decoded: to.Decoded - from.Decoded, Skipped: to.Skipped - from.Skipped,
		KeyFrames: to.KeyFrames - from.KeyFrames, FrameRate: rate(to.Frames-from.Frames, over),
		Width: to.Width, Height: to.Height, Rate: int(8 * rate(to.Bytes-from.Bytes, over)),
	}
}

func sent(from, to call.MediaStats, over time.Duration) direction {
	a, b := from.Sent, to.Sent
	return direction{
		Captured: b.Captured - a.Captured, Frames: b.Encoded - a.Encoded, Dropped: b.Dropped - a.Dropped, Skipped: b.Skipped - a.Skipped,
		KeyFrames: b.KeyFrames - a.KeyFrames, FrameRate: rate(b.Encoded-a.Encoded, over),
		Width: b.Width, Height: b.Height, Codec: b.Codec, Screen: screenOf(a.Screen, b.Screen, over),
		VideoRate: int(8 * rate(b.VideoBytes-a.VideoBytes, over)), AudioRate: int(8 * rate(b.AudioBytes-a.AudioBytes, over)),
		Packets:    to.Transport.PacketsSent - from.Transport.PacketsSent,
		SoundAgain: to.Transport.Redundant - from.Transport.Redundant,
		Lost:       to.Transport.RemoteLost - from.Transport.RemoteLost, Retransmitted: to.Transport.Retransmitted - from.Transport.Retransmitted,
	}
}

func received(from, to call.MediaStats, over time.Duration) direction {
	a, b := from.Received, to.Received
	d := direction{
		Codec: b.Codec, Screen: screenOf(a.Screen, b.Screen, over),
		Frames: b.Frames - a.Frames, Decoded: b.Decoded - a.Decoded, Shown: b.Shown - a.Shown, Replaced: b.Replaced - a.Replaced,
		KeyFrames: b.KeyFrames - a.KeyFrames, FrameRate: rate(b.Shown-a.Shown, over), Width: b.Width, Height: b.Height,
		VideoRate: int(8 * rate(b.VideoBytes-a.VideoBytes, over)), AudioRate: int(8 * rate(b.AudioBytes-a.AudioBytes, over)),
		Packets: to.Transport.PacketsReceived - from.Transport.PacketsReceived,
		Lost:    int64(to.Transport.Lost - from.Transport.Lost), Repaired: to.Transport.Repaired - from.Transport.Repaired,
		Unrecovered: b.PacketsLost - a.PacketsLost, Freezes: b.Freezes - a.Freezes, Frozen: ms(b.Frozen - a.Frozen),
		SoundDelay: ms(b.Sound.Delay), SoundPlayed: b.Sound.Played - a.Sound.Played, SoundConcealed: b.Sound.Concealed - a.Sound.Concealed,
		SoundSaved: b.AudioSaved - a.AudioSaved,
	}
	d.PictureP50, d.PictureP95 = latency(b.PictureLatency)
	d.SoundP50, d.SoundP95 = latency(b.SoundLatency)
	d.LipSyncP50, d.LipSyncP95 = latency(b.Lips)
	if b.LipSync != nil {
		skew := ms(*b.LipSync)
		d.LipSync = &skew
	}
	return d
}

func latency(l *call.Latency) (p50, p95 *float64) {
	if l == nil {
		return nil, nil
	}
	a, b := ms(l.P50), ms(l.P95)
	return &a, &b
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func rate(n uint64, over time.Duration) float64 {
	if over <= 0 {
		return 0
	}
	return float64(n) / over.Seconds()
}

func since(from, to time.Time) *float64 {
	if to.IsZero() {
		return nil
	}
	d := ms(to.Sub(from))
	return &d
}
